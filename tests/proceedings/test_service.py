"""The session: quorum, majority, reasons, and no line left undecided."""

import hashlib
import json
from dataclasses import asdict, replace

import pytest

from budgetproto.accounts.domain import Person, Role
from budgetproto.database import Database
from budgetproto.disputes.domain import FigureOfAnotherKind, Instrument
from budgetproto.disputes.positions.document import words_written
from budgetproto.errors import Unknown
from budgetproto.i18n import NO_NAME, Named, Words
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import check, entries, head
from budgetproto.money import Som
from budgetproto.proceedings import service, storage
from budgetproto.proceedings.domain import (
    MOST_OPINIONS,
    Decision,
    Group,
    LinesUndecided,
    NoMajority,
    NoQuorum,
    OpinionKind,
    Outcome,
    ReasonNeeded,
    Speech,
    TooManyOpinions,
    TooManyVotes,
    Votes,
    check_votes,
    members_present,
)
from budgetproto.proceedings.service import DecisionMoved, Recorded
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import NotYours, Stage, StepNotAllowed, WrongStage
from tests.factories import Scene, file_all, make_person, make_scene, open_all
from tests.sessions import attendee, in_session, seat_members
from tests.stated import GRANTS

#: What was financed in the end: 347.5385 million soms for 194 projects.
FINANCED = Som(34_753_850_000)
MAJORITY = Votes(6, 1, 0)
REASON = Words(Named("Долбоорлор даяр", "Проекты готовы", "The projects are ready"))


@pytest.fixture
def scene(database: Database) -> Scene:
    return in_session(database, seated=True)


def decide(
    scene: Scene,
    *,
    line: int = 0,
    votes: Votes = MAJORITY,
    outcome: Outcome = Outcome.AGREED,
    figure: Som | None = FINANCED,
    version: int = 0,
) -> None:
    recorded = Recorded(figure, votes, outcome, Instrument.GRANT, REASON)
    service.record_decision(scene.database, scene.secretary.id, scene.lines[line], recorded, version=version)


def decision(scene: Scene, line: int = 0) -> Decision:
    with scene.database.reading() as session:
        return service.decisions(session, scene.chair.id, scene.sitting)[scene.lines[line]]


def test_a_decision_is_kept_word_for_word(scene: Scene) -> None:
    decide(scene)
    assert decision(scene) == Decision(
        decided=FINANCED,
        instrument=Instrument.GRANT,
        votes=Votes(6, 1, 0),
        outcome=Outcome.AGREED,
        note=REASON,
        version=1,
    )


def test_proposed_and_decided_stand_side_by_side_and_neither_replaces_the_other(scene: Scene) -> None:
    service.propose(scene.database, scene.chair.id, scene.lines[0], figure=GRANTS, reason=REASON, version=0)
    decide(scene, version=1)
    kept = decision(scene)
    assert (kept.proposed, kept.proposed_reason, kept.decided) == (GRANTS, REASON, FINANCED)


def test_a_decided_zero_is_not_a_blank(scene: Scene) -> None:
    decide(scene, figure=Som(0))
    decide(scene, line=1, figure=None, outcome=Outcome.REFERRED)
    assert decision(scene).decided == Som(0)
    assert decision(scene, 1).decided is None


def test_the_chair_proposes_only_with_a_reason(scene: Scene) -> None:
    with pytest.raises(ReasonNeeded):
        service.propose(scene.database, scene.chair.id, scene.lines[0], figure=GRANTS, reason=None, version=0)


def test_only_the_chair_proposes_and_only_the_secretary_records(scene: Scene) -> None:
    for person in (scene.secretary, scene.minister, scene.unionist):
        with pytest.raises(NotYours):
            service.propose(
                scene.database, person.id, scene.lines[0], figure=GRANTS, reason=REASON, version=0
            )
    recorded = Recorded(GRANTS, Votes(6, 1, 0), Outcome.AGREED)
    for person in (scene.chair, scene.minister):
        with pytest.raises(NotYours):
            service.record_decision(scene.database, person.id, scene.lines[0], recorded, version=0)
    with pytest.raises(Unknown):
        service.record_decision(scene.database, scene.outsider.id, scene.lines[0], recorded, version=0)


def test_a_stale_decision_is_refused_with_both(scene: Scene) -> None:
    decide(scene)
    with pytest.raises(DecisionMoved) as refusal:
        decide(scene, figure=GRANTS)
    theirs, yours = refusal.value.details["theirs"], refusal.value.details["yours"]
    assert isinstance(theirs, Decision)
    assert isinstance(yours, Decision)
    assert (theirs.decided, yours.decided) == (FINANCED, GRANTS)
    assert decision(scene).decided == FINANCED


def test_without_a_quorum_no_vote_is_recorded(scene: Scene) -> None:
    seat_members(scene, present=5)
    with pytest.raises(NoQuorum) as refusal:
        decide(scene, votes=Votes(5, 0, 0))
    assert refusal.value.details == {"present": 5, "quorum": 6}


def test_six_of_eleven_are_a_quorum(scene: Scene) -> None:
    seat_members(scene, present=6)
    decide(scene, votes=Votes(4, 2, 0))


def test_guests_make_no_quorum(scene: Scene) -> None:
    people = [attendee(f"Депутат {number}") for number in range(5)]
    people += [attendee(f"Конок {number}", group=Group.LSG) for number in range(20)]
    service.record_attendance(scene.database, scene.secretary.id, scene.sitting, people)
    with pytest.raises(NoQuorum):
        decide(scene)


def test_a_figure_of_another_kind_than_the_line_is_not_decided(scene: Scene) -> None:
    recorded = Recorded(3550, Votes(6, 1, 0), Outcome.AGREED)
    with pytest.raises(FigureOfAnotherKind):
        service.record_decision(scene.database, scene.secretary.id, scene.lines[0], recorded, version=0)


def test_the_session_does_not_end_while_lines_are_undecided_and_says_which(scene: Scene) -> None:
    service.propose(scene.database, scene.chair.id, scene.lines[1], figure=GRANTS, reason=REASON, version=0)
    for line, undecided in ((0, "1, 2"), (1, "2")):
        with pytest.raises(LinesUndecided) as refusal:
            service.close_session(scene.database, scene.chair.id, scene.sitting)
        assert refusal.value.details == {"lines": undecided}
        decide(scene, line=line, outcome=Outcome.NOT_AGREED, version=line)
    service.close_session(scene.database, scene.chair.id, scene.sitting)
    with scene.database.reading() as session:
        sitting, _ = sittings.admitted(session, scene.chair.id, scene.sitting)
    assert sitting.stage is Stage.DECIDED
    assert sitting.ended_at is not None


def test_the_session_does_not_end_before_it_has_begun(database: Database) -> None:
    scene = make_scene(database, lines=1)
    file_all(scene)
    open_all(scene)
    seat_members(scene)
    decide(scene)
    with pytest.raises(StepNotAllowed):
        service.close_session(database, scene.chair.id, scene.sitting)


def test_nothing_is_decided_while_positions_are_sealed(database: Database) -> None:
    scene = make_scene(database)
    with pytest.raises(WrongStage):
        decide(scene)
    with pytest.raises(WrongStage), database.reading() as session:
        service.decisions(session, scene.chair.id, scene.sitting)


def test_after_the_session_decisions_stand_still_until_it_is_taken_up_again(scene: Scene) -> None:
    decide(scene)
    decide(scene, line=1)
    service.close_session(scene.database, scene.chair.id, scene.sitting)
    with pytest.raises(WrongStage):
        decide(scene, figure=GRANTS, version=1)
    sittings.take_step(
        scene.database, scene.secretary.id, scene.sitting, Stage.IN_SESSION, reason="Ката эсептелген"
    )
    decide(scene, figure=GRANTS, version=1)
    assert decision(scene).decided == GRANTS


def test_a_new_list_of_those_present_takes_the_place_of_the_old(scene: Scene) -> None:
    seat_members(scene, present=9)
    with scene.database.reading() as session:
        people = storage.attendees(session, scene.sitting)
    assert (len(people), members_present(people)) == (12, 9)


def test_agenda_and_speeches_keep_their_order(scene: Scene) -> None:
    for title in ("Гранттар", "Мугалимдердин айлыгы"):
        service.add_agenda_item(scene.database, scene.secretary.id, scene.sitting, Named(title))
    for speaker in ("Байгазиева", "Бакиров"):
        service.add_speech(
            scene.database, scene.secretary.id, scene.sitting, 2, Speech(True, speaker, NO_NAME, REASON)
        )
    with scene.database.reading() as session:
        first, second = storage.agenda(session, scene.sitting)
    assert (first.number, first.title.ky, first.speeches) == (1, "Гранттар", ())
    assert [speech.speaker for speech in second.speeches] == ["Байгазиева", "Бакиров"]
    with pytest.raises(Unknown):
        service.add_speech(
            scene.database, scene.secretary.id, scene.sitting, 3, Speech(True, "x", NO_NAME, REASON)
        )


def test_an_association_may_give_its_opinion_and_the_chain_keeps_its_hash(scene: Scene) -> None:
    service.give_opinion(
        scene.database, scene.mayor.id, scene.sitting, kind="opinion", author=scene.cities.name, words=REASON
    )
    with scene.database.reading() as session:
        given = storage.opinions(session, scene.sitting)
        told = entries(session, sitting_chain(scene.sitting))
        assert check(session, sitting_chain(scene.sitting)) is None
    assert [(each.kind, each.words) for each in given] == [("opinion", REASON)]
    assert told[-1].kind == "proceedings.opinion_given"
    assert "даяр" not in told[-1].payload


def test_one_person_gives_at_most_fifty_opinions_and_his_colleague_goes_on(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_OPINIONS == 50
    monkeypatch.setattr(service, "MOST_OPINIONS", 2)
    for _ in range(2):
        opine(scene, scene.unionist, kind="opinion")
    with pytest.raises(TooManyOpinions):
        opine(scene, scene.unionist, kind="dissent")
    opine(scene, scene.assistant, kind="opinion")


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.ANALYST, Role.SECRETARY])
def test_who_only_watches_or_keeps_the_record_gives_no_opinion(scene: Scene, role: Role) -> None:
    watcher = make_person(scene.database, roles=frozenset({role}))
    with pytest.raises(NotYours):
        opine(scene, watcher, kind="dissent")
    with scene.database.reading() as session:
        assert storage.opinions(session, scene.sitting) == []


def test_after_the_session_no_opinion_moves_the_journal_any_more(scene: Scene) -> None:
    member = make_person(scene.database, roles=frozenset({Role.MEMBER}))
    opine(scene, member, kind="dissent")
    decide(scene)
    decide(scene, line=1)
    service.close_session(scene.database, scene.chair.id, scene.sitting)
    with scene.database.reading() as session:
        before = head(session, sitting_chain(scene.sitting))
    for person in (member, scene.chair, scene.mayor):
        with pytest.raises(WrongStage):
            opine(scene, person)
    with scene.database.reading() as session:
        assert head(session, sitting_chain(scene.sitting)) == before


def test_a_decision_keeps_who_was_there_when_the_quorum_is_lost_later(scene: Scene) -> None:
    decide(scene)
    seat_members(scene, present=2)
    with scene.database.reading() as session:
        row = session.get_one(storage.DecisionRow, scene.lines[0])
        assert (row.members_present, row.quorum) == (7, 6)
    event = told(scene, "proceedings.decision_recorded")
    assert (event["present"], event["quorum"]) == (7, 6)


def test_the_chain_keeps_the_hash_of_the_whole_attendance_list(scene: Scene) -> None:
    people = [attendee("Депутат"), attendee("Конок", group=Group.INVITED, present=False)]
    service.record_attendance(scene.database, scene.secretary.id, scene.sitting, people)
    first = told(scene, "proceedings.attendance_recorded")["digest"]
    assert first == digest([asdict(each) for each in people])
    renamed = [replace(people[0], name="Башка депутат"), people[1]]
    service.record_attendance(scene.database, scene.secretary.id, scene.sitting, renamed)
    assert told(scene, "proceedings.attendance_recorded")["digest"] != first


def test_the_chain_keeps_the_hashes_of_questions_and_speeches_and_no_words(scene: Scene) -> None:
    title, role = Named("Гранттар", "Гранты", "Grants"), Named("министр", "министр", "minister")
    service.add_agenda_item(scene.database, scene.secretary.id, scene.sitting, title)
    speech = Speech(True, "Байгазиева", role, REASON)
    service.add_speech(scene.database, scene.secretary.id, scene.sitting, 1, speech)
    assert told(scene, "proceedings.agenda_item_entered")["digest"] == digest(asdict(title))
    written = {
        "heard": True,
        "speaker": "Байгазиева",
        "role": asdict(role),
        "words": words_written(REASON),
    }
    kept = told(scene, "proceedings.speech_recorded")
    assert kept["digest"] == digest(written)
    assert "Байгазиева" not in kept.values()


def opine(scene: Scene, person: Person, *, kind: OpinionKind = "opinion") -> None:
    author = Named(person.name)
    service.give_opinion(scene.database, person.id, scene.sitting, kind=kind, author=author, words=REASON)


def told(scene: Scene, kind: str) -> dict[str, object]:
    """Return the values of the last event of a kind in the sitting's chain."""
    with scene.database.reading() as session:
        every = entries(session, sitting_chain(scene.sitting))
    return [dict(each.values()) for each in every if each.kind == kind][-1]


def digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("votes", "outcome", "refusal"),
    [
        (Votes(4, 3, 0), Outcome.AGREED, None),
        (Votes(3, 3, 1), Outcome.AGREED, NoMajority),
        (Votes(3, 0, 0), Outcome.PARTLY_AGREED, NoMajority),
        (Votes(3, 4, 0), Outcome.NOT_AGREED, None),
        (Votes(0, 0, 0), Outcome.REFERRED, None),
        (Votes(7, 1, 0), Outcome.AGREED, TooManyVotes),
        (Votes(0, 0, 8), Outcome.REFERRED, TooManyVotes),
    ],
)
def test_agreed_is_what_more_than_half_of_those_present_voted_for(
    votes: Votes, outcome: Outcome, refusal: type[Exception] | None
) -> None:
    values = {"present": 7, "quorum": 6, "members": 11, "majority_of": "present"}
    if refusal is None:
        check_votes(votes, outcome, **values)  # type: ignore[arg-type]
        return
    with pytest.raises(refusal):
        check_votes(votes, outcome, **values)  # type: ignore[arg-type]


def test_a_setting_may_ask_for_more_than_half_of_all_members() -> None:
    values = {"present": 7, "quorum": 6, "members": 11}
    with pytest.raises(NoMajority):
        check_votes(Votes(5, 2, 0), Outcome.AGREED, majority_of="all", **values)
    check_votes(Votes(6, 1, 0), Outcome.AGREED, majority_of="all", **values)


@pytest.mark.parametrize("counts", [(-1, 0, 0), (100, -95, 0), (0, 0, -1)])
def test_votes_are_never_below_none(counts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="votes"):
        Votes(*counts)
