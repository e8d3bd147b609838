"""PURE: what a party answers to a version of the option, when that can be taken, and what it comes to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from budgetproto.accounts.domain import Party, Side
from budgetproto.disputes.domain import (
    Figure,
    FigureMissing,
    FigureOfAnotherKind,
    FigureTooLarge,
    Measure,
    fits,
    is_points,
    magnitude,
    told,
)
from budgetproto.disputes.figures.jumps import jumps
from budgetproto.disputes.figures.stands import Led
from budgetproto.errors import Refused
from budgetproto.i18n.languages import Words
from budgetproto.money import Som
from budgetproto.money.som import LARGEST_POINTS, LARGEST_TYIYN

#: Letters of who has to confirm an acceptance.
LONGEST_CONFIRMER: Final = 300
#: Letters of a reason in one language.
LONGEST_REASON: Final = 4000
#: Questions that one acceptance may depend on.
MOST_CONDITIONS: Final = 50


class Kind(StrEnum):
    """How a party answers."""

    ACCEPT = "accept"
    SUBJECT = "subject"
    CONDITION = "condition"
    COUNTER = "counter"
    REJECT = "reject"

    @property
    def accepts(self) -> bool:
        """Tell whether it is an acceptance, be it with a reservation."""
        return self in {Kind.ACCEPT, Kind.SUBJECT, Kind.CONDITION}


class ConditionState(StrEnum):
    """What has become of the questions that an acceptance depends on."""

    HOLDS = "holds"
    FAILS = "fails"
    OPEN = "open"


class Standing(StrEnum):
    """What the answers on a question come to; the later ones weigh more than those before them."""

    ACCEPTED = "accepted"
    RESERVED = "reserved"
    NOT_ANSWERED = "not_answered"
    LAPSED = "lapsed"
    COUNTERED = "countered"
    REJECTED = "rejected"


class OptionSaysNothing(Refused):
    """The option has no word on this question, such as one about a text."""

    message_key = "responses.option_says_nothing"


class ReasonMissing(Refused):
    """Who makes a counter-proposal or rejects says why."""

    message_key = "responses.reason_missing"


class ConfirmerMissing(Refused):
    """An acceptance subject to confirmation says who confirms it."""

    message_key = "responses.confirmer_missing"


class DayMissing(Refused):
    """An acceptance subject to confirmation says until which day it is confirmed."""

    message_key = "responses.day_missing"


class DayPassed(Refused):
    """The day until which an acceptance is to be confirmed lies behind."""

    message_key = "responses.day_passed"


class ConditionMissing(Refused):
    """An acceptance on condition names the questions it depends on."""

    message_key = "responses.condition_missing"


class ConditionOnItself(Refused):
    """An acceptance cannot depend on its own question."""

    message_key = "responses.condition_on_itself"


class ConditionWithoutFigure(Refused):
    """The option has no figure for a question that the acceptance would depend on."""

    message_key = "responses.condition_without_figure"


class TooManyConditions(Refused):
    """An acceptance depends on more questions than anybody can follow."""

    message_key = "responses.too_many_conditions"


class CounterIsOption(Refused):
    """The counter-proposal is the option's own figure: that is an acceptance."""

    message_key = "responses.counter_is_option"


class CounterUnconfirmed(Refused):
    """The counter-proposal is ten times the party's own base or more, or a tenth or less."""

    message_key = "disputes.jump_unconfirmed"


class PartOfAnotherAnswer(Refused):
    """Something was given that belongs to another kind of answer."""

    message_key = "responses.part_of_another_answer.figure"


@dataclass(frozen=True)
class Response:
    """What a party says of one question of the option.

    `figure` is there for a counter-proposal alone; `confirmer` and `until` (who confirms, until which day)
    for an acceptance subject to confirmation; `lines` (numbers of other questions that must settle at their
    option figure) for an acceptance on condition.
    """

    kind: Kind
    reason: Words | None = None
    figure: Figure = None
    confirmer: str = ""
    until: date | None = None
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A version of a party's response as it is kept: to which version of the option, by whom and when.

    `line` and `party` are ids; `number` counts the party's responses on the question over all rounds.
    """

    line: str
    party: str
    number: int
    option: int
    response: Response
    person: str
    at: datetime


@dataclass(frozen=True)
class Asked:
    """What is known of a question when it is answered: its number and measure, and the party's own base.

    `figures` has what the option says, by number of question; those it says nothing of are missing.
    """

    number: int
    measure: Measure
    base: Som | int | None
    figures: Mapping[int, Figure]


@dataclass(frozen=True)
class Settled:
    """What was decided on a question: whether it was agreed, wholly or in part, and at which figure."""

    agreed: bool
    figure: Figure


@dataclass(frozen=True)
class Reply:
    """One answer that counts: its kind, and what has become of its condition where it has one."""

    kind: Kind
    condition: ConditionState | None = None


def check_response(response: Response, asked: Asked, *, on: date, confirmed: bool = False) -> None:
    """Raise unless this can be answered to what the option says of the question.

    `on` is the day in Bishkek. `confirmed` says that a counter-proposal far from the party's own base is
    meant.
    """
    if asked.number not in asked.figures:
        raise OptionSaysNothing(number=asked.number)
    _check_parts(response)
    match response.kind:
        case Kind.SUBJECT:
            _check_confirmation(response, on)
        case Kind.CONDITION:
            _check_condition(response, asked)
        case Kind.COUNTER:
            _check_counter(response, asked, confirmed=confirmed)
    if response.reason is None and response.kind in {Kind.COUNTER, Kind.REJECT}:
        raise ReasonMissing


def condition_state(
    response: Response, figures: Mapping[int, Figure], settled: Mapping[int, Settled]
) -> ConditionState | None:
    """Tell what has become of a condition; None for an answer without one.

    `figures` are those of the version that was answered, `settled` what has been decided, both by number.

    >>> on_two = Response(Kind.CONDITION, lines=(2,))
    >>> condition_state(on_two, {2: Som(500)}, {2: Settled(True, Som(500))}).value
    'holds'
    """
    if response.kind is not Kind.CONDITION:
        return None
    decided = [settled.get(number) for number in response.lines]
    pairs = zip(response.lines, decided, strict=True)
    if any(each and not _as_the_option(each, figures.get(number)) for number, each in pairs):
        return ConditionState.FAILS
    return ConditionState.HOLDS if all(decided) else ConditionState.OPEN


def of_reply(reply: Reply | None) -> Standing:
    """Return what one party's answer comes to.

    >>> of_reply(Reply(Kind.CONDITION, ConditionState.FAILS)).value, of_reply(None).value
    ('lapsed', 'not_answered')
    """
    if reply is None:
        return Standing.NOT_ANSWERED
    if reply.kind is Kind.CONDITION:
        return _CONDITIONAL[reply.condition or ConditionState.OPEN]
    return _PLAIN[reply.kind]


def standing(replies: Iterable[Reply | None]) -> Standing:
    """Return what the answers that count come to: the weightiest of them; nobody's is no answer.

    >>> standing([Reply(Kind.ACCEPT), Reply(Kind.COUNTER)]).value
    'countered'
    """
    weights = list(Standing)
    return max(map(of_reply, replies), key=weights.index, default=Standing.NOT_ANSWERED)


def counting(line: Led, parties: Sequence[Party], stated: Iterable[str]) -> frozenset[str]:
    """Return the ids of the parties whose answers count on a question.

    Of a side with a lead party it is the lead alone; else whoever stated a position there, and every party of
    a side that stated none. `stated` has the ids of those who did.
    """
    spoke = frozenset(stated)
    return frozenset(party for side in _SIDES for party in _of_side(_lead(line, side), side, parties, spoke))


_SIDES: Final[tuple[Side, ...]] = ("government", "lsg")
_CONDITIONAL: Final = {
    ConditionState.HOLDS: Standing.ACCEPTED,
    ConditionState.OPEN: Standing.RESERVED,
    ConditionState.FAILS: Standing.LAPSED,
}
_PLAIN: Final = {
    Kind.ACCEPT: Standing.ACCEPTED,
    Kind.SUBJECT: Standing.RESERVED,
    Kind.COUNTER: Standing.COUNTERED,
    Kind.REJECT: Standing.REJECTED,
}


def _lead(line: Led, side: Side) -> str | None:
    return line.lead_government if side == "government" else line.lead_lsg


def _of_side(lead: str | None, side: Side, parties: Sequence[Party], spoke: frozenset[str]) -> list[str]:
    if lead is not None:
        return [lead]
    own = [party.id for party in parties if party.side == side]
    return [party for party in own if party in spoke] or own


def _as_the_option(decided: Settled, figure: Figure) -> bool:
    return decided.agreed and figure is not None and decided.figure == figure


def _check_parts(response: Response) -> None:
    """Refuse what belongs to another kind of answer: it was meant, and would be lost without a word."""
    foreign = {
        "figure": response.figure is not None and response.kind is not Kind.COUNTER,
        "confirmer": bool(response.confirmer.strip()) and response.kind is not Kind.SUBJECT,
        "until": response.until is not None and response.kind is not Kind.SUBJECT,
        "lines": bool(response.lines) and response.kind is not Kind.CONDITION,
    }
    for part, given in foreign.items():
        if given:
            raise PartOfAnotherAnswer(f"responses.part_of_another_answer.{part}", part=part)


def _check_confirmation(response: Response, on: date) -> None:
    if not response.confirmer.strip():
        raise ConfirmerMissing
    if response.until is None:
        raise DayMissing
    if response.until < on:
        raise DayPassed(until=response.until, today=on)


def _check_condition(response: Response, asked: Asked) -> None:
    if not response.lines:
        raise ConditionMissing
    if len(response.lines) > MOST_CONDITIONS:
        raise TooManyConditions(most=MOST_CONDITIONS)
    if asked.number in response.lines:
        raise ConditionOnItself(number=asked.number)
    blank = [number for number in response.lines if asked.figures.get(number) is None]
    if blank:
        raise ConditionWithoutFigure(lines=", ".join(map(str, blank)))


def _check_counter(response: Response, asked: Asked, *, confirmed: bool) -> None:
    figure = response.figure
    if figure is None:
        raise FigureMissing("responses.figure_missing")
    if not fits(figure, asked.measure):
        raise FigureOfAnotherKind
    if abs(magnitude(figure) or 0) > (LARGEST_POINTS if is_points(figure) else LARGEST_TYIYN):
        raise FigureTooLarge
    if figure == asked.figures[asked.number]:
        raise CounterIsOption
    if not confirmed and jumps(figure, asked.base):
        raise CounterUnconfirmed(figure=told(figure), base=told(asked.base))
