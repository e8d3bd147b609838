"""PURE: what was asked for one place, recommended, decided, adopted by law and executed, year by year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from budgetproto.i18n.languages import Named
from budgetproto.money import Som
from budgetproto.reporting.domain import Difference, Stated
from budgetproto.transfers.domain import TerritoryKind

#: What is told of each question, in the order in which it happened.
Step = Literal["asked", "recommended", "decided", "adopted", "executed"]
STEPS: Final[tuple[Step, ...]] = get_args(Step)

#: Places without a page: they have no budget, and no question is about them alone.
WITHOUT_PAGE: Final[frozenset[TerritoryKind]] = frozenset({"village", "village_under_city", "city_district"})


@dataclass(frozen=True)
class Source:
    """Where a figure of the law or the treasury comes from: the act or report, its article, its day."""

    title: str = ""
    article: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Question:
    """One question of a published protocol about a place; `divided` says that the associations differ.

    `replaced_by` is the number of a later protocol of the sitting that is not public.
    """

    protocol: str
    number: int
    year: int
    title: Named
    kind: Named
    territory: str
    stated: tuple[Stated, ...]
    law: Source = Source()
    treasury: Source = Source()
    #: The act or record that tells at which reading it appeared, and that reading; 0 where it did not.
    read: Source = Source()
    reading: int = 0
    divided: bool = False
    replaced_by: str | None = None

    def __post_init__(self) -> None:
        if len(self.stated) != len(STEPS):
            raise ValueError("a question has one figure for each step")

    def step(self, step: Step) -> Stated:
        """Return what is stated at a step."""
        return self.stated[STEPS.index(step)]


@dataclass(frozen=True)
class Year:
    """The questions of one budget year, or of all; `year` is None for all."""

    year: int | None
    questions: tuple[Question, ...]

    def total(self, step: Step) -> Difference:
        """Add up the money of a step over the questions in which it is stated."""
        return added(question.step(step) for question in self.questions)


def added(stated: Iterable[Stated]) -> Difference:
    """Add up what is stated in money; what is not is left out, and is not counted."""
    known = [(each.money, each.illustrative) for each in stated if each.money is not None]
    return Difference(
        len(known), Som.total(money for money, _ in known), any(made_up for _, made_up in known)
    )


def years_of(questions: Iterable[Question]) -> tuple[Year, ...]:
    """Return the questions year by year, the newest first, each in the order of its protocol."""
    found = sorted(questions, key=lambda each: (each.protocol, each.number))
    every = sorted({each.year for each in found}, reverse=True)
    return tuple(Year(year, tuple(each for each in found if each.year == year)) for year in every)
