"""The backup: one picture of the whole database, taken while the service runs, without any key."""

import hashlib
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from sqlmodel import Session

from budgetproto.database import Database
from budgetproto.errors import SetUp
from budgetproto.operations import archive, storage, wire
from budgetproto.operations.archive import Archive, Writer
from budgetproto.operations.manifest import Manifest


def back_up(database: Database, file: Path, *, passphrase: str | None = None) -> Manifest:
    """Write everything the database holds at one moment to `file`, which must not exist yet.

    Nobody waits: SQLite reads beside its write-ahead log, PostgreSQL in one REPEATABLE READ transaction.
    """
    with database.reading() as session:
        revision = storage.revision(session)
        if revision is None:
            raise SetUp(what="schema -", remedy="budgetproto migrate")
        with archive.written(file, passphrase) as writer:
            manifest = _written(session, writer, database.engine.dialect.name, revision)
            writer.close(manifest)
    return manifest


def digest_of(backup: Archive) -> str:
    """Return the SHA-256 of a backup's manifest: which backup it is, locked or not."""
    return hashlib.sha256(backup.manifest.document()).hexdigest()


def _written(session: Session, writer: Writer, engine: str, revision: str) -> Manifest:
    # The heads first: on PostgreSQL and on SQLite alike the first question takes the picture.
    heads, made_at = storage.heads(session), storage.made_at(session)
    with closing(storage.contents(session)) as contents:
        parts = tuple(writer.add(each.table, each.columns, map(wire.line, each.rows)) for each in contents)
    return Manifest(
        made_at=made_at,
        service=version("budgetproto"),
        engine=engine,
        revision=revision,
        parts=parts,
        heads=heads,
    )
