"""A scene with filed positions, and its backup."""

from pathlib import Path

import pytest

from budgetproto.database import Database
from budgetproto.operations.backup import back_up
from tests.factories import Scene, file_all, make_scene


@pytest.fixture
def scene(database: Database) -> Scene:
    """Make a sitting that collects positions, both of one line filed."""
    return _filed(database)


@pytest.fixture
def backup(scene: Scene, tmp_path: Path) -> Path:
    """Back the scene up."""
    return _backed_up(scene, tmp_path)


@pytest.fixture
def embedded(sqlite_database: Database) -> Scene:
    """Make the same on SQLite, where the engine does not matter."""
    return _filed(sqlite_database)


@pytest.fixture
def embedded_backup(embedded: Scene, tmp_path: Path) -> Path:
    """Back that up."""
    return _backed_up(embedded, tmp_path)


def _filed(database: Database) -> Scene:
    scene = make_scene(database, lines=1)
    file_all(scene)
    return scene


def _backed_up(scene: Scene, folder: Path) -> Path:
    back_up(scene.database, folder / "backup.zip")
    return folder / "backup.zip"
