"""Two people answer for one party at once, or answer while a version is published: one wins, none is lost."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from budgetproto.database import Database
from budgetproto.disputes.responses import storage
from budgetproto.disputes.responses.domain import Answer, Kind, Response
from budgetproto.disputes.responses.service import OptionMoved, ResponseMoved
from budgetproto.errors import Stale
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import check
from tests.disputes.responses.answering import REASON, in_session, newest, publish_again, respond, seen
from tests.factories import Scene
from tests.proofs.test_races import one_won, race

_ROUNDS = 8
ACCEPT, REJECT = Response(Kind.ACCEPT), Response(Kind.REJECT, REASON)


def kept(scene: Scene) -> list[Answer]:
    with scene.database.reading() as session:
        assert check(session, sitting_chain(scene.sitting)) is None
        return storage.answers_on(session, scene.lines[0])


def test_of_two_delegates_of_one_party_exactly_one_answers(database: Database) -> None:
    scene = in_session(database, lines=1)
    with ThreadPoolExecutor(2) as pool:
        for number in range(_ROUNDS):
            people = zip((scene.unionist, scene.assistant), (ACCEPT, REJECT), strict=True)
            tries = [
                partial(respond, scene, scene.union, response, person=person, option=1, seen=number)
                for person, response in people
            ]
            results = race(pool, *tries)
            won, refusal = one_won(results, ResponseMoved)
            assert isinstance(won, Answer)
            assert won.number == number + 1
            other = REJECT if won.response == ACCEPT else ACCEPT
            assert refusal.details == {"theirs": won.response, "yours": other}
    assert [each.number for each in kept(scene)] == list(range(1, _ROUNDS + 1))


def test_two_parties_answer_side_by_side(database: Database) -> None:
    scene = in_session(database, lines=1)
    with ThreadPoolExecutor(2) as pool:
        for number in range(_ROUNDS):
            tries = [
                partial(respond, scene, party, ACCEPT, option=1, seen=number)
                for party in (scene.union, scene.ministry)
            ]
            results = race(pool, *tries)
            assert [type(each) for each in results] == [Answer, Answer], results
    assert len(kept(scene)) == 2 * _ROUNDS


def test_an_answer_and_a_new_version_at_once_leave_no_answer_to_what_was_not_seen(database: Database) -> None:
    scene = in_session(database, lines=1)
    with ThreadPoolExecutor(2) as pool:
        for _ in range(_ROUNDS):
            before = newest(scene)
            number = seen(scene, scene.union)
            answering = partial(respond, scene, scene.union, ACCEPT, option=before, seen=number)
            answer, published = race(pool, answering, partial(publish_again, scene))
            assert published == before + 1
            if isinstance(answer, Stale):
                assert isinstance(answer, OptionMoved)
            else:
                assert isinstance(answer, Answer)
                assert answer.option == before
    assert all(each.response == ACCEPT for each in kept(scene))
