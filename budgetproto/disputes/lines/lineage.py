"""The same question in other years: the lines one was made from and those made from it."""

from dataclasses import dataclass

from sqlmodel import Session

from budgetproto.disputes import storage
from budgetproto.disputes.domain import Line
from budgetproto.disputes.lines import lineage_storage
from budgetproto.errors import Unknown
from budgetproto.sittings import service as sittings
from budgetproto.sittings import storage as sitting_storage

#: More years than any question has been disputed.
_MOST = 50


@dataclass(frozen=True)
class Relative:
    """The same question in another sitting; `line` is None to whoever may not see that sitting."""

    sitting: str
    year: int
    number: int
    line: str | None


def ancestors(session: Session, line: Line) -> list[Line]:
    """Return the lines a line was made from, the newest first."""
    found: list[Line] = []
    before = line.cloned_from
    while before is not None and len(found) < _MOST:
        row = storage.line_row(session, before)
        if row is None:
            break
        found.append(row.line())
        before = row.cloned_from
    return found


def relatives(session: Session, person_id: str, line: Line) -> list[Relative]:
    """Return the same question in other sittings, the oldest first.

    An earlier sitting is named to everybody, since the secretary said that this one was made from it; a later
    one only to whoever may see it.
    """
    earlier = [_relative(session, person_id, each) for each in ancestors(session, line)]
    later = [_relative(session, person_id, each) for each in lineage_storage.cloned_from(session, line.id)]
    return [*reversed(earlier), *(each for each in later if each.line is not None)]


def _relative(session: Session, person_id: str, line: Line) -> Relative:
    row = sitting_storage.sitting_row(session, line.sitting)
    number = row.number if row else ""
    return Relative(number, line.text.year, line.number, line.id if _sees(session, person_id, line) else None)


def _sees(session: Session, person_id: str, line: Line) -> bool:
    try:
        sittings.admitted(session, person_id, line.sitting)
    except Unknown:
        return False
    return True
