"""What is worked out once: only where nothing is sealed, never past an act, never for strangers."""

import pytest

from budgetproto.database import Database
from budgetproto.disputes.opened.values import OpenValues
from budgetproto.disputes.positions import opening
from budgetproto.disputes.table import service
from budgetproto.disputes.table.choice import Choice
from budgetproto.disputes.table.service import Table
from budgetproto.errors import Unknown
from budgetproto.i18n import Language, Named
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Stage
from tests.factories import (
    Scene,
    file,
    file_all,
    make_person,
    make_scene,
    open_all,
    reach_deadline,
    start_session,
)
from tests.stated import line_text

#: Their order is another one in each language.
TITLES = (Named("Аба", "Яблоки"), Named("Бак", "Арык"))


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database, texts=tuple(line_text(title=title) for title in TITLES))


@pytest.fixture
def values(monkeypatch: pytest.MonkeyPatch) -> OpenValues[Table]:
    """Begin with nothing kept."""
    values = OpenValues[Table](3)
    monkeypatch.setattr(service, "TABLES", values)
    return values


def table(scene: Scene, person: str, choice: Choice = Choice(), language: Language = "ky") -> Table:  # noqa: B008
    with scene.database.reading() as session:
        return service.table(session, person, scene.sitting, choice, language)


def test_before_the_opening_nothing_is_kept(scene: Scene, values: OpenValues[Table]) -> None:
    file_all(scene)
    for person in (scene.secretary, scene.minister, scene.unionist):
        table(scene, person.id)
    assert len(values) == 0


def test_while_a_line_is_closed_nothing_is_kept(scene: Scene, values: OpenValues[Table]) -> None:
    file(scene, scene.ministry, line=0)
    file(scene, scene.union, line=0)
    file(scene, scene.ministry, line=1)
    reach_deadline(scene)
    opening.open_positions(scene.database, scene.key, scene.secretary.id, scene.sitting)
    found = table(scene, scene.minister.id)
    assert (found.summary.closed, len(values)) == (1, 0)


def test_one_table_is_made_for_all_readers_of_a_language(scene: Scene, values: OpenValues[Table]) -> None:
    file_all(scene)
    open_all(scene)
    first, second = table(scene, scene.minister.id), table(scene, scene.unionist.id)
    assert first.entries is second.entries
    assert (first.place.person, second.place.person) == (scene.minister.id, scene.unionist.id)
    assert len(values) == 1


def test_another_language_has_its_own_table(scene: Scene, values: OpenValues[Table]) -> None:
    file_all(scene)
    open_all(scene)
    by_title = Choice(sort="title")
    numbers = {
        language: [entry.line.number for entry in table(scene, scene.minister.id, by_title, language).entries]
        for language in ("ky", "ru")
    }
    assert numbers == {"ky": [1, 2], "ru": [2, 1]}
    assert len(values) == 2


def test_an_act_is_seen_at_once(scene: Scene, values: OpenValues[Table]) -> None:
    file_all(scene)
    open_all(scene)
    before = table(scene, scene.minister.id)
    start_session(scene)
    after = table(scene, scene.minister.id)
    assert (before.sitting.stage, after.sitting.stage) == (Stage.OPENED, Stage.IN_SESSION)


def test_after_an_act_the_new_value_takes_the_place_of_the_old_one(
    scene: Scene, values: OpenValues[Table]
) -> None:
    """Else the states of one busy sitting would crowd out what is kept of all others."""
    file_all(scene)
    open_all(scene)
    table(scene, scene.minister.id)
    start_session(scene)
    table(scene, scene.minister.id)
    assert len(values) == 1


def test_a_stranger_is_refused_what_is_kept(scene: Scene, values: OpenValues[Table]) -> None:
    file_all(scene)
    open_all(scene)
    table(scene, scene.minister.id)
    with pytest.raises(Unknown):
        table(scene, make_person(scene.database).id)


def test_an_act_keeps_nothing(scene: Scene, values: OpenValues[Table]) -> None:
    """It may see what others commit meanwhile, and more than the state it has read tells."""
    file_all(scene)
    open_all(scene)
    with scene.database.writing() as session:
        service.table(session, scene.minister.id, scene.sitting, Choice())
    assert len(values) == 0


def test_no_more_is_kept_than_was_asked_for_last(scene: Scene) -> None:
    file_all(scene)
    open_all(scene)
    values, made = OpenValues[int](2), list[int]()

    def ask(number: int) -> None:
        def make() -> int:
            made.append(number)
            return number

        with scene.database.reading() as session:
            sitting, _ = sittings.admitted(session, scene.minister.id, scene.sitting)
            assert values.get(session, sitting, number, make) == number

    for number in (1, 2, 1, 3, 1, 2):
        ask(number)
    assert made == [1, 2, 3, 2]
    assert len(values) == 2
