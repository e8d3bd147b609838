"""Who brings a draft in is corrected as long as nothing was done on it; nothing that stood before is lost."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from budgetproto.accounts.domain import Party
from budgetproto.coordination import counting, document, register, service, storage
from budgetproto.coordination import happenings as h
from budgetproto.coordination import refusals as no
from budgetproto.coordination.clock import State
from budgetproto.coordination.completing import check_completing, standing
from budgetproto.coordination.course import Course, Stage
from budgetproto.coordination.domain import GroundNote, InitiatorMissing, Level, Related
from budgetproto.coordination.expertise import domain as d
from budgetproto.coordination.expertise import service as expertise
from budgetproto.coordination.paper.composing import compose
from budgetproto.coordination.paper.document import read_sheet, written
from budgetproto.coordination.paper.drawing import draw_sheet
from budgetproto.coordination.public import service as public
from budgetproto.coordination.register_storage import Choice
from budgetproto.coordination.shapes import card_written
from budgetproto.coordination.showing import act_card, act_page
from budgetproto.coordination.storage import ActRow
from budgetproto.database import Database, now
from budgetproto.errors import NotPermitted, Refused, Unknown
from budgetproto.i18n import Named, text
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.operations.verification import altered_records
from budgetproto.sittings.domain import Stage as Stages
from tests.coordination.going import MANDATORY, START, goes, screened, served
from tests.coordination.held import DRAFT, Register, make_register, opinion
from tests.coordination.test_expertise import WHOLE as WHOLE_REVIEW
from tests.coordination.test_procedure_values import WHOLE
from tests.coordination.test_texts import attaches
from tests.factories import make_person, make_scene
from tests.protocol.reading import plain_text

LATER = START + timedelta(7)
NAME = Named("Экономика министрлиги", "Министерство экономики")
BY_NAME = h.Corrected(DRAFT.title, "", "Кат башкадан", NAME)
BY_LEVEL = replace(BY_NAME, level=Level.CABINET)
BY_PARTY = replace(BY_NAME, answers=h.AnswersFor("finance", "economy"))


def test_a_corrected_name_stands_and_a_correction_of_before_leaves_it() -> None:
    course = goes(Course(), START, BY_LEVEL)
    assert standing(DRAFT, course)[-1] == replace(DRAFT, initiator=NAME, level=Level.CABINET)
    before = document.read_what("corrected", '{"reference":"","title":{"ky":"а","ru":"","en":""},"why":"б"}')
    assert standing(DRAFT, goes(Course(), START, before))[-1] == replace(DRAFT, title=Named("а"))


def test_a_draft_keeps_an_initiator() -> None:
    nameless = h.Happening(START, replace(BY_NAME, initiator=Named(en="Economy")), START)
    with pytest.raises(InitiatorMissing):
        check_completing(nameless, DRAFT, entered=START)


@pytest.mark.parametrize(("level", "party"), [(Level.MINISTRY, ""), (Level.MINISTRY, "finance")])
def test_what_stands_as_it_stood_moves_nothing(level: Level, party: str) -> None:
    sent = replace(BY_NAME, level=level, answers=h.AnswersFor("", party))
    assert not sent.beside(Level.MINISTRY, party).moves
    assert sent.beside(Level.CABINET, party).level is level
    assert sent.beside(level, "economy").answers == h.AnswersFor("economy", party)


@pytest.mark.parametrize("what", [BY_LEVEL, BY_PARTY])
def test_a_screening_of_before_falls_away_and_stays_in_the_history(what: h.Corrected) -> None:
    course = goes(screened(), START, h.Noted(GroundNote(situation="Мектептер")))
    course = goes(course, LATER, what)
    assert (course.screened, course.stage, course.mandatory) == (None, Stage.REGISTERED, False)
    assert [on for on, _ in course.earlier_screenings] == [START]
    with pytest.raises(no.NotScreened):
        goes(course, LATER, h.Served("union", "№ 1"))
    again = h.Screened(MANDATORY, 1, ("union",))
    with pytest.raises(no.BeforeItsReason):
        goes(course, START, again)
    course = goes(course, LATER, again)
    assert course.screened == again
    assert len(course.earlier_screenings) == 1


def test_a_name_alone_is_corrected_on_the_way_and_the_screening_stands() -> None:
    course = goes(served(), LATER, BY_NAME)
    assert course.screened is not None
    assert course.served


@pytest.mark.parametrize("what", [BY_LEVEL, BY_PARTY])
@pytest.mark.parametrize(
    "done",
    [h.Served("union", "№ 1"), h.Consulted("Союз", "Сөз", ""), h.Bypassed("?"), h.Closed()],
)
def test_once_something_was_done_the_level_and_the_party_stand(what: h.Corrected, done: h.What) -> None:
    course = screened() if not isinstance(done, h.Closed) else served()
    if isinstance(done, h.Closed):
        course = goes(course, START, h.Opined("union", h.Stance.AGREES, ""))
    course = goes(course, START, done)
    with pytest.raises(no.InitiatorSettled):
        goes(course, LATER, what)


def test_a_correction_is_of_no_day_before_the_screening_it_takes_back() -> None:
    with pytest.raises(no.BeforeItsReason):
        goes(screened(), START - timedelta(1), BY_LEVEL, recorded=LATER)


@pytest.mark.parametrize("what", [BY_NAME, BY_LEVEL, BY_PARTY])
def test_it_is_read_back_as_it_was_written(what: h.Corrected) -> None:
    assert document.read_what("corrected", document.written(what)) == what


@pytest.fixture
def held(database: Database) -> Register:
    scene = make_scene(database, lines=1, terms=False, stage=Stages.PREPARING)
    service.set_procedure(database, scene.secretary.id, replace(WHOLE, level=Level.CABINET))
    return make_register(scene, replace(DRAFT, related=(Related(Named("Жобо")),)))


def correction(party: Party | None = None, **right: object) -> h.Corrected:
    answers = h.AnswersFor("", party.id) if party else None
    return replace(BY_NAME, answers=answers, **right)  # type: ignore[arg-type]  # fields by name


def test_only_the_keeper_corrects_the_initiator(held: Register) -> None:
    scene = held.scene
    for person in (scene.minister, scene.doctor, scene.unionist, scene.chair):
        with pytest.raises(NotPermitted):
            held.record(person, correction(scene.health))


def test_from_the_correction_on_the_right_partys_people_act_and_owe(held: Register) -> None:
    scene, note = held.scene, h.Noted(GroundNote(situation="Мектептер"))
    held.screen()
    assert _owing(held, scene.minister.id) == 2
    held.record(scene.secretary, correction(scene.health))
    assert (_owing(held, scene.minister.id), _owing(held, scene.doctor.id)) == (0, 0), "unscreened"
    held.screen()
    assert (_owing(held, scene.minister.id), _owing(held, scene.doctor.id)) == (0, 2)
    with pytest.raises(NotPermitted):
        held.record(scene.minister, note)
    assert held.record(scene.doctor, note).initiator == scene.health.id


def _owing(held: Register, person: str) -> int:
    with held.scene.database.reading() as session:
        return sum(register.clock(session, person, State.DUE, None, everybody=False).counts.values())


def test_a_corrected_level_goes_by_its_own_procedure_and_is_listed_by_it(held: Register) -> None:
    scene = held.scene
    held.screen()
    held.record(scene.secretary, correction(level=Level.CABINET))
    with scene.database.reading() as session:
        found = register.register(session, scene.chair.id, Choice(level=Level.CABINET), None)
        assert [(row.number, row.screening) for row in found.rows] == [(1, True)]
        assert {each.level for each in counting.statistics(session, scene.chair.id).initiators} == {"cabinet"}
    held.screen()
    with scene.database.reading() as session:
        page = act_page(session, scene.chair.id, held.act)
        assert page.procedure is not None
        assert page.procedure.level is Level.CABINET
        assert storage.screenings(session, [held.act])[held.act] == page.act.course.screened


def test_a_screening_that_fell_away_is_nowhere_the_one_that_holds(held: Register) -> None:
    scene = held.scene
    held.screen()
    held.record(scene.secretary, correction(level=Level.CABINET))
    _publish(held)
    with scene.database.reading() as session:
        assert storage.screenings(session, [held.act]) == {}
        procedure = public.procedure_of(session, 1)
        assert procedure is not None
        assert procedure.level is Level.CABINET
        assert public.one(session, 1).mandatory is None


def _publish(held: Register) -> None:
    with held.scene.database.reading() as session:
        today = bishkek_day(now(session))
    public.publish(held.scene.database, held.scene.secretary.id, held.act, "all", since=today, reason="Чечим")


@pytest.mark.poppler
def test_page_paper_public_page_and_programs_tell_what_stands_and_what_stood(held: Register) -> None:
    scene = held.scene
    held.screen()
    held.record(scene.secretary, correction(scene.health, level=Level.CABINET))
    _publish(held)
    with scene.database.reading() as session:
        row, page = act_card(session, scene.unionist.id, held.act)
        told, card = page.steps[1].facts, card_written(row, page)
        sheet = compose(session, row, page.act.course, row.entered_on)
        everybody = public.one(session, 1).completions[0].facts
    names = [each.name for each in told]
    assert scene.ministry.name in names
    assert scene.health.name in names
    keys = [each.said.key for each in told if each.said]
    assert keys == ["coordination.level.cabinet", "coordination.level.ministry"]
    assert [each for each in told if each.text] == [each for each in everybody if each.text]
    assert DRAFT.initiator.ky in {each.text for each in everybody}
    assert scene.ministry.name in [each.name for each in everybody]
    entered = card["as_entered"]
    assert (entered["level"], entered["party"]) == ("ministry", scene.ministry.id)
    assert (card["level"], card["party"]) == ("cabinet", scene.health.id)
    assert read_sheet(written(sheet)) == sheet
    printed = plain_text(draw_sheet(sheet, "ky"))
    head, _, rest = " ".join(printed.split()).partition(text("sheet.outcome", "ky"))
    for words in (NAME.ky, scene.health.name.ky, text("coordination.level.cabinet", "ky")):
        assert words in head
    for words in (DRAFT.initiator.ky, scene.ministry.name.ky, text("coordination.level.ministry", "ky")):
        assert words in rest


def test_a_draft_of_no_party_gets_one_and_the_other_way_round(held: Register) -> None:
    scene = held.scene
    nobodys = replace(held, act=service.enter_act(scene.database, scene.secretary.id, DRAFT))
    assert nobodys.record(scene.secretary, correction(scene.health)).initiator == scene.health.id
    away = replace(BY_NAME, answers=h.AnswersFor("", ""))
    assert nobodys.record(scene.secretary, away).initiator is None
    assert nobodys.told().course.answers_for == h.AnswersFor("", "")
    for each in (held, nobodys):
        with pytest.raises(Unknown):
            each.record(scene.secretary, replace(BY_NAME, answers=h.AnswersFor("", "nobody")))


def test_what_is_sent_as_it_stands_is_no_correction_of_it(held: Register) -> None:
    scene = held.served().scene
    held.record(scene.unionist, opinion(scene.union))
    same = correction(scene.ministry, level=Level.MINISTRY)
    kept = held.record(scene.secretary, same).course.happenings[-1].what
    assert kept == BY_NAME
    refusals: list[type[Refused]] = [no.InitiatorSettled, no.InitiatorSettled, no.NothingCompleted]
    late = (correction(scene.health), correction(level=Level.CABINET), same)
    for what, refusal in zip(late, refusals, strict=True):
        with pytest.raises(refusal):
            held.record(scene.secretary, what)


def test_a_reply_to_an_expertise_settles_whose_draft_it_is(held: Register) -> None:
    scene = held.scene
    expert = make_person(scene.database, login="expert")
    made = expertise.commission(
        scene.database, scene.chair.id, held.act, party=None, task="Киреше", until=None, logins=["expert"]
    )
    steps: tuple[d.What, ...] = (d.Declared(""), d.Written(WHOLE_REVIEW), d.HandedIn())
    for seen, what in enumerate(steps, start=1):
        expertise.record(scene.database, expert.id, made, what, seen=seen)
    held.record(scene.secretary, correction(scene.health))
    expertise.record(scene.database, scene.doctor.id, made, d.Replied(d.Stance.ACCEPTS, "Ооба"), seen=0)
    with pytest.raises(no.InitiatorSettled):
        held.record(scene.secretary, correction(scene.ministry))
    again = replace(correction(), initiator=Named("Саламаттык сактоо министрлиги"))
    assert held.record(scene.secretary, again).draft.initiator == again.initiator


@pytest.mark.parametrize("own", [False, True])
def test_a_text_that_the_initiators_people_attached_settles_whose_draft_it_is(
    held: Register, own: bool
) -> None:
    scene = held.scene
    attaches(held, scene.minister if own else scene.secretary)
    if own:
        with pytest.raises(no.InitiatorSettled):
            held.record(scene.secretary, correction(scene.health))
    else:
        assert held.record(scene.secretary, correction(scene.health)).initiator == scene.health.id


@pytest.mark.parametrize(
    "act",
    [
        "",
        "UPDATE coordination_act SET level = 'ministry'",
        "UPDATE coordination_act SET initiator = NULL, body = 'x'",
    ],
)
def test_whoever_puts_the_initiator_back_is_found_out(held: Register, act: str) -> None:
    database = held.scene.database
    held.record(held.scene.secretary, correction(held.scene.health, level=Level.CABINET))
    if act:
        with database.writing() as session:
            session.connection().execute(sa.text(act))
    with database.reading() as session:
        found = [each.key for each in altered_records(session)]
    assert found == (["coordination.sums_altered"] if act else [])


def test_the_table_has_what_the_corrections_say(held: Register) -> None:
    held.record(held.scene.secretary, correction(held.scene.health, level=Level.CABINET))
    with held.scene.database.reading() as session:
        row = session.get_one(ActRow, held.act)
        assert (row.level, row.initiator, row.body) == ("cabinet", held.scene.health.id, held.scene.health.id)
        assert json.loads(row.document)["level"] == "ministry"
        assert row.initiator_ky == NAME.ky
