"""A request that is sent again files once: after a lost answer, side by side, after a restart."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import select

from budgetproto.accounts.domain import Person
from budgetproto.database import Database, now
from budgetproto.disputes.positions import filing, repeating
from budgetproto.disputes.positions.own_storage import RequestRow
from budgetproto.disputes.positions.receipts import Receipt
from budgetproto.disputes.positions.repeating import KeyUsed
from budgetproto.disputes.positions.seat import PositionMoved
from budgetproto.disputes.positions.storage import PositionRow
from budgetproto.journal import party_chain
from budgetproto.journal.storage import head
from budgetproto.money import Som
from tests.factories import Scene, make_scene, open_all, reach_deadline
from tests.stated import GRANTS, make_position


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database)


def send(
    scene: Scene,
    request: str,
    *,
    figure: Som = GRANTS,
    seen: int = 0,
    line: int = 0,
    person: Person | None = None,
    database: Database | None = None,
) -> Receipt:
    return filing.file_position(
        database or scene.database,
        scene.key,
        (person or scene.unionist).id,
        scene.lines[line],
        party_id=scene.union.id,
        position=make_position(figure=figure),
        seen=seen,
        confirmed=True,
        request=request,
    )


def versions(scene: Scene) -> int:
    with scene.database.reading() as session:
        return len(session.exec(select(PositionRow)).all())


def test_sent_again_it_gives_the_same_receipt_and_files_nothing(scene: Scene) -> None:
    first = send(scene, "a")
    assert [send(scene, "a") for _ in range(3)] == [first] * 3
    assert versions(scene) == 1


def test_an_answer_lost_after_the_commit_leaves_one_version(scene: Scene) -> None:
    def lost() -> None:
        send(scene, "a")
        raise ConnectionError

    with pytest.raises(ConnectionError):
        lost()
    assert send(scene, "a").version == 1
    assert versions(scene) == 1


def test_without_the_key_the_author_would_have_been_told_of_another_delegate(scene: Scene) -> None:
    """Whoever repeats a request without a key meets his own text as somebody else's."""
    send(scene, "")
    with pytest.raises(PositionMoved):
        send(scene, "")


def test_repeats_side_by_side_all_get_the_one_receipt(scene: Scene) -> None:
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(partial(send, scene), ["a"] * 8))
    assert receipts == [receipts[0]] * 8
    assert versions(scene) == 1
    with scene.database.reading() as session:
        assert head(session, party_chain(scene.sitting, scene.union.id)).length == 1


def test_a_service_that_has_started_anew_knows_the_request(scene: Scene) -> None:
    first = send(scene, "a")
    restarted = Database(scene.database.url)
    assert send(scene, "a", database=restarted) == first
    restarted.close()


def test_the_same_key_with_another_text_is_refused_and_the_first_stands(scene: Scene) -> None:
    send(scene, "a")
    for other in ({"figure": Som(0)}, {"seen": 1}, {"line": 1}):
        with pytest.raises(KeyUsed):
            send(scene, "a", **other)
    assert versions(scene) == 1


def test_a_key_belongs_to_one_person(scene: Scene) -> None:
    send(scene, "a")
    assert send(scene, "a", seen=1, person=scene.assistant, figure=Som(0)).version == 2


def test_a_repeat_is_answered_after_the_deadline_and_after_the_opening(scene: Scene) -> None:
    first = send(scene, "a")
    reach_deadline(scene)
    assert send(scene, "a") == first
    open_all(scene)
    assert send(scene, "a") == first


def test_a_repeat_is_answered_although_a_colleague_has_filed_since(scene: Scene) -> None:
    first = send(scene, "a")
    send(scene, "b", seen=1, person=scene.assistant, figure=Som(0))
    assert send(scene, "a") == first
    assert versions(scene) == 2


def test_what_is_kept_tells_nothing_of_the_figure(scene: Scene) -> None:
    """The fingerprints of one text differ from sitting to sitting: no table of likely amounts finds it."""
    send(scene, "a")
    other = make_scene(scene.database)
    send(other, "a")
    with scene.database.reading() as session:
        rows = session.exec(select(RequestRow)).all()
    assert len({row.fingerprint for row in rows}) == 2
    assert all(row.key != "a" for row in rows)


def test_old_answers_are_forgotten(scene: Scene) -> None:
    send(scene, "a")
    send(scene, "b", person=scene.assistant, seen=1)
    with scene.database.writing() as session:
        for row in session.exec(select(RequestRow)):
            row.at = now(session) - repeating.KEPT - timedelta(minutes=1)
    send(scene, "c", seen=2)
    assert keys(scene) == {scene.unionist.id: 1, scene.assistant.id: 1}
    repeating.forget_answers(scene.database)
    assert keys(scene) == {scene.unionist.id: 1}


def keys(scene: Scene) -> dict[str, int]:
    with scene.database.reading() as session:
        people = [row.person for row in session.exec(select(RequestRow))]
    return {person: people.count(person) for person in people}
