"""The register of draft acts on its pages: list, duty clock and one draft, for those whom it is open to."""

import hashlib
from datetime import date

import pytest

from budgetproto.coordination import happenings as h
from budgetproto.coordination.domain import Draft, GroundNote, Level, Related
from budgetproto.coordination.happenings import Stance, Verdict
from budgetproto.i18n import LANGUAGES, Named
from tests.coordination.held import Register, make_register, opinion
from tests.coordination.test_procedure_values import WHOLE
from tests.factories import Scene
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown
from tests.protocol.reading import plain_text

WHOLE_DRAFT = Draft(
    Named("Теңдөө тартиби", "Порядок выравнивания"),
    Level.MINISTRY,
    Named("Каржы министрлиги", "Министерство финансов", "Ministry of Finance"),
    published=date(2020, 3, 2),
    related=(Related(Named("Жобо", "Положение")), Related(Named("Мыйзам", "Закон"), present=True)),
)


@pytest.fixture
def register(scene: Scene) -> Register:
    return make_register(scene, WHOLE_DRAFT)


def test_the_list_says_where_a_draft_stands_and_what_is_due_from_whom(
    visit: Visit, register: Register
) -> None:
    reader = visit(register.scene.chair, language="en")
    assert "Screening by three questions" in shown(reader.get("/acts"))
    scene = register.served().scene
    register.record(scene.unionist, opinion(scene.union))
    page = shown(reader.get("/acts"))
    assert "disputed" in page
    assert "due opinion of the association" in page
    assert page.endswith("Association of Cities")
    register.record(scene.mayor, opinion(scene.cities, Stance.AGREES))
    page = shown(reader.get("/acts"))
    assert "answer to the remark (№ 1)" in page
    assert page.endswith("Ministry of Finance")


def test_the_list_is_asked_for_by_level_stage_year_words_and_overdue(
    visit: Visit, register: Register
) -> None:
    reader = visit(register.scene.unionist)
    for question, found in {
        "level=ministry": 1,
        "level=president": 0,
        "stage=registered": 1,
        "stage=adopted": 0,
        "year=2020": 1,
        "year=1999": 0,
        "words=ТЕҢДӨӨ+тартиби": 1,
        "words=100%25": 0,
        "overdue=yes": 0,
        "level=nobody": 1,
    }.items():
        assert said("coordination.found", acts=found) in shown(reader.get(f"/acts?{question}")), question
    assert reader.get("/acts?page=2").status_code == 404


def test_who_has_neither_role_nor_mandate_finds_no_register(visit: Visit, register: Register) -> None:
    stranger = visit(register.scene.outsider)
    for address in ("/acts", "/acts/duties", f"/acts/{register.act}"):
        assert stranger.get(address).status_code == 404
    assert 'href="/acts"' not in stranger.get("/").text
    assert 'href="/acts"' in visit(register.scene.unionist).get("/").text


def test_an_empty_part_of_the_ground_note_prints_not_studied(visit: Visit, register: Register) -> None:
    reader = visit(register.scene.chair)
    address = f"/acts/{register.act}"
    assert reader.get(address).text.count(said("coordination.not_studied")) == 5
    register.record(register.scene.minister, h.Noted(GroundNote(situation="Мектептер жабылууда")))
    page = reader.get(address).text
    assert page.partition('id="screening"')[0].count(said("coordination.not_studied")) == 4
    assert "Мектептер жабылууда" in page


def test_the_page_of_a_draft_names_its_missing_companions(visit: Visit, register: Register) -> None:
    page = shown(visit(register.scene.mayor).get(f"/acts/{register.act}"))
    assert f"Жобо {said('coordination.companion.missing')}" in page
    assert f"Мыйзам {said('coordination.companion.present')}" in page


def test_remarks_stand_with_every_answer_and_the_terms_with_their_source(
    visit: Visit, register: Register
) -> None:
    scene = register.served().scene
    register.record(scene.unionist, opinion(scene.union))
    register.record(scene.minister, h.Answered(1, Verdict.REJECTED, "Каражат жок"))
    register.record(scene.unionist, h.Stood(scene.union.id, 1, insists=True, why="Убада болгон"))
    register.record(scene.minister, h.Answered(1, Verdict.PARTLY, "Жарымы", changed="Төраганын өтүнүчү"))
    page = shown(visit(scene.mayor).get(f"/acts/{register.act}"))
    question = said("coordination.touch.finance")
    assert question in page
    assert f"{question}:" not in page
    for words in ("Каражат жок", "Жарымы", "Төраганын өтүнүчү", said("coordination.earlier_answer")):
        assert words in page
    assert said("coordination.no_act_sets_this", day=WHOLE.rules["opinion_days"].since) in page


def test_what_the_keeper_recorded_for_an_association_is_marked_beside_the_remark_and_in_the_course(
    visit: Visit, register: Register
) -> None:
    scene = register.served().scene
    register.record(scene.unionist, opinion(scene.union))
    address, marked = f"/acts/{register.act}", said("coordination.recorded_by_secretariat")
    assert marked not in shown(visit(scene.mayor).get(address))
    register.record(scene.secretary, opinion(scene.cities))
    remarks, _, course = visit(scene.mayor).get(address).text.partition('id="course"')
    assert remarks.count(marked) == course.count(marked) == 1


def test_a_draft_screened_before_its_procedure_says_that_it_was_set_later(
    visit: Visit, register: Register
) -> None:
    reader, address = visit(register.scene.chair), f"/acts/{register.act}"
    assert said("coordination.rules.set_later") not in shown(reader.get(address))
    register.screen(days_ago=4000)
    assert said("coordination.rules.set_later") in shown(reader.get(address))


def test_a_late_opinion_is_kept_and_marked_late(visit: Visit, register: Register) -> None:
    scene = register.scene
    register.screen(days_ago=60)
    register.record(scene.secretary, h.Served(scene.union.id, "№ 1"), days_ago=60)
    register.record(scene.unionist, opinion(scene.union, Stance.DISAGREES))
    page = shown(visit(scene.chair).get(f"/acts/{register.act}"))
    assert said("coordination.state.late") in page
    assert said("coordination.late") in page


def test_the_duty_clock_shows_ones_own_and_on_request_everybodys(visit: Visit, register: Register) -> None:
    scene = register.served().scene
    own, every = said("coordination.due.opinion"), said("coordination.due.answer")
    register.record(scene.unionist, opinion(scene.union))
    mayor = visit(scene.mayor)
    assert own in shown(mayor.get("/acts/duties"))
    assert every not in shown(mayor.get("/acts/duties"))
    assert every in shown(mayor.get("/acts/duties?of=everybody"))
    assert every in shown(visit(scene.chair).get("/acts/duties"))
    assert said("coordination.duties.none") in shown(mayor.get("/acts/duties?state=skipped"))


def test_a_desk_has_the_duties_of_its_owner_and_the_keepers_those_of_everybody(
    visit: Visit, register: Register
) -> None:
    scene = register.scene
    assert said("coordination.title") not in shown(visit(scene.mayor).get("/desk"))
    register.served()
    register.record(scene.unionist, opinion(scene.union))
    opinion_due, answer_due = said("coordination.due.opinion"), said("coordination.due.answer")
    mayor = shown(visit(scene.mayor).get("/desk"))
    assert opinion_due in mayor
    assert answer_due not in mayor
    minister = shown(visit(scene.minister).get("/desk"))
    assert answer_due in minister
    assert opinion_due not in minister
    keeper = shown(visit(scene.secretary).get("/desk/secretary"))
    assert answer_due in keeper
    assert opinion_due in keeper
    assert said("coordination.title") not in shown(visit(scene.doctor).get("/desk"))


def test_a_desk_counts_what_was_skipped(visit: Visit, register: Register) -> None:
    scene = register.served().scene
    register.record(scene.secretary, h.Bypassed("Бир күндө үч окуу"))
    desk = shown(visit(scene.unionist).get("/desk"))
    assert f"{said('coordination.state.skipped')}: 1" in desk
    assert said("coordination.desk.none") in desk


def test_both_sides_read_and_verify_the_journal_of_a_draft(visit: Visit, register: Register) -> None:
    scene = register.served().scene
    register.record(scene.unionist, opinion(scene.union))
    address = f"/acts/{register.act}/journal"
    for person in (scene.secretary, scene.minister, scene.unionist, scene.chair):
        visitor = visit(person, language="en")
        assert f'href="{address}"' in visitor.get(f"/acts/{register.act}").text
        page = shown(visitor.get(f"{address}?verify=yes"))
        assert said("journal.whole", "en") in page
        assert scene.unionist.name in page
    assert visit(scene.outsider).get(address).status_code == 404


@pytest.mark.poppler
def test_both_sides_print_the_sheet_and_the_one_handed_in_stays(visit: Visit, register: Register) -> None:
    scene, address = register.served().scene, f"/acts/{register.act}"
    sides = [visit(each) for each in (scene.unionist, scene.minister, scene.chair)]
    page = sides[0].get(address).text
    assert all(f'href="{address}/sheet/{language}.pdf"' in page for language in LANGUAGES)
    today = [side.get(f"{address}/sheet/ru.pdf") for side in sides]
    assert today[0].mimetype == "application/pdf"
    assert len({each.data for each in today}) == 1
    assert said("sheet.title", "ru") in plain_text(today[0].data)
    for missing in ("sheet/de.pdf", "sheet-handed-in/ru.pdf", "sheet-handed-in.json"):
        assert sides[0].get(f"{address}/{missing}").status_code == 404
    register.record(scene.secretary, h.Bypassed("Бир күндө үч окуу"))
    register.record(scene.secretary, h.Submitted("ЖК, № 6-123"))
    page = shown(sides[1].get(address))
    facts = sides[1].get(f"{address}/sheet-handed-in.json").data
    assert page.count(hashlib.sha256(facts).hexdigest()) == 2, "beside the sheet, and in what happened"
    handed_in = sides[0].get(f"{address}/sheet-handed-in/ru.pdf").data
    register.record(scene.unionist, opinion(scene.union))
    assert sides[2].get(f"{address}/sheet-handed-in/ru.pdf").data == handed_in
    now = sides[2].get(f"{address}/sheet.json")
    assert [each["kind"] for each in now.get_json()["steps"]][-2:] == ["submitted", "opined"]
    assert plain_text(sides[2].get(f"{address}/sheet/ru.pdf").data) != plain_text(handed_in)


def test_duties_and_statistics_print_what_sets_the_terms(visit: Visit, register: Register) -> None:
    reader = visit(register.served().scene.unionist, language="ru")
    for address in ("/acts/duties", "/acts/statistics"):
        page = shown(reader.get(address))
        assert said("procedures.resting", "ru") in page
        assert said("coordination.rule.opinion_days", "ru") in page
        assert WHOLE.rules["opinion_days"].source.ru in page
    assert said("procedures.resting", "ru") not in shown(reader.get("/acts/duties?state=skipped"))
    assert reader.get("/acts/statistics?year=99999999").status_code == 200
