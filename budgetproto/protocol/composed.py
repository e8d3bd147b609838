"""PURE: the language-free protocol: the facts, and every figure that follows from them."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, get_args

from budgetproto.i18n.languages import Named
from budgetproto.money import Som
from budgetproto.protocol.answers import Answered
from budgetproto.protocol.snapshot import Figure, Line, Side, Snapshot

Standing = Literal["agreed", "partly_agreed", "not_agreed", "referred", "undecided", "not_in_dispute"]
STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing)


@dataclass(frozen=True)
class Stand:
    """A figure and the money it means: the same for an amount, through the base for a percentage.

    `illustrative` marks a figure that is made up, or that follows from one that is.
    """

    figure: Figure = None
    money: Som | None = None
    illustrative: bool = False


@dataclass(frozen=True)
class Difference:
    """LSG minus Government in the line's own measure, in money, and as a share of the Government's figure.

    `share` is `None`, undefined, when the Government's figure is zero.
    """

    signed: Som | int
    absolute: Som | int
    share: Fraction | None
    money: Som | None
    money_absolute: Som | None


@dataclass(frozen=True)
class ComposedLine:
    """What follows from the facts of one line; the line itself stands in the snapshot under this number."""

    number: int
    government: Stand
    lsg: Stand
    difference: Difference | None
    computed: Stand
    proposed: Stand
    decided: Stand
    extra_computed: Som | None
    extra_decided: Som | None
    missing: tuple[Side, ...]
    standing: Standing
    #: What the answers to the option come to; nothing where the snapshot has none.
    answered: Answered = ""


@dataclass(frozen=True)
class Sums:
    """Sums of money over some lines; beside each sum the number of lines that have such a figure."""

    lines: int
    government: Som
    government_lines: int
    lsg: Som
    lsg_lines: int
    computed: Som
    computed_lines: int
    proposed: Som
    proposed_lines: int
    decided: Som
    decided_lines: int


@dataclass(frozen=True)
class Carried:
    """What the lines up to one of them come to, as `Totals` says it of all the lines compared."""

    compared: Sums
    signed: Som


@dataclass(frozen=True)
class InstrumentSum:
    """What was decided under one instrument (a loan is not a grant)."""

    instrument: str
    lines: int
    decided: Som


@dataclass(frozen=True)
class Totals:
    """One year, or all years when `year` is `None`.

    `compared` sums the lines on which both sides have a figure in money, so that `signed` is exactly its
    LSG sum minus its Government sum; `one_sided` the lines on which one or both sides have none.
    `extra_*` is what the LSG side gets above the Government's figures on the compared lines,
    `illustrative_*` tells whether a figure behind such a sum is made up.
    """

    year: int | None
    lines: int
    compared: Sums
    one_sided: Sums
    without_money: int
    signed: Som
    absolute: Som
    extra_computed: Som
    extra_decided: Som
    instruments: tuple[InstrumentSum, ...] = ()
    illustrative_stated: bool = False
    illustrative_computed: bool = False
    illustrative_decided: bool = False


@dataclass(frozen=True)
class Part:
    """The lines of one kind, or those of one region among them, with their sums."""

    name: Named
    lines: tuple[tuple[Line, ComposedLine], ...]
    sums: Totals
    regions: tuple["Part", ...] = ()


@dataclass(frozen=True)
class EnvelopeUse:
    """The envelope and what the option and the decisions take from it; no total when no source is named."""

    total: Som | None
    left_computed: Som | None
    left_decided: Som | None
    illustrative: bool


@dataclass(frozen=True)
class Count:
    """How many lines stand where."""

    standing: Standing
    lines: int


@dataclass(frozen=True)
class Protocol:
    """The composed protocol: the facts, and everything that follows from them."""

    facts: Snapshot
    lines: tuple[ComposedLine, ...]
    years: tuple[Totals, ...]
    overall: Totals
    envelope: EnvelopeUse
    counts: tuple[Count, ...]
    quorum_reached: bool | None
    illustrative: bool
    by_size: tuple[int, ...]

    def pairs(self) -> Iterator[tuple[Line, ComposedLine]]:
        """Yield every line of the snapshot with what follows from it."""
        return zip(self.facts.lines, self.lines, strict=True)

    def standing(self, *standings: Standing) -> tuple[tuple[Line, ComposedLine], ...]:
        """Return the lines that stand so, in their order."""
        return tuple(pair for pair in self.pairs() if pair[1].standing in standings)

    def count(self, standing: Standing) -> int:
        """Return how many lines stand so."""
        return next(count.lines for count in self.counts if count.standing == standing)
