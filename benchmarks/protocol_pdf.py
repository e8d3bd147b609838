"""Print the main table on our own layout, against the same table in Platypus, WeasyPrint and Typst.

Every tool runs in a fresh process: one warm-up render, then medians of the measured ones, by the clock and
of the processor, and the peak memory of the process. All print the same cells with the same fonts on A4
lengthwise, with a repeated head and page numbers. Ours and Typst's are tagged. Of Typst the first compile
counts, in three processes; what takes minutes is rendered once, without a warm-up, and given up after
`--patience` seconds. An aim is reached when clock and processor both say so: a busy machine strays, and Typst
works in several threads. Whether the time grows with the lines is told by the processor.

    python -m benchmarks.protocol_pdf [--lines 500 5000] [--renders 5] [--peers-python PATH]
"""

import argparse
import gc
import json
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.pdf_tools import FONTS, MISSING, SEED, TOOLS, write_cells

#: Aims: how many times faster than the peer, our peak memory in MB at the greatest length.
AIMS: Final = {"WeasyPrint": 40, "Typst, first compile": 4, "Platypus": 5}
LEAST_MEMORY: Final = 100
#: By how much more than the lines the time may grow: what a measurement strays.
STRAYS: Final = 1.1
#: From so many lines on, the slow peers render once.
LONG: Final = 2_000
ROW: Final = "{:<38}{:>9}{:>11}{:>9}{:>7}{:>8}"


@dataclass(frozen=True)
class Found:
    """What a tool took; `given_up` when it took longer than its seconds."""

    seconds: float
    processor: float = 0
    peak: float = 0
    pages: int | str = "?"
    size: int = 0
    given_up: bool = False


def main() -> None:
    """Run every tool at every length and print medians, memory and ratios."""
    arguments = _arguments()
    if arguments.child:
        _child(arguments.child, Path(arguments.cells), arguments.renders, warm=not arguments.cold)
        return
    found = {lines: _at_length(arguments, lines) for lines in arguments.lines}
    shortest, longest = min(found), max(found)
    _memory(longest, found[longest])
    if longest > shortest:
        _growth(longest / shortest, found[longest].processor / found[shortest].processor)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--lines", type=int, nargs="+", default=[500, 5_000])
    parser.add_argument("--renders", type=int, default=5)
    parser.add_argument("--patience", type=int, default=900, help="seconds after which a peer is given up")
    parser.add_argument("--peers-python", default=sys.executable, help="a Python with WeasyPrint and Typst")
    parser.add_argument("--child", choices=sorted(TOOLS), help=argparse.SUPPRESS)
    parser.add_argument("--cold", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--cells", help=argparse.SUPPRESS)
    return parser.parse_args()


def _at_length(arguments: argparse.Namespace, lines: int) -> Found:
    """Measure every tool at one length; return our seconds and our memory with lines read one by one."""
    print(f"\n{lines} lines, seed {SEED}, medians of {arguments.renders} renders")
    print(ROW.format("", "seconds", "processor", "peak MB", "pages", "kB"))
    with TemporaryDirectory() as folder:
        cells = Path(folder, "cells.jsonl")
        write_cells(cells, lines)
        run = _Runs(arguments, cells, long=lines >= LONG)
        ours = run.own("ours", "our layout, the table")
        streamed = run.own("streamed", "our layout, lines read one by one")
        run.own("whole", "our layout, the whole protocol")
        run.own("signing", "signing the whole protocol, apart")
        peers = {
            "Platypus": run.platypus(),
            "WeasyPrint": run.weasyprint(),
            "Typst, first compile": run.typst(),
        }
    for name, peer in peers.items():
        if peer:
            _ratio(name, peer, ours)
    return Found(ours.seconds, ours.processor, streamed.peak)


class _Runs:
    """Runs tools on the cells of one length, each in a fresh process, and prints a row for each."""

    def __init__(self, arguments: argparse.Namespace, cells: Path, *, long: bool) -> None:
        self._arguments, self._cells, self._long = arguments, cells, long
        self._renders: int = arguments.renders

    def own(self, tool: str, title: str) -> Found:
        """Run a tool that belongs to the project."""
        found = self._run(tool, title, sys.executable, renders=3 if self._long else self._renders)
        if found is None or found.given_up:
            sys.exit(f"{title} belongs to the project and did not run")
        return found

    def platypus(self) -> Found | None:
        """Run Platypus, once at length; in chunks of 50 lines: one table of 500 takes four times as long."""
        title = "Platypus, chunks of 50" + ", once" * self._long
        return self._run("platypus", title, sys.executable, renders=1 if self._long else 3, cold=self._long)

    def weasyprint(self) -> Found | None:
        """Run WeasyPrint, once at length."""
        title = "WeasyPrint, once" if self._long else "WeasyPrint"
        renders = 1 if self._long else 3
        return self._run("weasyprint", title, self._arguments.peers_python, renders=renders, cold=self._long)

    def typst(self) -> Found | None:
        """Run Typst's first compile in several processes."""
        python, title = self._arguments.peers_python, "Typst, first compile"
        found = [self._measured("typst", title, python, renders=1, cold=True) for _ in range(3)]
        counted = [each for each in found if each]
        if not counted:
            return None
        middle = sorted(counted, key=lambda each: each.seconds)[len(counted) // 2]
        _print(title, middle)
        return middle

    def _run(self, tool: str, title: str, python: str, *, renders: int, cold: bool = False) -> Found | None:
        found = self._measured(tool, title, python, renders=renders, cold=cold)
        if found:
            _print(title, found)
        return found

    def _measured(self, tool: str, title: str, python: str, *, renders: int, cold: bool) -> Found | None:
        """Run one tool, or say what to install when it is a peer that is missing."""
        options = ["--child", tool, "--cells", str(self._cells), "--renders", str(renders)]
        command = [python, "-m", "benchmarks.protocol_pdf", *options, *(["--cold"] if cold else [])]
        patience = self._arguments.patience
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                encoding="utf-8",
                check=False,
                cwd=FONTS.parents[3],
                timeout=patience * (1 if cold else renders + 1),
            )
        except subprocess.TimeoutExpired:
            return Found(patience, given_up=True)
        if done.returncode == MISSING:
            print(f"{title}: not run. {done.stderr.strip()}")
            return None
        if done.returncode:
            sys.exit(done.stderr)
        return Found(**json.loads(done.stdout))


def _print(title: str, found: Found) -> None:
    if found.given_up:
        print(f"{title}: given up after {found.seconds:,.0f} seconds")
        return
    told = (f"{found.seconds:.3f}", f"{found.processor:.3f}", f"{found.peak:.0f}", found.pages)
    print(ROW.format(title, *told, f"{found.size / 1000:,.0f}"))


def _ratio(peer: str, theirs: Found, ours: Found) -> None:
    clock, aim = theirs.seconds / ours.seconds, AIMS[peer]
    if theirs.given_up:
        print(f"more than {clock:.1f} times faster than {peer} (aim: {aim}): {_told(clock >= aim)}")
        return
    processor = theirs.processor / ours.processor
    said = f"{clock:.1f} times faster than {peer} on the clock, {processor:.1f} times by the processor"
    print(f"{said} (aim: {aim}): {_told(min(clock, processor) >= aim)}")


def _memory(lines: int, ours: Found) -> None:
    print(
        f"\n{ours.peak:.0f} MB at most with {lines} lines read one by one "
        f"(aim: under {LEAST_MEMORY}): {_told(ours.peak < LEAST_MEMORY)}"
    )


def _growth(lines: float, seconds: float) -> None:
    print(
        f"{lines:.0f} times the lines take the processor {seconds:.1f} times as long "
        f"(aim: no faster than the lines): {_told(seconds <= lines * STRAYS)}"
    )


def _told(reached: bool) -> str:
    return "reached" if reached else "MISSED"


def _child(tool: str, cells: Path, renders: int, *, warm: bool) -> None:
    """Render once to warm up, then measure; print one line of JSON."""
    render = TOOLS[tool](cells)
    if warm:
        render()
    # As in the served application the collector leaves alone what was built before; for every tool alike.
    gc.collect()
    gc.freeze()
    seconds, processor, pdf = [], [], b""
    for _ in range(renders):
        begun, worked = time.perf_counter(), time.process_time()
        pdf = render()
        seconds.append(time.perf_counter() - begun)
        processor.append(time.process_time() - worked)
    found: dict[str, Any] = {
        "seconds": statistics.median(seconds),
        "processor": statistics.median(processor),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "pages": _pages(pdf),
        "size": len(pdf),
    }
    print(json.dumps(found))


def _pages(pdf: bytes) -> int | str:
    """Count the pages where the page objects are not compressed."""
    return pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page ") or pdf.count(b"/Type /Page/") or "?"


if __name__ == "__main__":
    main()
