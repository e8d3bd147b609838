"""Who may record what of a draft act, and that nothing recorded is lost, changed or done twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from budgetproto.accounts.bodies import service as bodies
from budgetproto.accounts.bodies.storage import rows
from budgetproto.accounts.domain import Role
from budgetproto.coordination import happenings as h
from budgetproto.coordination import refusals as no
from budgetproto.coordination import service, storage
from budgetproto.coordination.course import Stage
from budgetproto.coordination.domain import Level, TitleMissing
from budgetproto.coordination.happenings import Stance, Verdict
from budgetproto.coordination.service import ActMoved, NoProcedure, VersionBackdated
from budgetproto.coordination.showing import act_page
from budgetproto.database import Database, now
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import Named, Sentence
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import act_chain
from budgetproto.journal.domain import verify
from budgetproto.journal.storage import entries, head
from budgetproto.operations.verification import altered_records
from budgetproto.sittings.domain import Stage as Stages
from tests.coordination.going import MANDATORY, screening
from tests.coordination.held import DRAFT, Register, make_register, opinion
from tests.coordination.test_procedure_values import WHOLE
from tests.factories import drop_guard, make_person, make_scene


@pytest.fixture
def register(database: Database) -> Register:
    scene = make_scene(database, lines=1, terms=False, stage=Stages.PREPARING)
    return make_register(scene)


def test_a_draft_is_entered_numbered_and_told_in_its_chain(register: Register) -> None:
    scene = register.scene
    second = service.enter_act(scene.database, scene.secretary.id, DRAFT)
    with scene.database.reading() as session:
        numbers = [service.act_of(session, scene.chair.id, act).number for act in (register.act, second)]
        told = entries(session, act_chain(register.act))
    assert numbers == [1, 2]
    assert [entry.kind for entry in told] == ["coordination.act_entered"]
    with pytest.raises(TitleMissing):
        service.enter_act(scene.database, scene.secretary.id, replace(DRAFT, title=Named()))


def test_only_the_keeper_enters_screens_and_sets_the_procedure(register: Register) -> None:
    scene = register.scene
    for person in (scene.chair, scene.minister, scene.unionist):
        with pytest.raises(NotPermitted):
            service.enter_act(scene.database, person.id, DRAFT)
        with pytest.raises(NotPermitted):
            service.screen(scene.database, person.id, register.act, MANDATORY, seen=0)
        with pytest.raises(NotPermitted):
            service.set_procedure(scene.database, person.id, WHOLE)


def test_a_log_in_without_role_and_mandate_learns_nothing(register: Register) -> None:
    scene = register.scene
    with scene.database.reading() as session, pytest.raises(Unknown):
        service.act_of(session, scene.outsider.id, register.act)
    with scene.database.reading() as session, pytest.raises(Unknown):
        service.act_of(session, scene.secretary.id, "nothing")
    with pytest.raises(Unknown):
        register.record(scene.outsider, opinion(scene.union))


def test_every_association_is_asked_by_the_procedure_in_force(register: Register) -> None:
    screened = register.screen().course.screened
    assert screened is not None
    assert set(screened.bodies) == {register.scene.union.id, register.scene.cities.id}
    assert screened.procedure == 1


def test_a_screening_never_comes_in_by_the_side_door(register: Register) -> None:
    forged = h.Screened(screening(), 1, ())
    with pytest.raises(Unknown):
        register.record(register.scene.secretary, forged)


def test_without_a_procedure_for_its_level_nothing_is_screened(register: Register) -> None:
    scene = register.scene
    act = service.enter_act(scene.database, scene.secretary.id, replace(DRAFT, level=Level.DEPUTY))
    with pytest.raises(NoProcedure):
        service.screen(scene.database, scene.secretary.id, act, MANDATORY, seen=0)


def test_an_association_speaks_for_itself_alone(register: Register) -> None:
    scene = register.served().scene
    with pytest.raises(NotPermitted):
        register.record(scene.unionist, opinion(scene.cities))
    with pytest.raises(NotPermitted):
        register.record(scene.minister, opinion(scene.union))
    told = register.record(scene.unionist, opinion(scene.union))
    assert [remark.body for remark in told.course.remarks] == [scene.union.id]


def test_the_initiator_alone_answers_and_never_closes_or_rules(register: Register) -> None:
    scene = register.served().scene
    register.record(scene.unionist, opinion(scene.union))
    answer = h.Answered(1, Verdict.REJECTED, "Каражат жок")
    for person in (scene.doctor, scene.unionist, scene.chair):
        with pytest.raises(NotPermitted):
            register.record(person, answer)
    assert register.record(scene.minister, answer).course.answers[1]
    for step in (h.Closed(), h.Bypassed("Шашылыш"), h.Met("Баары", "Сөз"), h.Submitted("ЖК")):
        with pytest.raises(NotPermitted):
            register.record(scene.minister, step)


def test_only_the_keeper_records_what_came_on_paper_of_an_earlier_day(register: Register) -> None:
    scene = register.scene
    register.screen()
    with pytest.raises(NotPermitted):
        register.record(scene.unionist, opinion(scene.union), days_ago=2)
    told = register.record(scene.secretary, opinion(scene.union), days_ago=2)
    last = told.course.happenings[-1]
    assert last.recorded - last.on == timedelta(days=2)


def test_who_was_let_go_by_his_own_people_speaks_no_longer_whatever_mandate_he_has(
    register: Register,
) -> None:
    scene = register.served().scene
    with scene.database.reading() as session:
        entry = rows(session, party=scene.union.id, person=scene.assistant.id)[0].id
    bodies.let_go(
        scene.database, scene.unionist.id, party_id=scene.union.id, entry_id=entry, why="Иштен кетти"
    )
    with pytest.raises(NotPermitted):
        register.record(scene.assistant, opinion(scene.union))


def test_the_end_of_every_mandate_silences_no_association(register: Register) -> None:
    scene = register.served().scene
    with scene.database.writing() as session:
        held = sa.text("UPDATE sitting_mandate SET revoked_on = '2020-01-01' WHERE person = :person")
        session.connection().execute(held, {"person": scene.unionist.id})
    assert register.record(scene.unionist, opinion(scene.union))


def test_a_mandatory_draft_is_not_submitted_before_its_bypass_is_on_record(register: Register) -> None:
    scene = register.served().scene
    with pytest.raises(no.NotCoordinated):
        register.record(scene.secretary, h.Submitted("ЖК"))
    register.record(scene.secretary, h.Bypassed("Бир күндө үч окуу"))
    assert register.record(scene.secretary, h.Submitted("ЖК")).course.stage is Stage.SUBMITTED


def test_who_comes_second_is_told_and_records_nothing(register: Register) -> None:
    scene = register.served().scene
    seen = register.seen()
    register.record(scene.unionist, opinion(scene.union))
    with pytest.raises(ActMoved):
        service.record(
            scene.database, scene.mayor.id, register.act, opinion(scene.cities, Stance.AGREES), seen=seen
        )
    assert register.seen() == seen + 1


def test_every_step_stands_in_the_drafts_own_chain_which_verifies(register: Register) -> None:
    scene = register.served().scene
    register.record(scene.unionist, opinion(scene.union))
    with scene.database.reading() as session:
        chain = act_chain(register.act)
        told, end = entries(session, chain), head(session, chain)
    assert verify(chain, told, length=end.length, head=end.hash) is None
    assert [entry.values().get("step") for entry in told] == [None, "screened", "served", "served", "opined"]
    assert told[-1].values()["party"] == scene.union.id


@pytest.mark.parametrize("table", ["coordination_happening", "coordination_procedure"])
@pytest.mark.parametrize("act", ["UPDATE {} SET document = '{{}}'", "DELETE FROM {}"])
def test_nothing_recorded_is_changed_or_deleted(register: Register, table: str, act: str) -> None:
    register.screen()
    database = register.scene.database
    with pytest.raises(sa.exc.DBAPIError), database.writing() as session:
        session.connection().execute(sa.text(act.format(table)))


def test_a_new_version_of_the_procedure_leaves_a_screened_draft_under_the_old(register: Register) -> None:
    scene, database = register.scene, register.scene.database
    register.screen()
    rules = {**WHOLE.rules, "opinion_days": replace(WHOLE.rules["opinion_days"], number=99)}
    later = replace(WHOLE, since=WHOLE.since - timedelta(days=2999), rules=rules)
    assert service.set_procedure(database, scene.secretary.id, later) == 2
    with database.reading() as session:
        found = service.deadlines_of(session, register.told())
        assert found is not None
        assert found.terms == WHOLE.terms
        assert storage.procedures(session, Level.MINISTRY)[2].terms.opinion == 99
    with pytest.raises(VersionBackdated):
        service.set_procedure(database, scene.secretary.id, replace(later, since=later.since - timedelta(2)))


def test_a_screening_goes_by_the_version_in_force_on_its_own_day(register: Register) -> None:
    scene, database = register.scene, register.scene.database
    with database.reading() as session:
        today = bishkek_day(now(session))
    rules = {**WHOLE.rules, "opinion_days": replace(WHOLE.rules["opinion_days"], number=99)}
    service.set_procedure(database, scene.secretary.id, replace(WHOLE, since=today, rules=rules))
    judged = {}
    for days_ago in (1, 0):
        act = service.enter_act(database, scene.secretary.id, DRAFT)
        found = Register(scene, act).screen(days_ago=days_ago)
        assert found.course.screened is not None
        with database.reading() as session:
            running = service.deadlines_of(session, found)
        assert running is not None
        judged[days_ago] = found.course.screened.procedure, running.terms.opinion
    assert judged == {1: (1, WHOLE.terms.opinion), 0: (2, 99)}


def test_a_screening_of_before_every_version_goes_by_the_first_and_its_page_says_so(
    database: Database,
) -> None:
    scene = make_scene(database, lines=1, terms=False, stage=Stages.PREPARING)
    with database.reading() as session:
        today = bishkek_day(now(session))
    for since in (today - timedelta(days=9), today):
        service.set_procedure(database, scene.secretary.id, replace(WHOLE, since=since))
    told = {}
    for days_ago in (10, 9):
        register = Register(scene, service.enter_act(database, scene.secretary.id, DRAFT))
        screened = register.screen(days_ago=days_ago).course.screened
        assert screened is not None
        assert screened.procedure == 1
        with database.reading() as session:
            told[days_ago] = act_page(session, scene.unionist.id, register.act).set_later
    assert told == {10: True, 9: False}


def test_no_draft_is_screened_by_a_version_that_has_not_begun(database: Database) -> None:
    scene = make_scene(database, lines=1, terms=False, stage=Stages.PREPARING)
    with database.reading() as session:
        tomorrow = bishkek_day(now(session)) + timedelta(days=1)
    service.set_procedure(database, scene.secretary.id, replace(WHOLE, since=tomorrow))
    act = service.enter_act(database, scene.secretary.id, DRAFT)
    with pytest.raises(NoProcedure):
        service.screen(database, scene.secretary.id, act, MANDATORY, seen=0)


def test_what_the_keeper_records_for_an_association_is_marked_and_its_own_word_is_not(
    register: Register,
) -> None:
    scene = register.served().scene
    register.record(scene.unionist, opinion(scene.union))
    register.record(scene.secretary, opinion(scene.cities))
    for number in (1, 2):
        register.record(scene.minister, h.Answered(number, Verdict.REJECTED, "Каражат жок"))
    register.record(scene.secretary, h.Stood(scene.union.id, 1, insists=True, why="Кат менен келди"))
    register.record(scene.mayor, h.Stood(scene.cities.id, 2, insists=True, why="Жетпейт"))
    with scene.database.writing() as session:
        ended = sa.text("UPDATE sitting_mandate SET revoked_on = '2020-01-01' WHERE person = :person")
        session.connection().execute(ended, {"person": scene.unionist.id})
    with scene.database.reading() as session:
        page = act_page(session, scene.chair.id, register.act)
        assert list(altered_records(session)) == []
    marked = [(each.kind, each.number) for each in page.steps if each.by_keeper]
    assert marked == [("opined", 5), ("stood", 8)]
    assert [(each.by_keeper, each.stand_by_keeper) for each in page.remarks] == [(False, True), (True, False)]


def test_an_administrator_keeps_the_register_too(register: Register) -> None:
    database = register.scene.database
    person = make_person(database, roles=frozenset({Role.ADMINISTRATOR}))
    assert service.enter_act(database, person.id, DRAFT)


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE coordination_happening SET document = replace(document, 'Пикир', 'Макулбуз')",
        "UPDATE coordination_happening SET person = 'nobody' WHERE number = 1",
        "UPDATE coordination_happening SET by_keeper = true WHERE number = 4",
        "DELETE FROM coordination_happening WHERE number = 4",
        "UPDATE coordination_act SET document = replace(document, 'Теңдөө', 'Тең')",
    ],
)
def test_whoever_rewrites_the_register_is_found_out(register: Register, act: str) -> None:
    scene, database = register.served().scene, register.scene.database
    register.record(scene.unionist, opinion(scene.union))
    with database.reading() as session:
        assert list(altered_records(session)) == []
    drop_guard(database, "coordination_happening")
    with database.writing() as session:
        session.connection().execute(sa.text(act))
    with database.reading() as session:
        assert [each.key for each in altered_records(session)] == ["coordination.altered"]


def test_everybody_is_offered_what_he_may_record_now_and_nothing_else(register: Register) -> None:
    scene = register.served().scene
    told = register.record(scene.unionist, opinion(scene.union))
    with scene.database.reading() as session:
        found = {
            person: [(each.kind, each.body) for each in service.offered(session, person.id, told)]
            for person in (scene.minister, scene.mayor, scene.unionist, scene.chair)
        }
        with pytest.raises(Unknown):
            service.offered(session, scene.outsider.id, told)
    assert found[scene.minister] == [
        (h.Noted, ""),
        (h.Consulted, ""),
        (h.Answered, scene.union.id),
        (h.Withdrawn, ""),
        (h.Attached, ""),
    ]
    assert found[scene.mayor] == [(h.Opined, scene.cities.id), (h.Attached, scene.cities.id)]
    assert found[scene.unionist] == [(h.Attached, scene.union.id)]
    assert found[scene.chair] == []


def test_nothing_is_offered_while_no_procedure_holds(database: Database) -> None:
    scene = make_scene(database, lines=1, terms=False, stage=Stages.PREPARING)
    act = service.enter_act(database, scene.secretary.id, DRAFT)
    with database.reading() as session:
        assert (
            service.offered(session, scene.secretary.id, service.act_of(session, scene.secretary.id, act))
            == ()
        )


def test_who_types_whom_the_procedure_names_appealed_to_nobody_else(register: Register) -> None:
    scene = register.served().scene
    register.record(scene.unionist, opinion(scene.union, Stance.DISAGREES))
    typed = h.Appealed(scene.union.id, WHOLE.addressee.ru.upper(), "Долбоор", elsewhere=True)
    appeal = register.record(scene.unionist, typed).course.appeals[-1][1]
    assert (appeal.to, appeal.elsewhere) == (WHOLE.addressee.ky, False)


@pytest.mark.parametrize("typed", ["", "Башкы прокурор"])
def test_an_appeal_goes_to_whom_the_procedure_names_or_is_marked(register: Register, typed: str) -> None:
    scene = register.served().scene
    register.record(scene.unionist, opinion(scene.union, Stance.DISAGREES))
    appeal = h.Appealed(scene.union.id, typed, "Долбоор", elsewhere=bool(typed))
    course = register.record(scene.unionist, appeal).course
    named = WHOLE.addressee
    assert course.appeals[-1][1].to == (typed or named.ky)
    with scene.database.reading() as session:
        step = act_page(session, scene.chair.id, register.act).steps[-1]
    told = {fact.label: fact for fact in step.facts}
    to, addressee = told["coordination.fact.to"], told["coordination.fact.addressee"]
    assert (to.text, to.name) == ((typed, None) if typed else ("", named))
    assert addressee.said == Sentence(f"coordination.addressee.{'other' if typed else 'named'}")


def test_an_appeal_of_before_is_not_said_to_have_gone_elsewhere(register: Register) -> None:
    scene = register.served().scene
    register.record(scene.unionist, opinion(scene.union, Stance.DISAGREES))
    register.record(scene.unionist, h.Appealed(scene.union.id, "Премьер-министр", "Долбоор"))
    with scene.database.reading() as session:
        step = act_page(session, scene.chair.id, register.act).steps[-1]
    assert "coordination.fact.addressee" not in {fact.label for fact in step.facts}
