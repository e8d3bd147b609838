"""Change or withdraw many lines by one act: all that were chosen or none, each as it was seen, one event."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlmodel import Session

from budgetproto.database import Database, now
from budgetproto.disputes import storage
from budgetproto.disputes.domain import Line, LineText
from budgetproto.disputes.events import LinesChanged, LinesWithdrawn
from budgetproto.disputes.lines.entering import check_text, digest
from budgetproto.disputes.lines.many import MOST_LINES, NothingChosen, TooManyLines
from budgetproto.disputes.storage import LineRow
from budgetproto.disputes.terms.proposing import keep_terms
from budgetproto.errors import Refused, Stale, Unknown
from budgetproto.journal import append, sitting_chain
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act

#: What of many lines can be set at once; figures and titles are each line's own.
CHANGEABLE: Final = (
    "lead_government",
    "lead_lsg",
    "protected",
    "limit_basis",
    "group",
    "legal_basis",
    "recurring",
)


class LinesMoved(Stale):
    """Somebody else saved or withdrew some of the chosen lines first; `lines` names them."""

    message_key = "disputes.lines_moved"


class NothingToChange(Refused):
    """The lines say already what they were to say."""

    message_key = "disputes.change.nothing"


@dataclass(frozen=True)
class Change:
    """What lines are to say from now on, by the names in `CHANGEABLE`; of the rest nothing changes."""

    values: Mapping[str, Any] = field(default_factory=dict)

    def of(self, text: LineText) -> LineText:
        """Return a line's text as it would be."""
        return replace(text, **self.values)

    def moves(self, text: LineText) -> bool:
        """Tell whether a line would say something else."""
        return self.of(text) != text


def chosen_lines(session: Session, sitting_id: str, ids: Iterable[str]) -> list[Line]:
    """Return the chosen lines of a sitting that stand, in the order of their numbers."""
    wanted = set(ids)
    if len(wanted) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES, lines=len(wanted))
    return [line for line in storage.lines(session, sitting_id) if line.id in wanted]


def change_lines(
    database: Database, person_id: str, sitting_id: str, seen: Mapping[str, int], change: Change
) -> int:
    """Change the lines that say something else yet, and return how many; `seen` is the version of each.

    What decides the result is part of the terms, as when one line is edited.
    """
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.PREPARE)
        rows = [row for row in _as_seen(session, sitting_id, seen) if change.moves(row.text())]
        if not rows:
            raise NothingToChange
        before = [row.text() for row in rows]
        for row in rows:
            _change(session, row, change)
        session.flush()
        told = _told(rows) | {"digest": _common_hash(rows, before), "what": ",".join(sorted(change.values))}
        append(session, sitting_chain(sitting_id), LinesChanged(person=person_id, **told))
        keep_terms(session, person_id, sitting)
        return len(rows)


def withdraw_chosen(
    database: Database, person_id: str, sitting_id: str, seen: Mapping[str, int], *, reason: str
) -> int:
    """Take lines back with a reason, and return how many; `seen` is the version of each."""
    if not reason.strip():
        raise sittings.ReasonMissing
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.PREPARE)
        rows, at = _as_seen(session, sitting_id, seen), now(session)
        before = [row.text() for row in rows]
        for row in rows:
            row.withdrawn_at, row.withdrawn_reason = at, reason.strip()
            session.add(row)
        session.flush()
        told = _told(rows) | {"digest": _common_hash(rows, before), "reason": reason.strip()}
        append(session, sitting_chain(sitting_id), LinesWithdrawn(person=person_id, **told))
        keep_terms(session, person_id, sitting)
        return len(rows)


def in_short(numbers: Sequence[int]) -> str:
    """Write numbers in rising order with what follows one another drawn together.

    >>> in_short([1, 2, 3, 5, 7, 8])
    '1–3, 5, 7, 8'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def _change(session: Session, row: LineRow, change: Change) -> None:
    text = change.of(row.text())
    check_text(text)
    row.enter(text)
    session.add(row)


def _as_seen(session: Session, sitting_id: str, seen: Mapping[str, int]) -> list[LineRow]:
    """Lock the chosen lines and return them by number; raise unless each is as the reader saw it."""
    if not seen:
        raise NothingChosen
    if len(seen) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES, lines=len(seen))
    standing = {row.id: row for row in storage.line_rows(session, sitting_id)}
    gone = [_withdrawn(session, sitting_id, each) for each in sorted(seen.keys() - standing.keys())]
    rows = [standing[each] for each in seen if each in standing]
    moved = [row.number for row in rows if row.version != seen[row.id]]
    if gone or moved:
        raise LinesMoved(lines=in_short(sorted([*gone, *moved])))
    return sorted(rows, key=_number)


def _withdrawn(session: Session, sitting_id: str, line_id: str) -> int:
    """Return the number of a line that stands no more; raise Unknown for what is no line of the sitting."""
    row = storage.line_row(session, line_id)
    if row is None or row.sitting != sitting_id:
        raise Unknown
    return row.number


def _told(rows: Sequence[LineRow]) -> dict[str, Any]:
    return {"lines": len(rows), "numbers": in_short([row.number for row in rows])}


def _common_hash(rows: Sequence[LineRow], before: Sequence[LineText]) -> str:
    """Return one hash over every line's id and what it said before and says now."""
    pairs = zip(rows, before, strict=True)
    told = "\n".join(f"{row.id} {digest(text)} {digest(row.text())}" for row, text in pairs)
    return hashlib.sha256(told.encode()).hexdigest()


def _number(row: LineRow) -> int:
    return row.number
