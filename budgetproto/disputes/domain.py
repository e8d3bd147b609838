"""PURE: contested lines, positions, and the rules of stating and filing them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Literal, TypeGuard

from budgetproto.accounts.domain import Party
from budgetproto.disputes.lines.history import HistoryEntry, Withdrawal
from budgetproto.disputes.parameters.prices import Prices
from budgetproto.errors import Refused
from budgetproto.i18n.languages import NO_NAME, Named, Points, Sentence, Words
from budgetproto.money import Som
from budgetproto.money.som import LARGEST_POINTS, LARGEST_TYIYN
from budgetproto.sittings.domain import Stage

#: What a side states: an amount, hundredths of a percentage point, yes or no, or a text; None is no figure
#: and never the same as zero. The line's measure says which of them it is.
Figure = Som | int | bool | Words | None


#: The stages in which the second term of a line may run.
SECOND_TERM_STAGES: Final = frozenset({Stage.OPENED, Stage.IN_SESSION})

#: A hundred percent, in hundredths of a percent.
WHOLE: Final = 10_000


class Measure(StrEnum):
    """What kind of figure a line is about."""

    AMOUNT = "amount"
    PERCENTAGE = "percentage"
    YES_NO = "yes_no"
    TEXT = "text"


#: The measures that the balanced option can compute.
COMPUTED: Final = frozenset({Measure.AMOUNT, Measure.PERCENTAGE})


class Instrument(StrEnum):
    """How a line is to be financed."""

    GRANT = "grant"
    LOAN = "loan"
    TRANCHES = "tranches"
    REVENUE_SHARE = "revenue_share"
    OTHER = "other"


class Vulnerable(StrEnum):
    """What a party answers on the effect on vulnerable groups; the question is not optional."""

    AFFECTED = "affected"
    NONE = "none"
    NOT_STUDIED = "not_studied"


class TooLate(Refused):
    """The deadline is reached by the database's clock; the text is kept as the author's draft."""

    message_key = "disputes.too_late"


class PriorityOutOfRange(Refused):
    """A priority is a part of a hundred."""

    message_key = "disputes.priority_out_of_range"


class FigureMissing(Refused):
    """A position needs a figure or a rationale."""

    message_key = "disputes.nothing_stated"


class FigureOfAnotherKind(Refused):
    """The line asks for another kind of figure: an amount, a percentage, yes or no, or a text."""

    message_key = "disputes.figure_of_another_kind"


class OnlyLeadStatesFigure(Refused):
    """Another body leads this line for the Government: others may add a text."""

    message_key = "disputes.only_lead_states_figure"


class JumpUnconfirmed(Refused):
    """The figure is ten times its base or more, or a tenth or less, and was not confirmed."""

    message_key = "disputes.jump_unconfirmed"


class FigureTooLarge(Refused):
    """The figure is beyond every budget: filed, it could never be taken back or added up."""

    message_key = "disputes.figure_too_large"


class VulnerableUnnamed(Refused):
    """Who says that vulnerable groups are affected says which and how."""

    message_key = "disputes.vulnerable_unnamed"


class FloorAboveCap(Refused):
    """The floor of a line is above its cap."""

    message_key = "disputes.floor_above_cap"


class NotYetTime(Refused):
    """Positions open at the deadline, or earlier when every party has declared itself final."""

    message_key = "disputes.not_yet_time"


@dataclass(frozen=True)
class Base:
    """A known figure (a side's base, what was approved last year), its source and the date of the data."""

    figure: Som | int | None = None
    source: str = ""
    illustrative: bool = False
    as_of: date | None = None


@dataclass(frozen=True)
class ParameterLink:
    """The parameter of a model that a line is about: version of the set, its own code, year of the data."""

    parameters: str = ""
    name: str = ""
    year: int = 0

    def __bool__(self) -> bool:
        return bool(self.name)


NO_PARAMETER: Final = ParameterLink()


@dataclass(frozen=True)
class LineText:
    """What the secretary enters of a contested line; figures in tyiyn or hundredths of a point.

    `approved_last_year` and `executed` are shown beside the positions and enter no sum. A claim above
    `documented_need` counts up to it only. `prices` are there where the money of a parameter follows
    its value in no one proportion: then they, and no base, say what a figure costs.
    """

    title: Named
    kind: str
    territory: str | None
    group: Named
    year: int
    measure: Measure
    recurring: bool
    legal_basis: Named
    budget_code: str
    history: tuple[HistoryEntry, ...]
    base_government: Base
    base_lsg: Base
    money_base: Som | None
    cost_sign: Literal[1, -1]
    step: int | None
    floor: Som | int | None
    cap: Som | int | None
    protected: bool
    limit_basis: str
    lead_government: str | None
    lead_lsg: str | None
    illustrative: bool
    note: Named = NO_NAME
    approved_last_year: Base = Base()
    executed: Base = Base()
    documented_need: Base = Base()
    parameter: ParameterLink = NO_PARAMETER
    prices: Prices | None = None


@dataclass(frozen=True)
class Line:
    """A contested line: its number in the sitting, its text, and whether its positions are open.

    `cloned_from` is the line of an earlier sitting about the same question: by it years are joined.
    """

    id: str
    sitting: str
    number: int
    text: LineText
    opened_at: datetime | None
    second_term_until: datetime | None
    version: int
    cloned_from: str | None = None
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True)
class Position:
    """What one party states on one line."""

    figure: Figure
    rationale: Words | None = None
    instrument: Instrument | None = None
    timing: str = ""
    recurring: bool = False
    legal_basis: str = ""
    vulnerable: Vulnerable = Vulnerable.NOT_STUDIED
    vulnerable_text: str = ""
    speaker: str = ""
    source: str = ""
    source_date: date | None = None
    #: Commitments to files among blanks; two positions that state the same are equal, whatever the blanks.
    attachments: tuple[str, ...] = field(default=(), compare=False)
    illustrative: bool = False
    #: How much this question matters to the party among the others, in hundredths of a percent.
    priority: int = 0
    #: Who wrote and who approved it, by id, where a party files with four eyes.
    written_by: str | None = None
    approved_by: str | None = None


@dataclass(frozen=True)
class Opened:
    """A position after disclosure, with the number of its version and when it was filed."""

    line: str
    party: str
    version: int
    position: Position
    filed_at: datetime
    late_round: bool


def check_filing(
    line: Line,
    party: Party,
    position: Position,
    *,
    at: datetime,
    until: datetime | None,
    deadline: datetime,
) -> None:
    """Raise unless this party may file this position on this line now.

    `until` is the instant at which filing ends for the party: the sitting's deadline, or the end of the
    second term of a line on which only the other side has filed; None when filing has ended, and then a
    refusal tells the sitting's `deadline`.
    """
    if until is None or at >= until:
        raise TooLate(deadline=until or deadline)
    if abs(magnitude(position.figure) or 0) > (
        LARGEST_POINTS if is_points(position.figure) else LARGEST_TYIYN
    ):
        raise FigureTooLarge
    if position.figure is None and position.rationale is None:
        raise FigureMissing
    if not 0 <= position.priority <= WHOLE:
        raise PriorityOutOfRange
    if position.vulnerable is Vulnerable.AFFECTED and not position.vulnerable_text.strip():
        raise VulnerableUnnamed
    if not fits(position.figure, line.text.measure):
        raise FigureOfAnotherKind
    if line.text.prices:
        line.text.prices.check(position.figure)
    foreign = line.text.lead_government not in (None, party.id)
    if party.side == "government" and foreign and position.figure is not None:
        raise OnlyLeadStatesFigure


def is_points(figure: Figure) -> TypeGuard[int]:
    """Tell a percentage from a yes or no, which Python counts among the numbers."""
    return isinstance(figure, int) and not isinstance(figure, bool)


def fits(figure: Figure, measure: Measure) -> bool:
    """Tell whether a figure is of the kind a line asks for; none at all fits every line.

    >>> fits(Som(60_000_000_000), Measure.PERCENTAGE)
    False
    """
    match figure:
        case None:
            return True
        case Som():
            return measure is Measure.AMOUNT
        case bool():
            return measure is Measure.YES_NO
        case int():
            return measure is Measure.PERCENTAGE
        case Words():
            return measure is Measure.TEXT


def costs_more(text: LineText) -> bool:
    """Tell whether a higher figure costs the State more; a list of prices says it itself."""
    return text.prices.rising if text.prices else text.cost_sign > 0


def told(figure: Figure) -> object:
    """Return a figure as a sentence tells it: hundredths of a point as a percentage."""
    match figure:
        case bool():
            return Sentence("disputes.answer.yes" if figure else "disputes.answer.no")
        case int():
            return Points(figure)
        case Words():
            return figure.text
    return figure


def check_limits(text: LineText) -> None:
    """Raise FloorAboveCap when a line's limits contradict each other."""
    floor, cap = magnitude(text.floor), magnitude(text.cap)
    if floor is not None and cap is not None and floor > cap:
        raise FloorAboveCap(floor=told(text.floor), cap=told(text.cap))


def magnitude(figure: Figure) -> int | None:
    """Return a figure as a whole number, in tyiyn or hundredths of a point; None for what is none."""
    if isinstance(figure, Som):
        return figure.tyiyn
    return figure if is_points(figure) else None
