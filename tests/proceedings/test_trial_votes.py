"""Another rule or envelope is used only by a recorded decision of the committee."""

from dataclasses import replace

import pytest

from budgetproto.database import Database
from budgetproto.disputes import options
from budgetproto.disputes.option_document import PublishedOption
from budgetproto.disputes.pinning import RuleNotOffered, TerritoryNotSaid
from budgetproto.i18n import LANGUAGES, NO_NAME, Language, Named, Words, text
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import entries
from budgetproto.money import Som
from budgetproto.proceedings import service
from budgetproto.proceedings.domain import Attendee, Group, NoMajority, NoQuorum, TooManyVotes, Votes
from budgetproto.proceedings.trial_vote_storage import TrialVote, TrialVoteRow, trial_votes
from budgetproto.proceedings.trial_votes import (
    GroundMissing,
    NothingTried,
    NotInSession,
    OptionMoved,
    PutToVote,
    record_trial_vote,
)
from budgetproto.protocol.composition import compose, snapshot_document, stored_snapshot
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.gathering import gather
from budgetproto.protocol.snapshot import Snapshot
from budgetproto.sittings.domain import NotYours
from budgetproto.sittings.storage import sitting_row
from tests.factories import Scene, file, make_scene, open_all, start_session
from tests.protocol.reading import plain_text
from tests.stated import FOUND, MILLION

GROUND = Named("Резерв", "Резерв", "Reserve")
QUESTION = Words(Named("Көлөмдү 3 000 миллионго жеткиребизби?", "Довести объём до 3 000 миллионов?"), "ky")
MORE = Som(3_000 * MILLION)
ADOPTED = PutToVote("A", MORE, GROUND, QUESTION, Votes(5, 1, 1), adopted=True)


@pytest.fixture
def sitting(database: Database) -> Scene:
    """Two questions that ask for 2,000 and 4,000 million, seven members present, the option published."""
    scene = make_scene(database)
    for place, asked in enumerate((2_000, 4_000)):
        file(scene, scene.ministry, line=place, figure=Som(0))
        file(scene, scene.union, line=place, figure=Som(asked * MILLION))
    open_all(scene)
    options.publish_option(database, scene.secretary.id, scene.sitting)
    start_session(scene)
    people = [
        Attendee(Group.MEMBER, f"Мүчө {number}", NO_NAME, NO_NAME, NO_NAME, True, NO_NAME)
        for number in range(7)
    ]
    service.record_attendance(database, scene.secretary.id, scene.sitting, people)
    return scene


def put(scene: Scene, vote: PutToVote = ADOPTED, *, seen: int = 1) -> int | None:
    return record_trial_vote(scene.database, scene.secretary.id, scene.sitting, vote, seen=seen)


def latest(scene: Scene) -> PublishedOption:
    with scene.database.reading() as session:
        found = options.latest(session, scene.sitting)
    assert found is not None
    return found


def votes(scene: Scene) -> list[TrialVote]:
    with scene.database.reading() as session:
        return trial_votes(session, scene.sitting)


def gathered(scene: Scene) -> Snapshot:
    with scene.database.reading() as session:
        row = sitting_row(session, scene.sitting)
        assert row is not None
        return gather(session, row.sitting())


def test_adopted_it_is_computed_again_and_published_as_the_next_version(sitting: Scene) -> None:
    assert put(sitting) == 2
    option = latest(sitting)
    assert (option.number, option.vote, option.envelope) == (2, 1, MORE)
    assert [award.granted for award in option.awards.values()] == [Som(1_000 * MILLION), Som(2_000 * MILLION)]


def test_rejected_it_stays_on_record_and_changes_nothing(sitting: Scene) -> None:
    assert put(sitting, replace(ADOPTED, adopted=False, votes=Votes(2, 5, 0))) is None
    assert (latest(sitting).number, latest(sitting).envelope) == (1, FOUND)
    [vote] = votes(sitting)
    assert (vote.adopted, vote.votes, vote.present) == (False, Votes(2, 5, 0), 7)
    assert vote.question == QUESTION


def test_a_version_under_the_terms_can_follow(sitting: Scene) -> None:
    put(sitting)
    assert options.publish_option(sitting.database, sitting.secretary.id, sitting.sitting) == 3
    assert (latest(sitting).vote, latest(sitting).envelope) == (0, FOUND)


def test_the_journal_tells_the_vote_and_the_version(sitting: Scene) -> None:
    put(sitting)
    with sitting.database.reading() as session:
        kinds = [entry.kind for entry in entries(session, sitting_chain(sitting.sitting))]
    assert kinds[-2:] == ["disputes.option_published", "proceedings.trial_voted"]


def test_a_vote_is_never_changed(sitting: Scene) -> None:
    put(sitting)
    with pytest.raises(Exception, match="append"), sitting.database.writing() as session:
        row = session.get_one(TrialVoteRow, (sitting.sitting, 1))
        row.votes_for = 6
        session.add(row)


def test_without_the_ground_of_other_money_it_is_refused(sitting: Scene) -> None:
    with pytest.raises(GroundMissing):
        put(sitting, replace(ADOPTED, ground=NO_NAME))
    assert votes(sitting) == []


def test_what_the_terms_say_already_is_no_trial(sitting: Scene) -> None:
    with pytest.raises(NothingTried):
        put(sitting, replace(ADOPTED, envelope=FOUND))


def test_a_version_published_meanwhile_is_told(sitting: Scene) -> None:
    options.publish_option(sitting.database, sitting.secretary.id, sitting.sitting)
    with pytest.raises(OptionMoved) as refusal:
        put(sitting)
    assert refusal.value.details == {"number": 2}


@pytest.mark.parametrize(
    ("counted", "refusal"), [(Votes(3, 2, 2), NoMajority), (Votes(6, 1, 1), TooManyVotes)]
)
def test_votes_are_counted_as_in_every_decision(
    sitting: Scene, counted: Votes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        put(sitting, replace(ADOPTED, votes=counted))
    assert latest(sitting).number == 1


def test_without_quorum_nothing_is_voted(sitting: Scene) -> None:
    service.record_attendance(sitting.database, sitting.secretary.id, sitting.sitting, [])
    with pytest.raises(NoQuorum):
        put(sitting, replace(ADOPTED, votes=Votes(0, 0, 0), adopted=False))


def test_before_the_session_nothing_is_voted(sqlite_database: Database) -> None:
    scene = make_scene(sqlite_database, lines=1)
    file(scene, scene.ministry, figure=Som(0))
    file(scene, scene.union)
    open_all(scene)
    with pytest.raises(NotInSession):
        put(scene, seen=0)


def test_a_rule_that_lacks_what_it_counts_says_so(sitting: Scene) -> None:
    with pytest.raises(TerritoryNotSaid):
        put(sitting, replace(ADOPTED, rule="B"))
    with pytest.raises(RuleNotOffered):
        put(sitting, replace(ADOPTED, rule="M"))


def test_only_who_publishes_the_option_records_a_vote(sitting: Scene) -> None:
    with pytest.raises(NotYours):
        record_trial_vote(sitting.database, sitting.minister.id, sitting.sitting, ADOPTED, seen=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_tells_every_vote_and_that_the_version_is_not_the_terms(
    sitting: Scene, language: Language
) -> None:
    put(sitting, replace(ADOPTED, adopted=False, votes=Votes(2, 5, 0)))
    put(sitting)
    snapshot = gathered(sitting)
    assert stored_snapshot(snapshot_document(snapshot)) == snapshot
    printed = plain_text(draw(compose(snapshot), language))
    for key, values in (
        ("protocol.option.by_vote", {"number": 2}),
        ("protocol.trial.adopted", {"version": 2}),
        ("protocol.trial.rejected", {}),
    ):
        assert text(key, language, **values) in printed
