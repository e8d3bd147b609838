"""Recomputes what the journal says of draft acts: they are still what was recorded."""

import hashlib
from collections.abc import Iterator

from sqlmodel import Session

from budgetproto.coordination import storage
from budgetproto.coordination.events import ActEntered, StepRecorded
from budgetproto.coordination.storage import ActRow, HappeningRow
from budgetproto.i18n import Sentence
from budgetproto.journal import act_chain
from budgetproto.journal.domain import Entry
from budgetproto.journal.storage import entries

#: A step as its chain has it: number, kind, day, person and hash.
_Step = tuple[object, ...]


def altered(session: Session) -> Iterator[Sentence]:
    """Tell of each draft of which a word, a step or their order is not what its chain says."""
    for row in storage.act_rows(session):
        chain = entries(session, act_chain(row.id))
        if not _as_entered(row, chain) or _steps_told(chain) != _steps_kept(session, row):
            yield Sentence("coordination.altered", (("number", row.number),))


def _as_entered(row: ActRow, chain: list[Entry]) -> bool:
    first = next((entry.values() for entry in chain if entry.kind == ActEntered.kind), None)
    return first is not None and first["digest"] == _digest(row.document)


def _steps_told(chain: list[Entry]) -> list[_Step]:
    told = (entry.values() for entry in chain if entry.kind == StepRecorded.kind)
    return [(said["number"], said["step"], said["on"], said["person"], said["digest"]) for said in told]


def _steps_kept(session: Session, row: ActRow) -> list[_Step]:
    return [_kept(each) for each in storage.happening_rows(session, row.id)]


def _kept(row: HappeningRow) -> _Step:
    return row.number, row.kind, row.on.isoformat(), row.person, _digest(row.document)


def _digest(written: str) -> str:
    return hashlib.sha256(written.encode()).hexdigest()
