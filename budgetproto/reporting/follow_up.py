"""What became of a sitting's questions, gathered from the lines as everybody who may read them sees them."""

from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from budgetproto.analysis.entries import Entry
from budgetproto.analysis.table import Table, table_of
from budgetproto.protocol.composed import Stand
from budgetproto.reporting.domain import Basis, Difference, Followed, Promise, Stated, followed, summed
from budgetproto.sittings.domain import Stage

#: A promise is one from the end of the session on; before, decisions can still change.
_AFTER: Final = frozenset({Stage.DECIDED, Stage.ISSUED, Stage.ARCHIVED})
_SETTLED: Final = frozenset({"agreed", "partly_agreed"})


@dataclass(frozen=True)
class Row:
    """A promise beside the line it was made on."""

    promise: Promise
    entry: Entry


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
        return self.table.paper.sitting.stage in _AFTER


def report(session: Session, person_id: str, sitting_id: str) -> Report:
    """Return what became of a sitting's questions; raise as `table_of` does when they may not be read."""
    table = table_of(session, person_id, sitting_id)
    over = table.paper.sitting.stage in _AFTER
    rows = tuple(_rows(table)) if over else ()
    promises = [row.promise for row in rows]
    return Report(
        table,
        rows,
        followed(promises),
        summed(promises, lambda each: each.to_law),
        summed(promises, lambda each: each.to_treasury),
        summed(promises, lambda each: each.in_all),
    )


def _rows(table: Table) -> list[Row]:
    made = ((entry, _promise(entry)) for entry in table.entries)
    return [Row(promise, entry) for entry, promise in made if promise is not None]


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
