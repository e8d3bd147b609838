"""What became of a sitting's questions, gathered from the lines as everybody who may read them sees them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlmodel import Session

from budgetproto.analysis.entries import Entry
from budgetproto.analysis.table import Table, table_of
from budgetproto.money import Som
from budgetproto.proceedings.following import overview, storage
from budgetproto.proceedings.following.domain import ISSUED, Appearance, Assignment, Duty, FollowUp, Reading
from budgetproto.proceedings.following.overview import Clock
from budgetproto.protocol.composed import Stand
from budgetproto.reporting.domain import Basis, Difference, Followed, Promise, Stated, followed, summed
from budgetproto.sittings.domain import AFTER_SESSION

_SETTLED: Final = frozenset({"agreed", "partly_agreed"})


@dataclass(frozen=True)
class Row:
    """A promise beside the line it was made on, who sees to it and how that stands today."""

    promise: Promise
    entry: Entry
    assignment: Assignment | None = None
    duty: Duty = "nobody"
    #: The reading at which it appeared, as entered last, and how that stands.
    appearance: Appearance | None = None
    reading: Reading = "unnamed"
    #: Whether the protocol is issued: from then on it is a duty left open that no owner or reading is named.
    issued: bool = False


@dataclass(frozen=True)
class Report:
    """All promises of a sitting, their differences and what parliament took over."""

    table: Table
    rows: tuple[Row, ...]
    share: Followed
    to_law: Difference
    to_treasury: Difference
    in_all: Difference

    @property
    def begun(self) -> bool:
        """Tell whether the session has ended, so that there can be promises."""
        return self.table.paper.sitting.stage in AFTER_SESSION

    @property
    def issued(self) -> bool:
        """Tell whether the protocol is issued, so that what names no owner or reading is a duty left open."""
        return self.table.paper.sitting.stage in ISSUED

    def counted(self, duty: Duty) -> int:
        """Return how many promises stand so."""
        return sum(row.duty == duty for row in self.rows)

    def read(self, reading: Reading) -> int:
        """Return with how many promises it stands so with the reading."""
        return sum(row.reading == reading for row in self.rows)


def report(session: Session, person_id: str, sitting_id: str) -> Report:
    """Return what became of a sitting's questions; raise as `table_of` does when they may not be read."""
    return report_of(session, table_of(session, person_id, sitting_id), overview.clock(session))


def report_of(session: Session, table: Table, watch: Clock) -> Report:
    """Return what became of the questions of a table that its reader was admitted to."""
    rows = _rows(session, table, watch)
    promises = [row.promise for row in rows]
    return Report(table, rows, followed(promises), *(summed(promises, of) for of in DIFFERENCES))


def promised_in(table: Table) -> Iterator[tuple[Entry, Promise]]:
    """Yield the lines of a table on which something was promised; none before the session has ended."""
    if table.paper.sitting.stage in AFTER_SESSION:
        made = ((entry, _promise(entry)) for entry in table.entries)
        yield from ((entry, promise) for entry, promise in made if promise is not None)


#: The three differences in their order.
DIFFERENCES: Final[tuple[Callable[[Promise], Som | None], ...]] = (
    lambda each: each.to_law,
    lambda each: each.to_treasury,
    lambda each: each.in_all,
)


def _rows(session: Session, table: Table, watch: Clock) -> tuple[Row, ...]:
    sitting = table.paper.sitting.id
    assigned, entered = storage.assignments(session, sitting), storage.follow_ups(session, sitting)
    appeared, issued = storage.appearances(session, sitting), table.paper.sitting.stage in ISSUED
    return tuple(
        replace(
            _row(promise, entry, assigned.get(entry.id, ()), entered.get(entry.id, ()), watch),
            appearance=appeared.get(entry.id),
            reading=watch.reading(_last(assigned.get(entry.id, ())), appeared.get(entry.id)),
            issued=issued,
        )
        for entry, promise in promised_in(table)
    )


def _row(
    promise: Promise,
    entry: Entry,
    assigned: Sequence[Assignment],
    entered: Sequence[FollowUp],
    watch: Clock,
) -> Row:
    last = _last(assigned)
    return Row(promise, entry, last, watch.duty(last, entered))


def _last(assigned: Sequence[Assignment]) -> Assignment | None:
    return assigned[-1] if assigned else None


def _promise(entry: Entry) -> Promise | None:
    """Return what was promised on a line; `None` when nothing was decided and no option was computed."""
    basis, stand = _promised(entry)
    if stand.figure is None:
        return None
    draft = entry.draft if entry.draft.figure is not None else entry.made.government
    later = entry.adopted.stand, entry.executed.stand
    return Promise(entry.line.number, basis, _stated(draft), _stated(stand), *map(_stated, later))


def _promised(entry: Entry) -> tuple[Basis, Stand]:
    """Return the decided figure of a settled line, else the option's, which parliament is asked to weigh."""
    decision = entry.line.decision
    if decision is not None and decision.outcome in _SETTLED and entry.made.decided.figure is not None:
        return "decision", entry.made.decided
    return "option", entry.made.computed


def _stated(stand: Stand) -> Stated:
    return Stated(stand.figure, stand.money, stand.illustrative)
