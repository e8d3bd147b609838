"""Annual reports for programs: what is filed, to the last value; a draft is not there for anybody."""

from typing import Any

import pytest

from budgetproto.accounts.scopes import Scope
from budgetproto.demonstration.annual import stage_annual
from budgetproto.money import Som
from budgetproto.reporting.annual import service
from budgetproto.reporting.annual.content import MONEY
from budgetproto.reporting.annual.people import spoken_for
from budgetproto.reporting.annual.showing import Shown, every_filed, shown
from tests.api.conftest import Programs
from tests.api.program import Program
from tests.staged import Staged


@pytest.fixture(scope="module")
def analyst(programs: Programs) -> Program:
    return programs("analyst")


@pytest.fixture(scope="module")
def filed(kept: Staged) -> list[Shown]:
    stage_annual(kept.database, kept.collecting)
    person = kept.person("analyst").id
    with kept.database.reading() as session:
        return [shown(session, person, each.id) for each in every_filed(session)]


def test_the_list_is_of_what_is_filed(analyst: Program, filed: list[Shown]) -> None:
    found = analyst.every("/reports", limit=1)
    assert [each["id"] for each in found] == [
        each.row.id for each in sorted(filed, key=lambda one: (one.row.year, one.row.id))
    ]
    assert found


def test_a_report_has_its_words_its_hash_and_its_sums(analyst: Program, filed: list[Shown]) -> None:
    for each in filed:
        told = analyst.get(f"/reports/{each.row.id}").get_json()
        assert told["fingerprint"] == each.digest
        words = {one["key"]: one["words"]["ky"] for one in told["sections"]}
        assert any(words.values())
        assert words == {key: each.report.content.section(key).ky for key in words}
        for year in told["money"]:
            sums = [None if (one := year["together"][part]) is None else Som.from_json(one) for part in MONEY]
            assert tuple(sums) == each.report.sums(year["year"])
        verdicts = {one["key"]: one["verdicts"]["better"] for one in told["indicators"]}
        assert verdicts == {one.indicator.key: one.counted.count("better") for one in each.report.measured}


def test_every_value_is_told_once_in_its_measure(analyst: Program, filed: list[Shown]) -> None:
    for each in filed:
        told = analyst.every(f"/reports/{each.row.id}/values")
        expected = {
            (measured.indicator.key, row.place.code, year): value.number
            for measured in each.report.measured
            for row in measured.rows
            for year, value in zip(each.report.years, row.values, strict=True)
            if value is not None
        }
        assert {key_of(one): number_of(one["value"]) for one in told} == expected
        assert len(told) == len(expected)
    assert any(each.report.grid.cells for each in filed)


def test_a_condition_narrows_the_values(analyst: Program, filed: list[Shown]) -> None:
    each = next(one for one in filed if one.report.grid.cells)
    whole = analyst.every(f"/reports/{each.row.id}/values")
    first = whole[0]
    query = f"indicator={first['indicator']}&territory={first['territory']}&year={first['year']}"
    assert analyst.every(f"/reports/{each.row.id}/values?{query}") == [first]
    year = f"/reports/{each.row.id}/values?year={each.row.year}"
    assert [one["verdict"] is not None for one in analyst.every(year)] == [True] * sum(
        one["year"] == each.row.year for one in whole
    )


def test_a_draft_is_not_there_for_its_own_people_either(kept: Staged, filed: list[Shown]) -> None:
    desk = draft(kept)
    for login in ("union", "secretary", "analyst"):
        program = Program(kept.app, kept.database, kept.person(login))
        for path in (f"/reports/{desk}", f"/reports/{desk}/values", f"/reports/{'a' * 26}"):
            assert program.get(path).status_code == 404, (login, path)
        assert desk not in {each["id"] for each in program.every("/reports")}


def test_a_token_for_something_else_reads_no_report(kept: Staged) -> None:
    other = Program(kept.app, kept.database, kept.person("analyst"), frozenset({Scope.ACTS}))
    assert other.get("/reports").status_code == 403


def test_what_is_filed_is_not_sent_again(analyst: Program, filed: list[Shown]) -> None:
    for path in ("/reports", f"/reports/{filed[0].row.id}", f"/reports/{filed[0].row.id}/values"):
        first = analyst.get(path)
        assert analyst.get(path, If_None_Match=first.headers["ETag"]).status_code == 304


def key_of(value: dict[str, Any]) -> tuple[str, str, int]:
    return value["indicator"], value["territory"], value["year"]


def number_of(value: dict[str, Any]) -> int:
    ((measure, number),) = value.items()
    return Som.from_json(number).tyiyn if measure == "amount" else int(number)


def draft(kept: Staged) -> str:
    """Let the union's people begin a report and not file it."""
    person = kept.person("union").id
    with kept.database.reading() as session:
        party = spoken_for(session, person)[0]
    return service.open_report(kept.database, person, party_id=party.id, year=2031)
