"""Applications of tests share what is set up, and nothing of an installation or of another test."""

from dataclasses import replace
from pathlib import Path

import pytest

from budgetproto.app import create_app
from budgetproto.database import Database
from budgetproto.disputes.positions import sealing
from budgetproto.settings import Settings
from tests.applications import application


@pytest.fixture
def settings(sqlite_database: Database, tmp_path: Path) -> Settings:
    sealing.make_key(tmp_path / "seal.key")
    return Settings(tmp_path, sqlite_database.url, tmp_path / "seal.key", "only for tests")


def databases(found: dict[str, object]) -> list[tuple[str, str]]:
    """Return every database that extensions know, themselves or in a field of theirs."""
    held = [(name, each) for name, value in found.items() for each in (value, *vars_of(value))]
    return sorted((name, each.url) for name, each in held if isinstance(each, Database))


def vars_of(value: object) -> list[object]:
    return list(vars(value).values()) if hasattr(value, "__dict__") else []


def test_each_knows_its_own_installation_alone(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    application(settings)
    folder = tmp_path_factory.mktemp("another")
    sealing.make_key(folder / "seal.key")
    elsewhere = replace(
        settings,
        folder=folder,
        database_url=f"sqlite:///{folder}/x.sqlite3",
        seal_key_file=folder / "seal.key",
    )
    another, real = application(elsewhere), create_app(settings)
    assert another.extensions.keys() == real.extensions.keys()
    known = databases(real.extensions)
    assert len(known) >= 2
    assert databases(another.extensions) == [(name, elsewhere.database_url) for name, _ in known]
    paths = [str(each) for value in another.extensions.values() for each in (value, *vars_of(value))]
    assert not [each for each in paths if str(settings.folder) in each]
    real.extensions["budgetproto.database"].close()


def test_what_a_test_changes_is_its_own(settings: Settings) -> None:
    changed = application(settings)
    changed.config["SESSION_COOKIE_NAME"] = "other"
    changed.extensions["budgetproto.other"] = None
    again = application(settings)
    assert again.config["SESSION_COOKIE_NAME"] == "sitting"
    assert "budgetproto.other" not in again.extensions


def test_other_settings_are_set_up_anew(settings: Settings) -> None:
    assert application(settings).config["SESSION_COOKIE_SECURE"] is False
    assert application(replace(settings, production=True)).config["SESSION_COOKIE_SECURE"] is True
