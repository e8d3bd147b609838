"""A scene with filed positions, and its backup."""

from pathlib import Path

import pytest

from budgetproto.database import Database
from budgetproto.operations.backup import back_up
from tests.factories import Scene, file_all, make_scene


@pytest.fixture
def scene(database: Database) -> Scene:
    """Make a sitting that collects positions, with two of them filed on each line."""
    scene = make_scene(database)
    file_all(scene)
    return scene


@pytest.fixture
def backup(scene: Scene, tmp_path: Path) -> Path:
    """Back the scene up."""
    file = tmp_path / "backup.zip"
    back_up(scene.database, file)
    return file
