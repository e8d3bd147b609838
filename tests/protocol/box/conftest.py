"""One issued protocol with its box for a module whose tests only read it."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.factories import Scene
from tests.protocol.box.samples import Key, issue, make_key
from tests.staged import fresh_database


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Key:
    return make_key(tmp_path_factory.mktemp("key"))


@pytest.fixture(scope="module")
def issued(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, cheap_hasher: None, key: Key
) -> Iterator[tuple[Scene, bytes]]:
    database = fresh_database(sqlite_template, tmp_path_factory.mktemp("issued"))
    yield issue(database, key, Random(20201))
    database.close()


@pytest.fixture(scope="module")
def box(issued: tuple[Scene, bytes]) -> bytes:
    return issued[1]
