"""Many lines are entered once by a form however often it is sent, and never beside lines that are there."""

import threading
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlmodel import Session

from budgetproto.database import Database
from budgetproto.disputes import storage
from budgetproto.disputes.domain import LineText
from budgetproto.disputes.lines import many
from budgetproto.disputes.lines.many import NewLine
from budgetproto.disputes.positions.repeating import KeyUsed, new_key
from budgetproto.errors import BadInput, ConciliationError
from budgetproto.i18n import Named
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import entries
from budgetproto.sittings.domain import Stage
from tests.factories import Scene, make_scene
from tests.stated import line_text


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database, stage=Stage.PREPARING, terms=False)


def texts(count: int, about: str = "Мектепти оңдоо") -> list[LineText]:
    return [replace(line_text(), title=Named(f"{about} {number}")) for number in range(count)]


def enter(scene: Scene, new: Sequence[LineText], key: str) -> int:
    return many.enter_sheet(scene.database, scene.secretary.id, scene.sitting, new, request=key)


def count(scene: Scene) -> int:
    with scene.database.reading() as session:
        return len(storage.lines(session, scene.sitting))


def test_a_sheet_sent_again_gives_the_same_number_and_enters_nothing(scene: Scene) -> None:
    key, before = new_key(), count(scene)
    assert [enter(scene, texts(3), key) for _ in range(3)] == [3, 3, 3]
    assert count(scene) == before + 3
    with scene.database.reading() as session:
        told = [each.kind for each in entries(session, sitting_chain(scene.sitting))]
    assert told.count("disputes.lines_imported") == 1


def test_a_sheet_sent_by_two_presses_at_once_is_entered_once(scene: Scene) -> None:
    key, before, answers = new_key(), count(scene), list[int]()
    threads = [threading.Thread(target=lambda: answers.append(enter(scene, texts(3), key))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [3, 3, 3, 3]
    assert count(scene) == before + 3


def test_the_same_sheet_in_a_new_form_is_refused_line_by_line(scene: Scene) -> None:
    enter(scene, texts(2), new_key())
    before = count(scene)
    with pytest.raises(BadInput) as refused:
        enter(scene, [*texts(2), *texts(1, "Жол")], new_key())
    assert [problem.details["number"] for problem in refused.value.problems] == [before - 1, before]
    assert count(scene) == before


def test_a_form_that_entered_lines_enters_no_others_under_its_key(scene: Scene) -> None:
    key = new_key()
    enter(scene, texts(1), key)
    with pytest.raises(KeyUsed):
        enter(scene, texts(1, "Жол"), key)


def test_what_was_refused_may_be_sent_again_under_the_same_key(scene: Scene) -> None:
    key, known = new_key(), texts(1)
    enter(scene, known, new_key())
    with pytest.raises(BadInput):
        enter(scene, known, key)
    assert enter(scene, texts(1, "Жол"), key) == 1


def test_what_the_plan_sees_is_the_list_under_the_lock(scene: Scene) -> None:
    """Two plans for the same territory: the second begins only when the first one's lines are there."""
    seen, before = list[int](), count(scene)

    def plan_and_enter(name: str) -> None:
        def plan(session: Session) -> Sequence[NewLine]:
            seen.append(len(storage.lines(session, scene.sitting)))
            return [NewLine(texts(1, name)[0])]

        many.enter_once(
            scene.database,
            scene.secretary.id,
            scene.sitting,
            plan,
            how="territories",
            asked=name,
            request=new_key(),
        )

    threads = [threading.Thread(target=plan_and_enter, args=(name,)) for name in ("Биринчи", "Экинчи")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [before, before + 1]


def test_a_stranger_learns_nothing_from_a_key(scene: Scene) -> None:
    key = new_key()
    enter(scene, texts(1), key)
    with pytest.raises(ConciliationError):
        many.enter_sheet(scene.database, scene.minister.id, scene.sitting, texts(1), request=key)
