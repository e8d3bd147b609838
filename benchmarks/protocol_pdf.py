"""A 500-line protocol table on our own layout, against the same table in Platypus and in WeasyPrint.

Every tool runs in a fresh process: one warm-up render, then the median of the measured ones, and the peak
memory of the process. All print the same cells with the same fonts on A4 lengthwise, with a repeated head
and page numbers. Platypus is run in one table and in chunks of 50 lines; the faster one counts.

    python -m benchmarks.protocol_pdf [--lines 500] [--renders 5] [--weasyprint-python PATH]
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

FONTS = Path(__file__).parent.parent / "budgetproto" / "protocol" / "typesetting" / "fonts"
SEED = 2020

#: Aims: how many times faster than the peer.
AIMS = {"WeasyPrint": 20, "Platypus": 3}
ROW = "{:<34}{:>10}{:>12}{:>10}{:>9}"


def main() -> None:
    """Run every tool and print medians, memory and ratios."""
    arguments = _arguments()
    if arguments.child:
        _child(arguments.child, Path(arguments.cells), arguments.renders)
        return
    with TemporaryDirectory() as folder:
        cells = Path(folder, "cells.json")
        cells.write_text(json.dumps(_cells(arguments.lines)), encoding="utf-8")
        _report(arguments, cells)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--lines", type=int, default=500)
    parser.add_argument("--renders", type=int, default=5)
    parser.add_argument("--weasyprint-python", default=sys.executable, help="a Python that has WeasyPrint")
    parser.add_argument("--child", choices=sorted(CHILDREN), help=argparse.SUPPRESS)
    parser.add_argument("--cells", help=argparse.SUPPRESS)
    return parser.parse_args()


def _report(arguments: argparse.Namespace, cells: Path) -> None:
    print(f"{arguments.lines} lines, seed {SEED}, median of {arguments.renders} warm renders")
    print(ROW.format("", "seconds", "peak MB", "pages", "kB"))
    ours = _measured("ours", "our layout, the table", sys.executable, arguments.renders, cells)
    _measured("whole", "our layout, the whole protocol", sys.executable, arguments.renders, cells)
    one = _measured("platypus", "Platypus, one table", sys.executable, arguments.renders, cells)
    chunks = _measured("chunks", "Platypus, chunks of 50", sys.executable, arguments.renders, cells)
    few = min(arguments.renders, 3)
    weasyprint = _optional("weasyprint", "WeasyPrint", arguments.weasyprint_python, few, cells)
    _ratio("Platypus", min(one, chunks), ours)
    if weasyprint is not None:
        _ratio("WeasyPrint", weasyprint, ours)


def _measured(child: str, title: str, python: str, renders: int, cells: Path) -> float:
    """Run one tool in a fresh process, print its row and return its median in seconds."""
    seconds = _optional(child, title, python, renders, cells)
    if seconds is None:
        sys.exit(f"{title} belongs to the project and did not run")
    return seconds


def _optional(child: str, title: str, python: str, renders: int, cells: Path) -> float | None:
    """Run one tool, or say what to install when it is a peer that is missing."""
    # The peer's own environment lacks our packages, so this file imports them only where they are used.
    options = ["--child", child, "--cells", str(cells), "--renders", str(renders)]
    command = [python, "-m", "benchmarks.protocol_pdf", *options]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=FONTS.parents[3])
    if done.returncode == MISSING:
        print(f"{title}: not run. {done.stderr.strip()}")
        return None
    if done.returncode:
        sys.exit(done.stderr)
    found = json.loads(done.stdout)
    row = (f"{found['seconds']:.3f}", f"{found['peak']:.0f}", found["pages"], f"{found['bytes'] / 1000:.0f}")
    print(ROW.format(title, *row))
    return float(found["seconds"])


def _ratio(peer: str, seconds: float, ours: float) -> None:
    ratio, aim = seconds / ours, AIMS[peer]
    print(f"{ratio:.1f} times faster than {peer} (aim: {aim}): {'reached' if ratio >= aim else 'MISSED'}")


def _child(name: str, cells: Path, renders: int) -> None:
    """Render once to warm up, then measure; print one line of JSON."""
    render = CHILDREN[name](json.loads(cells.read_text(encoding="utf-8")))
    pdf = render()
    seconds = []
    for _ in range(renders):
        begun = time.perf_counter()
        pdf = render()
        seconds.append(time.perf_counter() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({
        "seconds": statistics.median(seconds), "peak": peak, "pages": _pages(pdf), "bytes": len(pdf)
    }))  # fmt: skip


#: The exit code of a child whose peer is not installed.
MISSING = 3


def _pages(pdf: bytes) -> int | str:
    """Count the pages where the page objects are not compressed."""
    return pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page ") or pdf.count(b"/Type /Page/") or "?"


Cells = dict[str, Any]


def _cells(lines: int) -> Cells:
    """Return the texts of the main table: widths, head, and rows of (span, align, paragraphs of runs)."""
    paper = _paper(lines)
    from budgetproto.protocol.drawing.main_table import _SHARES, _TITLES, line_cells

    columns = paper.columns(*_SHARES)
    rows = [
        [[_plain(cell) for cell in row] for row in line_cells(paper, line, made)]
        for line, made in paper.protocol.pairs()
    ]
    titles = [paper.writer.say(f"column.{name}") for name in _TITLES]
    return {"widths": columns.widths, "head": titles, "lines": rows, "count": lines}


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
    return Paper(compose(long_sitting(lines, seed=SEED, sentences=3)), Writer("ky", Unit.THOUSAND_SOMS), flow)


def _flow(style: Any) -> Any:
    from budgetproto.protocol.typesetting.flow import Flow
    from budgetproto.protocol.typesetting.particulars import Particulars
    from budgetproto.protocol.typesetting.press import Press

    return Flow(Press(Particulars("benchmark", "", "ky", datetime(2020, 5, 14, tzinfo=UTC))), style)


def _ours(cells: Cells) -> Callable[[], bytes]:
    """Set the cells on our own layout."""
    from budgetproto.protocol.drawing.house_style import CELL, FIGURE, HEAD
    from budgetproto.protocol.drawing.paper import cell
    from budgetproto.protocol.typesetting.style import LANDSCAPE
    from budgetproto.protocol.typesetting.tables import Cell, Columns, Group, Table

    def set_cell(span: int, align: str, paragraphs: list[Any]) -> Cell:
        style = FIGURE if align == "right" else CELL
        return Cell(tuple((parts, style) for parts in paragraphs), span)

    def render() -> bytes:
        flow = _flow(LANDSCAPE)
        columns = Columns(tuple(cells["widths"]), LANDSCAPE.left)
        head = columns.row(flow.press, [cell(title, HEAD) for title in cells["head"]], role="TH")
        groups = [
            Group(tuple(columns.row(flow.press, [set_cell(*each) for each in row]) for row in line))
            for line in cells["lines"]
        ]
        flow.table(Table(columns, (head,), groups))
        bound: bytes = flow.bound(_page_number(flow.press))
        return bound

    return render


def _page_number(press: Any) -> Callable[[Any, int, int], None]:
    from budgetproto.protocol.drawing.house_style import FOOT_RIGHT

    def draw(sheet: Any, page: int, pages: int) -> None:
        width = sheet.style.text_width
        lines = press.set([("text", f"{page} / {pages}")], FOOT_RIGHT, width)
        sheet.text(lines, FOOT_RIGHT, x=sheet.style.left, y=sheet.style.height - 40, width=width)

    return draw


def _whole(cells: Cells) -> Callable[[], bytes]:
    """Draw the whole protocol of which the table is a part: front page, lists, opinions, signatures."""
    from budgetproto.protocol.drawing import draw

    protocol = _paper(cells["count"]).protocol
    return lambda: draw(protocol, "ky")


def _platypus(cells: Cells) -> Callable[[], bytes]:
    return lambda: _platypus_pdf(cells, len(cells["lines"]))


def _chunks(cells: Cells) -> Callable[[], bytes]:
    return lambda: _platypus_pdf(cells, 50)


def _platypus_pdf(cells: Cells, chunk: int) -> bytes:
    """Print the cells as LongTables of `chunk` lines with Paragraph cells and spans."""
    from io import BytesIO

    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import SimpleDocTemplate

    _register_fonts()
    styles = _platypus_styles()
    lines = cells["lines"]
    tables = [_platypus_table(cells, lines[at : at + chunk], styles) for at in range(0, len(lines), chunk)]
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


def _platypus_table(cells: Cells, lines: list[Any], styles: dict[str, Any]) -> Any:
    from reportlab.lib.colors import black
    from reportlab.platypus import LongTable, Paragraph, TableStyle

    data: list[list[Any]] = [[Paragraph(title, styles["head"]) for title in cells["head"]]]
    look: list[Any] = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, 0), 0.8, black)]
    look += [(f"{side}PADDING", (0, 0), (-1, -1), 3.5) for side in ("LEFT", "RIGHT")]
    for line in lines:
        for row in line:
            data.append(_platypus_row(row, len(data), look, styles))
        look.append(("LINEBELOW", (0, len(data) - 1), (-1, len(data) - 1), 0.35, black))
    return LongTable(data, colWidths=cells["widths"], repeatRows=1, style=TableStyle(look), splitInRow=1)


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


def _weasyprint(cells: Cells) -> Callable[[], bytes]:
    """Print the cells as one HTML table with WeasyPrint."""
    try:
        import weasyprint  # type: ignore[import-not-found]  # a peer, in an environment of its own
    except (ImportError, OSError) as missing:
        print(f"{missing}\n{HOW_TO_INSTALL}", file=sys.stderr)
        sys.exit(MISSING)
    page = _page(cells)

    def render() -> bytes:
        pdf: bytes = weasyprint.HTML(string=page, base_url=str(FONTS)).write_pdf()
        return pdf

    return render


HOW_TO_INSTALL = """Install it beside the project:
    apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    python3 -m venv ENVIRONMENT && ENVIRONMENT/bin/pip install -r benchmarks/requirements.txt
and run again with --weasyprint-python ENVIRONMENT/bin/python"""


def _page(cells: Cells) -> str:
    widths = "".join(f"<col style='width:{width}pt'>" for width in cells["widths"])
    head = "".join(f"<th>{title}</th>" for title in cells["head"])
    body = "".join(f"<tbody>{''.join(map(_html_row, line))}</tbody>" for line in cells["lines"])
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

CHILDREN: dict[str, Callable[[Cells], Callable[[], bytes]]] = {
    "ours": _ours,
    "whole": _whole,
    "platypus": _platypus,
    "chunks": _chunks,
    "weasyprint": _weasyprint,
}

if __name__ == "__main__":
    main()
