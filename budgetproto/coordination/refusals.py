"""PURE: why a step of coordination cannot be taken now, each reason a class of its own."""

from budgetproto.errors import Refused


class DayToCome(Refused):
    """What is recorded has happened."""

    message_key = "coordination.day_to_come"


class IsWithdrawn(Refused):
    """The draft was taken back."""

    message_key = "coordination.is_withdrawn"


class IsAdopted(Refused):
    """The act was adopted: this step comes too late."""

    message_key = "coordination.is_adopted"


class NotScreened(Refused):
    """The three questions come first."""

    message_key = "coordination.not_screened"


class ScreenedAndUnderWay(Refused):
    """A screening is not written anew once it was acted on."""

    message_key = "coordination.screened_and_under_way"


class NobodyToAsk(Refused):
    """A draft that must be coordinated is put to somebody."""

    message_key = "coordination.nobody_to_ask"


class IsClosed(Refused):
    """Coordination is closed."""

    message_key = "coordination.is_closed"


class ProofMissing(Refused):
    """A notice without proof was not served."""

    message_key = "coordination.proof_missing"


class NotAsked(Refused):
    """The body is not among those that are asked about this draft."""

    message_key = "coordination.not_asked"


class ServedAlready(Refused):
    """One notice in a round."""

    message_key = "coordination.served_already"


class ConsultationUnsaid(Refused):
    """A consultation has a partner and a content."""

    message_key = "coordination.consultation_unsaid"


class OpinedAlready(Refused):
    """One opinion of a body in a round."""

    message_key = "coordination.opined_already"


class BeforeItsReason(Refused):
    """A step cannot precede what it follows from."""

    message_key = "coordination.before_its_reason"


class RemarkUnsaid(Refused):
    """A remark says something."""

    message_key = "coordination.remark_unsaid"


class AgreesWithRemarks(Refused):
    """A plain yes makes no remarks."""

    message_key = "coordination.agrees_with_remarks"


class RemarksMissing(Refused):
    """Who agrees with remarks makes some."""

    message_key = "coordination.remarks_missing"


class DisagreementUnsaid(Refused):
    """Who disagrees says why."""

    message_key = "coordination.disagreement_unsaid"


class NoSuchRemark(Refused):
    """The draft has no remark of this number."""

    message_key = "coordination.no_such_remark"


class AnswerUnreasoned(Refused):
    """A remark is not rejected without a reason."""

    message_key = "coordination.answer_unreasoned"


class ChangeUnreasoned(Refused):
    """An answer that was gone on from is not changed in silence."""

    message_key = "coordination.change_unreasoned"


class RemarkOfAnother(Refused):
    """Only who made a remark lets it go."""

    message_key = "coordination.remark_of_another"


class NotAnswered(Refused):
    """There is no answer to say anything of."""

    message_key = "coordination.not_answered"


class StoodAlready(Refused):
    """The body has said its word on this answer."""

    message_key = "coordination.stood_already"


class InsistenceUnreasoned(Refused):
    """Who insists says why."""

    message_key = "coordination.insistence_unreasoned"


class RoundUnreasoned(Refused):
    """A second round says what is different."""

    message_key = "coordination.round_unreasoned"


class NoMoreRounds(Refused):
    """The procedure allows no further round."""

    message_key = "coordination.no_more_rounds"


class NothingDisputed(Refused):
    """Nobody disagrees."""

    message_key = "coordination.nothing_disputed"


class MeetingUnsaid(Refused):
    """A meeting has people and a content."""

    message_key = "coordination.meeting_unsaid"


class AppealUnsaid(Refused):
    """An appeal has an addressee and a ground."""

    message_key = "coordination.appeal_unsaid"


class NothingToAppeal(Refused):
    """There is nothing to appeal against yet."""

    message_key = "coordination.nothing_to_appeal"


class NoSuchAppeal(Refused):
    """The draft has no appeal of this number."""

    message_key = "coordination.no_such_appeal"


class RuledAlready(Refused):
    """An appeal is decided once."""

    message_key = "coordination.ruled_already"


class RulingUnreasoned(Refused):
    """A ruling has its reasons."""

    message_key = "coordination.ruling_unreasoned"


class ReferredAlready(Refused):
    """A remark becomes one line."""

    message_key = "coordination.referred_already"


class SettledAlready(Refused):
    """What is settled is not disputed."""

    message_key = "coordination.settled_already"


class NoticeAwaited(Refused):
    """Nobody is passed over: each association is served first."""

    message_key = "coordination.notice_awaited"


class OpinionAwaited(Refused):
    """A term that runs is waited for."""

    message_key = "coordination.opinion_awaited"


class RemarkUnanswered(Refused):
    """Each remark is answered before anybody goes on."""

    message_key = "coordination.remark_unanswered"


class StandAwaited(Refused):
    """Who made a remark may still say whether he insists."""

    message_key = "coordination.stand_awaited"


class MeetingAwaited(Refused):
    """A dispute is not closed before both sides met."""

    message_key = "coordination.meeting_awaited"


class AppealOpen(Refused):
    """An appeal is decided before coordination is closed."""

    message_key = "coordination.appeal_open"


class NothingBypassed(Refused):
    """What need not be coordinated cannot be bypassed."""

    message_key = "coordination.nothing_bypassed"


class BypassedAlready(Refused):
    """A bypass is recorded once."""

    message_key = "coordination.bypassed_already"


class BypassUnexplained(Refused):
    """A bypass is recorded with what is known of it."""

    message_key = "coordination.bypass_unexplained"


class NotCoordinated(Refused):
    """A draft that must be coordinated waits for that, or for the record of its bypass."""

    message_key = "coordination.not_coordinated"


class SubmittedAlready(Refused):
    """A draft is submitted once."""

    message_key = "coordination.submitted_already"


class SubmissionUnsaid(Refused):
    """A submission has an addressee."""

    message_key = "coordination.submission_unsaid"


class AdoptionUnsaid(Refused):
    """An adopted act has a number."""

    message_key = "coordination.adoption_unsaid"


class WithdrawalUnreasoned(Refused):
    """Who takes a draft back says why."""

    message_key = "coordination.withdrawal_unreasoned"


class ScreenOnceMore(Refused):
    """A companion arrived after the screening: the bundle is screened as one before anything goes on."""

    message_key = "coordination.screen_once_more"


class YesStands(Refused):
    """A screening that was acted on is gone beyond, and no yes of it is taken back."""

    message_key = "coordination.yes_stands"


class NoSuchCompanion(Refused):
    """The bundle has no act of this number."""

    message_key = "coordination.no_such_companion"


class ArrivedAlready(Refused):
    """The text of this companion is there."""

    message_key = "coordination.arrived_already"


class CompletionUnreasoned(Refused):
    """What stood in an entry is not changed without a reason."""

    message_key = "coordination.completion_unreasoned"


class NothingCompleted(Refused):
    """What was typed is what stands."""

    message_key = "coordination.nothing_completed"


class InitiatorSettled(Refused):
    """Something was done on the draft as it was entered: who brings it in is not another one afterwards."""

    message_key = "coordination.initiator_settled"
