"""Two people at the same thing at the same time: one wins, the other sees both texts, nothing is lost."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Barrier

import pytest

from budgetproto.database import Database, now
from budgetproto.disputes.domain import Position, TooLate
from budgetproto.disputes.lines import entering
from budgetproto.disputes.lines.entering import LineMoved
from budgetproto.disputes.positions import approving, filing, opening
from budgetproto.disputes.positions import storage as position_storage
from budgetproto.disputes.positions.approving import NothingWaits
from budgetproto.disputes.positions.receipts import Receipt
from budgetproto.disputes.positions.seat import PositionMoved, take_seat
from budgetproto.errors import Stale
from budgetproto.i18n import Named
from budgetproto.journal import party_chain
from budgetproto.journal.storage import check, head
from budgetproto.money import Som
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import Decision, Outcome, Votes
from budgetproto.proceedings.service import DecisionMoved, Recorded
from budgetproto.sittings.domain import Stage
from tests.factories import (
    NO_FILES,
    Scene,
    declare_all_final,
    file,
    file_all,
    last_version,
    make_scene,
    open_all,
    start_session,
    submit,
)
from tests.proofs.conftest import Trials
from tests.sessions import seat_members
from tests.stated import MILLION, line_text, make_position

Try = Callable[[], object]
#: Versions of one position before the next line is taken: fewer than may be stored.
_PER_LINE = 150


def _file_blindly(scene: Scene, person: str, figure: Som) -> object:
    """File over whatever is there, without asking what the author had seen."""
    with scene.database.writing() as session:
        seat = take_seat(session, scene.key, person, scene.lines[0], scene.union.id, lock=True)
        return filing.store(seat, make_position(figure=figure), at=now(session))


def _decide(scene: Scene, number: int, *, approved: bool) -> object:
    asked = (scene.database, scene.key, scene.assistant.id, scene.lines[0])
    party = scene.union.id
    if approved:
        return approving.approve(*asked, party_id=party, number=number)
    approving.give_back(*asked, party_id=party, number=number, reason="Булагы жок")
    return None


def _save(scene: Scene, position: Position, seen: int) -> object:
    return filing.save_draft(
        scene.database,
        scene.key,
        scene.unionist.id,
        scene.lines[0],
        party_id=scene.union.id,
        position=position,
        seen=seen,
    )


def race(pool: ThreadPoolExecutor, *tries: Try) -> list[object]:
    """Start all at once; return what each gave, be it an exception."""
    start = Barrier(len(tries))

    def run(attempt: Try) -> object:
        start.wait()
        return attempt()

    futures: list[Future[object]] = [pool.submit(run, attempt) for attempt in tries]
    return [future.exception() or future.result() for future in futures]


def one_won(results: list[object], loss: type[Stale]) -> tuple[object, Stale]:
    """Assert that exactly one of two got through; return what it got, and the other's refusal."""
    lost = [each for each in results if isinstance(each, BaseException)]
    assert len(lost) == 1, results
    assert isinstance(lost[0], loss), lost
    return next(each for each in results if each is not lost[0]), lost[0]


def test_of_two_authors_of_one_party_exactly_one_files(database: Database, trials: Trials) -> None:
    numbers = trials.of(100_000)
    scene = make_scene(database, lines=len(numbers) // _PER_LINE + 1)
    authors = (scene.unionist, scene.assistant)
    filed = partial(file, scene, scene.union, files=NO_FILES)
    with ThreadPoolExecutor(2) as pool:
        for line, seen in (divmod(number, _PER_LINE) for number in numbers):
            figures = [Som(trials.random.randrange(10**9) * 2 + place) for place in (0, 1)]
            results = race(
                pool,
                *(
                    partial(filed, line=line, figure=figure, seen=seen, person=author)
                    for author, figure in zip(authors, figures, strict=True)
                ),
            )
            won, refusal = one_won(results, PositionMoved)
            assert isinstance(won, Receipt)
            assert won.version == seen + 1
            winner = results.index(won)
            assert refusal.details == {
                "theirs": make_position(figure=figures[winner]),
                "yours": make_position(figure=figures[1 - winner]),
            }
    with database.reading() as session:
        assert head(session, party_chain(scene.sitting, scene.union.id)).length == trials.count
        assert check(session, party_chain(scene.sitting, scene.union.id)) is None


def test_without_the_check_both_believe_they_have_won(database: Database, trials: Trials) -> None:
    """The naive way, last write wins: nobody is told and one text is lost. The proof above sees it."""
    scene = make_scene(database)
    with ThreadPoolExecutor(2) as pool:
        for number in trials.of(1_000):
            authors = (scene.unionist, scene.assistant)
            tries = (partial(_file_blindly, scene, who.id, Som(number)) for who in authors)
            results = race(pool, *tries)
            with pytest.raises(AssertionError):
                one_won(results, PositionMoved)
    with database.reading() as session:
        assert head(session, party_chain(scene.sitting, scene.union.id)).length == 2 * trials.count


def test_of_two_windows_of_one_author_exactly_one_saves_its_draft(database: Database, trials: Trials) -> None:
    scene = make_scene(database)
    with ThreadPoolExecutor(2) as pool:
        for seen in trials.of(10_000):
            texts = [make_position(figure=Som(2 * seen + place)) for place in (0, 1)]
            results = race(pool, *(partial(_save, scene, text, seen) for text in texts))
            won, refusal = one_won(results, PositionMoved)
            assert won == seen + 1
            winner = results.index(won)
            assert refusal.details == {"theirs": texts[winner], "yours": texts[1 - winner]}


def test_of_two_submissions_exactly_one_waits(database: Database, trials: Trials) -> None:
    scene = make_scene(database)
    with ThreadPoolExecutor(2) as pool:
        for seen in trials.of(10_000):
            figures = [Som(2 * seen + place) for place in (0, 1)]
            results = race(
                pool,
                *(
                    partial(submit, scene, author, figure=figure, submission_seen=seen, files=NO_FILES)
                    for author, figure in zip((scene.unionist, scene.assistant), figures, strict=True)
                ),
            )
            won, refusal = one_won(results, PositionMoved)
            assert won == seen + 1
            winner = results.index(won)
            assert refusal.details["theirs"] == make_position(figure=figures[winner])


def test_an_approval_and_its_return_never_both_happen(database: Database, trials: Trials) -> None:
    scene = make_scene(database)
    filed = 0
    with ThreadPoolExecutor(2) as pool:
        for number in trials.of(2_000):
            submit(scene, scene.unionist, seen=filed, submission_seen=number)
            tries = (partial(_decide, scene, number + 1, approved=each) for each in (True, False))
            results = race(pool, *tries)
            lost = [each for each in results if isinstance(each, Exception)]
            assert [type(each) for each in lost] == [NothingWaits], results
            filed += isinstance(results[0], Receipt)
            assert last_version(scene, scene.union) == filed


def test_parties_that_file_at_the_same_time_all_get_through(database: Database, trials: Trials) -> None:
    scene = make_scene(database, lines=1)
    with ThreadPoolExecutor(3) as pool:
        for seen in trials.of(2_000):
            parties = (scene.ministry, scene.union, scene.cities)
            results = race(
                pool,
                *(
                    lambda p=party, s=seen: file(scene, p, figure=Som(s), seen=s, files=NO_FILES)
                    for party in parties
                ),
            )
            assert [each.version for each in results if isinstance(each, Receipt)] == [seen + 1] * 3, results


def test_of_two_edits_of_one_line_one_wins_and_the_other_sees_both(
    database: Database, trials: Trials
) -> None:
    scene = make_scene(database, stage=Stage.PREPARING, terms=False)
    with ThreadPoolExecutor(2) as pool:
        for number in trials.of(2_000):
            texts = [replace(line_text(), title=Named(ru=f"{number}-{place}")) for place in (0, 1)]
            results = race(
                pool,
                *(
                    lambda t=text, v=number + 1: entering.edit_line(
                        database, scene.secretary.id, scene.lines[0], t, version=v
                    )
                    for text in texts
                ),
            )
            _, refusal = one_won(results, LineMoved)
            winner = results.index(None)
            assert refusal.details == {"theirs": texts[winner], "yours": texts[1 - winner]}


def test_no_decision_is_lost(database: Database, trials: Trials) -> None:
    scene = make_scene(database, lines=1)
    file_all(scene)
    open_all(scene)
    start_session(scene)
    seat_members(scene)
    with ThreadPoolExecutor(2) as pool:
        for version in trials.of(2_000):
            told = [
                Recorded(Som((2 * version + place) * MILLION), Votes(6, 1, 0), Outcome.AGREED)
                for place in (0, 1)
            ]
            results = race(
                pool,
                *(
                    lambda r=recorded, v=version: proceedings.record_decision(
                        database, scene.secretary.id, scene.lines[0], r, version=v
                    )
                    for recorded in told
                ),
            )
            _, refusal = one_won(results, DecisionMoved)
            winner = results.index(None)
            theirs = refusal.details["theirs"]
            assert isinstance(theirs, Decision)
            assert theirs.decided == told[winner].decided
            assert refusal.details["yours"] == told[1 - winner].decision()
            with database.reading() as session:
                kept = proceedings.decisions(session, scene.chair.id, scene.sitting)[scene.lines[0]]
            assert kept.decided == told[winner].decided


def test_a_filing_during_the_opening_is_opened_or_refused_never_lost(
    database: Database, trials: Trials
) -> None:
    for _ in trials.of(1_000):
        scene = make_scene(database, lines=1)
        file_all(scene)
        declare_all_final(scene)
        with ThreadPoolExecutor(2) as pool:
            filed, opened = race(
                pool,
                partial(file, scene, scene.union, figure=Som(MILLION), seen=1),
                partial(opening.open_positions, database, scene.key, scene.secretary.id, scene.sitting),
            )
        with database.reading() as session:
            shown = {each.party: each.version for each in position_storage.opened(session, scene.sitting)}
        if isinstance(filed, Receipt):  # it took back that the party is final: nothing may have opened
            assert isinstance(opened, Exception)
            assert shown == {}
        else:
            assert isinstance(filed, TooLate)
            assert opened == 1
            assert shown == {scene.ministry.id: 1, scene.union.id: 1}


def test_one_party_never_waits_for_the_other_side(database: Database) -> None:
    """On PostgreSQL a filing that is under way holds up no other party; on SQLite writers queue briefly."""
    if database.is_sqlite:
        return
    scene = make_scene(database)
    with ThreadPoolExecutor(1) as pool, database.writing() as session:
        take_seat(session, scene.key, scene.minister.id, scene.lines[0], scene.ministry.id, lock=True)
        receipt = pool.submit(file, scene, scene.union).result(timeout=5)
        assert receipt.version == 1
