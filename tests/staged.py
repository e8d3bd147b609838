"""The demonstration, staged once for a test run and copied for each test that needs a decided sitting."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pytest
from flask import Flask

from budgetproto.accounts.domain import Person
from budgetproto.accounts.storage import person, person_row
from budgetproto.database import Database
from budgetproto.demonstration import Demonstration, read_fixture, stage
from budgetproto.disputes.positions import sealing
from budgetproto.i18n import Language
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.service import protocol_of
from budgetproto.settings import Settings
from tests.applications import application
from tests.factories import PASSWORD
from tests.hurry import hurried
from tests.journeys.visitor import Visitor

#: The staged demonstration of this process, of which everybody gets copies.
_MASTER: Final[list[tuple[Path, Demonstration]]] = []


@dataclass(frozen=True)
class Staged:
    """A copy of the staged demonstration: `finished` is decided, `collecting` still sealed."""

    folder: Path
    database: Database
    finished: str
    collecting: str

    @cached_property
    def app(self) -> Flask:
        """The application as it is served over this copy."""
        return application(_settings(self.folder, self.database))

    def person(self, login: str) -> Person:
        """Return somebody of the demonstration by log-in name."""
        with self.database.reading() as session:
            row = person_row(session, login)
            found = person(session, row.id) if row else None
        assert found is not None, login
        return found

    def visitor(self, login: str, language: Language = "en") -> Visitor:
        """Let somebody log in."""
        return Visitor(self.app, self.person(login), language=language)

    def protocol(self) -> Protocol:
        """Return the protocol of the finished sitting as its secretary reads it."""
        with self.database.reading() as session:
            return protocol_of(session, self.person("secretary").id, self.finished)[1]


def staged_demonstration(template: Path, folder: Path) -> Demonstration:
    """Stage the demonstration in a copy of the migrated `template`, with a key file beside it."""
    database = fresh_database(template, folder)
    key = sealing.load_key(folder / "seal.key")
    made = stage(database, key, read_fixture(), password=PASSWORD)
    # The last connection to close folds the write-ahead log into the file, if it may write.
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=0")
    database.close()
    return made


def fresh_database(template: Path, folder: Path) -> Database:
    """Return a copy of the migrated `template` in `folder`, with a key file beside it."""
    shutil.copy(template, _file(folder))
    sealing.make_key(folder / "seal.key")
    return hurried(Database(f"sqlite:///{_file(folder)}"))


@contextmanager
def copy_of(master: Path, made: Demonstration, folder: Path) -> Iterator[Staged]:
    """Copy a staged demonstration into `folder` and open it."""
    for name in (_file(master).name, "seal.key"):
        shutil.copy(master / name, folder / name)
    database = hurried(Database(f"sqlite:///{_file(folder)}"))
    yield Staged(folder, database, made.finished, made.collecting)
    database.close()


@pytest.fixture(scope="session")
def master(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, cheap_hasher: None
) -> tuple[Path, Demonstration]:
    """Stage the demonstration once, whichever rooms ask: each that imports this has a fixture of its own."""
    if not _MASTER:
        folder = tmp_path_factory.mktemp("staged")
        _MASTER.append((folder, staged_demonstration(sqlite_template, folder)))
    return _MASTER[0]


@pytest.fixture
def staged(master: tuple[Path, Demonstration], tmp_path: Path) -> Iterator[Staged]:
    """Give a test a copy of its own, to change as it likes."""
    with copy_of(*master, tmp_path) as copy:
        yield copy


@pytest.fixture(scope="module")
def kept(master: tuple[Path, Demonstration], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staged]:
    """Give a module one copy that its tests only read."""
    with copy_of(*master, tmp_path_factory.mktemp("kept")) as copy:
        yield copy


def _file(folder: Path) -> Path:
    return folder / "budgetproto.sqlite3"


def _settings(folder: Path, database: Database) -> Settings:
    return Settings(
        folder=folder,
        database_url=database.url,
        seal_key_file=folder / "seal.key",
        secret_key="only for tests",
    )
