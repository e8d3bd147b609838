"""What programs read is what the pages and their files say, to the last tyiyn, and what is described."""

import csv
import hashlib
import io
import json
from typing import Any

import pytest

from budgetproto.analysis.pivoted import FIGURES
from budgetproto.disputes.options import service as options
from budgetproto.money import Som
from budgetproto.protocol.document import canonical_bytes
from budgetproto.protocol.service import paper_of
from tests.api.conftest import Programs
from tests.api.program import Program
from tests.staged import Staged


@pytest.fixture(scope="module")
def analyst(programs: Programs) -> Program:
    return programs("analyst")


@pytest.fixture(scope="module")
def lines(kept: Staged, analyst: Program) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = analyst.every(f"/sittings/{kept.finished}/discrepancies", limit=7)
    return found


def tyiyn(money: str | None) -> int:
    return 0 if money is None else Som.from_json(money).tyiyn


def test_the_lines_are_those_of_the_file_of_the_page(kept: Staged, lines: list[dict[str, Any]]) -> None:
    page = kept.visitor("analyst").get(f"/sittings/{kept.finished}/discrepancies.csv?dialect=plain").text
    assert len(lines) == len(kept.protocol().lines)
    for each in lines:
        assert each["title"]["en"] in page or each["title"]["ru"] in page
    rows = list(csv.reader(io.StringIO(page)))
    assert len(rows) > len(lines)


def test_the_sums_of_groups_are_those_of_the_protocol(
    kept: Staged, analyst: Program, lines: list[dict[str, Any]]
) -> None:
    overall = kept.protocol().overall
    for by in ("kind", "region", "year", "outcome", "lead_lsg"):
        found = analyst.get(f"/sittings/{kept.finished}/discrepancies/groups?by={by}").get_json()
        whole = found["whole"]["compared"]
        assert tyiyn(whole["difference"]["money"]) == overall.signed.tyiyn
        assert tyiyn(whole["government"]["money"]) == overall.compared.government.tyiyn
        assert len({each["key"] for each in found["groups"]}) == len(found["groups"])
        for figure, sums in whole.items():
            parts = [each["compared"][figure] for each in found["groups"]]
            assert sum(tyiyn(part["money"]) for part in parts) == tyiyn(sums["money"])
            assert sum(part["lines"] for part in parts) == sums["lines"]
    counted = [each for each in lines if each["counted"]]
    assert sum(tyiyn(each["lsg"]["money"]) for each in counted) == overall.compared.lsg.tyiyn


@pytest.mark.parametrize("figure", FIGURES)
def test_the_margins_of_a_pivot_are_the_sums_of_its_cells(
    kept: Staged, analyst: Program, figure: str
) -> None:
    found = analyst.get(f"/pivot?sittings={kept.finished}&figure={figure}&over=all").get_json()
    cells = found["cells"]
    for row in cells:
        assert sum(tyiyn(cell["money"]) for cell in row[:-1]) == tyiyn(row[-1]["money"])
    for column in zip(*cells, strict=True):
        assert sum(cell["lines"] for cell in column[:-1]) == column[-1]["lines"]
    assert cells[-1][-1]["lines"] == len(kept.protocol().lines)


def test_a_condition_narrows_lines_groups_and_pivot_alike(
    kept: Staged, analyst: Program, lines: list[dict[str, Any]]
) -> None:
    kind = lines[0]["kind"]
    own = [each["number"] for each in lines if each["kind"] == kind]
    where = f"/sittings/{kept.finished}/discrepancies"
    assert [each["number"] for each in analyst.every(f"{where}?kind={kind}")] == own
    assert analyst.get(f"{where}/groups?kind={kind}").get_json()["whole"]["lines"] == len(own)
    pivot = analyst.get(f"/pivot?sittings={kept.finished}&kind={kind}&over=all").get_json()
    assert pivot["cells"][-1][-1]["lines"] == len(own)


def test_a_sitting_that_may_not_be_read_is_in_no_pivot(kept: Staged, analyst: Program) -> None:
    for unreadable in (kept.collecting, "a" * 26):
        assert analyst.get(f"/pivot?sittings={kept.finished},{unreadable}").status_code == 404
    heads = analyst.get("/pivot").get_json()["snapshots"]
    assert kept.collecting not in {each["sitting"] for each in heads}


def test_the_protocol_is_what_its_fingerprint_is_taken_of(kept: Staged, analyst: Program) -> None:
    found = analyst.get(f"/sittings/{kept.finished}/protocol").get_json()
    digest = hashlib.sha256(canonical_bytes(found["document"])).hexdigest()
    with kept.database.reading() as session:
        paper = paper_of(session, kept.person("secretary").id, kept.finished)
    assert found["fingerprint"] == digest == paper.fingerprint


def test_the_file_in_each_language_is_that_of_the_page(kept: Staged, analyst: Program) -> None:
    page = kept.visitor("analyst")
    found = analyst.get(f"/sittings/{kept.finished}/protocol/ky.pdf")
    assert (found.content_type, found.headers["Cache-Control"]) == ("application/pdf", "no-store")
    assert found.data == page.get(f"/sittings/{kept.finished}/protocol/ky.pdf").data
    assert analyst.get(f"/sittings/{kept.finished}/protocol/de.pdf").status_code == 404


def test_the_option_and_the_decisions_are_those_of_the_sitting(kept: Staged, analyst: Program) -> None:
    heads = analyst.get(f"/sittings/{kept.finished}/options").get_json()["items"]
    last = analyst.get(f"/sittings/{kept.finished}/options/{heads[-1]['number']}").get_json()
    with kept.database.reading() as session:
        option = options.latest(session, kept.finished)
    assert option is not None
    assert (last["digest"], last["number"]) == (option.digest, option.number)
    granted = {each["number"]: tyiyn(each["granted"]) for each in last["lines"]}
    assert granted == {n: each.granted.tyiyn if each.granted else 0 for n, each in option.awards.items()}
    decisions = analyst.every(f"/sittings/{kept.finished}/decisions", limit=3)
    standings = {line.number: line.standing for line in kept.protocol().lines}
    outcomes = {each["line_number"]: each["outcome"] or "undecided" for each in decisions}
    assert outcomes.items() <= {n: s for n, s in standings.items() if s != "not_in_dispute"}.items() | {
        (number, "agreed") for number, standing in standings.items() if standing == "not_in_dispute"
    }


def test_the_heads_are_those_of_the_journal(kept: Staged, programs: Programs) -> None:
    found = programs("union").get(f"/sittings/{kept.finished}/journal/heads").get_json()["items"]
    page = kept.visitor("union").get(f"/sittings/{kept.finished}/journal?verify=yes").text
    assert found[0]["chain"] == "sitting"
    assert all(each["whole"] for each in found)
    assert all(each["head"] in page for each in found)


def test_what_is_open_is_asked_for_again_only_when_something_was_done(kept: Staged, analyst: Program) -> None:
    for rest in ("positions", "options", "decisions", "discrepancies", "discrepancies/groups", "protocol"):
        path = f"/sittings/{kept.finished}/{rest}"
        first = analyst.get(path)
        assert first.headers["Cache-Control"] == "private, no-cache", path
        assert analyst.get(path, If_None_Match=first.headers["ETag"]).status_code == 304
        others = Program(kept.app, kept.database, kept.person("secretary"))
        assert others.get(path, If_None_Match=first.headers["ETag"]).status_code == 200


def test_the_description_describes_itself_whole(kept: Staged) -> None:
    found = kept.app.test_client().get("/api/v1/openapi.json").get_json()
    text = json.dumps(found)
    assert found["openapi"] == "3.1.0"
    for name in {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}:
        assert name in found["components"]["schemas"], name
    for methods in found["paths"].values():
        for method in {"get", "put"} & methods.keys():
            assert methods[method]["security"][0]["token"]
