"""The table of a sitting at a named snapshot: an issued protocol, or the sitting as it stands now."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session

from budgetproto.analysis.entries import entries_of
from budgetproto.analysis.scope import Scope
from budgetproto.analysis.table import Table, table_of
from budgetproto.disputes.storage import lines
from budgetproto.errors import Refused
from budgetproto.i18n.formatting import DASH
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import head
from budgetproto.protocol import storage
from budgetproto.protocol.composition import stored_snapshot
from budgetproto.protocol.service import issued_paper
from budgetproto.protocol.storage import ProtocolRow


class SnapshotGone(Refused):
    """No state of the sitting that is kept has this name."""

    message_key = "analysis.snapshot_gone"


@dataclass(frozen=True)
class Snapshot:
    """A table and the name it has for good: the last check code of the journal it was made from."""

    table: Table
    digest: str


def snapshot_of(session: Session, person_id: str, sitting_id: str, name: str) -> Snapshot:
    """Return a snapshot to whoever may read the sitting; without a name the sitting as it stands now.

    An issued protocol is named by its number or by the code it prints, the present state by the code at the
    end of the journal. A protocol holds what was known when it was issued: nothing of what became of its
    lines since. Raises SnapshotGone for a state that is not kept.
    """
    present = table_of(session, person_id, sitting_id)
    now = head(session, sitting_chain(sitting_id)).hash
    if name in ("", now):
        return Snapshot(present, now)
    rows = storage.versions(session, sitting_id)
    for row, digest in _named(rows, name):
        return Snapshot(_issued(session, present, row), digest)
    raise SnapshotGone(typed=name, now=now, numbers=", ".join(row.number for row in rows))


def present(session: Session, scope: Scope, name: str) -> tuple[dict[str, str], str]:
    """Return the check code of each sitting as it stands now, by id, and the name of them all together.

    Raises SnapshotGone when a state was named and anything has been done in one of the sittings since.
    """
    ids = [table.paper.sitting.id for table in scope.tables]
    ends = {each: head(session, sitting_chain(each)).hash for each in ids}
    now = hashlib.sha256("\n".join(sorted(ends.values())).encode()).hexdigest()
    if name not in ("", now):
        raise SnapshotGone(typed=name, now=now, numbers=DASH)
    return ends, now


def _named(rows: list[ProtocolRow], name: str) -> Iterator[tuple[ProtocolRow, str]]:
    """Yield the protocols of this number, or made from this end of the journal, the newest first."""
    for row in reversed(rows):
        digest = stored_snapshot(json.loads(row.snapshot)).head.digest
        if name in (row.number, digest):
            yield row, digest


def _issued(session: Session, present: Table, row: ProtocolRow) -> Table:
    """Return the table of an issued protocol; codes of kinds and regions are those of the same lines."""
    paper = issued_paper(session, present.paper.sitting, present.paper.place, row)
    entered = {line.number: line for line in lines(session, present.paper.sitting.id)}
    return Table(
        paper,
        entries_of(paper.protocol, entered, regions=present.regions, sitting=present.paper.sitting.id),
        closed=(),
    )
