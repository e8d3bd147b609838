"""Lines, paragraphs and tables of the page layout."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

import pytest

from budgetproto.protocol.typesetting.blocks import well_broken
from budgetproto.protocol.typesetting.flow import Flow
from budgetproto.protocol.typesetting.ink import escaped
from budgetproto.protocol.typesetting.lines import Line
from budgetproto.protocol.typesetting.outline import outline
from budgetproto.protocol.typesetting.particulars import Particulars
from budgetproto.protocol.typesetting.pen import Pen
from budgetproto.protocol.typesetting.press import Press
from budgetproto.protocol.typesetting.sheet import Sheet
from budgetproto.protocol.typesetting.style import PORTRAIT, Role, TextStyle
from budgetproto.protocol.typesetting.tables import Cell, Columns, Group, Table

STYLE = TextStyle(size=10, leading=12)
SMALL = replace(PORTRAIT, height=300, top=40, bottom=40)


@pytest.fixture
def press() -> Press:
    return Press(Particulars("сыноо", "", "ky", datetime(2020, 5, 14, tzinfo=UTC)))


def said(line: Line) -> str:
    return " ".join(word for run in line.runs for word in run.words)


def lines(press: Press, text: str, width: float) -> list[str]:
    return [said(line) for line in press.set([("text", text)], STYLE, width)]


def test_no_line_is_wider_than_its_column(press: Press) -> None:
    text = "Жергиликтүү бюджеттин өздүк кирешеси чыгашалардын кырк пайызын гана жабат " * 5
    for line in press.set([("bold", "Негиздеме:"), ("text", text)], STYLE, 140):
        assert 0 < line.width <= 140


def test_every_word_is_set_once_and_in_order(press: Press) -> None:
    text = " ".join(f"сөз{number}" for number in range(200))
    assert " ".join(lines(press, text, 90)) == text


def test_figures_are_not_parted_at_their_groups(press: Press) -> None:
    assert "12\u00a0606\u00a0778,3" in lines(press, "бардыгы 12\u00a0606\u00a0778,3 миң сом", 70)


def test_a_figure_wider_than_its_column_breaks_at_its_groups(press: Press) -> None:
    assert lines(press, "12\u00a0606\u00a0778,3", 30) == ["12\u00a0606", "778,3"]


def test_a_word_wider_than_its_column_is_cut_and_no_letter_lost(press: Press) -> None:
    word = "макулдашылбагандыктан" * 4
    found = lines(press, word, 60)
    assert len(found) > 2
    assert "".join(found) == word


def test_a_line_feed_begins_a_line_and_an_empty_line_stays(press: Press) -> None:
    assert lines(press, "бир\n\nэки", 200) == ["бир", "", "эки"]


def test_a_text_of_two_faces_runs_on(press: Press) -> None:
    (line,) = press.set([("bold", "Негиздеме:"), ("text", "киреше азайды")], STYLE, 300)
    assert [run.face for run in line.runs] == ["bold", "text"]
    assert line.width == pytest.approx(sum(run.width for run in line.runs))


@pytest.mark.parametrize(
    ("count", "room", "kept"), [(1, 0, 0), (2, 1, 0), (3, 2, 0), (4, 3, 2), (9, 8, 7), (9, 9, 9)]
)
def test_two_lines_at_least_stand_together(count: int, room: int, kept: int) -> None:
    assert well_broken(count, room) == kept


def test_a_string_of_the_pdf_is_escaped() -> None:
    assert escaped(b"(a)\\\r\xff") == "\\(a\\)\\\\\\r\\377"


def test_a_heading_does_not_stay_alone_at_the_foot(press: Press) -> None:
    flow = Flow(press, SMALL)
    flow.text("\n".join("сап" for _ in range(16)), STYLE)
    flow.text("Баш сөз", replace(STYLE, keep=True))
    flow.text("\n".join("текст" for _ in range(4)), STYLE)
    assert len(flow.sheets) == 2
    assert flow.y == pytest.approx(SMALL.top + 12 + STYLE.after + 4 * 12)


def test_a_short_group_of_rows_moves_to_the_next_page_whole(press: Press) -> None:
    flow = Flow(press, SMALL)
    flow.table(_table(press, [12, 5]))
    assert len(flow.sheets) == 2
    assert flow.sheets[1].operators().count("/TD <<") == 1


def test_a_group_longer_than_a_page_breaks_and_loses_no_line(press: Press) -> None:
    flow = Flow(press, SMALL)
    flow.table(_table(press, [80]))
    drawn = "".join(sheet.operators() for sheet in flow.sheets)
    assert len(flow.sheets) > 4
    assert drawn.count("Tj") == 80 + 2 * len(flow.sheets) - 1


def test_everything_drawn_stands_in_a_part_with_a_role(press: Press) -> None:
    flow = Flow(press, SMALL)
    flow.text("Баш сөз", replace(STYLE, role="H1"))
    flow.table(_table(press, [3]))
    operators = flow.sheet.operators()
    assert operators.count(" BMC") + operators.count(" BDC") == operators.count("EMC")
    for part in ("/H1 <</MCID 0>> BDC", "/TH <</MCID 1>> BDC", "/TD <</MCID 2>> BDC", "/Artifact BMC"):
        assert part in operators


def test_the_parts_stand_in_each_other_in_the_order_they_are_read(press: Press) -> None:
    flow = Flow(press, SMALL)
    flow.text("Баш сөз", replace(STYLE, role="H1"))
    flow.table(_table(press, [3, 2]))
    made = press.structure
    holders = [(made.role(part), made.role(made.parent(part))) for part in range(1, len(made))]
    row = [("TR", "Table"), ("TD", "TR")]
    assert holders == [("H1", "Document"), ("Table", "Document"), ("TR", "Table"), ("TH", "TR"), *row, *row]


def test_a_repeated_head_is_no_second_head_to_a_reader_who_cannot_see(press: Press) -> None:
    flow = Flow(press, SMALL)
    flow.table(_table(press, [80]))
    assert [sheet.operators().count("/TH <<") for sheet in flow.sheets[:3]] == [1, 0, 0]


def test_a_row_over_several_pages_stays_one_row_with_one_cell(press: Press) -> None:
    flow = Flow(press, SMALL)
    flow.table(_table(press, [80]))
    made = press.structure
    cells = [part for part in range(1, len(made)) if made.role(part) == "TD"]
    assert [page for page, _ in made.pieces(cells[0])] == [sheet.number for sheet in flow.sheets]
    assert len(cells) == 1


def test_a_long_table_is_set_as_it_is_placed(press: Press) -> None:
    flow, ready = Flow(press, SMALL), list[int]()
    table = _table(press, [1] * 200)

    def groups() -> Iterator[Group]:
        for number, group in enumerate(table.groups):
            ready.append(len(flow.sheets) if number == 199 else 0)
            yield group

    flow.table(replace(table, groups=groups()))
    # One group more is made than is placed, so as to know the last.
    assert len(flow.sheets) - ready[-1] in {0, 1}


def test_a_picture_is_one_part_that_says_in_words_what_it_shows(press: Press) -> None:
    flow = Flow(press, SMALL)

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.bar(x, y, x + 40, y + 10, grey=0.7)
        pen.stroke([(x, y), (x + 40, y + 20)], dash=2)
        pen.words("Ысык-Көл", x + 40, y + 20, align="right")

    flow.figure(30, draw, "Ысык-Көл: 40 %")
    made, operators = press.structure, flow.sheet.operators()
    assert [(made.role(part), made.alternative(part)) for part in range(1, len(made))] == [
        ("Figure", "Ысык-Көл: 40 %")
    ]
    assert operators.startswith("/Figure <</MCID 0>> BDC q")
    assert operators.count(" BDC") == operators.count("EMC") == 1
    assert flow.y == SMALL.top + 30


def test_titles_become_bookmarks_inside_each_other() -> None:
    made = b"\n".join(body for _, body in outline(*_titled(("H1", "Бир"), ("H2", "Эки"), ("H1", "Үч"))))
    assert made.count(b"/Title") == 3
    assert b"/Count 3" in made
    assert b"/Count -1" in made


def test_a_document_without_titles_has_no_bookmarks() -> None:
    assert outline(*_titled()) == []


def _titled(*titles: tuple[Role, str]) -> tuple[list[Sheet], list[int], Iterator[int]]:
    press = Press(Particulars("", "", "ky", datetime(2020, 5, 14, tzinfo=UTC)))
    flow = Flow(press, SMALL)
    for role, said in titles:
        flow.text(said, replace(STYLE, role=role))
    return flow.sheets, [1] * len(flow.sheets), count(10)


def _table(press: Press, sizes: list[int]) -> Table:
    """Return a table of one column with a head, one group of so many lines for each size."""
    columns = Columns((200,), SMALL.left)
    head = columns.row(press, [_cell("Баш", "TH")], role="TH")
    continued = columns.row(press, [_cell("Уландысы", "TD")])
    groups = [
        Group((columns.row(press, [_cell("\n".join(["сап"] * size), "TD")]),), continued) for size in sizes
    ]
    return Table(columns, (head,), groups)


def _cell(text: str, role: str) -> Cell:
    return Cell((([("text", text)], replace(STYLE, role="TH" if role == "TH" else "TD")),))
