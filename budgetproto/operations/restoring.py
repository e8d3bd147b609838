"""The restoring of a backup, all or nothing, and the drill that proves it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session

from budgetproto.accounts import links_storage, tokens_storage
from budgetproto.accounts import storage as accounts
from budgetproto.database import Database, now
from budgetproto.database.migrations import knows, migrate_within
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.errors import Refused
from budgetproto.i18n import Sentence
from budgetproto.journal import SYSTEM, append
from budgetproto.operations import archive, storage, wire
from budgetproto.operations.archive import Archive, BadBackup
from budgetproto.operations.backup import digest_of
from budgetproto.operations.events import Restored
from budgetproto.operations.manifest import Manifest
from budgetproto.operations.verification import altered_records, checked_chains, unopenable


class NotWhole(BadBackup):
    """A backup was read without a fault, and what it holds is not what was written; nothing was changed."""

    message_key = "operations.not_whole"


@dataclass(frozen=True)
class Report:
    """What was restored, the sittings whose positions the seal key at hand does not open, and the seconds."""

    manifest: Manifest
    unopenable: tuple[str, ...]
    seconds: float


def restore(
    database: Database, file: Path, *, key: SealKey | None, passphrase: str | None = None, replace: bool
) -> Report:
    """Fill an empty database from a backup, prove it, and only then keep it.

    The file is proven before the database is touched; an older schema is brought up by its migrations. With
    `replace` a database that holds something is emptied first, in the same transaction. Everybody logs in
    anew, and links are made anew.
    """
    began = time.monotonic()
    with archive.opened(file, passphrase) as backup:
        if not knows(backup.manifest.revision):
            raise BadBackup("operations.newer", revision=backup.manifest.revision)
        with database.rebuilding() as session:
            if not replace and not storage.is_empty(session):
                raise Refused("operations.not_empty")
            _fill(session, backup)
            _prove(session, backup.manifest)
            closed = unopenable(session, key)
            _void_what_opens_accounts(session)
            append(session, SYSTEM, Restored(backup.manifest.made_at, digest_of(backup)))
        return Report(backup.manifest, closed, time.monotonic() - began)


def drill(file: Path, *, key: SealKey | None, passphrase: str | None = None) -> Report:
    """Restore a backup into a database that is thrown away."""
    with TemporaryDirectory(prefix="budgetproto-drill-") as folder:
        database = Database(f"sqlite:///{folder}/drill.sqlite3")
        try:
            return restore(database, file, key=key, passphrase=passphrase, replace=False)
        finally:
            database.close()


def _fill(session: Session, backup: Archive) -> None:
    """Make the tables as they were, put the rows in, and bring the schema to the present."""
    storage.clear(session)
    migrate_within(session.connection(), backup.manifest.revision)
    loading = storage.Loading(session)
    for part in backup.manifest.parts:
        loading.put(part.table, part.columns, (wire.row(line) for line in backup.lines(part)))
    loading.finish()
    migrate_within(session.connection(), "head")


def _prove(session: Session, manifest: Manifest) -> None:
    """Compare the heads with the manifest, recompute every chain and what the chains speak of."""
    if storage.heads(session) != manifest.heads:
        raise NotWhole(what=Sentence("operations.heads_differ"))
    for fault in _faults(session):
        raise NotWhole(what=fault)


def _void_what_opens_accounts(session: Session) -> None:
    """Let no log-in, link or token that was ended after the backup be good once more."""
    accounts.end_every_log_in(session)
    links_storage.void_everything(session, now(session))
    tokens_storage.revoke_all(session, now(session))


def _faults(session: Session) -> Iterator[Sentence]:
    yield from (chain.sentence() for chain in checked_chains(session) if chain.broken)
    yield from altered_records(session)
