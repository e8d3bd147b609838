"""Draft acts for programs: what the pages show to the same person, and no more."""

from typing import Any

import pytest

from budgetproto.accounts.scopes import Scope
from budgetproto.coordination import counting, register
from budgetproto.coordination import happenings as h
from budgetproto.coordination.register_storage import Choice
from budgetproto.coordination.showing import act_page
from budgetproto.demonstration.acts import stage_acts
from budgetproto.journal.plain import plain
from tests.api.conftest import Programs
from tests.api.program import Program
from tests.factories import make_person
from tests.staged import Staged


@pytest.fixture(scope="module", autouse=True)
def _drafts(kept: Staged) -> None:
    stage_acts(kept.database, kept.person("secretary").id)


@pytest.fixture(scope="module")
def analyst(programs: Programs) -> Program:
    return programs("analyst")


@pytest.fixture(scope="module")
def acts(analyst: Program) -> list[dict[str, Any]]:
    return analyst.every("/acts", limit=3)


@pytest.fixture(scope="module")
def cards(analyst: Program, acts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [analyst.get(f"/acts/{each['id']}").get_json() for each in acts]


def test_the_list_is_the_register_by_number_page_by_page(kept: Staged, acts: list[dict[str, Any]]) -> None:
    with kept.database.reading() as session:
        page = register.register(session, kept.person("analyst").id, Choice(), None)
    assert len(acts) == page.found > 3
    numbers = [each["number"] for each in acts]
    assert numbers == sorted(set(numbers))
    stages = {each["id"]: each["stage"] for each in acts}
    assert {row.id: row.stage.value for row in page.rows}.items() <= stages.items()


@pytest.mark.parametrize("condition", ["level", "stage", "year"])
def test_a_condition_narrows_the_list(analyst: Program, acts: list[dict[str, Any]], condition: str) -> None:
    for value in {each[condition] for each in acts}:
        found = analyst.every(f"/acts?{condition}={value}", limit=2)
        assert [each["id"] for each in found] == [each["id"] for each in acts if each[condition] == value]


def test_words_and_what_is_overdue_are_found_as_on_the_page(kept: Staged, analyst: Program) -> None:
    for query, choice in (
        ("words=бюджет", Choice(words="бюджет")),
        ("overdue=true", Choice(overdue=True)),
        ("overdue=false", Choice()),
    ):
        with kept.database.reading() as session:
            page = register.register(session, kept.person("analyst").id, choice, None)
        assert len(analyst.every(f"/acts?{query}")) == page.found


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("colour=red", "api.fault.unknown"),
        ("stage=gone", "api.fault.choice"),
        ("level=king", "api.fault.choice"),
        ("year=12", "api.fault.range"),
        ("overdue=yes", "api.fault.yes_no"),
        ("cursor=WyJhIl0", "api.fault.cursor"),
    ],
)
def test_what_means_nothing_is_refused(analyst: Program, asked: str, key: str) -> None:
    answer = analyst.get(f"/acts?{asked}")
    assert (answer.status_code, answer.get_json()["problems"][0]["key"]) == (422, key)


def test_one_act_tells_what_its_page_tells(kept: Staged, cards: list[dict[str, Any]]) -> None:
    person = kept.person("analyst").id
    for card in cards:
        with kept.database.reading() as session:
            page = act_page(session, person, card["id"])
        course = page.act.course
        assert [each["kind"] for each in card["steps"]] == [each.kind for each in page.steps]
        assert [each["text"] for each in card["remarks_made"]] == [each.text for each in course.remarks]
        answers = [answer["reason"] for each in card["remarks_made"] for answer in each["answers"]]
        assert answers == [each.answer.reason for told in page.remarks for each in told.answers]
        assert [(each["what"], each["until"], each["state"]) for each in card["duties"]] == [
            (each.duty.what.value, each.duty.until.isoformat(), each.duty.state.value) for each in page.terms
        ]
        assert (card["remarks"], card["unanswered"]) == (len(course.remarks), len(course.unanswered))
        said = zip(card["steps"], course.happenings, strict=True)
        assert all(
            step["what"] == plain(each.what) for step, each in said if not isinstance(each.what, h.Referred)
        )
    assert any(card["remarks_made"] for card in cards)
    assert any(card["duties"] for card in cards)


def test_the_procedure_says_what_sets_each_term(cards: list[dict[str, Any]]) -> None:
    rules = {rule["key"]: rule for card in cards if card["procedure"] for rule in card["procedure"]["rules"]}
    assert {"definition", "opinion_days", "rounds"} <= rules.keys()
    assert all(rule["source"]["ky"] or rule["source"]["ru"] for rule in rules.values())


def test_a_referral_names_its_sitting_to_nobody(cards: list[dict[str, Any]]) -> None:
    steps = [step for card in cards for step in card["steps"] if step["kind"] == "referred"]
    assert all(step["what"].keys() == {"remark"} for step in steps)


def test_the_statistics_are_those_of_the_page(kept: Staged, analyst: Program) -> None:
    with kept.database.reading() as session:
        found = counting.statistics(session, kept.person("analyst").id)
    told = analyst.get("/acts/statistics").get_json()
    assert told["years"] == list(found.years)
    assert told["total"]["drafts"]["entered"] == found.total.drafts.entered > 0
    assert told["total"]["words"]["remarks"] == found.total.words.remarks
    year = found.years[0]
    of_year = analyst.get(f"/acts/statistics?year={year}").get_json()
    assert {each["year"] for each in of_year["initiators"]} == {year}
    assert len(of_year["initiators"]) == len(found.of(year).initiators)


def test_what_has_not_changed_is_not_sent_again(analyst: Program, acts: list[dict[str, Any]]) -> None:
    for path in ("/acts", f"/acts/{acts[0]['id']}", "/acts/statistics"):
        first = analyst.get(path)
        assert analyst.get(path, If_None_Match=first.headers["ETag"]).status_code == 304


def test_to_whom_the_register_is_not_open_there_is_none(kept: Staged, acts: list[dict[str, Any]]) -> None:
    stranger = Program(kept.app, kept.database, make_person(kept.database))
    for path in ("/acts", f"/acts/{acts[0]['id']}", "/acts/statistics", f"/acts/{'a' * 26}"):
        assert stranger.get(path).status_code == 404


def test_a_token_for_something_else_reads_no_act(kept: Staged) -> None:
    other = Program(kept.app, kept.database, kept.person("analyst"), frozenset({Scope.SITTINGS}))
    assert other.get("/acts").status_code == 403
