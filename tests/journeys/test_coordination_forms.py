"""Every step of coordination is recorded on a form, by those whose step it is; nothing typed is lost."""

import re

import pytest

from budgetproto.coordination import happenings as h
from budgetproto.coordination import service, storage
from budgetproto.coordination.course import Course, Stage
from budgetproto.coordination.document import KINDS
from budgetproto.coordination.domain import Touch
from budgetproto.coordination.happenings import Stance
from budgetproto.coordination.step_forms import FORMS
from budgetproto.i18n import Named, text
from tests.coordination.held import DRAFT, Register, make_register, opinion
from tests.factories import Scene
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor, said, shown

SCREENED = {f"answer_{touch.value}": "no" for touch in Touch} | {
    f"reason_{touch.value}": "Тийиштүү эмес" for touch in Touch
}
MANDATORY = SCREENED | {"answer_finance": "yes", "reason_finance": "Үлүш өзгөрөт"}


@pytest.fixture
def register(scene: Scene) -> Register:
    return make_register(scene)


def address(register: Register, kind: str, target: object = "") -> str:
    return f"/acts/{register.act}/record/{kind}" + (f"?target={target}" if target else "")


def takes(visitor: Visitor, register: Register, kind: str, of: object = "", **typed: object) -> Course:
    """Fill the form of a step; return the course as it is then."""
    before = register.seen()
    answer = visitor.fill(address(register, kind, of), **typed)
    assert answer.status_code == 303, shown(answer)
    course = register.told().course
    assert len(course.happenings) == before + 1
    return course


def test_a_draft_is_entered_with_its_bundle(visit: Visit, register: Register) -> None:
    keeper = visit(register.scene.secretary)
    typed = {
        "title_ky": "Бюджет кодексине өзгөртүүлөр",
        "level": "deputy",
        "initiator_ky": "А. Асанов",
        "amends": "15.07.2011 № 101",
        "related_ky_1": "Жобо",
        "present_1": "y",
        "rows": "1",
    }
    made = keeper.fill("/acts/new", **typed)
    page = shown(keeper.get(made.headers["Location"]))
    for words in ("Бюджет кодексине өзгөртүүлөр", "А. Асанов", "№ 101", "Жобо"):
        assert words in page
    assert said("coordination.companion.present") in page


def test_a_refused_draft_comes_back_filled_in_with_one_sentence(visit: Visit, register: Register) -> None:
    keeper = visit(register.scene.secretary)
    typed = {"level": "deputy", "initiator_ky": "А. Асанов", "amends": "101-мыйзам", "rows": "2"}
    page = keeper.fill("/acts/new", **typed, related_ru_2="Положение")
    assert page.status_code == 422
    assert said("coordination.form.amended_unread", line="101-мыйзам") in page.text
    assert 'value="Положение"' in page.text
    page = keeper.fill("/acts/new", **typed | {"amends": ""})
    assert page.text.count(said("coordination.title_missing")) == 2
    more = keeper.fill("/acts/new", **typed, act="rows")
    assert 'name="related_ky_3"' in more.text
    assert 'value="А. Асанов"' in more.text


def test_a_dispute_goes_its_way_on_forms_of_three_people(visit: Visit, register: Register) -> None:
    scene = register.scene
    keeper, minister, union = visit(scene.secretary), visit(scene.minister), visit(scene.unionist)
    takes(minister, register, "noted", situation="Мектептер жабылууда", territories="Лейлек\nБаткен")
    assert takes(keeper, register, "screened", **MANDATORY).mandatory
    for party in (scene.union, scene.cities):
        takes(keeper, register, "served", party.id, proof="№ 12-3/45")
    takes(minister, register, "consulted", whom="Союз", said="Коэффициент", taken_up="Эч нерсе")
    remarks = {"rows": "2", "place_1": "3-пункт", "text_1": "Коэффициент сакталсын", "text_2": "Мөөнөт"}
    takes(union, register, "opined", stance="disagrees", opinion="Каршыбыз", **remarks)
    takes(visit(scene.mayor), register, "opined", stance="agrees")
    takes(minister, register, "answered", 1, verdict="rejected", reason="Каражат жок")
    takes(minister, register, "answered", 2, verdict="accepted")
    takes(union, register, "stood", 1, stand="insists", reason="Убада болгон")
    takes(keeper, register, "roundbegun", reason="4-пункт кошулду")
    for party in (scene.union, scene.cities):
        takes(keeper, register, "served", party.id, proof="№ 12-3/46")
    takes(union, register, "opined", stance="disagrees", opinion="Дагы каршыбыз")
    takes(visit(scene.mayor), register, "opined", stance="agrees")
    takes(keeper, register, "met", present="Баары", said="Сөз")
    takes(union, register, "appealed", to="Төрага", against="Жооп")
    takes(keeper, register, "ruled", 1, ruling="dismissed", reason="Ыйгарым укугунда")
    takes(keeper, register, "referred", 1, sitting=scene.sitting, question="1")
    assert takes(keeper, register, "closed").stage is Stage.CLOSED
    takes(keeper, register, "submitted", where="Жогорку Кеңеш, № 6-100")
    course = takes(keeper, register, "adopted", act_number="№ 77")
    assert course.stage is Stage.ADOPTED
    assert course.referred[1].line == scene.lines[0]
    page = shown(visit(scene.chair).get(f"/acts/{register.act}"))
    for kind in {each.what.__class__.__name__.lower() for each in course.happenings}:
        assert said(f"coordination.step.{kind}") in page
    assert said("coordination.conclusion.not_agreed") in page


def test_a_meeting_settles_the_remarks_that_are_ticked(visit: Visit, register: Register) -> None:
    scene = register.served().scene
    register.record(scene.unionist, opinion(scene.union))
    keeper = visit(scene.secretary)
    takes(keeper, register, "answered", 1, verdict="partly", reason="Жарымы")
    assert takes(keeper, register, "met", present="Баары", said="Сөз", settled="1").unsettled == ()


def test_a_bypass_and_a_withdrawal_are_recorded_too(visit: Visit, register: Register) -> None:
    keeper = visit(register.scene.secretary)
    takes(keeper, register, "screened", **MANDATORY)
    assert takes(keeper, register, "bypassed", reason="Бир күндө үч окуу").bypassed
    assert takes(visit(register.scene.minister), register, "withdrawn", reason="Кайра жазылат").ended


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"stance": "agrees", "text_1": "Мөөнөт"}, "coordination.agrees_with_remarks"),
        ({"stance": "with_remarks"}, "coordination.remarks_missing"),
        ({"stance": "disagrees"}, "coordination.disagreement_unsaid"),
        ({"stance": "disagrees", "place_1": "3-пункт"}, "coordination.remark_unsaid"),
    ],
)
def test_a_refused_opinion_comes_back_with_one_sentence(
    visit: Visit, register: Register, typed: dict[str, str], sentence: str
) -> None:
    union = visit(register.served().scene.unionist)
    page = union.fill(address(register, "opined"), **typed)
    assert page.status_code == 422
    assert said(sentence) in page.text
    for name, value in typed.items():
        if name != "stance":
            assert value in page.text


def test_the_enter_key_records_nothing_and_takes_no_remark_out(visit: Visit, register: Register) -> None:
    union = visit(register.served().scene.unionist)
    page = union.fill(address(register, "opined"), act="rows", text_1="Мөөнөт")
    form = page.text.partition('id="form"')[2]
    assert re.findall(r'<button[^>]*value="([^"]*)"', form)[:2] == ["rows", "drop-1"]
    more = union.fill_stale(page, address(register, "opined"), act="rows")
    assert 'name="text_3"' in more.text
    assert ">\nМөөнөт</textarea>" in more.text


def test_who_comes_second_is_told_what_was_recorded_and_loses_nothing(
    visit: Visit, register: Register
) -> None:
    scene = register.served().scene
    union = visit(scene.unionist)
    before = union.get(address(register, "opined"))
    register.record(scene.mayor, opinion(scene.cities, Stance.WITH_REMARKS))
    typed = {"stance": "disagrees", "opinion": "Каршыбыз, анткени"}
    page = union.fill_stale(before, address(register, "opined"), **typed)
    assert page.status_code == 409
    assert said("coordination.act_moved") in page.text
    assert said("coordination.step.opined") in shown(page)
    assert "Каршыбыз, анткени" in page.text
    assert union.fill_stale(page, address(register, "opined")).status_code == 303


def test_one_who_sends_the_same_twice_records_it_once(visit: Visit, register: Register) -> None:
    union = visit(register.served().scene.unionist)
    page = union.get(address(register, "opined"))
    typed = {"stance": "disagrees", "opinion": "Каршыбыз"}
    assert union.fill_stale(page, address(register, "opined"), **typed).status_code == 303
    page = union.fill_stale(page, address(register, "opined"), **typed)
    assert page.status_code == 409
    assert "Каршыбыз" in page.text
    page = union.fill_stale(page, address(register, "opined"))
    assert page.status_code == 422
    assert said("coordination.opined_already", round=1) in page.text
    assert len(register.told().course.opinions) == 1


def test_the_day_is_the_keepers_to_give(visit: Visit, register: Register) -> None:
    scene = register.served().scene
    assert 'name="on"' not in visit(scene.unionist).get(address(register, "opined")).text
    keeper = visit(scene.secretary)
    page = keeper.fill(address(register, "consulted"), whom="Союз", said="Сөз", on="2190-01-01")
    assert page.status_code == 422
    assert "2190" in page.text


def test_nobody_records_what_is_not_his(visit: Visit, register: Register) -> None:
    scene = register.served().scene
    union, minister = visit(scene.unionist), visit(scene.minister)
    assert union.get(address(register, "closed")).status_code == 403
    assert union.get(address(register, "answered")).status_code == 403
    assert minister.get(address(register, "opined")).status_code == 403
    assert union.get("/acts/new").status_code == 403
    assert visit(scene.outsider).get(address(register, "opined")).status_code == 404
    assert union.get(address(register, "nothing")).status_code == 404
    # the other association is not among those for whom one may speak
    page = union.fill(address(register, "opined"), target=scene.cities.id, stance="agrees")
    assert page.status_code == 422


def test_a_step_with_nothing_open_is_refused_in_a_sentence(visit: Visit, register: Register) -> None:
    page = visit(register.scene.secretary).get(address(register, "answered"))
    assert page.status_code == 422
    assert said("coordination.nothing_open") in page.text


def test_a_draft_without_a_procedure_says_what_is_missing(visit: Visit, scene: Scene) -> None:
    keeper = visit(scene.secretary)
    typed = {"title_ky": "Долбоор", "level": "president", "initiator_ky": "Президент", "rows": "1"}
    made = keeper.fill("/acts/new", **typed).headers["Location"]
    with scene.database.reading() as session:
        held = storage.procedures(session, service.act_of(session, scene.secretary.id, made[6:]).draft.level)
    assert held == {}
    assert said("coordination.no_procedure") in keeper.get(made).text
    page = keeper.fill(f"{made}/record/noted", situation="Абал")
    assert said("coordination.no_procedure") in page.text


def test_every_kind_of_step_has_a_form_a_name_and_a_sentence() -> None:
    assert set(FORMS) == set(KINDS.values())
    for kind in KINDS:
        for key in (f"coordination.do.{kind}", f"coordination.do.{kind}.what", f"coordination.step.{kind}"):
            assert re.search(r"\w", text(key, "ky"))


def test_the_initiator_is_corrected_on_a_form_until_something_was_done(
    visit: Visit, register: Register
) -> None:
    scene = register.scene
    register.screen()
    keeper, right = visit(scene.secretary), "Саламаттык сактоо министрлиги"
    typed = {"initiator_ky": right, "answers_for": scene.health.id, "reason": "Кат башкадан"}
    assert takes(keeper, register, "corrected", **typed).screened is None
    page = shown(keeper.get(f"/acts/{register.act}"))
    for words in (right, "Финансы министрлиги", said("coordination.screening_fell")):
        assert words in page
    register.screen()
    offered = keeper.get(address(register, "corrected"))
    assert f'<option value="{scene.health.id}" selected>' in offered.text
    register.record(scene.secretary, h.Served(scene.union.id, "№ 1"))
    settled = keeper.get(address(register, "corrected"))
    assert said("coordination.initiator_settled") in shown(settled)
    assert 'name="level"' not in settled.text
    assert 'name="answers_for"' not in settled.text
    course = takes(keeper, register, "corrected", initiator_ru="Минздрав", level="cabinet", reason="Ката")
    assert course.happenings[-1].what == h.Corrected(
        DRAFT.title, "", "Ката", Named(right, "Минздрав"), level=None
    )


def test_a_correction_without_an_initiator_comes_back_with_one_sentence(
    visit: Visit, register: Register
) -> None:
    keeper = visit(register.scene.secretary)
    page = keeper.fill(address(register, "corrected"), initiator_ky="", reason="Ката бар")
    assert page.status_code == 422
    assert page.text.count(said("coordination.initiator_missing")) == 2
    assert "Ката бар" in page.text


def test_the_form_of_a_draft_says_which_of_its_names_are_needed(visit: Visit, register: Register) -> None:
    page = visit(register.scene.secretary).get("/acts/new").text
    found = re.findall(r'<label class="govuk-label" for="(\w+)">(.*?)</label>', page, re.DOTALL)
    labels = {name: " ".join(re.sub("<[^>]+>", "", words).split()) for name, words in found}
    for name in ("title", "initiator"):
        for code, key in (("ky", "web.either"), ("ru", "web.either"), ("en", "web.optional")):
            assert labels[f"{name}_{code}"].endswith(f"({said(key)})")
    assert labels["source_ky"].endswith(f"({said('web.optional')})")
