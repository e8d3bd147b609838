"""The demonstration, asked by programs."""

from collections.abc import Callable

import pytest

from tests.api.program import Program
from tests.staged import Staged, kept, master, staged

__all__ = ["kept", "master", "staged"]

Programs = Callable[[str], Program]


@pytest.fixture(scope="module")
def programs(kept: Staged) -> Programs:
    """Give anybody of the demonstration a program, by log-in name."""
    return lambda login: Program(kept.app, kept.database, kept.person(login))
