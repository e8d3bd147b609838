"""What became of the questions of all sittings a reader may read, year by year, with the share acted on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

from sqlmodel import Session

from budgetproto.accounts.domain import Person
from budgetproto.analysis.scope import Scope, scope_of
from budgetproto.i18n import Language
from budgetproto.i18n.letters import collation
from budgetproto.proceedings.following import overview
from budgetproto.proceedings.following.domain import DUTIES, READINGS, Duty, Reading
from budgetproto.reporting.domain import Difference, Followed, followed, summed
from budgetproto.reporting.follow_up import DIFFERENCES, Row, report_of
from budgetproto.sittings.domain import AFTER_SESSION, Sitting


@dataclass(frozen=True)
class Chosen:
    """The conditions that a question has to meet; empty means no condition.

    `owner` is the Kyrgyz name of who sees to it, `duty` how that stands, `reading` how it
    stands with the reading, `taken` how far the law followed.
    """

    year: str = ""
    owner: str = ""
    duty: str = ""
    reading: str = ""
    taken: str = ""


CHOSEN: tuple[str, ...] = tuple(field.name for field in fields(Chosen))


@dataclass(frozen=True)
class Line:
    """A promise beside the sitting it was made in."""

    sitting: Sitting
    row: Row

    @property
    def year(self) -> int:
        """The budget year of the sitting."""
        return self.sitting.budget_year

    @property
    def owner(self) -> str:
        """The Kyrgyz name of who sees to it, empty where nobody does."""
        return self.row.assignment.owner.ky if self.row.assignment else ""


@dataclass(frozen=True)
class Sums:
    """What the questions of a year come to; `year` is None for those of all years."""

    year: int | None
    lines: tuple[Line, ...]

    @property
    def sittings(self) -> int:
        """How many sittings these questions are of."""
        return len({line.sitting.id for line in self.lines})

    @cached_property
    def share(self) -> Followed:
        """What parliament took over."""
        return followed([line.row.promise for line in self.lines])

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """The three differences, each summed over the questions that have both its figures."""
        return tuple(summed((line.row.promise for line in self.lines), of) for of in DIFFERENCES)

    def count(self, duty: Duty) -> int:
        """Return how many of these questions stand so."""
        return sum(line.row.duty == duty for line in self.lines)

    def read(self, reading: Reading) -> int:
        """Return with how many of these questions it stands so with the reading."""
        return sum(line.row.reading == reading for line in self.lines)


@dataclass(frozen=True)
class Years:
    """The chosen questions of all sittings in scope, and what there is to choose among."""

    scope: Scope
    every: tuple[Line, ...]
    chosen: tuple[Line, ...]

    @cached_property
    def years(self) -> tuple[Sums, ...]:
        """The chosen questions year by year, the newest first."""
        found = sorted({line.year for line in self.chosen}, reverse=True)
        return tuple(Sums(year, tuple(line for line in self.chosen if line.year == year)) for year in found)

    @cached_property
    def whole(self) -> Sums:
        """All chosen questions."""
        return Sums(None, self.chosen)

    @property
    def known_years(self) -> tuple[int, ...]:
        """The years there is a question of, the newest first."""
        return tuple(sorted({line.year for line in self.every}, reverse=True))

    @property
    def known_duties(self) -> tuple[Duty, ...]:
        """How the assignments of these questions stand."""
        return tuple(each for each in DUTIES if any(line.row.duty == each for line in self.every))

    @property
    def known_readings(self) -> tuple[Reading, ...]:
        """How it stands with the readings of these questions."""
        return tuple(each for each in READINGS if any(line.row.reading == each for line in self.every))

    def owners(self, language: Language) -> dict[str, str]:
        """Return who sees to these questions, by Kyrgyz name, as a reader calls them, in their order."""
        assigned = (line.row.assignment for line in self.every)
        named = {each.owner.ky: each.owner.text(language) for each in assigned if each}
        return dict(sorted(named.items(), key=lambda each: collation(each[1])))


def every_line(session: Session, person: Person) -> tuple[Scope, tuple[Line, ...]]:
    """Return the promises of all sittings that a person may read now, in their order."""
    scope, watch = scope_of(session, person), overview.clock(session)
    ended = [table for table in scope.tables if table.paper.sitting.stage in AFTER_SESSION]
    return scope, tuple(
        Line(table.paper.sitting, row) for table in ended for row in report_of(session, table, watch).rows
    )


def chosen(lines: Iterable[Line], choice: Chosen) -> tuple[Line, ...]:
    """Return the questions that meet every condition, those of the newest year first."""
    met = [line for line in lines if _meets(line, choice)]
    return tuple(sorted(met, key=lambda line: (-line.year, line.sitting.number, line.row.promise.number)))


def _meets(line: Line, choice: Chosen) -> bool:
    has: Sequence[tuple[str, str]] = (
        (choice.year, str(line.year)),
        (choice.owner, line.owner),
        (choice.duty, line.row.duty),
        (choice.reading, line.row.reading),
        (choice.taken, line.row.promise.taken),
    )
    return all(not asked or asked == found for asked, found in has)
