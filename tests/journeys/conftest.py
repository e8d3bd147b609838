"""The whole application over a database of the test's own, and somebody to visit it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask

from budgetproto.accounts import passwords
from budgetproto.accounts.domain import Person
from budgetproto.database import Database
from budgetproto.disputes.positions import sealing
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.i18n import Language
from budgetproto.settings import Settings
from budgetproto.transfers.domain import TransferKind
from budgetproto.transfers.reference import read_reference
from budgetproto.transfers.storage import put_kinds
from tests.access.house import house
from tests.applications import application
from tests.factories import Scene, make_scene
from tests.journeys.visitor import Visitor
from tests.staged import kept, master, staged
from tests.web.gallery import serving

__all__ = ["house", "kept", "master", "staged"]

Visit = Callable[..., Visitor]


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords with the least work: these tests are about pages."""
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def seal_key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the key file of every installation of these tests."""
    file = tmp_path_factory.mktemp("keys") / "seal.key"
    sealing.make_key(file)
    return file


@pytest.fixture(scope="session")
def seal_key(seal_key_file: Path) -> SealKey:
    """Load the key of that file."""
    return sealing.load_key(seal_key_file)


@pytest.fixture
def settings(sqlite_database: Database, seal_key_file: Path, tmp_path: Path) -> Settings:
    """Describe an installation whose database is the test's own."""
    return Settings(
        folder=tmp_path,
        database_url=sqlite_database.url,
        seal_key_file=seal_key_file,
        secret_key="only for tests",
    )


@pytest.fixture(scope="session")
def kinds() -> tuple[TransferKind, ...]:
    """Read the catalogue of kinds of transfers once."""
    return read_reference().kinds


@pytest.fixture
def catalogue(sqlite_database: Database, kinds: tuple[TransferKind, ...]) -> None:
    """Fill the test's database with the kinds of transfers."""
    with sqlite_database.writing() as session:
        put_kinds(session, kinds)


@pytest.fixture
def app(settings: Settings, catalogue: None) -> Flask:
    """Make the application as it is served."""
    return application(settings)


@pytest.fixture
def scene(sqlite_database: Database, seal_key: SealKey) -> Scene:
    """Make a sitting that collects positions, with two lines and four parties."""
    return make_scene(sqlite_database, key=seal_key)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Serve the application for a real browser."""
    with serving(app) as address:
        yield address


@pytest.fixture
def visit(app: Flask) -> Visit:
    """Let somebody log in: `visit(person)`."""

    def logged_in(person: Person, *, language: Language | None = None) -> Visitor:
        return Visitor(app, person, language=language)

    return logged_in


@pytest.fixture
def asked(app: Flask) -> Iterator[None]:
    """Stand inside a request, where forms are made."""
    with app.test_request_context("/"):
        yield
