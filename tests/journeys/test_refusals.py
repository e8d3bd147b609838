"""Whatever is refused comes back with one clear sentence and everything that was typed."""

from dataclasses import replace

import pytest

from budgetproto.disputes import service
from budgetproto.disputes.lines import entering
from budgetproto.money import Som
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Stage
from tests.factories import Scene, file, make_scene, open_all, reach_deadline, start_session
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor, said, shown
from tests.stated import GRANTS, line_text

TYPED = {
    "rationale_ky": "Айыл өкмөттөрү долбоорлорун жазып коюшкан.",
    "vulnerable": "not_studied",
    "speaker": "Мирлан Бакиров",
    "source": "akchabar.kg, 2020-05-14",
}


def filing(visitor: Visitor, scene: Scene, **typed: str) -> str:
    """Send a position that is refused; return the page, with what was typed still on it."""
    answer = visitor.fill(f"/lines/{scene.lines[0]}/position", act="file", **{**TYPED, **typed})
    assert answer.status_code == 422, shown(answer)
    assert TYPED["rationale_ky"] in answer.text
    assert f'value="{TYPED["source"]}"' in answer.text
    return answer.text


@pytest.mark.parametrize(
    ("figure", "key"),
    [
        ("алты жүз", "money.not_a_number"),
        ("1.234", "money.ambiguous"),
        ("12,606", "money.ambiguous"),
        ("600 000,05", "money.too_fine"),
    ],
)
def test_a_figure_that_is_no_certain_number_is_told_beside_its_field(
    visit: Visit, scene: Scene, figure: str, key: str
) -> None:
    page = filing(visit(scene.unionist), scene, figure=figure)
    assert f'value="{figure}"' in page
    beside = page.partition('id="figure-error"')[2].partition("</p>")[0]
    assert said(key, typed=figure, decimals=1) in " ".join(beside.split())
    assert '<a href="#figure">' in page


def test_a_figure_a_thousand_times_the_own_base_asks_for_a_confirmation(visit: Visit, scene: Scene) -> None:
    unionist = visit(scene.unionist)
    assert 'name="jump_confirmed"' not in unionist.get(f"/lines/{scene.lines[0]}/position").text
    page = filing(unionist, scene, figure="600 000 000,0")
    assert "600\u00a0000\u00a0000,0\u00a0" in page
    assert 'name="jump_confirmed"' in page
    address = f"/lines/{scene.lines[0]}/position"
    answer = unionist.fill(address, act="file", jump_confirmed="y", **TYPED, figure="600 000 000,0")
    assert answer.status_code == 303


def test_a_letter_the_paper_cannot_print_is_named(visit: Visit, scene: Scene) -> None:
    answer = visit(scene.unionist).fill(
        f"/lines/{scene.lines[0]}/position", act="file", **{**TYPED, "rationale_ky": "Макулбуз 😀"}
    )
    assert answer.status_code == 422
    assert said("web.letters_missing", letters="😀") in shown(answer)
    assert "Макулбуз 😀</textarea>" in answer.text


def test_the_question_about_vulnerable_groups_is_not_optional(visit: Visit, scene: Scene) -> None:
    typed = {"figure": "1,0", "rationale_ky": "Себеп"}
    answer = visit(scene.unionist).fill(f"/lines/{scene.lines[0]}/position", act="file", **typed)
    assert answer.status_code == 422
    assert f"{said('disputes.vulnerable')}: {said('web.required')}" in shown(answer)


def test_a_position_without_figure_and_reason_is_refused(visit: Visit, scene: Scene) -> None:
    answer = visit(scene.unionist).fill(f"/lines/{scene.lines[0]}/position", act="file", vulnerable="none")
    assert answer.status_code == 422
    assert said("disputes.nothing_stated") in shown(answer)


def test_a_position_at_the_deadline_is_refused_and_kept_as_a_draft(visit: Visit, scene: Scene) -> None:
    unionist, address = visit(scene.unionist), f"/lines/{scene.lines[0]}/position"
    reach_deadline(scene)
    page = filing(unionist, scene, figure="600 000,0")
    with scene.database.reading() as data:
        sitting, _ = sittings.admitted(data, scene.unionist.id, scene.sitting)
    assert said("disputes.too_late", deadline=sitting.deadline) in " ".join(page.split())
    again = unionist.get(address).text
    assert 'value="600 000,0"' in again
    assert TYPED["rationale_ky"] in again
    assert unionist.fill(address, act="draft", figure="610 000,0").status_code == 303
    assert 'value="610 000,0"' in unionist.get(address).text


def test_a_draft_is_kept_without_the_answers_that_filing_needs(visit: Visit, scene: Scene) -> None:
    unionist, address = visit(scene.unionist), f"/lines/{scene.lines[0]}/position"
    assert unionist.fill(address, act="draft", rationale_ru="Пока черновик", language="ru").status_code == 303
    assert "Пока черновик" in unionist.get(address).text
    assert "Пока черновик" not in visit(scene.assistant).get(address).text


def test_the_second_of_two_delegates_sees_both_positions_and_loses_nothing(
    visit: Visit, scene: Scene
) -> None:
    address = f"/lines/{scene.lines[0]}/position"
    assistant = visit(scene.assistant)
    form = assistant.get(address)
    assert form.status_code == 200
    file(scene, scene.union, figure=GRANTS, rationale="Биринчи текст")
    answer = assistant.fill_stale(form, address, act="file", figure="580 000,0", **TYPED)
    assert answer.status_code == 409
    page = shown(answer)
    assert f"600 000,0 {said('money.unit.thousand_soms')}" in page
    assert f"580 000,0 {said('money.unit.thousand_soms')}" in page
    assert "Биринчи текст" in page
    assert f"{TYPED['rationale_ky']}</textarea>" in answer.text
    assert 'value="580 000,0"' in answer.text
    assert '<input id="seen" name="seen" type="hidden" value="1">' in answer.text
    assert assistant.fill_stale(answer, address, act="file", **TYPED).status_code == 303


def test_the_second_of_two_secretaries_sees_both_texts_of_a_line(visit: Visit, scene: Scene) -> None:
    other = make_scene(scene.database, key=scene.key, stage=Stage.PREPARING, terms=False)
    secretary, line = visit(other.secretary), other.lines[0]
    address = f"/lines/{line}/edit"
    started = secretary.get(address)
    assert started.status_code == 200
    with scene.database.reading() as session:
        _, _, before = service.line_of(session, other.secretary.id, line)
    theirs = replace(before.text, year=2021, budget_code="2541")
    entering.edit_line(scene.database, other.secretary.id, line, theirs, version=before.version)
    answer = secretary.fill_stale(started, address, budget_code="2722")
    assert answer.status_code == 409
    page = shown(answer)
    assert "2541" in page
    assert "2722" in page
    assert "2021" in page
    assert 'value="2722"' in answer.text
    assert secretary.fill_stale(answer, address).status_code == 303


def test_a_floor_above_the_cap_is_told_beside_the_floor(visit: Visit, scene: Scene) -> None:
    other = make_scene(scene.database, key=scene.key, stage=Stage.PREPARING)
    secretary, address = visit(other.secretary), f"/sittings/{other.sitting}/lines/new?measure=amount"
    typed = {"title_ky": "Компенсация", "kind": "stimulating_grant", "recurring": "no"}
    answer = secretary.fill(address, **typed, floor="140 000,0", cap="100 000,0")
    assert answer.status_code == 422
    beside = answer.text.partition('id="floor-error"')[2].partition("</p>")[0]
    unit = said("money.unit.thousand_soms")
    told = said("disputes.floor_above_cap", floor=f"140 000,0 {unit}", cap=f"100 000,0 {unit}")
    assert told in " ".join(beside.replace("\u00a0", " ").split())
    assert 'value="Компенсация"' in answer.text


def test_a_stale_decision_shows_both_and_keeps_the_form(visit: Visit, scene: Scene) -> None:
    file(scene, scene.ministry, figure=Som(0))
    file(scene, scene.union)
    open_all(scene)
    start_session(scene)
    chair, address = visit(scene.chair), f"/lines/{scene.lines[0]}/proposal"
    first = chair.get(address)
    typed = {"figure": "100 000,0", "reason_ky": "Биринчи себеп"}
    assert chair.fill_stale(first, address, **typed).status_code == 303
    answer = chair.fill_stale(first, address, figure="200 000,0", reason_ky="Экинчи себеп")
    assert answer.status_code == 409
    page = shown(answer)
    assert "Биринчи себеп" in page
    assert "Экинчи себеп" in page
    assert 'value="200 000,0"' in answer.text


def test_votes_without_a_quorum_are_refused_with_the_form(visit: Visit, scene: Scene) -> None:
    file(scene, scene.ministry, figure=Som(0))
    file(scene, scene.union)
    open_all(scene)
    start_session(scene)
    votes = {"votes_for": "1", "votes_against": "0", "votes_abstained": "0", "outcome": "agreed"}
    answer = visit(scene.secretary).fill(f"/lines/{scene.lines[0]}/decision", **votes, figure="1,0")
    assert answer.status_code == 422
    assert said("proceedings.no_quorum", present=0, quorum=6) in shown(answer)


@pytest.mark.parametrize("act", ["collect", "open", "close", "option"])
def test_a_delegate_cannot_take_the_secretarys_steps(visit: Visit, scene: Scene, act: str) -> None:
    assert visit(scene.unionist).send(f"/sittings/{scene.sitting}/{act}").status_code == 403


def test_an_act_without_its_token_changes_nothing(visit: Visit, scene: Scene) -> None:
    secretary = visit(scene.secretary)
    assert secretary.client.post(f"/sittings/{scene.sitting}/open").status_code == 400


def test_a_sitting_in_preparation_says_what_is_missing(visit: Visit, scene: Scene) -> None:
    other = make_scene(
        scene.database, key=scene.key, stage=Stage.PREPARING, terms=False, texts=(line_text(),)
    )
    page = shown(visit(other.secretary).get(f"/sittings/{other.sitting}"))
    missing, there = said("sittings.check.missing"), said("sittings.check.done")
    assert f"{said('sittings.check.terms_proposed')} {said('sittings.check.advised')}" in page
    assert missing not in page
    assert f"{said('disputes.check.lines', lines=1)} {there}" in page
