"""Looks at a file of transfers, lays it beside what is stored, and takes it: all of it or nothing."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial
from typing import BinaryIO, Final

from sqlmodel import Session

from budgetproto.accounts.domain import Person
from budgetproto.database import Database, now
from budgetproto.errors import BadInput, NotPermitted, Problem, Refused, Unknown
from budgetproto.exchange.large import LargeTable, read_large
from budgetproto.exchange.large.reading import Progress
from budgetproto.journal import SYSTEM, append
from budgetproto.money import Unit
from budgetproto.transfers.events import TransfersImported
from budgetproto.transfers.importing import storage
from budgetproto.transfers.importing.checks import Known, check
from budgetproto.transfers.importing.layout import columns
from budgetproto.transfers.importing.rows import Beside, chosen, keys_of, laid_beside, said_of, values_of
from budgetproto.transfers.service import may_edit_kinds
from budgetproto.transfers.storage import kind_names, territory_codes

#: How long a file waits to be taken.
WAITS: Final = timedelta(days=1)


class JumpsNotConfirmed(Refused):
    """Amounts are ten or a thousand times what they were; `rows` are the first of them."""

    message_key = "transfers.import.jumps_not_confirmed"


class OtherwiseMeanwhile(Refused):
    """What is stored has changed since the file was laid beside it."""

    message_key = "transfers.import.otherwise_meanwhile"


@dataclass(frozen=True)
class FileRead:
    """A file without a fault: its rows, the key of each, whose figures they are, and its hash."""

    name: str
    source: str
    unit: Unit
    table: LargeTable
    keys: Sequence[str]
    digest: str


def require_keeper(person: Person) -> None:
    """Refuse whoever does not keep the reference data."""
    if not may_edit_kinds(person):
        raise NotPermitted(denied="transfers.import")


def read_file(
    database: Database,
    file: BinaryIO,
    *,
    name: str,
    unit: Unit,
    source: str,
    progress: Progress | None = None,
) -> FileRead:
    """Read a file and every fault of it; nothing is stored. Raise BadInput with the faults, row by row."""
    with database.reading() as session:
        known = Known(territory_codes(session), frozenset(kind_names(session)))
    table, faults = read_large(file, columns(), unit=unit, name=name, progress=progress)
    keys = cache(partial(keys_of, table, source))
    check(table, known, faults, unit=unit, keys=keys)
    if faults.count:
        more = [Problem("transfers.import.more", {"more": faults.untold}, name)] if faults.untold else []
        raise BadInput(*faults.in_order(), *more)
    if not len(table):
        raise BadInput(Problem("exchange.problem.empty", file=name))
    return FileRead(name, source, unit, table, keys(), _digest(file))


def beside(session: Session, read: FileRead) -> Beside:
    """Lay the rows of a file beside what is stored of its source."""
    return laid_beside(read.table, read.keys, storage.stored_of(session, read.source))


def take(
    database: Database,
    keeper: Person,
    read: FileRead,
    *,
    remove_gone: bool = False,
    confirmed: bool = False,
    seen: str | None = None,
) -> Beside:
    """Store the figures of a file in one transaction; return what became of them.

    What the source no longer states stays, unless `remove_gone`. Raise JumpsNotConfirmed where amounts look
    like another unit and nobody said that they are meant; OtherwiseMeanwhile where `seen` is not what stands.
    """
    require_keeper(keeper)
    with database.writing() as session:
        found = beside(session, read)
        if seen is not None and seen != found.seen:
            raise OtherwiseMeanwhile
        if found.jumps and not confirmed:
            raise JumpsNotConfirmed(rows=", ".join(map(str, found.jumps[:10])))
        _store(session, read, found, remove_gone=remove_gone)
        append(session, SYSTEM, _event(keeper, read, found, removed=len(found.gone) if remove_gone else 0))
    return found


def wait(database: Database, keeper: Person, content: bytes, read: FileRead) -> str:
    """Keep a file until its sender has looked at what it changes, a day at most; return its id."""
    require_keeper(keeper)
    with database.writing() as session:
        at = now(session)
        storage.drop_files(session, before=at - WAITS)
        row = storage.WaitingFileRow(
            person=keeper.id, name=read.name, unit=read.unit.name, source=read.source, content=content, at=at
        )
        return storage.put_file(session, row)


def waiting(database: Database, keeper: Person, id_: str) -> FileRead:
    """Read a file again that this person sent; raise Unknown for any other."""
    require_keeper(keeper)
    with database.reading() as session:
        row = storage.waiting_file(session, keeper.id, id_)
    if row is None:
        raise Unknown
    file = io.BytesIO(row.content)
    return read_file(database, file, name=row.name, unit=Unit[row.unit], source=row.source)


def forget(database: Database, keeper: Person, id_: str) -> None:
    """Forget a file that this person sent."""
    require_keeper(keeper)
    with database.writing() as session:
        if storage.waiting_file(session, keeper.id, id_) is None:
            raise Unknown
        storage.drop_files(session, id_=id_)


def _store(session: Session, read: FileRead, found: Beside, *, remove_gone: bool) -> None:
    first = storage.last_place(session) + 1
    values = values_of(read.table, read.keys, read.source, first=first)
    storage.insert(session, chosen(values, found.new))
    storage.update(session, said_of(read.table, read.keys, found.changed))
    if remove_gone:
        storage.delete(session, found.gone)


def _event(keeper: Person, read: FileRead, found: Beside, *, removed: int) -> TransfersImported:
    return TransfersImported(
        person=keeper.id,
        source=read.source,
        file=read.name,
        digest=read.digest,
        rows=len(read.table),
        new=len(found.new),
        changed=len(found.changed),
        removed=removed,
    )


def _digest(file: BinaryIO) -> str:
    file.seek(0)
    made = hashlib.sha256()
    for part in iter(partial(file.read, 1 << 20), b""):
        made.update(part)
    return made.hexdigest()
