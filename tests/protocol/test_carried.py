"""Sums carried forward from page to page of the main table."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from budgetproto.i18n import text
from budgetproto.protocol.composed import Carried
from budgetproto.protocol.composition import compose
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.snapshot import Snapshot
from budgetproto.protocol.totals import carried, totals
from budgetproto.protocol.typesetting.flow import Flow
from budgetproto.protocol.typesetting.particulars import Particulars
from budgetproto.protocol.typesetting.press import Press
from budgetproto.protocol.typesetting.style import PORTRAIT, TextStyle
from budgetproto.protocol.typesetting.tables import Cell, Columns, Group, Table
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.long_samples import long_sitting
from tests.protocol.reading import layout_text
from tests.protocol.samples import make_line, make_snapshot

FORWARD, BROUGHT = (text(f"protocol.carried.{said}", "ky") for said in ("forward", "brought"))
PAGE = replace(PORTRAIT, height=300, top=40, bottom=40)


@cache
def table_pages() -> list[str]:
    """Return the pages of a main table of 30 lines, from its title to the title of the totals."""
    found = layout_text(draw(compose(long_sitting(30)), "ky")).split("\f")
    begin, end = (
        next(number for number, page in enumerate(found) if text(f"protocol.{part}.title", "ky") in page)
        for part in ("lines", "totals")
    )
    return found[begin : end + (text("protocol.column.line", "ky") in found[end])]


def sums_after(page: str, label: str) -> list[str]:
    (line,) = (line for line in page.splitlines() if label in line)
    return re.split(r"\s{2,}", line.split(label)[1].strip())


@pytest.mark.parametrize("snapshot", [dispute_2020(), long_sitting(40)], ids=["short", "long"])
def test_what_is_carried_is_the_total_of_the_lines_so_far(snapshot: Snapshot) -> None:
    pairs = list(compose(snapshot).pairs())
    for number, sums in enumerate(carried(pairs), 1):
        so_far = totals(None, pairs[:number])
        assert sums == Carried(so_far.compared, so_far.signed)


@pytest.mark.poppler
def test_each_page_brings_forward_what_the_page_before_carried() -> None:
    first, *others = table_pages()
    assert len(others) > 5
    assert BROUGHT not in first
    for before, page in zip([first, *others], others, strict=False):
        assert sums_after(before, FORWARD) == sums_after(page, BROUGHT)
    assert FORWARD not in others[-1]


@pytest.mark.poppler
def test_a_page_carries_the_lines_whose_figures_stand_on_it_or_before() -> None:
    protocol, number = compose(long_sitting(30)), 0
    writer = Writer("ky", protocol.facts.sitting.unit)
    for page in table_pages()[:-1]:
        number += len(re.findall(r"^ {0,6}\d+ {2,}.*\d,\d ", page, re.MULTILINE))
        so_far = totals(None, list(protocol.pairs())[:number])
        expected = (
            writer.money(so_far.compared.government),
            writer.money(so_far.compared.lsg),
            writer.more(so_far.signed),
        )
        assert sums_after(page, FORWARD)[:3] == [said.replace("\u00a0", " ") for said in expected]


@pytest.mark.poppler
def test_nothing_is_carried_where_no_line_has_two_figures() -> None:
    one_sided = [make_line(number, None) for number in range(1, 20)]
    assert FORWARD not in layout_text(draw(compose(make_snapshot(*one_sided)), "ky"))


@pytest.mark.parametrize("lines", [1, 2, 3, 7, 12, 14, 15, 16, 80])
def test_the_room_for_what_is_carried_is_kept(lines: int) -> None:
    flow = Flow(Press(Particulars("", "", "ky", datetime(2020, 5, 14, tzinfo=UTC))), PAGE)
    columns = Columns((200,), PAGE.left)
    cell = TextStyle(size=10, leading=12, role="TD")

    def row(said: str, lines: int = 1) -> Cell:
        return Cell((([("text", "\n".join([said] * lines))], cell),))

    forward, brought = (columns.row(flow.press, [row(said, 2)]) for said in ("алга", "артка"))
    groups = [
        Group((columns.row(flow.press, [row("сап", lines)]),), None, lambda: (forward, brought))
        for _ in range(9)
    ]
    flow.table(Table(columns, (), groups, forward.height))
    drawn = [sheet.operators() for sheet in flow.sheets]
    for page in drawn:
        lowest = min(_baselines(page))
        assert lowest >= PAGE.bottom
    for page in drawn[:-1]:
        # Furniture both: the row at the foot and, from the second page on, the one at the head.
        assert page.count("/Artifact BMC BT") == (1 if page is drawn[0] else 2)
    assert len(_cells(flow)) == 9


def _baselines(page: str) -> list[float]:
    """Return the heights at which words stand on a page."""
    found, y = [], 0.0
    for piece in page.split("ET EMC"):
        y = 0.0
        for step in re.findall(r"(-?[\d.]+) Td", piece):
            y += float(step)
            found.append(y)
    return found


def _cells(flow: Flow) -> list[int]:
    made = flow.press.structure
    return [part for part in range(1, len(made)) if made.role(part) == "TD"]
