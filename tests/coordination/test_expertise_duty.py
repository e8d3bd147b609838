"""A committee bound to expertise: a question names its draft, and the protocol waits for a review of it."""

import pytest

from budgetproto.app import name_things
from budgetproto.coordination.expertise import agenda, service
from budgetproto.coordination.expertise import domain as d
from budgetproto.database import Database
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import Named, Words
from budgetproto.money import Som
from budgetproto.operations.verification import altered_records
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import Outcome, Votes
from budgetproto.proceedings.participation import service as participation
from budgetproto.proceedings.participation.domain import ExpertiseOpen, Owed, ParticipationOpen
from budgetproto.proceedings.participation.record import Participation, participation_of
from budgetproto.proceedings.service import Recorded
from budgetproto.protocol import participation as paper
from budgetproto.protocol import service as protocol
from budgetproto.protocol.drawing import draw
from budgetproto.sittings.procedure import change_setting
from budgetproto.sittings.storage import SittingRow
from tests.coordination.held import DRAFT, make_register
from tests.coordination.test_expertise import WHOLE
from tests.factories import (
    Scene,
    file_all,
    make_person,
    make_scene,
    open_all,
    record_parts,
    start_session,
)
from tests.protocol.reading import plain_text
from tests.sessions import seat_members

ITEM = Named("Теңдөө тартиби", "Порядок выравнивания")
WHY = Words(Named("Корутунду кечигип жатат", "Заключение запаздывает"), "ky", ("ru",))


def decided(database: Database, duty: str) -> Scene:
    """Bring a sitting of a committee with this duty, with one question on its agenda, to its decisions."""
    name_things()
    first = make_scene(database)
    change_setting(database, first.secretary.id, "participation_duty", value=duty, source=ITEM)
    scene = make_scene(database, key=first.key)
    file_all(scene)
    open_all(scene)
    proceedings.add_agenda_item(database, scene.secretary.id, scene.sitting, ITEM)
    start_session(scene)
    seat_members(scene)
    for line in scene.lines:
        recorded = Recorded(Som(0), Votes(6, 1, 0), Outcome.AGREED)
        proceedings.record_decision(database, scene.secretary.id, line, recorded, version=0)
    proceedings.close_session(database, scene.secretary.id, scene.sitting)
    return scene


def known(scene: Scene) -> Participation:
    with scene.database.reading() as session:
        found = participation_of(session, session.get_one(SittingRow, scene.sitting).sitting())
    assert found is not None
    return found


def issue(scene: Scene) -> object:
    return protocol.issue(scene.database, scene.secretary.id, scene.sitting)


def reviewed(scene: Scene) -> str:
    """Enter the only draft of the register with a review that is written and not handed in; return its id."""
    act = make_register(scene).act
    agenda.name_draft(scene.database, scene.secretary.id, scene.sitting, 1, 1)
    expert = make_person(scene.database, login="expert")
    made = service.commission(
        scene.database, scene.chair.id, act, party=None, task="Таасири", until=None, logins=["expert"]
    )
    steps: tuple[d.What, ...] = (d.Declared("Союздун кеңешчиси"), d.Written(WHOLE))
    for seen, what in enumerate(steps, start=1):
        service.record(scene.database, expert.id, made, what, seen=seen)
    return expert.id + " " + made


def hand_in(scene: Scene, review: str) -> None:
    expert, made = review.split()
    service.record(scene.database, expert, made, d.HandedIn(), seen=3)


def test_expertise_alone_asks_nothing_of_the_associations_part(sqlite_database: Database) -> None:
    scene = decided(sqlite_database, "duty_expertise")
    assert known(scene).parts == ()
    assert [each.question for each in known(scene).bases] == [Owed.EXPERTISE]
    with pytest.raises(ExpertiseOpen):
        issue(scene)
    review = reviewed(scene)
    with pytest.raises(ExpertiseOpen):
        issue(scene)
    hand_in(scene, review)
    assert not known(scene).waiting
    reply = d.Replied(d.Stance.REJECTS, "Эсеп туура эмес")
    service.record(scene.database, scene.minister.id, review.split()[1], reply, seen=0)
    assert issue(scene)
    with scene.database.reading() as session:
        stated = protocol.paper_of(session, scene.secretary.id, scene.sitting).protocol.facts.participation
    assert stated is not None
    found = stated.questions[0].expertise
    assert found is not None
    assert (found.draft, found.open) == (1, False)
    assert [(each.verdict, each.conclusion) for each in found.reviews] == [("conditions", "Шарт менен")]
    assert [each.interests for each in found.reviews[0].experts] == ["Союздун кеңешчиси"]
    assert [(each.stance, each.text) for each in found.reviews[0].replies] == [("rejects", "Эсеп туура эмес")]


def test_both_wait_for_the_part_and_for_the_expertise(sqlite_database: Database) -> None:
    scene = decided(sqlite_database, "duty_both")
    with pytest.raises(ParticipationOpen):
        issue(scene)
    record_parts(scene)
    with pytest.raises(ExpertiseOpen):
        issue(scene)
    hand_in(scene, reviewed(scene))
    assert issue(scene)


def test_the_chairs_reason_covers_a_missing_expertise(sqlite_database: Database) -> None:
    scene = decided(sqlite_database, "duty_expertise")
    participation.waive(scene.database, scene.chair.id, scene.sitting, WHY)
    assert not known(scene).waiting
    assert issue(scene)


def test_a_question_about_no_draft_or_touching_nobody_needs_none(sqlite_database: Database) -> None:
    scene = decided(sqlite_database, "duty_expertise")
    agenda.name_draft(scene.database, scene.secretary.id, scene.sitting, 1, None)
    assert not known(scene).waiting
    make_register(scene)
    agenda.name_draft(scene.database, scene.secretary.id, scene.sitting, 1, 1)
    assert known(scene).waiting
    participation.judge_touching(
        scene.database, scene.secretary.id, scene.sitting, 1, touches=False, why="Ички иш"
    )
    assert not known(scene).waiting


def withdraw(scene: Scene, review: str) -> None:
    service.record(scene.database, scene.chair.id, review.split()[1], d.Withdrawn("Долбоор өзгөрдү"), seen=4)


def test_a_question_whose_only_expertise_is_withdrawn_waits_again(sqlite_database: Database) -> None:
    scene = decided(sqlite_database, "duty_expertise")
    review = reviewed(scene)
    hand_in(scene, review)
    assert not known(scene).waiting
    withdraw(scene, review)
    with pytest.raises(ExpertiseOpen):
        issue(scene)


def test_the_chairs_earlier_reason_still_covers_what_a_withdrawal_opens_again(
    sqlite_database: Database,
) -> None:
    scene = decided(sqlite_database, "duty_expertise")
    review = reviewed(scene)
    participation.waive(scene.database, scene.chair.id, scene.sitting, WHY)
    hand_in(scene, review)
    withdraw(scene, review)
    assert not known(scene).waiting
    assert issue(scene)
    with scene.database.reading() as session:
        stated = protocol.paper_of(session, scene.secretary.id, scene.sitting).protocol.facts.participation
    assert stated is not None
    assert stated.questions[0].expertise == paper.Expertise(1, DRAFT.title, (), open=True)
    assert stated.waiver is not None


def test_a_reason_given_while_an_expertise_stood_does_not_cover_its_withdrawal(
    sqlite_database: Database,
) -> None:
    scene = decided(sqlite_database, "duty_both")
    review = reviewed(scene)
    hand_in(scene, review)
    participation.waive(scene.database, scene.chair.id, scene.sitting, WHY)
    assert not known(scene).waiting
    withdraw(scene, review)
    record_parts(scene)
    with pytest.raises(ExpertiseOpen):
        issue(scene)


def test_a_protocol_that_was_issued_keeps_the_expertise_that_is_withdrawn_later(
    sqlite_database: Database,
) -> None:
    scene = decided(sqlite_database, "duty_expertise")
    review = reviewed(scene)
    hand_in(scene, review)
    issue(scene)
    kept = protocol.printed(scene.database, scene.secretary.id, scene.sitting, "ky").content
    withdraw(scene, review)
    assert protocol.printed(scene.database, scene.secretary.id, scene.sitting, "ky").content == kept
    with scene.database.reading() as session:
        made_again = protocol.paper_of(session, scene.secretary.id, scene.sitting).protocol
        assert list(altered_records(session)) == []
    assert draw(made_again, "ky") == kept
    assert "Шарт менен" in plain_text(kept)


def test_only_who_enters_participation_names_a_draft_that_is_there(sqlite_database: Database) -> None:
    scene = decided(sqlite_database, "duty_both")
    with pytest.raises(agenda.NoSuchDraft):
        agenda.name_draft(scene.database, scene.secretary.id, scene.sitting, 1, 99)
    with pytest.raises(Unknown):
        agenda.name_draft(scene.database, scene.secretary.id, scene.sitting, 7, None)
    for person in (scene.minister, scene.unionist, scene.chair):
        with pytest.raises(NotPermitted):
            agenda.name_draft(scene.database, person.id, scene.sitting, 1, None)


def test_a_committee_without_the_duty_is_not_asked_for_expertise(sqlite_database: Database) -> None:
    scene = decided(sqlite_database, "duty_participation")
    record_parts(scene)
    assert all(row.reviewed is None for row in known(scene).rows)
    assert issue(scene)
