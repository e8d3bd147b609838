"""Who enters the associations' part, what the record makes of it, and what the protocol waits for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from budgetproto.accounts.domain import Party, Person
from budgetproto.database import Database, now
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import NO_NAME, Named, Words
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import entries
from budgetproto.money import Som
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import Attendee, Group, Outcome, Speech, Votes
from budgetproto.proceedings.participation import service
from budgetproto.proceedings.participation.domain import (
    Answer,
    DayMissing,
    Entered,
    ParticipationOpen,
    Question,
)
from budgetproto.proceedings.participation.record import Participation, participation_of
from budgetproto.proceedings.participation.service import (
    InvitedAhead,
    NothingOpen,
    TouchingUnexplained,
    WaiverUnexplained,
)
from budgetproto.proceedings.participation.storage import EVERY_ITEM
from budgetproto.proceedings.service import Recorded
from budgetproto.protocol import service as protocol
from budgetproto.protocol.signing import service as signing
from budgetproto.sittings.domain import Stage, WrongStage
from budgetproto.sittings.procedure import change_setting
from budgetproto.sittings.procedure_storage import NotedSettingRow
from budgetproto.sittings.storage import SittingRow
from tests.factories import Scene, file_all, make_scene, open_all, record_parts, start_session
from tests.sessions import seat_members

ITEM = Named("Бюджет аралык мамилелер", "Межбюджетные отношения")
WHY = Words(Named("Чакыруу оозеки берилген", "Приглашение передано устно"), "ky", ("ru",))


@pytest.fixture
def scene(sqlite_database: Database) -> Scene:
    return make_scene(sqlite_database)


@pytest.fixture
def decided(scene: Scene) -> Scene:
    """Bring a sitting with one question on its agenda to its decisions."""
    file_all(scene)
    open_all(scene)
    proceedings.add_agenda_item(scene.database, scene.secretary.id, scene.sitting, ITEM)
    start_session(scene)
    seat_members(scene)
    for line in scene.lines:
        recorded = Recorded(Som(0), Votes(6, 1, 0), Outcome.AGREED)
        proceedings.record_decision(scene.database, scene.secretary.id, line, recorded, version=0)
    proceedings.close_session(scene.database, scene.secretary.id, scene.sitting)
    return scene


def known(scene: Scene) -> Participation:
    with scene.database.reading() as session:
        found = participation_of(session, session.get_one(SittingRow, scene.sitting).sitting())
    assert found is not None
    return found


def answers(scene: Scene, party: Party) -> dict[Question, Answer]:
    part = next(each for each in known(scene).parts if each.association.id == party.id)
    return {question: each.answer for question, each in part.known.items()}


def enter(
    scene: Scene,
    person: Person,
    question: Question = Question.OPINION,
    entered: Entered | None = None,
    *,
    item: int = EVERY_ITEM,
    party: Party | None = None,
) -> None:
    service.enter(
        scene.database,
        person.id,
        scene.sitting,
        item=item,
        party=(party or scene.union).id,
        question=question,
        entered=entered or Entered(Answer.NO, "Пикир берилген жок"),
    )


def test_the_protocol_waits_until_every_part_is_known(decided: Scene) -> None:
    for issue in (protocol.issue, signing.lay_out):
        with pytest.raises(ParticipationOpen):
            issue(decided.database, decided.secretary.id, decided.sitting)
    record_parts(decided)
    assert not known(decided).open
    assert protocol.issue(decided.database, decided.secretary.id, decided.sitting)


def test_the_chairs_reason_lets_it_go_and_is_kept(decided: Scene) -> None:
    service.waive(decided.database, decided.chair.id, decided.sitting, WHY)
    assert protocol.issue(decided.database, decided.secretary.id, decided.sitting)
    with decided.database.reading() as session:
        paper = protocol.paper_of(session, decided.secretary.id, decided.sitting)
        kinds = [each.kind for each in entries(session, sitting_chain(decided.sitting))]
    stated = paper.protocol.facts.participation
    assert stated is not None
    assert stated.waiver is not None
    assert (stated.waiver.by, stated.waiver.reason) == (decided.chair.name, WHY)
    assert kinds.count("proceedings.participation_waived") == 1


def test_a_reason_does_not_cover_what_opens_after_it(decided: Scene) -> None:
    record_parts(decided)
    enter(decided, decided.secretary, entered=Entered(Answer.UNKNOWN))
    service.waive(decided.database, decided.chair.id, decided.sitting, WHY)
    assert not known(decided).waiting
    enter(decided, decided.secretary, Question.CAME, Entered(Answer.UNKNOWN))
    with pytest.raises(ParticipationOpen):
        protocol.issue(decided.database, decided.secretary.id, decided.sitting)


@pytest.mark.parametrize("who", ["secretary", "unionist", "minister"])
def test_only_the_chair_gives_the_reason(decided: Scene, who: str) -> None:
    with pytest.raises(NotPermitted):
        service.waive(decided.database, getattr(decided, who).id, decided.sitting, WHY)


@pytest.mark.parametrize("who", ["chair", "unionist", "minister"])
def test_only_the_secretary_enters_a_part(decided: Scene, who: str) -> None:
    with pytest.raises(NotPermitted):
        enter(decided, getattr(decided, who))
    with pytest.raises(NotPermitted):
        service.judge_touching(
            decided.database, getattr(decided, who).id, decided.sitting, 1, touches=False, why="Ким билет"
        )


def test_an_outsider_learns_nothing(decided: Scene) -> None:
    with decided.database.reading() as session, pytest.raises(Unknown):
        service.record(session, decided.outsider.id, decided.sitting)


def test_nothing_is_entered_after_the_issue(decided: Scene) -> None:
    record_parts(decided)
    protocol.issue(decided.database, decided.secretary.id, decided.sitting)
    with pytest.raises(WrongStage):
        enter(decided, decided.secretary)


def test_a_reason_is_given_in_words_and_only_for_what_is_open(decided: Scene) -> None:
    with pytest.raises(WaiverUnexplained):
        service.waive(decided.database, decided.chair.id, decided.sitting, Words(NO_NAME))
    record_parts(decided)
    with pytest.raises(NothingOpen):
        service.waive(decided.database, decided.chair.id, decided.sitting, WHY)


def test_the_last_entry_stands_and_every_one_is_kept(decided: Scene) -> None:
    enter(decided, decided.secretary, Question.CAME, Entered(Answer.YES, "Тизме боюнча"))
    enter(decided, decided.secretary, Question.CAME, Entered(Answer.NO, "Ката жазылган"), item=1)
    assert answers(decided, decided.union)[Question.CAME] is Answer.NO
    assert [each.entered.why for each in known(decided).entries] == ["Тизме боюнча", "Ката жазылган"]


def test_an_invitation_has_a_day_and_was_served_by_now(decided: Scene) -> None:
    with pytest.raises(DayMissing):
        enter(decided, decided.secretary, Question.INVITED, Entered(Answer.YES, "Кат № 1"))
    with decided.database.reading() as session:
        tomorrow = bishkek_day(now(session)) + timedelta(days=1)
    with pytest.raises(InvitedAhead):
        enter(decided, decided.secretary, Question.INVITED, Entered(Answer.YES, "Кат № 1", tomorrow))


def test_an_association_or_a_question_of_another_sitting_is_unknown(decided: Scene) -> None:
    with pytest.raises(Unknown):
        enter(decided, decided.secretary, party=decided.ministry)
    with pytest.raises(Unknown):
        enter(decided, decided.secretary, item=2)
    with pytest.raises(Unknown):
        service.judge_touching(
            decided.database, decided.secretary.id, decided.sitting, 2, touches=False, why="Жок"
        )


def test_a_question_that_touches_nobody_asks_for_no_part_and_says_why(decided: Scene) -> None:
    with pytest.raises(TouchingUnexplained):
        service.judge_touching(
            decided.database, decided.secretary.id, decided.sitting, 1, touches=False, why=" "
        )
    service.judge_touching(
        decided.database, decided.secretary.id, decided.sitting, 1, touches=False, why="Ички иш"
    )
    [row] = known(decided).rows
    assert (row.touches, row.why, row.parts) == (False, "Ички иш", ())
    assert protocol.issue(decided.database, decided.secretary.id, decided.sitting)


def test_the_record_names_the_party_of_people_speeches_and_opinions(scene: Scene) -> None:
    file_all(scene)
    open_all(scene)
    proceedings.add_agenda_item(scene.database, scene.secretary.id, scene.sitting, ITEM)
    start_session(scene)
    there = Attendee(Group.LSG, "Келген", NO_NAME, NO_NAME, NO_NAME, True, NO_NAME, scene.union.id)
    absent = replace(there, name="Келбеген", present=False, party=scene.cities.id)
    proceedings.record_attendance(scene.database, scene.secretary.id, scene.sitting, [there, absent])
    speech = Speech(False, "Орун басар", NO_NAME, WHY, scene.union.id)
    proceedings.add_speech(scene.database, scene.secretary.id, scene.sitting, 1, speech)
    opinion = {"kind": "opinion", "author": Named("Союз"), "words": WHY}
    proceedings.give_opinion(
        scene.database,
        scene.unionist.id,
        scene.sitting,
        **opinion,  # type: ignore[arg-type]
        party=scene.union.id,
    )
    yes, no = Answer.YES, Answer.NO
    assert list(answers(scene, scene.union).values())[1:] == [yes, yes, yes]
    assert list(answers(scene, scene.cities).values())[1:] == [no, no, Answer.UNKNOWN]
    with pytest.raises(Unknown):
        proceedings.give_opinion(
            scene.database,
            scene.unionist.id,
            scene.sitting,
            **opinion,  # type: ignore[arg-type]
            party=scene.cities.id,
        )


def test_nobody_is_held_to_a_rule_that_came_after_his_terms(decided: Scene) -> None:
    keys = ("participation_duty", "invitation_days")
    with decided.database.writing() as session:
        session.connection().exec_driver_sql("DROP TRIGGER IF EXISTS sitting_terms_setting_no_delete")
        for key in keys:
            session.delete(session.get_one(NotedSettingRow, (decided.sitting, 1, key)))
    with decided.database.reading() as session:
        assert participation_of(session, session.get_one(SittingRow, decided.sitting).sitting()) is None
    protocol.issue(decided.database, decided.secretary.id, decided.sitting)
    with decided.database.reading() as session:
        paper = protocol.paper_of(session, decided.secretary.id, decided.sitting)
    assert paper.protocol.facts.participation is None
    assert len(paper.protocol.facts.terms.procedure) == 4


def test_where_the_committee_has_no_duty_nothing_waits(scene: Scene) -> None:
    change_setting(
        scene.database, scene.secretary.id, "participation_duty", value="duty_neither", source=ITEM
    )
    other = make_scene(scene.database, key=scene.key, stage=Stage.PREPARING)
    with scene.database.reading() as session:
        assert participation_of(session, session.get_one(SittingRow, other.sitting).sitting()) is None
        assert participation_of(session, session.get_one(SittingRow, scene.sitting).sitting()) is not None
