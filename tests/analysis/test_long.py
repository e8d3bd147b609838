"""The whole long table of a snapshot: every figure exactly, the same bytes each time, blank never zero."""

import csv
import gzip
import io
import json
import sys
from collections.abc import Iterator
from decimal import Decimal

import pytest

from budgetproto.analysis.entries import entries_of
from budgetproto.analysis.long import FORMS, ParquetMissing, Row, columns, dictionary, parquet, rows
from budgetproto.analysis.scope import scope_of
from budgetproto.analysis.snapshots import present
from budgetproto.analysis.sums import whole
from budgetproto.i18n import text
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import head
from budgetproto.protocol import service
from budgetproto.protocol.composition import compose
from tests.analysis.test_routes import address
from tests.factories import make_person
from tests.journeys.visitor import Visitor, shown
from tests.protocol.long_samples import long_sitting
from tests.staged import Staged

PROTOCOL = compose(long_sitting(30, sentences=1))
ENTRIES = entries_of(PROTOCOL)


def written(form: str) -> bytes:
    return b"".join(FORMS[form][0](rows(PROTOCOL, ENTRIES, "a" * 64)))


def records(content: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in gzip.decompress(content).decode().splitlines()]


def in_parquet(content: bytes) -> list[dict[str, object]]:
    import pyarrow.parquet as pq

    found: list[dict[str, object]] = pq.read_table(io.BytesIO(content)).to_pylist()
    return found


@pytest.mark.parametrize("form", FORMS)
def test_the_same_view_of_the_same_snapshot_is_the_same_bytes(form: str) -> None:
    assert written(form) == written(form)


def test_a_packed_file_holds_neither_a_time_nor_a_name() -> None:
    assert written("csv.gz")[:8] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00"


def test_every_form_has_the_same_rows() -> None:
    lines = records(written("jsonl.gz"))
    table = csv.DictReader(io.StringIO(gzip.decompress(written("csv.gz")).decode(), newline=""))
    in_csv = [{name: value for name, value in line.items() if value != ""} for line in table]
    told = [{n: str(v).lstrip("'") for n, v in line.items() if v not in (None, "")} for line in lines]
    assert [{n: v.lstrip("'") for n, v in line.items()} for line in in_csv] == told
    assert in_parquet(written("parquet")) == lines


def test_the_sums_are_those_of_the_protocol_in_whole_tyiyn_and_in_decimals() -> None:
    lines, totals = records(written("jsonl.gz")), whole(ENTRIES).totals
    differences = [line for line in lines if line["figure"] == "difference"]
    assert sum(int(str(line["tyiyn"])) for line in differences) == totals.signed.tyiyn
    assert sum(Decimal(str(line["exact"])) for line in differences) * 100_000 == totals.signed.tyiyn


def test_every_column_and_code_stands_in_the_dictionary_in_three_languages() -> None:
    sheet = dictionary()
    assert [row[0] for row in sheet.rows if not row[1]] == list(columns())
    assert all(all(row[3:6]) for row in sheet.rows)
    said = {(row[0], row[1]) for row in sheet.rows}
    for line in records(written("jsonl.gz")):
        assert all((name, line[name]) in said for name in ("figure", "status", "outcome", "measure"))


def test_without_its_library_parquet_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ParquetMissing):
        parquet(rows(PROTOCOL, ENTRIES, ""))


def test_rows_are_packed_as_they_come_and_not_kept() -> None:
    taken: list[int] = []

    def source() -> Iterator[Row]:
        for number in range(100_000):
            taken.append(number)
            yield (str(number),) * len(columns())

    next(FORMS["jsonl.gz"][0](source()))
    assert 0 < len(taken) < 50_000


@pytest.fixture
def issued(staged: Staged) -> Staged:
    service.issue(staged.database, staged.person("secretary").id, staged.finished)
    return staged


def test_a_protocol_by_its_number_or_code_stays_the_same_file_whatever_comes_later(issued: Staged) -> None:
    analyst = issued.visitor("analyst")
    number, digest = issued.protocol().facts.number, issued.protocol().facts.head.digest
    path = address(issued, "discrepancies/long.csv.gz")
    first = analyst.get(f"{path}?snapshot={number}").data
    assert analyst.get(f"{path}?snapshot={digest}").data == first
    present = analyst.get(path).data
    assert present != first, "the present table tells what became of the lines"
    with issued.database.reading() as session:
        end = head(session, sitting_chain(issued.finished)).hash
    assert analyst.get(f"{path}?snapshot={end}").data == present


def test_a_filter_of_the_page_filters_the_file(kept: Staged) -> None:
    answer = kept.visitor("analyst").get(address(kept, "discrepancies/long.jsonl.gz?outcome=agreed"))
    assert {line["outcome"] for line in records(answer.data)} == {"agreed"}
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("form", FORMS)
def test_whoever_may_not_read_the_table_may_not_read_the_file(kept: Staged, form: str) -> None:
    sealed = kept.visitor("analyst").get(address(kept, f"discrepancies/long.{form}", sealed=True))
    assert sealed.status_code == 422
    assert kept.app.test_client().get(address(kept, f"discrepancies/long.{form}")).status_code == 303


def test_a_state_that_is_not_kept_is_refused_with_a_sentence(kept: Staged) -> None:
    answer = kept.visitor("analyst").get(address(kept, "discrepancies/long.csv.gz?snapshot=abc"))
    assert answer.status_code == 422
    assert "“abc”" in shown(answer)


def test_an_ending_that_is_not_there_is_unknown(kept: Staged) -> None:
    assert kept.visitor("analyst").get(address(kept, "discrepancies/long.ods")).status_code == 404


def test_the_dictionary_is_a_file_of_its_own(kept: Staged) -> None:
    answer = kept.visitor("analyst").get("/analysis/dictionary.csv")
    assert text("analysis.flat.tyiyn", "ky") in answer.data.decode()


def test_the_page_leads_to_the_files(kept: Staged) -> None:
    visitor: Visitor = kept.visitor("analyst")
    assert "long.jsonl.gz?outcome=agreed" in visitor.get(address(kept, "discrepancies?outcome=agreed")).text


def test_the_table_of_all_sittings_is_named_by_all_their_states_together(staged: Staged) -> None:
    analyst = staged.visitor("analyst")
    of_all = analyst.get("/analysis/long.csv.gz?outcome=agreed")
    assert of_all.data == analyst.get(address(staged, "discrepancies/long.csv.gz?outcome=agreed")).data
    with staged.database.reading() as session:
        person = staged.person("analyst")
        name = present(session, scope_of(session, person), "")[1]
    path = f"/analysis/long.csv.gz?outcome=agreed&snapshot={name}"
    assert analyst.get(path).data == of_all.data
    service.issue(staged.database, staged.person("secretary").id, staged.finished)
    gone = analyst.get(path)
    assert (gone.status_code, name in shown(gone)) == (422, True)


def test_nobody_finds_a_line_he_may_not_read_in_the_table_of_all_sittings(kept: Staged) -> None:
    nobody = Visitor(kept.app, make_person(kept.database), language="en")
    assert records(nobody.get("/analysis/long.jsonl.gz").data) == []
