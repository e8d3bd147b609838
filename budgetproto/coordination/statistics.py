"""PURE: what a year of coordination came to: per initiator, per association, and of all together."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import reduce
from typing import Any

from budgetproto.i18n.languages import NO_NAME, Named


@dataclass(frozen=True)
class Words:
    """What was said and answered: opinions given, late, left out; remarks by what became of them."""

    opinions: int = 0
    late: int = 0
    silent: int = 0
    accepted: int = 0
    partly: int = 0
    rejected: int = 0
    unanswered: int = 0

    @property
    def remarks(self) -> int:
        """Every remark."""
        return self.accepted + self.partly + self.rejected + self.unanswered

    def __add__(self, other: "Words") -> "Words":
        return Words(**_sum(self, other))


@dataclass(frozen=True)
class Drafts:
    """Drafts by their way: all that were entered, those that touch communities, and what became of these.

    `days` adds up the days from publication to adoption of those `counted` of which both are known, `least`
    and `most` are the shortest and the longest; `amended` were changed again within twelve months. A draft
    whose bypass is on record is among the `bypassed` for good; it is not `coordinated` by a later close.
    """

    entered: int = 0
    touching: int = 0
    coordinated: int = 0
    bypassed: int = 0
    adopted: int = 0
    amended: int = 0
    days: int = 0
    counted: int = 0
    least: int | None = None
    most: int | None = None

    @property
    def open(self) -> int:
        """Those that touch communities and are neither coordinated nor recorded as bypassing it yet."""
        return self.touching - self.coordinated - self.bypassed

    @property
    def average(self) -> int | None:
        """The days from publication to adoption on average, rounded to whole ones; None where none is known.

        >>> Drafts(days=5, counted=2).average, Drafts().average
        (3, None)
        """
        return (2 * self.days + self.counted) // (2 * self.counted) if self.counted else None

    def __add__(self, other: "Drafts") -> "Drafts":
        return Drafts(**_sum(self, other))


@dataclass(frozen=True)
class OfDraft:
    """What one draft that touches local communities adds to the sums of its year, of some associations."""

    id: str
    number: int
    year: int
    drafts: Drafts
    words: Words
    illustrative: bool


@dataclass(frozen=True)
class OfInitiator:
    """A year of one initiator."""

    year: int
    level: str
    body: str
    name: Named
    drafts: Drafts
    words: Words
    illustrative: bool


@dataclass(frozen=True)
class OfAssociation:
    """A year of one association: on how many drafts it was asked, what it said and what it was answered."""

    year: int
    body: str
    name: Named
    asked: int
    words: Words


@dataclass(frozen=True)
class Statistics:
    """Every year of the register, the newest first."""

    initiators: tuple[OfInitiator, ...]
    associations: tuple[OfAssociation, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The years there are drafts of, the newest first."""
        return tuple(sorted({each.year for each in self.initiators}, reverse=True))

    @property
    def illustrative(self) -> bool:
        """Tell whether a draft among them did not happen."""
        return any(each.illustrative for each in self.initiators)

    def of(self, year: int) -> "Statistics":
        """Return one year alone."""
        return Statistics(
            tuple(each for each in self.initiators if each.year == year),
            tuple(each for each in self.associations if each.year == year),
        )

    @property
    def total(self) -> OfInitiator:
        """All initiators together; the year is that of the newest."""
        drafts = reduce(Drafts.__add__, (each.drafts for each in self.initiators), Drafts())
        words = reduce(Words.__add__, (each.words for each in self.initiators), Words())
        year = max((each.year for each in self.initiators), default=0)
        return OfInitiator(year, "", "", NO_NAME, drafts, words, self.illustrative)


def in_order(initiators: Iterable[OfInitiator]) -> tuple[OfInitiator, ...]:
    """Return the newest year first; within it who bypassed most, then by name."""
    return tuple(
        sorted(initiators, key=lambda each: (-each.year, -each.drafts.bypassed, each.name.text("ky")))
    )


def _sum(one: Words | Drafts, other: Words | Drafts) -> dict[str, Any]:
    """Return the counts of two together, by the names of their fields."""
    names = (field.name for field in fields(one))
    return {name: _joined(name, getattr(one, name), getattr(other, name)) for name in names}


def _joined(name: str, one: int | None, other: int | None) -> int | None:
    if name in {"least", "most"}:
        known = [each for each in (one, other) if each is not None]
        return (min if name == "least" else max)(known, default=None)
    return (one or 0) + (other or 0)
