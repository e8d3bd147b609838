"""PURE: why something cannot happen to an expertise now; each refusal has its own sentence."""

from budgetproto.errors import Refused


class TaskMissing(Refused):
    """Whoever commissions an expertise says what is asked."""

    message_key = "expertise.task_missing"


class NoExperts(Refused):
    """An expertise has at least one expert."""

    message_key = "expertise.no_experts"


class TooManyExperts(Refused):
    """An expertise has more experts than it can."""

    message_key = "expertise.too_many_experts"


class ExpertTwice(Refused):
    """An expert is named once."""

    message_key = "expertise.expert_twice"


class InterestsUnsaid(Refused):
    """An expert says which interests he has, or that he has none."""

    message_key = "expertise.interests_unsaid"


class InterestsBoth(Refused):
    """Who has no interests describes none."""

    message_key = "expertise.interests_both"


class InterestsFirst(Refused):
    """An expert declares his interests before he writes."""

    message_key = "expertise.interests_first"


class InterestsAwaited(Refused):
    """A review is handed in when every expert has declared his interests."""

    message_key = "expertise.interests_awaited"


class NothingWritten(Refused):
    """There is no version that is not handed in yet."""

    message_key = "expertise.nothing_written"


class PartUnsaid(Refused):
    """A review that is handed in says something of each part, be it that the draft does not touch it."""

    message_key = "expertise.part_unsaid"


class SumMissing(Refused):
    """A part of money that the draft touches has at least one amount, or the reason why none is known."""

    message_key = "expertise.sum_missing"


class TooManySums(Refused):
    """A part has more amounts than it can."""

    message_key = "expertise.too_many_sums"


class ConclusionUnsaid(Refused):
    """A review that is handed in has a conclusion in words."""

    message_key = "expertise.conclusion_unsaid"


class NotHandedIn(Refused):
    """The body replies to a review that is handed in."""

    message_key = "expertise.not_handed_in"


class ReplyUnsaid(Refused):
    """A reply has its reason."""

    message_key = "expertise.reply_unsaid"


class ExpertiseWithdrawn(Refused):
    """Nothing more happens to an expertise that was withdrawn."""

    message_key = "expertise.is_withdrawn"


class WithdrawalUnsaid(Refused):
    """Whoever withdraws an expertise says why."""

    message_key = "expertise.withdrawal_unsaid"
