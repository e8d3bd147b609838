"""One sitting, one set of figures: on the three papers, in both files, in the terminal and on the pages.

The figures below are written down by hand from the demonstration, in thousand soms and percentage points;
each output is read back by its own reader and compared with them, figure by figure.
"""

import csv
import html
import io
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from budgetproto.analysis import table_text
from budgetproto.i18n import LANGUAGES, Language, text
from budgetproto.i18n.formatting import percentage
from tests.analysis.keys import KEYS
from tests.protocol.reading import layout_text
from tests.staged import Staged, copy_of, staged_demonstration

#: Government, LSG, difference, balanced option, decision; nobody stated what is missing.
Row = tuple[Decimal | None, ...]


def row(*figures: str | None) -> Row:
    return tuple(None if figure is None else Decimal(figure) for figure in figures)


MONEY: Mapping[int, Row] = {
    1: row("0", "600000", "600000", "259701.5", "259701.5"),
    2: row(None, None, None, None, None),
    3: row(None, None, None, None, "744000"),
    4: row("2000000", "2400000", "400000", "2180000", "2180000"),
    5: row("120000", "150000", "30000", "150000", "150000"),
    6: row("90000", "160000", "70000", "120298.5", None),
}
POINTS = {4: row("50", "60", "10", "54.5", "54.5")}
STATED: Mapping[int, Row] = {**MONEY, **POINTS}
TOTAL = row("2210000", "3310000", "1100000", "2710000", "2589701.5")
ABSOLUTE = Decimal(1_100_000)
MORE = row("500000", "469701.5")
#: What was decided on the questions on which a side states no figure.
APART = Decimal(744_000)
#: The difference as a share of the Government's figure: undefined of zero.
SHARES = {1: None, 2: None, 3: None, 4: Fraction(1, 5), 5: Fraction(1, 4), 6: Fraction(7, 9)}
VOTES = {1: (6, 1, 0), 2: (7, 0, 0), 3: (7, 0, 0), 4: (5, 2, 0), 5: (7, 0, 0), 6: (3, 3, 1)}
FIGURES = ("government", "lsg", "difference", "computed", "decided")

_POINTS = "|".join(
    r"\s".join(map(re.escape, text(f"{room}.percentage_points", code, points="").split()))
    for room in ("protocol", "disputes")
    for code in LANGUAGES
)
_AMOUNT = r"[+−]?\d{1,3}(?:[ \u00a0]\d{3}|,\d{3})*[.,]\d+"
_WRITTEN = re.compile(rf"{_AMOUNT}(?![\d\u00a0 ]*%)|[+−]?\d+(?:[.,]\d+)?[ \u00a0]?(?:%|{_POINTS})|—(?!\s?%)")


def read(written: str, language: Language) -> Decimal | None:
    """Read a figure as people do: a dash is none, a percentage is its points, an amount thousand soms."""
    bare = re.sub(rf"{_POINTS}|[ \u00a0%]", "", written).replace("−", "-")
    if bare == "—":
        return None
    return Decimal(bare.replace(",", "") if language == "en" else bare.replace(",", "."))


def figures(line: str, language: Language) -> list[Decimal | None]:
    return [read(found, language) for found in _WRITTEN.findall(line)]


@pytest.fixture(scope="module")
def sitting(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, cheap_hasher: None
) -> Iterator[Staged]:
    """Stage the demonstration and issue its protocol."""
    folder = tmp_path_factory.mktemp("figures")
    made = staged_demonstration(sqlite_template, folder)
    with copy_of(folder, made, tmp_path_factory.mktemp("copy")) as staged:
        staged.visitor("secretary").send(f"/sittings/{staged.finished}/protocol/issue")
        yield staged


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    chosen: Language = request.param
    return chosen


# ------------------------------------------------------------------ paper


@pytest.fixture
def paper(sitting: Staged, language: Language) -> str:
    answer = sitting.visitor("union").get(f"/sittings/{sitting.finished}/protocol/{language}.pdf")
    assert answer.status_code == 200
    return layout_text(answer.data)


def section(paper: str, language: Language, begin: str, end: str) -> str:
    """Return the text between two headings, each of which stands at the beginning of a line."""
    start, stop = (re.escape(text(f"protocol.{key}", language)[:30]) for key in (begin, end))
    found = re.search(rf"^\f?{start}.*?(?=^\f?{stop})", paper, re.MULTILINE | re.DOTALL)
    assert found, (begin, end)
    return found[0]


def blocks(paper: str, language: Language) -> dict[int, str]:
    """Return the rows of the main table by number, each from its first line of text to the next row."""
    table = section(paper, language, "lines.title", "totals.title")
    parts = re.split(r"^\f?(\d) (?=\s)", table, flags=re.MULTILINE)
    found: dict[int, str] = {}
    for number, block in zip(parts[1::2], parts[2::2], strict=True):
        found[int(number)] = found.get(int(number), "") + block
    assert sorted(found) == sorted(STATED)
    return found


@pytest.mark.poppler
def test_the_paper_has_the_figures_of_each_question(paper: str, language: Language) -> None:
    for number, block in blocks(paper, language).items():
        said = figures(block.splitlines()[0], language)
        government, lsg, difference, computed, decided = STATED[number]
        rest = [difference, computed, None, decided]
        assert said == ([government, lsg, *rest] if government is not None else rest), number


@pytest.mark.poppler
def test_the_paper_has_the_effect_in_money_of_a_percentage(paper: str, language: Language) -> None:
    bracketed = re.findall(rf"\(({_AMOUNT})\)", blocks(paper, language)[4])
    assert tuple(read(found, language) for found in bracketed) == MONEY[4]


@pytest.mark.poppler
def test_the_paper_has_the_shares_and_the_votes(paper: str, language: Language) -> None:
    for number, block in blocks(paper, language).items():
        share = SHARES[number]
        if share is not None:
            assert f"+{percentage(share, language)}" in block.replace(" %", "\u00a0%"), number
        counted = [
            int(re.findall(rf"{text(f'protocol.vote.{vote}', language)}: (\d)", block)[0])
            for vote in ("for", "against", "abstained")
        ]
        assert tuple(counted) == VOTES[number]


@pytest.mark.poppler
def test_the_paper_has_the_totals(paper: str, language: Language) -> None:
    table = section(paper, language, "totals.title", "lists.agreed")
    rows = [found for line in table.splitlines() if len(found := figures(line, language)) >= 8]
    assert len(rows) == 2, "one year, and all years"
    for found in rows:
        government, lsg, signed, absolute, computed, _, decided, *more = found
        assert (government, lsg, signed, computed, decided) == TOTAL
        assert (absolute, tuple(more)) == (ABSOLUTE, MORE)
    assert figures(table, language).count(APART) >= 1


@pytest.mark.poppler
def test_page_1_answers_with_the_same_figures(paper: str, language: Language) -> None:
    said = figures(
        re.sub(r"\s*\n\s*", " ", section(paper, language, "front.in_short", "attendance.title")), language
    )
    for figure in (TOTAL[0], TOTAL[1], TOTAL[2], ABSOLUTE, *MORE, APART):
        assert figure in said


# ------------------------------------------------------------------ files


#: What became of the real disputes: adopted by law, executed.
BECAME: Mapping[int, tuple[Decimal | None, Decimal | None]] = dict.fromkeys(STATED, (None, None)) | {
    1: (None, Decimal("347538.5")),
    2: (Decimal(1_000_000), None),
    3: (Decimal(744_000), None),
}


def in_csv(
    sitting: Staged, dialect: str = "plain", query: str = "", language: Language = "en"
) -> list[dict[str, str]]:
    answer = sitting.visitor("analyst", language).get(
        f"/sittings/{sitting.finished}/discrepancies.csv?dialect={dialect}&{query}"
    )
    lines = csv.reader(
        io.StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";" if dialect == "excel" else ","
    )
    keys = ["group", *KEYS] if "group" in query else KEYS
    return [dict(zip(keys, line, strict=False)) for line in list(lines)[1:] if len(line) >= len(keys)]


def in_workbook(sitting: Staged, query: str = "", language: Language = "en") -> list[dict[str, object]]:
    """Return the rows of the first worksheet down to the first empty one, sums by the values they carry."""
    visitor = sitting.visitor("analyst", language)
    answer = visitor.get(f"/sittings/{sitting.finished}/discrepancies.xlsx?{query}")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data), data_only=True).worksheets[0]
    lines = list(sheet.iter_rows(min_row=2, values_only=True))
    keys = ["group", *KEYS] if "group" in query else KEYS
    found: list[dict[str, object]] = [dict(zip(keys, line, strict=True)) for line in lines]
    return found[: next(place for place, line in enumerate(lines) if not any(line))]


def decimal(cell: object) -> Decimal | None:
    return None if cell in (None, "") else Decimal(str(cell).replace(",", "."))


def amounts(cells: Mapping[str, object]) -> Row:
    return tuple(decimal(cells[name]) for name in FIGURES)


@pytest.mark.parametrize("dialect", ["plain", "excel"])
def test_the_csv_has_the_figures_of_each_question_and_the_totals(sitting: Staged, dialect: str) -> None:
    *lines, total, apart = in_csv(sitting, dialect)
    assert {int(cells["number"]): amounts(cells) for cells in lines} == MONEY
    assert amounts(total) == TOTAL
    assert decimal(total["difference_absolute"]) == ABSOLUTE
    assert amounts(apart) == row(None, None, None, None, "744000")


def test_the_csv_has_points_shares_and_votes(sitting: Staged) -> None:
    for cells in in_csv(sitting)[:6]:
        number = int(cells["number"])
        points = tuple(decimal(cells[f"{name}_percentage"]) for name in FIGURES)
        assert points == POINTS.get(number, row(*[None] * 5))
        share, exact = cells["difference_share"], SHARES[number]
        assert (Fraction(cells["difference_share_exact"]) if share else None) == exact
        assert share == ("" if exact is None else f"{Decimal(exact.numerator) / exact.denominator:.6f}")
        assert tuple(int(cells[f"votes_{vote}"]) for vote in ("for", "against", "abstained")) == VOTES[number]


def test_the_workbook_has_the_figures_of_each_question_and_the_totals(sitting: Staged) -> None:
    *lines, total, apart = in_workbook(sitting)
    assert {cells["number"]: amounts(cells) for cells in lines} == MONEY
    assert amounts(total) == TOTAL
    assert decimal(total["difference_absolute"]) == ABSOLUTE
    assert amounts(apart) == row(None, None, None, None, "744000")


def test_the_workbook_has_points_shares_and_votes(sitting: Staged) -> None:
    for cells in in_workbook(sitting)[:6]:
        number = cells["number"]
        assert isinstance(number, int)
        points = [decimal(cells[f"{name}_percentage"]) for name in FIGURES]
        assert tuple(None if each is None else each * 100 for each in points) == POINTS.get(
            number, row(*[None] * 5)
        )
        share = SHARES[number]
        assert cells["difference_share"] == (
            None if share is None else pytest.approx(float(share), rel=1e-12)
        )
        assert tuple(cells[f"votes_{vote}"] for vote in ("for", "against", "abstained")) == VOTES[number]


# ------------------------------------------------------------------ terminal and pages


def test_the_terminal_has_the_figures_of_each_question_and_the_totals(
    sitting: Staged, language: Language
) -> None:
    _, *lines, total = table_text(sitting.protocol(), language).splitlines()
    assert len(lines) == len(STATED)
    for line in lines:
        *_, government, lsg, difference, computed, _, decided = re.split(r" {2,}", line)
        found = tuple(read(each, language) for each in (government, lsg, difference, computed, decided))
        assert found == STATED[int(line.split()[0])]
    government, lsg, signed, computed, _, decided = re.split(r" {2,}", total)[-6:]
    assert tuple(read(each, language) for each in (government, lsg, signed, computed, decided)) == TOTAL


def table_rows(page: str, table: str) -> list[list[list[str]]]:
    """Return a table of a page: rows of cells of what stands in them, line by line, without the head."""
    body = page.partition(f'id="{table}"')[2].partition("<tbody")[2].partition("</table>")[0]
    found = []
    for line in re.findall(r"<tr.*?</tr>", body, re.DOTALL):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL)
        found.append([[_plain(part) for part in cell.split("<br>")] for cell in cells])
    return found


def _plain(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup)).strip()


def page_of(sitting: Staged, language: Language, name: str) -> str:
    answer = sitting.visitor("chair", language).get(f"/sittings/{sitting.finished}/{name}")
    assert answer.status_code == 200
    return answer.text


def number_of(cells: list[list[str]]) -> int:
    return int(re.findall(r"№ (\d)\.", cells[0][0])[0])


def test_the_page_of_discrepancies_has_the_figures_of_each_question(
    sitting: Staged, language: Language
) -> None:
    *lines, total, apart = table_rows(page_of(sitting, language, "discrepancies"), "discrepancies")
    assert len(lines) == len(STATED)
    for cells in lines:
        number = number_of(cells)
        _, _, government, lsg, difference, absolute, share, computed, _, _, decided, *later, outcome = cells
        adopted, executed, *_ = later
        assert (read(adopted[0], language), read(executed[0], language)) == BECAME[number]
        difference[0] = difference[0].split(" (")[0]
        found = tuple(read(each[0], language) for each in (government, lsg, difference, computed, decided))
        assert found == STATED[number]
        assert read(absolute[0], language) == MONEY[number][2]
        known = SHARES[number]
        assert share[0].lstrip("+") == (percentage(known, language) if known else share[0])
        assert known is not None or share[0].startswith("—")
        assert tuple(map(int, re.findall(r"\d", outcome[1]))) == VOTES[number]
    _, _, government, lsg, signed, absolute, _, computed, _, _, decided, *_ = total
    assert tuple(read(each[0], language) for each in (government, lsg, signed, computed, decided)) == TOTAL
    assert read(absolute[0], language) == ABSOLUTE
    assert read(apart[10][0], language) == APART


def test_the_subtotals_on_the_page_add_up_to_the_same_total(sitting: Staged, language: Language) -> None:
    page = page_of(sitting, language, "discrepancies")
    for name in ("by-kind", "by-region"):
        *groups, total = [[read(cell[0], language) for cell in cells[1:]] for cells in table_rows(page, name)]
        assert [sum((group[place] or Decimal(0)) for group in groups) for place in range(len(total))] == total
        for figure in (*TOTAL, ABSOLUTE, Decimal("347538.5"), APART, Decimal(1_744_000)):
            assert figure in total


#: A view of the table by its address: the numbers it shows in order, then the sums of both sides.
VIEWS = {
    "sort=difference&order=desc": ([1, 4, 6, 5, 2, 3], TOTAL),
    "outcome=partly_agreed&sort=title": (
        [1, 4],
        row("2000000", "3000000", "1000000", "2439701.5", "2439701.5"),
    ),
    "least=70000&most=400 000&group=kind": (
        [4, 6],
        row("2090000", "2560000", "470000", "2300298.5", "2180000"),
    ),
    "status=neither&order=desc": ([3, 2], row(None, None, None, None, None)),
}


@pytest.mark.parametrize("query", VIEWS)
def test_a_filtered_sorted_and_grouped_view_is_the_same_on_the_page_and_in_every_file(
    sitting: Staged, language: Language, query: str
) -> None:
    numbers, total = VIEWS[query]
    page = table_rows(page_of(sitting, language, f"discrepancies?{query}"), "discrepancies")
    shown = [cells for cells in page if "№" in cells[0][0]]
    *_, last = (
        cells for cells in page if len(cells) > 1 and "№" not in cells[0][0] and not _apart(cells, language)
    )
    assert sorted(map(number_of, shown)) == sorted(numbers)
    ordered = list(map(number_of, shown))
    assert [read(last[place][0], language) for place in (2, 3, 4, 7, 10)] == list(total)
    for lines in (
        in_csv(sitting, "plain", query, language),
        in_csv(sitting, "excel", query, language),
        in_workbook(sitting, query, language),
    ):
        entered = [cells for cells in lines if cells["number"] not in (None, "")]
        assert [int(str(cells["number"])) for cells in entered] == ordered
        assert {int(str(c["number"])): amounts(c) for c in entered} == {n: MONEY[n] for n in numbers}
        assert amounts(lines[len(entered)]) == total


def _apart(cells: list[list[str]], language: Language) -> bool:
    return cells[0][0].startswith(text("analysis.total.one_sided", language, lines=0)[:30])


def test_the_page_of_the_protocol_has_the_figures_of_each_question(
    sitting: Staged, language: Language
) -> None:
    page = page_of(sitting, language, "protocol")
    lines = table_rows(page, "lines")
    assert len(lines) == len(STATED)
    for cells in lines:
        found = tuple(read(cell[0], language) for cell in cells[1:6])
        assert found == STATED[number_of(cells)]
    (total,) = table_rows(page, "totals")
    _, government, lsg, signed, absolute, computed, decided, *more = [
        read(cell[0], language) for cell in total[1:]
    ]
    assert (government, lsg, signed, computed, decided) == TOTAL
    assert (absolute, tuple(more)) == (ABSOLUTE, MORE)
