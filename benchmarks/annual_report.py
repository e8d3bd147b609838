"""Gather and print the report of the whole country, against the same tables in Platypus, in the same run.

484 territories, five years, 40 indicators: 96,800 values, and every indicator that the service computes. A
database on SQLite is filled first, outside of what is timed: fifty issued sittings of five questions each,
500 drafts with ten remarks, residents, revenue and transfers of every territory and year. Gathering reads all
of it: first as a process does that has read nothing yet, then again. Drawing judges every value, makes the
canonical text and its hash, and prints the whole report, tagged for archives; Platypus prints the values
alone, with the same font and a repeated head, in chunks of 50 rows, and is not tagged. Each time is measured
in a fresh process, after a small render that loads what it needs, by the clock and by the processor: a busy
machine strays. The collector of garbage is set as the server sets it. The first gathering and the drawing
together are held to the aim; the exit code is 1 when one is missed.

    python -m benchmarks.annual_report [--places 484] [--indicators 40] [--sittings 50] [--drafts 500]
                                       [--renders 3]
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar

_Value = TypeVar("_Value")
#: Clock and processor, in seconds.
Time = tuple[float, float]

#: Seconds of processor within which the report is gathered and printed, and how many times faster it is drawn
#: than by Platypus.
AIM_SECONDS: Final = 5.0
AIM_RATIO: Final = 2.0
_USUAL: Final = {"places": 484, "indicators": 40, "sittings": 50, "drafts": 500, "renders": 3}
#: Questions of each sitting.
LINES: Final = 5
_ROW: Final = "{:<44}{:>9}{:>11}{:>9}"
_CLOSED_ON: Final = date(2025, 3, 1)


def main() -> None:
    """Fill a database, run both in processes of their own, print the sums and the ratio."""
    parser = argparse.ArgumentParser(description="The annual report of the whole country.")
    for name, usual in (
        ("places", 484),
        ("indicators", 40),
        ("sittings", 50),
        ("drafts", 500),
        ("renders", 3),
    ):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--child", nargs=3, metavar=("TOOL", "DATABASE", "REPORT"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        print(json.dumps(_measured(*arguments.child)))
    elif not _held(arguments):
        sys.exit("an aim is missed")


def _held(arguments: argparse.Namespace) -> bool:
    """Measure and print; tell whether all aims are kept."""
    from benchmarks.country import Size, filled

    with TemporaryDirectory(prefix="budgetproto-annual-") as folder:
        size = Size(arguments.places, arguments.indicators, arguments.sittings, LINES, arguments.drafts)
        begun = time.perf_counter()
        database, report = filled(Path(folder), size)
        database.close()
        print(f"{size.places} territories, 5 years, {size.indicators} indicators, {size.sittings} sittings,")
        print(f"{size.drafts} drafts, entered in {time.perf_counter() - begun:.0f} s")
        print(f"medians of {arguments.renders}\n{_ROW.format('', 'seconds', 'processor', 'MB')}")
        runs = {tool: _in_processes(arguments.renders, tool, database.url, report) for tool in _TOOLS}
    return _judged(runs["ours"], runs["platypus"])


def _judged(ours: Mapping[str, Time], peer: Mapping[str, Time]) -> bool:
    """Print the sum and the ratio beside their aims; tell whether both are kept."""
    clock, processor = (sum(pair) for pair in zip(ours["first"], ours["drawn"], strict=True))
    _print("ours: gathered first, and drawn", (clock, processor))
    ratio = peer["drawn"][1] / ours["drawn"][1]
    in_time, faster = processor <= AIM_SECONDS, ratio >= AIM_RATIO
    print(f"\ngathered and drawn: {processor:.2f} s of processor (aim {AIM_SECONDS:g}){_missed(in_time)}")
    print(
        f"Platypus takes {ratio:.1f} times the processor of our drawing (aim {AIM_RATIO:g}){_missed(faster)}"
    )
    return in_time and faster


def _in_processes(renders: int, tool: str, url: str, report: str) -> dict[str, Time]:
    """Return the medians of so many processes by what was done, and print them."""
    command = [sys.executable, "-m", "benchmarks.annual_report", "--child", tool, url, report]
    found: list[dict[str, Any]] = []
    for _ in range(renders):
        answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found.append(json.loads(answer.splitlines()[-1]))
    size = statistics.median(each.pop("size") for each in found)
    medians: dict[str, Time] = {}
    for what in found[0]:
        clocks, processors = zip(*(each[what] for each in found), strict=True)
        medians[what] = statistics.median(clocks), statistics.median(processors)
        title = _TITLES.get((tool, what))
        if title:
            _print(title, medians[what], size if what == "drawn" else None)
    return medians


def _print(title: str, found: Time, size: float | None = None) -> None:
    print(_ROW.format(title, f"{found[0]:.2f}", f"{found[1]:.2f}", "" if size is None else f"{size:.2f}"))


def _missed(kept: bool) -> str:
    return "" if kept else "   MISSED"


def _measured(tool: str, url: str, report: str) -> dict[str, Any]:
    """Return, in this process, the times of gathering first and again and of drawing, and the size in MB."""
    from budgetproto.database import Database
    from budgetproto.operations.garbage import spare_application
    from budgetproto.reporting.annual import filing, storage
    from tests.reporting.annual import printed

    def gather() -> Any:
        with database.reading() as session:
            return filing.report_of(session, storage.known_report(session, report))

    draw, database = _TOOLS[tool], Database(url)
    draw(printed.report(places=3, indicators=2))
    spare_application()
    first, made = _timed(gather)
    again, _ = _timed(gather)
    drawn, paper = _timed(lambda: draw(replace(made, closed_on=_CLOSED_ON)))
    database.close()
    return {"first": first, "again": again, "drawn": drawn, "size": len(paper) / 1_000_000}


def _timed(task: Callable[[], _Value]) -> tuple[Time, _Value]:
    clock, processor = time.perf_counter(), time.process_time()
    made = task()
    return (time.perf_counter() - clock, time.process_time() - processor), made


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
    ("ours", "first"): "ours: gathered, the first of a process",
    ("ours", "again"): "ours: gathered again",
    ("ours", "drawn"): "ours: judged, hashed, drawn whole, tagged",
    ("platypus", "drawn"): "Platypus: the values alone, chunks of 50",
}

if __name__ == "__main__":
    main()
