"""Make and print the report of the whole country, against the same tables in Platypus, in the same run.

484 territories, five years, 40 indicators: 96,800 values. Ours judges every value, makes the canonical text
and its hash, and prints the whole report, tagged for archives; Platypus prints the values alone, with the
same font and a repeated head, in chunks of 50 rows, and is not tagged. Each runs in a fresh process, after a
small render that loads what it needs. By the clock and by the processor: a busy machine strays.

    python -m benchmarks.annual_report [--places 484] [--indicators 40] [--renders 3]
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from io import BytesIO
from typing import Any, Final

#: Seconds of processor within which the report is made and printed, and how many times faster than Platypus.
AIM_SECONDS: Final = 5.0
AIM_RATIO: Final = 2.0
_ROW: Final = "{:<44}{:>9}{:>11}{:>9}"


def main() -> None:
    """Run both in processes of their own and print the ratio."""
    parser = argparse.ArgumentParser(description="The annual report of the whole country.")
    parser.add_argument("--places", type=int, default=484)
    parser.add_argument("--indicators", type=int, default=40)
    parser.add_argument("--renders", type=int, default=3)
    parser.add_argument("--child", choices=sorted(_TOOLS), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        print(json.dumps(_measured(arguments)))
        return
    size = f"{arguments.places} territories, 5 years, {arguments.indicators} indicators"
    print(f"{size}, medians of {arguments.renders}")
    print(_ROW.format("", "seconds", "processor", "MB"))
    ours, peer = (_in_process(arguments, tool, title) for tool, title in _TITLES.items())
    ratio = peer["processor"] / ours["processor"]
    print(f"\nPlatypus takes {ratio:.1f} times the processor of ours (aim {AIM_RATIO:g})")
    reached = ours["processor"] <= AIM_SECONDS and ratio >= AIM_RATIO
    print(f"aim: {AIM_SECONDS:g} seconds of processor: {'reached' if reached else 'NOT reached'}")


def _in_process(arguments: argparse.Namespace, tool: str, title: str) -> dict[str, float]:
    options = [f"--{name}={getattr(arguments, name)}" for name in ("places", "indicators", "renders")]
    command = [sys.executable, "-m", "benchmarks.annual_report", "--child", tool, *options]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: dict[str, float] = json.loads(answer.splitlines()[-1])
    print(_ROW.format(title, *(f"{found[key]:.2f}" for key in ("seconds", "processor", "size"))))
    return found


def _measured(arguments: argparse.Namespace) -> dict[str, float]:
    from tests.reporting.annual.printed import report

    run, clocks, processors, size = _TOOLS[arguments.child], list[float](), list[float](), 0
    run(report(places=3, indicators=2))
    for _ in range(arguments.renders):
        made = report(places=arguments.places, indicators=arguments.indicators)
        clock, processor = time.perf_counter(), time.process_time()
        size = len(run(made))
        clocks.append(time.perf_counter() - clock)
        processors.append(time.process_time() - processor)
    return {
        "seconds": statistics.median(clocks),
        "processor": statistics.median(processors),
        "size": size / 1_000_000,
    }


def _ours(made: Any) -> bytes:
    """Judge, hash and print the whole report."""
    from budgetproto.journal.domain import sha256_of
    from budgetproto.reporting.annual import document
    from budgetproto.reporting.annual.drawing import draw

    return draw(made, "ky", digest=sha256_of(document.written_report(made)))


def _platypus(made: Any) -> bytes:
    """Print the tables of values alone."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    from budgetproto.protocol.typesetting.faces import FILES, FONTS

    registerFont(TTFont("text", FONTS / FILES["text"]))
    style = ParagraphStyle("cell", fontName="text", fontSize=9.5, leading=11.2)
    story: list[Any] = []
    for measured in made.measured:
        story.append(Paragraph(measured.indicator.name.text("ky"), style))
        rows = [_cells(row, style, Paragraph) for row in measured.rows]
        for start in range(0, len(rows), 50):
            head = ["", *map(str, made.years), ""]
            table = Table([head, *rows[start : start + 50]], colWidths=[150, *[52] * 5, 80], repeatRows=1)
            table.setStyle([("FONT", (0, 0), (-1, -1), "text", 9.5)])
            story.append(table)
    file = BytesIO()
    SimpleDocTemplate(file, pagesize=A4, leftMargin=24, rightMargin=24).build(story)
    return file.getvalue()


def _cells(row: Any, style: Any, paragraph: Any) -> list[Any]:
    figures = ("—" if value is None else str(value.number) for value in row.values)
    name = paragraph(row.place.name.text("ky"), style)
    return [name, *figures, paragraph(row.judgement.verdict, style)]


_TOOLS: Final[dict[str, Any]] = {"ours": _ours, "platypus": _platypus}
_TITLES: Final = {
    "ours": "ours: judged, hashed, whole, tagged",
    "platypus": "Platypus: the values alone, chunks of 50",
}

if __name__ == "__main__":
    main()
