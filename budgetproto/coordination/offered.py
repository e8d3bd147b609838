"""PURE: what may happen to a draft next, found by asking the rules with the least that each takes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from budgetproto.coordination import happenings as h
from budgetproto.coordination.course import Course
from budgetproto.coordination.deadlines import Deadlines
from budgetproto.coordination.domain import Answer, GroundNote, Screening, Touch
from budgetproto.coordination.happenings import Happening, Ruling, Stance, Verdict
from budgetproto.coordination.rules import check_happening
from budgetproto.errors import Refused
from budgetproto.i18n.languages import Named

_WORD: Final = "-"


@dataclass(frozen=True)
class Offer:
    """A step that can be taken now: what it would be, for whom and about which number where that matters."""

    kind: type[h.What]
    body: str = ""
    number: int = 0

    @property
    def step(self) -> str:
        """The name under which the step is kept."""
        return self.kind.__name__.lower()


def offers(deadlines: Deadlines, day: date) -> tuple[Offer, ...]:
    """Return every step that the rules let happen on a day, in the order in which the steps usually come.

    Nobody's rights are judged here.
    """
    probes = ((offer, what) for make in _PROBES for offer, what in make(deadlines.course))
    return tuple(offer for offer, what in probes if _possible(what, deadlines, day))


def _possible(what: h.What, deadlines: Deadlines, day: date) -> bool:
    try:
        check_happening(Happening(day, what, day), deadlines)
    except Refused:
        return False
    return True


_Probes = Iterator[tuple[Offer, h.What]]


def _one(what: h.What) -> Callable[[Course], _Probes]:
    return lambda _: iter([(Offer(type(what)), what)])


def _of_bodies(make: Callable[[str], h.What]) -> Callable[[Course], _Probes]:
    def probes(course: Course) -> _Probes:
        for body in course.bodies:
            what = make(body)
            yield Offer(type(what), body), what

    return probes


def _answers(course: Course) -> _Probes:
    for remark in course.remarks:
        what = h.Answered(remark.number, Verdict.ACCEPTED, "", changed=_WORD)
        yield Offer(h.Answered, remark.body, remark.number), what


def _stands(course: Course) -> _Probes:
    for remark in course.remarks:
        yield Offer(h.Stood, remark.body, remark.number), h.Stood(remark.body, remark.number, insists=False)


def _rulings(course: Course) -> _Probes:
    for number in course.open_appeals:
        body = course.appeals[number - 1][1].body
        yield Offer(h.Ruled, body, number), h.Ruled(number, Ruling.DISMISSED, _WORD)


def _referrals(course: Course) -> _Probes:
    for remark in course.unsettled:
        yield Offer(h.Referred, remark.body, remark.number), h.Referred(remark.number, _WORD, _WORD)


def _screenings(course: Course) -> _Probes:
    stood = course.screened.screening.touches if course.screened else ()
    answers = {touch: Answer(touch in stood, _WORD) for touch in Touch}
    yield Offer(h.Screened), h.Screened(Screening(answers), 0, (_WORD,))


def _texts(course: Course) -> _Probes:
    for body in ("", *course.bodies):
        what = h.Attached(body, h.TextKind.OTHER, h.TextLanguage.OTHER, _WORD, 0, "", _WORD)
        yield Offer(h.Attached, body), what


_LINE: Final = Named(_WORD)
_PROBES: Final[tuple[Callable[[Course], _Probes], ...]] = (
    _one(h.Noted(GroundNote())),
    _screenings,
    _of_bodies(lambda body: h.Served(body, _WORD)),
    _one(h.Consulted(_WORD, _WORD, "")),
    _of_bodies(lambda body: h.Opined(body, Stance.AGREES, "")),
    _answers,
    _stands,
    _one(h.RoundBegun(_WORD)),
    _one(h.Met(_WORD, _WORD)),
    _one(h.Closed()),
    _of_bodies(lambda body: h.Appealed(body, _WORD, _WORD)),
    _rulings,
    _referrals,
    _one(h.Bypassed(_WORD)),
    _one(h.Submitted(_WORD)),
    _one(h.Adopted(_WORD)),
    _one(h.Withdrawn(_WORD)),
    _one(h.Arrived(0, _LINE)),
    _one(h.Published(_WORD)),
    _one(h.Amending((), _WORD)),
    _one(h.Corrected(_LINE, _WORD, _WORD)),
    _texts,
)
