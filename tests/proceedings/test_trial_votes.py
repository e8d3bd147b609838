"""A trial becomes the option only by a recorded vote of the committee; a rejected one stays on record."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from budgetproto import balancing
from budgetproto.balancing.sharing.rules import RULES
from budgetproto.database import Database, now
from budgetproto.disputes.options import service as options
from budgetproto.disputes.options import storage as option_storage
from budgetproto.disputes.options.document import PublishedOption
from budgetproto.disputes.options.service import OptionImpossible
from budgetproto.disputes.options.voted import VotedTrial
from budgetproto.disputes.options.voted_storage import voted_trials
from budgetproto.disputes.terms.pinning import TerritoryNotSaid
from budgetproto.errors import Unknown
from budgetproto.i18n import NO_NAME, Named, Words
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import check, entries
from budgetproto.money import Som
from budgetproto.proceedings import trial_votes
from budgetproto.proceedings.domain import MajorityFor, NoMajority, NoQuorum, TooManyVotes, Votes
from budgetproto.proceedings.trial_votes import (
    DayOutside,
    GroundMissing,
    Motion,
    NothingTried,
    SessionNeeded,
    TrialMoved,
)
from budgetproto.protocol.composition import compose, snapshot_document, stored_snapshot
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.gathering import gather
from budgetproto.protocol.snapshot import Snapshot
from budgetproto.sittings import settling
from budgetproto.sittings.domain import NotYours
from budgetproto.sittings.storage import sitting_row
from budgetproto.transfers import storage as territories
from budgetproto.transfers.domain import Indicator
from tests.disputes.terms.test_rules_of_terms import KEMIN, TOKMOK, entered
from tests.factories import Scene, file_all, make_scene, open_all, start_session
from tests.protocol.reading import plain_text
from tests.sessions import in_session, seat_members
from tests.stated import MILLION, line_text

QUESTION = Words(Named("Сыноону кабыл алабызбы?", "Принять пробный расчёт?"))
REASON = Words(Named("Каражат азайды", "Средств стало меньше"))
RESERVE = Named("Резервдик фонд", "Резервный фонд", "Reserve fund")


def today(scene: Scene) -> date:
    with scene.database.reading() as session:
        return bishkek_day(now(session))


def motion(scene: Scene, **changed: object) -> Motion:
    made = Motion(
        rule="A",
        envelope=Som(300 * MILLION),
        ground=RESERVE,
        question=QUESTION,
        votes=Votes(6, 1, 0),
        on=today(scene),
        adopted=True,
        reason=REASON,
    )
    return replace(made, **changed)  # type: ignore[arg-type]  # fields by name


def seen(scene: Scene) -> str:
    with scene.database.reading() as session:
        return trial_votes.ballot(session, scene.secretary.id, scene.sitting).basis.written()


def vote(scene: Scene, **changed: object) -> VotedTrial:
    person = scene.secretary.id
    return trial_votes.record_vote(
        scene.database, person, scene.sitting, motion(scene, **changed), seen=seen(scene)
    )


def latest(scene: Scene) -> PublishedOption:
    with scene.database.reading() as session:
        found = options.latest(session, scene.sitting)
    assert found is not None
    return found


def voted(scene: Scene) -> list[VotedTrial]:
    with scene.database.reading() as session:
        return voted_trials(session, scene.sitting)


def snapshot(scene: Scene) -> Snapshot:
    with scene.database.reading() as session:
        row = sitting_row(session, scene.sitting)
        assert row is not None
        return gather(session, row.sitting())


def opened(database: Database, *, named: bool = False) -> Scene:
    texts = tuple(replace(line_text(), territory=each) for each in (KEMIN, TOKMOK)) if named else None
    scene = make_scene(database, texts=texts)
    file_all(scene)
    open_all(scene)
    return scene


@pytest.fixture
def scene(database: Database) -> Scene:
    return in_session(database, versions=1, seated=True)


def test_an_adopted_trial_is_the_next_version_and_says_it_is_not_under_the_terms(scene: Scene) -> None:
    under_terms = latest(scene)
    made = vote(scene)
    adopted = latest(scene)
    assert (adopted.number, made.version, adopted.vote) == (2, 2, made)
    assert adopted.envelope == Som(300 * MILLION)
    granted = [award.granted for award in adopted.awards.values()]
    assert Som.total(each for each in granted if each is not None) == Som(300 * MILLION)
    assert adopted.under_terms == {number: each.figure for number, each in under_terms.awards.items()}
    assert under_terms.vote is None


def test_a_rejected_trial_is_kept_and_changes_nothing(scene: Scene) -> None:
    before = latest(scene)
    made = vote(scene, votes=Votes(1, 6, 0), adopted=False)
    assert latest(scene) == before
    assert voted(scene) == [made]
    assert (made.version, made.adopted, made.present, made.quorum) == (None, False, 7, 6)


def test_every_vote_is_told_in_the_journal_without_its_words(scene: Scene) -> None:
    vote(scene, votes=Votes(1, 6, 0), adopted=False)
    vote(scene)
    with scene.database.reading() as session:
        told = entries(session, sitting_chain(scene.sitting))
        assert check(session, sitting_chain(scene.sitting)) is None
    assert [each.kind for each in told[-3:]] == [
        "proceedings.trial_voted",
        "proceedings.trial_voted",
        "disputes.option_published",
    ]
    assert "азайды" not in told[-2].payload
    first, second = (json.loads(each.payload) for each in told[-2:])
    assert first["digest"] == second["digest"]


def test_the_terms_stay_and_may_be_gone_by_again(scene: Scene) -> None:
    before = latest(scene)
    with scene.database.reading() as session:
        row = sitting_row(session, scene.sitting)
        assert row is not None
        terms = settling.fixed_terms(session, row.sitting())
    vote(scene)
    assert options.publish_option(scene.database, scene.secretary.id, scene.sitting) == 3
    again = latest(scene)
    assert (again.vote, again.awards, again.document) == (None, before.awards, before.document)
    with scene.database.reading() as session:
        assert settling.fixed_terms(session, row.sitting()) == terms
    assert snapshot(scene).adopted is None
    assert len(snapshot(scene).trial_votes) == 1


def test_nobody_votes_before_the_session(database: Database) -> None:
    scene = opened(database)
    with pytest.raises(SessionNeeded):
        vote(scene)
    with pytest.raises(SessionNeeded):
        trial_votes.record_vote(database, scene.secretary.id, scene.sitting, motion(scene), seen="")


def test_only_whoever_may_publish_the_option_records_the_vote(scene: Scene) -> None:
    mark = seen(scene)
    for person in (scene.minister, scene.unionist):
        with pytest.raises(NotYours):
            trial_votes.record_vote(scene.database, person.id, scene.sitting, motion(scene), seen=mark)
    with pytest.raises(Unknown):
        trial_votes.record_vote(scene.database, scene.outsider.id, scene.sitting, motion(scene), seen=mark)
    assert voted(scene) == []


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"votes": Votes(3, 1, 0)}, NoMajority),
        ({"votes": Votes(6, 1, 1)}, TooManyVotes),
        ({"votes": Votes(6, 1, 0), "adopted": False}, MajorityFor),
        ({"ground": NO_NAME}, GroundMissing),
        ({"envelope": None}, NothingTried),
        ({"rule": "C"}, TerritoryNotSaid),
        ({"rule": "F"}, OptionImpossible),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_leaves_nothing(
    scene: Scene, changed: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        vote(scene, **changed)
    assert voted(scene) == []
    assert latest(scene).number == 1


def test_a_vote_without_quorum_is_none(scene: Scene) -> None:
    seat_members(scene, present=5)
    with pytest.raises(NoQuorum):
        vote(scene, votes=Votes(5, 0, 0))


@pytest.mark.parametrize("days", [-400, 1])
def test_the_day_of_the_vote_lies_between_the_opening_and_today(scene: Scene, days: int) -> None:
    with pytest.raises(DayOutside):
        vote(scene, on=today(scene) + timedelta(days=days))


def test_a_form_made_before_a_newer_version_or_vote_is_refused_and_told_what_changed(scene: Scene) -> None:
    old = seen(scene)
    options.publish_option(scene.database, scene.secretary.id, scene.sitting)
    vote(scene, votes=Votes(1, 6, 0), adopted=False)
    with pytest.raises(TrialMoved) as moved:
        trial_votes.record_vote(scene.database, scene.secretary.id, scene.sitting, motion(scene), seen=old)
    assert [(each.key, each.values) for each in moved.value.changed] == [
        ("proceedings.trial.moved.version", (("before", "1"), ("now", "2"))),
        ("proceedings.trial.moved.votes", (("before", "0"), ("now", "1"))),
    ]
    assert latest(scene).number == 2


def test_what_the_rule_counted_is_kept_with_the_vote(database: Database) -> None:
    entered(database, revenue=False)
    scene = opened(database, named=True)
    start_session(scene)
    seat_members(scene)
    old = seen(scene)
    made = vote(scene, rule="C")
    first = latest(scene)
    with database.writing() as session:
        counted = Indicator(KEMIN, "population", 5_000, date(2021, 1, 1), "census")
        territories.add_indicator(session, counted)
    assert [each.value for each in made.indicators] == [1_000, 3_000]
    assert voted(scene) == [made]
    assert latest(scene) == first
    stored = balancing.from_document(first.document["option"])
    assert {award.line: award.granted for award in stored.lines} == {
        f"{number:06d}": (award.granted or Som(0)).tyiyn for number, award in first.awards.items()
    }
    with pytest.raises(TrialMoved) as moved:
        trial_votes.record_vote(database, scene.secretary.id, scene.sitting, motion(scene), seen=old)
    assert "proceedings.trial.moved.indicators" in {each.key for each in moved.value.changed}


def test_no_vote_is_altered_or_taken_away(scene: Scene) -> None:
    vote(scene)
    for statement in ("UPDATE dispute_trial_vote SET person = 'x'", "DELETE FROM dispute_trial_vote"):
        with pytest.raises(DBAPIError), scene.database.writing() as session:
            session.connection().execute(sa.text(statement))
    assert len(voted(scene)) == 1


def test_the_vote_and_the_version_hold_the_same_document(scene: Scene) -> None:
    vote(scene)
    with scene.database.reading() as session:
        row = option_storage.latest_option(session, scene.sitting)
        assert row is not None
        kept = session.connection().execute(sa.text("SELECT document, digest FROM dispute_trial_vote")).one()
    assert (row.document, row.digest) == tuple(kept)


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_the_protocol_prints_every_vote_and_marks_the_option(scene: Scene, language: str) -> None:
    vote(scene, votes=Votes(1, 6, 0), adopted=False)
    vote(scene)
    found = snapshot(scene)
    assert stored_snapshot(snapshot_document(found)) == found
    assert found.adopted is not None
    assert found.adopted.number == 2
    protocol = compose(found)
    assert protocol.envelope.left_computed == Som(0)
    printed = " ".join(plain_text(draw(protocol, language)).split())  # type: ignore[arg-type]  # ky, ru, en
    question = QUESTION.text.ky if language == "ky" else QUESTION.text.ru
    assert printed.count(question) == 2
    assert "1 / 6 / 0" in printed
    assert "6 / 1 / 0" in printed
    mark = "комитеттин чечими боюнча эсептелди" if language == "ky" else "по решению комитета от"
    assert printed.count(mark) == 2


def test_a_protocol_of_before_has_no_votes(scene: Scene) -> None:
    found = snapshot(scene)
    assert "trial_votes" not in str(snapshot_document(found))


@pytest.mark.parametrize("rule", sorted(set(RULES) - {"F"}))
def test_every_rule_that_can_be_tried_can_be_voted_and_read(sqlite_database: Database, rule: str) -> None:
    entered(sqlite_database)
    scene = opened(sqlite_database, named=True)
    start_session(scene)
    seat_members(scene)
    vote(scene, rule=rule)
    adopted = latest(scene)
    assert (adopted.rule, adopted.vote) == (rule, voted(scene)[0])
    assert rule in plain_text(draw(compose(snapshot(scene)), "ru"))
