"""The tools that print the main table of the protocol: ours, Platypus, WeasyPrint, Typst.

Each is asked for a function that renders once. The peers' own environment lacks our packages, so everything
is imported where it is used.
"""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent.parent / "budgetproto" / "protocol" / "typesetting" / "fonts"
SEED = 2020
#: The exit code of a child whose peer is not installed.
MISSING = 3

#: The file with the cells of a table: a line with widths and head, then a line for each contested line.
Cells = Path
Render = Callable[[], bytes]


def write_cells(file: Cells, lines: int) -> None:
    """Write the texts of the main table: rows of (span, align, paragraphs of runs)."""
    paper = _paper(lines)
    from budgetproto.protocol.drawing.main_table import _SHARES, _TITLES, line_cells

    titles = [paper.writer.say(f"column.{name}") for name in _TITLES]
    about = {"widths": paper.columns(*_SHARES).widths, "head": titles, "count": lines}
    with file.open("w", encoding="utf-8") as written:
        print(json.dumps(about), file=written)
        for line, made in paper.protocol.pairs():
            rows = [[_plain(cell) for cell in row] for row in line_cells(paper, line, made)]
            print(json.dumps(rows), file=written)


def about(file: Cells) -> dict[str, Any]:
    """Return widths, head and number of lines."""
    with file.open(encoding="utf-8") as read:
        found: dict[str, Any] = json.loads(read.readline())
    return found


def lines_of(file: Cells) -> Iterator[Any]:
    """Read the rows of each line, one after another."""
    with file.open(encoding="utf-8") as read:
        read.readline()
        yield from map(json.loads, read)


def _plain(cell: Any) -> list[Any]:
    align = cell.texts[0][1].align if cell.texts else "left"
    return [cell.span, align, [parts for parts, _ in cell.texts]]


def _paper(lines: int) -> Any:
    from budgetproto.money import Unit
    from budgetproto.protocol.composition import compose
    from budgetproto.protocol.drawing.paper import Paper
    from budgetproto.protocol.drawing.writer import Writer
    from budgetproto.protocol.typesetting.style import LANDSCAPE
    from tests.protocol.long_samples import long_sitting

    flow = _flow(LANDSCAPE)
    return Paper(Writer("ky", Unit.THOUSAND_SOMS), flow, compose(long_sitting(lines, seed=SEED, sentences=3)))


def _flow(style: Any) -> Any:
    from budgetproto.protocol.typesetting.flow import Flow
    from budgetproto.protocol.typesetting.particulars import Particulars
    from budgetproto.protocol.typesetting.press import Press

    return Flow(Press(Particulars("benchmark", "", "ky", datetime(2020, 5, 14, tzinfo=UTC))), style)


def ours(file: Cells) -> Render:
    """Set the cells on our own layout, all of them in memory as the peers have them."""
    known, lines = about(file), list(lines_of(file))
    return lambda: _our_table(known, lines)


def streamed(file: Cells) -> Render:
    """Set them as they are read, so that the table never lies in memory whole."""
    known = about(file)
    return lambda: _our_table(known, lines_of(file))


def _our_table(known: dict[str, Any], lines: Any) -> bytes:
    from budgetproto.protocol.drawing.house_style import CELL, FIGURE, HEAD
    from budgetproto.protocol.drawing.paper import cell
    from budgetproto.protocol.typesetting.style import LANDSCAPE
    from budgetproto.protocol.typesetting.tables import Cell, Columns, Group, Table

    def set_cell(span: int, align: str, paragraphs: list[Any]) -> Cell:
        style = FIGURE if align == "right" else CELL
        return Cell(tuple((parts, style) for parts in paragraphs), span)

    flow = _flow(LANDSCAPE)
    columns = Columns(tuple(known["widths"]), LANDSCAPE.left)
    head = columns.row(flow.press, [cell(title, HEAD) for title in known["head"]], role="TH")
    groups = (
        Group(tuple(columns.row(flow.press, [set_cell(*each) for each in row]) for row in line))
        for line in lines
    )
    flow.table(Table(columns, (head,), groups))
    bound: bytes = flow.bound(_page_number(flow.press))
    return bound


def _page_number(press: Any) -> Callable[[Any, int, int], None]:
    from budgetproto.protocol.drawing.house_style import FOOT_RIGHT

    def draw(sheet: Any, page: int, pages: int) -> None:
        width = sheet.style.text_width
        lines = press.set([("text", f"{page} / {pages}")], FOOT_RIGHT, width)
        sheet.text(lines, FOOT_RIGHT, x=sheet.style.left, y=sheet.style.height - 40, width=width)

    return draw


def whole(file: Cells) -> Render:
    """Draw the whole protocol of which the table is a part: front page, lists, opinions, signatures."""
    from budgetproto.protocol.drawing import draw

    protocol = _paper(about(file)["count"]).protocol
    return lambda: draw(protocol, "ky")


def signing(file: Cells) -> Render:
    """Sign the whole protocol as the service does, without a time stamp."""
    from dataclasses import replace
    from tempfile import TemporaryDirectory

    from budgetproto.protocol.composition import compose
    from budgetproto.protocol.drawing import draw
    from budgetproto.protocol.signature.authority import make_authority
    from budgetproto.protocol.signature.signing import ServiceKey
    from budgetproto.settings import SigningSettings

    with TemporaryDirectory() as folder:
        Path(folder, "key.p12").write_bytes(make_authority("benchmark").key)
        key = ServiceKey.load(SigningSettings(key_file=Path(folder, "key.p12"), passphrase="benchmark"))
    assert key
    facts = replace(_paper(about(file)["count"]).protocol.facts, number="1")
    content = draw(compose(facts), "ky")
    return lambda: key.signed(content, level="B-B", reason="benchmark", place="benchmark")


def platypus(file: Cells) -> Render:
    """Print the cells in LongTables of 50 lines, which is Platypus' fastest way."""
    known, lines = about(file), list(lines_of(file))
    return lambda: _platypus_pdf(known, lines, 50)


def _platypus_pdf(known: dict[str, Any], lines: list[Any], chunk: int) -> bytes:
    """Print the cells as LongTables of `chunk` lines with Paragraph cells and spans."""
    from io import BytesIO

    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import SimpleDocTemplate

    _register_fonts()
    styles = _platypus_styles()
    tables = [_platypus_table(known, lines[at : at + chunk], styles) for at in range(0, len(lines), chunk)]
    file = BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=landscape(A4),
        leftMargin=34,
        rightMargin=34,
        topMargin=42,
        bottomMargin=50,
        invariant=1,
    )
    document.build(tables, onFirstPage=_platypus_foot, onLaterPages=_platypus_foot)
    return file.getvalue()


def _register_fonts() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if "text" in pdfmetrics.getRegisteredFontNames():
        return
    for name, file in FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(FONTS / file)))
    pdfmetrics.registerFontFamily("text", normal="text", bold="bold", italic="text", boldItalic="bold")


FACES = {
    "text": "LiberationSerif-Regular.ttf",
    "bold": "LiberationSerif-Bold.ttf",
    "head": "LiberationSans-Bold.ttf",
}


def _platypus_styles() -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle

    left = ParagraphStyle("left", fontName="text", fontSize=9.5, leading=11.2)
    return {
        "left": left,
        "right": ParagraphStyle("right", left, alignment=2),
        "head": ParagraphStyle("head", left, fontName="head", fontSize=9, leading=10.6),
    }


def _platypus_table(known: dict[str, Any], lines: list[Any], styles: dict[str, Any]) -> Any:
    from reportlab.lib.colors import black
    from reportlab.platypus import LongTable, Paragraph, TableStyle

    data: list[list[Any]] = [[Paragraph(title, styles["head"]) for title in known["head"]]]
    look: list[Any] = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, 0), 0.8, black)]
    look += [(f"{side}PADDING", (0, 0), (-1, -1), 3.5) for side in ("LEFT", "RIGHT")]
    for line in lines:
        for row in line:
            data.append(_platypus_row(row, len(data), look, styles))
        look.append(("LINEBELOW", (0, len(data) - 1), (-1, len(data) - 1), 0.35, black))
    return LongTable(data, colWidths=known["widths"], repeatRows=1, style=TableStyle(look), splitInRow=1)


def _platypus_row(row: list[Any], number: int, look: list[Any], styles: dict[str, Any]) -> list[Any]:
    from reportlab.platypus import Paragraph

    made: list[Any] = []
    for span, align, paragraphs in row:
        if span > 1:
            look.append(("SPAN", (len(made), number), (len(made) + span - 1, number)))
        made += [[Paragraph(_markup(parts), styles[align]) for parts in paragraphs], *([""] * (span - 1))]
    return made


def _markup(parts: list[Any]) -> str:
    from xml.sax.saxutils import escape

    said = (f"<b>{escape(text)}</b>" if face == "bold" else escape(text) for face, text in parts)
    return " ".join(said)


def _platypus_foot(canvas: Any, document: Any) -> None:
    canvas.setFont("text", 8)
    canvas.drawRightString(800, 40, str(document.page))


def weasyprint(file: Cells) -> Render:
    """Print the cells as one HTML table with WeasyPrint."""
    try:
        import weasyprint as peer  # type: ignore[import-not-found]  # a peer, in an environment of its own
    except (ImportError, OSError) as missing:
        print(f"{missing}\n{HOW_TO_INSTALL}", file=sys.stderr)
        sys.exit(MISSING)
    page = _page(about(file), lines_of(file))

    def render() -> bytes:
        pdf: bytes = peer.HTML(string=page, base_url=str(FONTS)).write_pdf()
        return pdf

    return render


def typst(file: Cells) -> Render:
    """Print the cells as one Typst table; only its first compile counts, later ones remember everything."""
    try:
        import typst as peer  # type: ignore[import-not-found]  # a peer, in an environment of its own
    except ImportError as missing:
        print(f"{missing}\n{HOW_TO_INSTALL}", file=sys.stderr)
        sys.exit(MISSING)
    source = _typst(about(file), lines_of(file)).encode()

    def render() -> bytes:
        pdf: bytes = peer.compile(source, font_paths=[str(FONTS)], ignore_system_fonts=True)
        return pdf

    return render


HOW_TO_INSTALL = """Install it beside the project:
    apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    python3 -m venv ENVIRONMENT && ENVIRONMENT/bin/pip install -r benchmarks/requirements.txt
and run again with --peers-python ENVIRONMENT/bin/python"""


def _page(known: dict[str, Any], lines: Iterator[Any]) -> str:
    widths = "".join(f"<col style='width:{width}pt'>" for width in known["widths"])
    head = "".join(f"<th>{title}</th>" for title in known["head"])
    body = "".join(f"<tbody>{''.join(map(_html_row, line))}</tbody>" for line in lines)
    table = f"<table>{widths}<thead><tr>{head}</tr></thead>{body}</table>"
    return f"<html lang='ky'><style>{_CSS}</style><body>{table}</body></html>"


def _html_row(row: list[Any]) -> str:
    return f"<tr>{''.join(_html_cell(*cell) for cell in row)}</tr>"


def _html_cell(span: int, align: str, paragraphs: list[Any]) -> str:
    said = "".join(f"<p>{_markup(parts)}</p>" for parts in paragraphs)
    return f"<td colspan='{span}' class='{align}'>{said}</td>"


_CSS = """
@font-face { font-family: text; src: url(LiberationSerif-Regular.ttf) }
@font-face { font-family: text; font-weight: bold; src: url(LiberationSerif-Bold.ttf) }
@font-face { font-family: head; font-weight: bold; src: url(LiberationSans-Bold.ttf) }
@page { size: A4 landscape; margin: 48pt 40pt 56pt;
        @bottom-right { content: counter(page) " / " counter(pages); font: 8pt text } }
body { font: 9.5pt/11.2pt text } p { margin: 0 }
table { border-collapse: collapse; table-layout: fixed; width: 100% }
th { font: bold 9pt/10.6pt head; border-bottom: 0.8pt solid; text-align: left }
td, th { padding: 3pt 3.5pt; vertical-align: top }
.right { text-align: right }
tbody { border-bottom: 0.35pt solid }
"""


def _typst(known: dict[str, Any], lines: Iterator[Any]) -> str:
    widths = ", ".join(f"{width}pt" for width in known["widths"])
    head = ", ".join(f"hd({_quoted(title)})" for title in known["head"])
    rows = "\n".join("".join(map(_typst_row, line)) + "table.hline(stroke: 0.35pt)," for line in lines)
    return f"{_TYPST}#table(columns: ({widths}), table.header({head}), table.hline(stroke: 0.8pt),\n{rows})"


def _typst_row(row: list[Any]) -> str:
    return "".join(_typst_cell(*cell) for cell in row)


def _typst_cell(span: int, align: str, paragraphs: list[Any]) -> str:
    said = " + linebreak() + ".join(map(_typst_paragraph, paragraphs)) or "[]"
    return f"table.cell(colspan: {span}, align: {align})[#({said})],"


def _typst_paragraph(parts: list[Any]) -> str:
    said = (f"{'b' if face == 'bold' else 'text'}({_quoted(words)})" for face, words in parts)
    return " + [ ] + ".join(said) or "[]"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


_TYPST = """#set page(paper: "a4", flipped: true, margin: (x: 40pt, top: 48pt, bottom: 56pt))
#set page(numbering: "1 / 1")
#set text(font: "Liberation Serif", size: 9.5pt, lang: "ky")
#set par(leading: 0.4em)
#set table(stroke: none, inset: (x: 3.5pt, y: 3pt))
#let b(said) = text(weight: "bold", said)
#let hd(said) = text(font: "Liberation Sans", weight: "bold", size: 9pt, said)
"""

TOOLS: dict[str, Callable[[Cells], Render]] = {
    "ours": ours,
    "streamed": streamed,
    "whole": whole,
    "signing": signing,
    "platypus": platypus,
    "weasyprint": weasyprint,
    "typst": typst,
}
