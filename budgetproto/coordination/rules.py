"""PURE: what may happen to a draft act now: the state machine of coordination."""

from collections.abc import Callable
from typing import Any, Final

from budgetproto.coordination import happenings as h
from budgetproto.coordination import refusals as no
from budgetproto.coordination.completing import COMPLETING
from budgetproto.coordination.course import Course
from budgetproto.coordination.deadlines import Deadlines
from budgetproto.coordination.domain import LONGEST_TEXT, check_length, check_note, check_screening
from budgetproto.coordination.happenings import Happening, Stance, Verdict
from budgetproto.coordination.texts.domain import check_kind
from budgetproto.i18n.languages import Sentence

#: What may still come after an act was adopted: words that are kept, and what follows from them.
_AFTER_ADOPTION: Final = (h.Opined, h.Answered, h.Stood, h.Appealed, h.Ruled, h.Referred, h.Attached)


def check_happening(happening: Happening, deadlines: Deadlines) -> None:
    """Raise the refusal that says why this cannot happen to the draft now; return when it can.

    `deadlines` has the course up to now with its terms. Nobody's rights are judged here.
    """
    course, what = deadlines.course, happening.what
    if happening.on > happening.recorded:
        raise no.DayToCome(day=happening.on, today=happening.recorded)
    if course.has(h.Withdrawn):
        raise no.IsWithdrawn
    if course.has(h.Adopted) and not isinstance(what, _AFTER_ADOPTION):
        raise no.IsAdopted
    if isinstance(what, h.Corrected) and what.moves:
        _moved(happening, course)
    if isinstance(what, COMPLETING):
        return  # judged by the entry that it completes: `check_completing`
    check: Callable[[Any, Happening, Deadlines], None] = _CHECKS[type(what)]
    check(what, happening, deadlines)


def _moved(happening: Happening, course: Course) -> None:
    """Raise unless the level or the party may be another one: by them terms ran, and people acted."""
    if course.begun:
        raise no.InitiatorSettled
    # The screening that falls away was made before.
    _not_before(course, happening, h.Screened)


def _noted(what: h.Noted, happening: Happening, _: Deadlines) -> None:
    check_note(what.note, on=happening.on)


def _screened(what: h.Screened, happening: Happening, deadlines: Deadlines) -> None:
    course = deadlines.course
    under_way = acted_on(course)
    if under_way and not course.awaits_screening:
        raise no.ScreenedAndUnderWay
    check_screening(what.screening)
    if what.screening.mandatory and not what.bodies:
        raise no.NobodyToAsk
    if under_way and course.screened:
        # Whoever was asked because of a yes is not sent home by one more act of the bundle.
        given_up = [each for each in course.screened.screening.touches if each not in what.screening.touches]
        if given_up:
            raise no.YesStands(question=Sentence(f"coordination.touch.{given_up[0].value}"))
    _not_before(course, happening, h.Arrived)
    if course.moved is not None and happening.on < course.moved[1]:
        # The notice is due from the screening on: nobody owes it before he was named.
        raise no.BeforeItsReason(day=happening.on, earliest=course.moved[1])


def acted_on(course: Course) -> bool:
    """Tell whether anybody has gone on from the screening of a draft."""
    begun = course.served or course.opinions or course.closed is not None
    return bool(begun) or course.has(h.Submitted, h.Bypassed)


def _served(what: h.Served, happening: Happening, deadlines: Deadlines) -> None:
    course = _open(deadlines)
    _whole_bundle_screened(course)
    _said(no.ProofMissing(), what.proof)
    if what.body not in course.bodies:
        raise no.NotAsked
    if (course.round, what.body) in course.served:
        raise no.ServedAlready(round=course.round)
    _not_before(course, happening, h.Screened, h.RoundBegun)


def _consulted(what: h.Consulted, _: Happening, deadlines: Deadlines) -> None:
    _open(deadlines)
    _said(no.ConsultationUnsaid(), what.whom, what.said)
    check_length(LONGEST_TEXT, what.taken_up)


def _opined(what: h.Opined, happening: Happening, deadlines: Deadlines) -> None:
    course = _screened_course(deadlines)
    if what.body not in course.bodies:
        raise no.NotAsked
    if (course.round, what.body) in course.opinions:
        raise no.OpinedAlready(round=course.round)
    served = course.served.get((course.round, what.body))
    if served is not None and happening.on < served:
        raise no.BeforeItsReason(day=happening.on, earliest=served)
    if course.round > 1 and happening.on < (began := course.opened[course.round][0]):
        # What was said before is no opinion of the text, or the bundle, that everybody is asked about anew.
        raise no.BeforeItsReason(day=happening.on, earliest=began)
    _check_opinion(what)


def _check_opinion(what: h.Opined) -> None:
    check_length(LONGEST_TEXT, what.text)
    for place, text in what.remarks:
        _said(no.RemarkUnsaid(), text)
        check_length(LONGEST_TEXT, place)
    match what.stance:
        case Stance.AGREES if what.remarks:
            raise no.AgreesWithRemarks
        case Stance.WITH_REMARKS if not what.remarks:
            raise no.RemarksMissing
        case Stance.DISAGREES if not (what.remarks or what.text.strip()):
            raise no.DisagreementUnsaid


def _answered(what: h.Answered, happening: Happening, deadlines: Deadlines) -> None:
    course = deadlines.course
    remark = _remark(course, what.remark)
    if happening.on < remark.on:
        raise no.BeforeItsReason(day=happening.on, earliest=remark.on)
    if what.verdict is not Verdict.ACCEPTED:
        _said(no.AnswerUnreasoned(), what.reason)
    check_length(LONGEST_TEXT, what.reason, what.changed)
    if gone_on_from(course, what.remark):
        _said(no.ChangeUnreasoned(number=what.remark), what.changed)


def gone_on_from(course: Course, remark: int) -> bool:
    """Tell whether the next step has followed on the last answer to a remark: a change then says why."""
    answers = course.answers.get(remark)
    if not answers:
        return False
    given = answers[-1][0]
    # A bundle that is screened anew is put to everybody anew, as it is in a round that somebody begins.
    if remark in course.stands or course.round > course.rounds[given]:
        return True
    steps = (course.last(kind) for kind in _NEXT_STEPS)
    return any(step is not None and step[0] > given for step in steps)


def _stood(what: h.Stood, happening: Happening, deadlines: Deadlines) -> None:
    course = deadlines.course
    remark = _remark(course, what.remark)
    if remark.body != what.body:
        raise no.RemarkOfAnother(number=what.remark)
    answers = course.answers.get(what.remark)
    if not answers:
        raise no.NotAnswered(number=what.remark)
    if what.remark in course.stands:
        raise no.StoodAlready(number=what.remark)
    if happening.on < answers[-1][1]:
        raise no.BeforeItsReason(day=happening.on, earliest=answers[-1][1])
    if what.insists:
        _said(no.InsistenceUnreasoned(), what.why)
    check_length(LONGEST_TEXT, what.why)


def _round_begun(what: h.RoundBegun, happening: Happening, deadlines: Deadlines) -> None:
    course = _open(deadlines)
    _whole_bundle_screened(course)
    _said(no.RoundUnreasoned(), what.reason)
    upheld = sum(ruled.ruling is h.Ruling.UPHELD for _, ruled in course.rulings.values())
    most = deadlines.terms.rounds + upheld + course.rounds_of_screenings
    if course.round >= most:
        raise no.NoMoreRounds(most=most)
    if not course.disputed:
        raise no.NothingDisputed
    _everybody_heard(happening, deadlines)
    _everything_answered(course)


def _met(what: h.Met, happening: Happening, deadlines: Deadlines) -> None:
    course = _open(deadlines)
    _said(no.MeetingUnsaid(), what.present, what.said)
    if not course.disputed:
        raise no.NothingDisputed
    for number in what.settled:
        _remark(course, number)
        if number not in course.answers:
            raise no.NotAnswered(number=number)
    # A meeting conciliates what the opinions said: one held before the newest of them is not about it.
    _not_before(course, happening, h.Opined)


def _appealed(what: h.Appealed, happening: Happening, deadlines: Deadlines) -> None:
    course = _screened_course(deadlines)
    _said(no.AppealUnsaid(), what.to, what.against)
    if what.body not in course.bodies:
        raise no.NotAsked
    if not _aggrieved(what.body, happening, deadlines):
        raise no.NothingToAppeal


def _aggrieved(body: str, happening: Happening, deadlines: Deadlines) -> bool:
    """Tell whether a body has something to appeal against: a dispute, a bypass, a close, a duty not kept."""
    course, day = deadlines.course, happening.on
    if course.bypassed or course.closed is not None or body in course.disagreeing:
        return True
    if any(remark.body == body for remark in course.unsettled if remark.number in course.answers):
        return True
    if any(r.body == body and deadlines.answer(r.number) < day for r in course.unanswered):
        return True
    notice = deadlines.notice(course.round)
    return notice is not None and notice < day and (course.round, body) not in course.served


def _ruled(what: h.Ruled, happening: Happening, deadlines: Deadlines) -> None:
    course = deadlines.course
    if not 1 <= what.appeal <= len(course.appeals):
        raise no.NoSuchAppeal(number=what.appeal)
    if what.appeal in course.rulings:
        raise no.RuledAlready(number=what.appeal)
    made = course.appeals[what.appeal - 1][0]
    if happening.on < made:
        raise no.BeforeItsReason(day=happening.on, earliest=made)
    _said(no.RulingUnreasoned(), what.reason)


def _referred(what: h.Referred, _: Happening, deadlines: Deadlines) -> None:
    course = deadlines.course
    remark = _remark(course, what.remark)
    if what.remark in course.referred:
        raise no.ReferredAlready(number=what.remark)
    if not course.against(remark.number):
        raise no.SettledAlready(number=what.remark)


def _closed(_: h.Closed, happening: Happening, deadlines: Deadlines) -> None:
    course = _open(deadlines)
    _whole_bundle_screened(course)
    if course.mandatory or course.served:
        _everybody_heard(happening, deadlines)
    _everything_answered(course)
    for remark in course.unsettled:
        until = deadlines.stand(remark.number)
        if remark.number not in course.stands and until is not None and until >= happening.on:
            raise no.StandAwaited(number=remark.number, until=until)
    if course.disputed and course.met is None:
        raise no.MeetingAwaited
    if course.open_appeals:
        raise no.AppealOpen(number=course.open_appeals[0])
    _not_before(course, happening, *_CLOSED_OVER)


def _bypassed(what: h.Bypassed, _: Happening, deadlines: Deadlines) -> None:
    course = _open(deadlines)
    if not course.mandatory:
        raise no.NothingBypassed
    if course.bypassed:
        raise no.BypassedAlready
    _said(no.BypassUnexplained(), what.why)


def _submitted(what: h.Submitted, happening: Happening, deadlines: Deadlines) -> None:
    _may_go_on(happening, deadlines)
    if deadlines.course.has(h.Submitted):
        raise no.SubmittedAlready
    _said(no.SubmissionUnsaid(), what.where)


def _adopted(what: h.Adopted, happening: Happening, deadlines: Deadlines) -> None:
    _may_go_on(happening, deadlines)
    _said(no.AdoptionUnsaid(), what.number)
    _not_before(deadlines.course, happening, h.Submitted)


def _withdrawn(what: h.Withdrawn, _: Happening, __: Deadlines) -> None:
    _said(no.WithdrawalUnreasoned(), what.reason)


def _attached(what: h.Attached, _: Happening, deadlines: Deadlines) -> None:
    check_kind(what, deadlines.course)


#: What follows on an answer within its round.
_NEXT_STEPS: Final[tuple[type[Any], ...]] = (
    h.Met,
    h.Appealed,
    h.Closed,
    h.Bypassed,
    h.Referred,
    h.Submitted,
    h.Adopted,
)
#: What a close rests on: it is not of an earlier day.
_CLOSED_OVER: Final = (h.Screened, h.Served, h.Opined, h.Answered, h.Stood, h.RoundBegun, h.Met, h.Ruled)
_CHECKS: Final[dict[type[Any], Callable[[Any, Happening, Deadlines], None]]] = {
    h.Noted: _noted,
    h.Screened: _screened,
    h.Served: _served,
    h.Consulted: _consulted,
    h.Opined: _opined,
    h.Answered: _answered,
    h.Stood: _stood,
    h.RoundBegun: _round_begun,
    h.Met: _met,
    h.Appealed: _appealed,
    h.Ruled: _ruled,
    h.Referred: _referred,
    h.Closed: _closed,
    h.Bypassed: _bypassed,
    h.Submitted: _submitted,
    h.Adopted: _adopted,
    h.Withdrawn: _withdrawn,
    h.Attached: _attached,
}


def _may_go_on(happening: Happening, deadlines: Deadlines) -> None:
    """Raise unless the draft may go on: screened, and coordinated by that day or its bypass on record.

    On a day on which a companion had arrived and was not screened, the bundle was not coordinated. A bypass
    may be recorded after the day on which the draft went past.
    """
    course = _screened_course(deadlines)
    _whole_bundle_screened(course)
    if not course.mandatory or course.bypassed:
        return
    if course.closed is None:
        raise no.NotCoordinated
    then = course.until(happening.on)
    if then.closed is None or then.awaits_screening:
        raise no.BeforeItsReason(day=happening.on, earliest=course.happenings[course.closed].on)


def _screened_course(deadlines: Deadlines) -> Course:
    if deadlines.course.screened is None:
        raise no.NotScreened
    return deadlines.course


def _open(deadlines: Deadlines) -> Course:
    course = _screened_course(deadlines)
    if course.closed is not None:
        raise no.IsClosed
    return course


def _whole_bundle_screened(course: Course) -> None:
    if course.awaits_screening:
        raise no.ScreenOnceMore


def _everybody_heard(happening: Happening, deadlines: Deadlines) -> None:
    """Raise unless every association was served and gave its opinion, or let its term run out."""
    course = deadlines.course
    for body in course.bodies:
        until = deadlines.opinion(course.round, body)
        if (course.round, body) in course.opinions:
            continue
        if until is None:
            raise no.NoticeAwaited(round=course.round)
        if until >= happening.on:
            raise no.OpinionAwaited(until=until)


def _everything_answered(course: Course) -> None:
    if course.unanswered:
        raise no.RemarkUnanswered(number=course.unanswered[0].number)


def _remark(course: Course, number: int) -> Any:
    if not 1 <= number <= len(course.remarks):
        raise no.NoSuchRemark(number=number)
    return course.remarks[number - 1]


def _not_before(course: Course, happening: Happening, *kinds: type[Any]) -> None:
    """Raise when a day lies before the last happening of these kinds, which it follows from."""
    earliest = max((on for kind in kinds for _, on, _ in course.each(kind)), default=happening.on)
    if happening.on < earliest:
        raise no.BeforeItsReason(day=happening.on, earliest=earliest)


def _said(refusal: Exception, *texts: str) -> None:
    if not all(text.strip() for text in texts):
        raise refusal
    check_length(LONGEST_TEXT, *texts)
