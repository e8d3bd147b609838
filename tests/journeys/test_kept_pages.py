"""A page drawn once serves every reader in his language with his own forms; before the opening none is."""

import pytest

from budgetproto.database import Database
from budgetproto.disputes.opened.stamp import Stamp
from budgetproto.disputes.opened.values import OpenValues
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.i18n import LANGUAGES
from tests import sessions
from tests.factories import Scene, file, make_person
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown, token_of

PAGES = ("lines", "discrepancies")


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Note every value that is kept while a test runs."""
    values: list[object] = []
    keep = OpenValues._keep

    def noted(self: OpenValues[object], key: str, moved_by: Stamp, value: object) -> object:
        values.append(value)
        return keep(self, key, moved_by, value)

    monkeypatch.setattr(OpenValues, "_keep", noted)
    return values


@pytest.fixture
def opened(sqlite_database: Database, seal_key: SealKey) -> Scene:
    return sessions.opened(sqlite_database, key=seal_key)


@pytest.mark.parametrize("page", PAGES)
def test_each_reader_has_the_page_in_his_language(visit: Visit, opened: Scene, page: str) -> None:
    for language in (*LANGUAGES, *LANGUAGES):
        answer = visit(opened.minister, language=language).get(f"/sittings/{opened.sitting}/{page}")
        for each in LANGUAGES:
            assert (said("disputes.difference", each) in shown(answer)) is (each == language)


@pytest.mark.parametrize("page", PAGES)
def test_what_is_kept_has_no_reader_in_it(visit: Visit, opened: Scene, page: str, kept: list[object]) -> None:
    visitor = visit(opened.minister)
    answer = visitor.get(f"/sittings/{opened.sitting}/{page}")
    drawn = [value for value in kept if isinstance(value, str)]
    assert len(drawn) == 1
    for of_reader in (token_of(answer), opened.minister.name, opened.minister.id):
        assert of_reader in answer.text
        assert of_reader not in drawn[0]


def test_before_the_opening_no_page_is_kept(visit: Visit, scene: Scene, kept: list[object]) -> None:
    file(scene, scene.union)
    for person in (scene.secretary, scene.unionist, scene.minister):
        for page in ("", "/lines", "/lines.json", "/discrepancies", "/protocol"):
            visit(person).get(f"/sittings/{scene.sitting}{page}")
    assert kept == []


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_finds_no_kept_page(visit: Visit, opened: Scene, page: str) -> None:
    address = f"/sittings/{opened.sitting}/{page}"
    assert visit(opened.minister).get(address).status_code == 200
    assert visit(make_person(opened.database)).get(address).status_code == 404
