"""The procedures of coordination are read by everybody, and the keepers set the next version of each."""

import pytest

from budgetproto.coordination import storage
from budgetproto.coordination.domain import Level
from budgetproto.coordination.procedure_values import Procedure
from budgetproto.coordination.shipped import load_procedures
from tests.factories import Scene
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown

NEXT = "/acts/procedures/ministry/next"
SET = {
    "since": "2027-01-11",
    "opinion_days__number": "12",
    "opinion_days__basis": "committee",
    "opinion_days__source_ky": "Комитеттин 2026-ж. 21-декабрындагы чечими",
    "opinion_days__source_ru": "Решение комитета от 21 декабря 2026 года",
}


@pytest.fixture(autouse=True)
def loaded(scene: Scene) -> None:
    load_procedures(scene.database)


def versions(scene: Scene) -> dict[int, Procedure]:
    with scene.database.reading() as session:
        return storage.procedures(session, Level.MINISTRY)


def test_everybody_reads_each_level_with_what_every_rule_rests_on(visit: Visit, scene: Scene) -> None:
    visitor = visit(scene.outsider)
    page = shown(visitor.get("/acts/procedures"))
    for level in Level:
        assert said(f"coordination.level.{level.value}") in page
        of_level = shown(visitor.get(f"/acts/procedures/{level.value}"))
        assert "Муну бир да акт белгилебейт" in of_level
        assert said("procedures.proposed_notice") in of_level
    assert said("procedures.do.next") not in of_level
    assert visitor.get("/acts/procedures/mayor").status_code == 404
    assert visitor.get("/acts/procedures/ministry?version=7").status_code == 404


def test_the_keeper_sets_the_next_version_and_what_did_not_change_keeps_its_day(
    visit: Visit, scene: Scene
) -> None:
    visitor = visit(scene.secretary)
    assert visitor.fill(NEXT, **SET).status_code == 303
    first, second = versions(scene).values()
    assert second.terms.opinion == 12
    assert second.rules["opinion_days"].since == second.since
    assert not second.rules["opinion_days"].proposed
    assert second.rules["answer_days"] == first.rules["answer_days"]
    page = shown(visitor.get("/acts/procedures/ministry/compare"))
    assert said("procedures.changed_count", count=1) in page
    assert "Комитеттин 2026-ж. 21-декабрындагы чечими" in page
    # It begins only in January: until then the first one holds.
    assert said("procedures.in_force") in shown(visitor.get("/acts/procedures/ministry?version=1"))
    assert said("procedures.to_come") in shown(visitor.get("/acts/procedures/ministry?version=2"))


@pytest.mark.parametrize(
    ("typed", "key", "values"),
    [
        ({"since": "2020-01-01"}, "coordination.version_backdated", {}),
        ({"definition__ru": " "}, "web.required", {}),
        ({"answer_days__number": "0"}, "coordination.term_unfit", {"rule": "answer_days", "most": 250}),
        ({"answer_days__number": "many"}, "web.not_a_whole_number", {}),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field_with_all_that_was_typed(
    visit: Visit, scene: Scene, typed: dict[str, str], key: str, values: dict[str, object]
) -> None:
    rule = {"rule": said(f"coordination.rule.{values['rule']}")} if "rule" in values else {}
    answer = visit(scene.secretary).fill(NEXT, **{**SET, "steps__ky": "Башкача кадамдар", **typed})
    assert answer.status_code == 422
    page = shown(answer)
    assert said(key, **{**values, **rule}) in page
    assert "Башкача кадамдар" in page
    assert len(versions(scene)) == 1


def test_a_missing_source_says_of_which_rule(visit: Visit, scene: Scene) -> None:
    page = shown(
        visit(scene.secretary).fill(NEXT, **{**SET, "definition__source_ru": "", "rounds__source_ru": ""})
    )
    for rule in ("definition", "rounds"):
        label = f"{said('procedures.source')}: {said(f'coordination.rule.{rule}')} ({said('sittings.in.ru')})"
        assert f"{label}: {said('web.required')}" in page


def test_who_comes_second_is_told_and_may_send_again(visit: Visit, scene: Scene) -> None:
    visitor = visit(scene.secretary)
    page = visitor.get(NEXT)
    visitor.fill(NEXT, **SET)
    answer = visitor.fill_stale(page, NEXT, **{**SET, "rounds__number": "3"})
    assert answer.status_code == 422
    assert said("procedures.moved", latest=2, seen=1) in shown(answer)
    assert len(versions(scene)) == 2
    assert visitor.fill_stale(answer, NEXT, **{**SET, "rounds__number": "3"}).status_code == 303
    assert versions(scene)[3].terms.rounds == 3


def test_others_are_refused_the_form(visit: Visit, scene: Scene) -> None:
    for person in (scene.chair, scene.minister, scene.unionist):
        assert visit(person).get(NEXT).status_code == 403
