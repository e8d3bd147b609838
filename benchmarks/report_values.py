"""Pages of values of a filed report of the whole country, as programs read them.

Run as `python -m benchmarks.report_values [ROUNDS]`. 484 territories, five years, 40 indicators: 96,800
values, entered, closed, approved and filed by the services. Pages are asked in process, without sockets, the
check of the token included; CPU time of this thread, since other work on the machine moves the clock on the
wall. "first" is asked of a worker that has not read the report before: it reads the whole text once and keeps
it. The promise is 200 ms for every page but that one.
"""

import json
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.pages import answered
from budgetproto.accounts import tokens
from budgetproto.accounts.scopes import Scope
from budgetproto.app import create_app
from budgetproto.database import Database
from budgetproto.database.migrations import migrate
from budgetproto.disputes.positions import sealing
from budgetproto.operations import logs
from budgetproto.reporting.annual import filing, service, showing
from budgetproto.reporting.annual.content import SECTIONS
from budgetproto.reporting.annual.domain import Value
from budgetproto.reporting.annual.entering import put_values
from budgetproto.reporting.annual.starter import starter_set
from budgetproto.reporting.annual.storage import Entered
from budgetproto.settings import Settings
from budgetproto.transfers.reference import read_reference
from tests.factories import Scene, make_scene
from tests.reporting.annual.writing import FIXED, WORDS, YEAR, Desk, begun

PLACES: Final = 484
INDICATORS: Final = 40
YEARS: Final = range(YEAR - 4, YEAR + 1)
PROMISE: Final = 200
#: What is asked for; `{last}` is the territory that stands last in every indicator.
PAGES: Final = (
    "limit=50",
    "limit=200",
    f"limit=200&year={YEAR}",
    "limit=200&indicator=indicator.9",
    "limit=200&territory={last}",
    "limit=200&territory=00000000000000",
)
#: How many values a page has that is not full.
EXPECTED: Final = {PAGES[0]: 50, PAGES[-1]: 0}


def territories() -> list[str]:
    """Return the codes of the self-governing territories that have values."""
    return sorted(each.soate for each in read_reference().territories if each.self_governing)[:PLACES]


def filed(scene: Scene) -> Desk:
    """Let the union write a report of the whole country and file it."""
    desk = begun(scene)
    of = (desk.database, desk.author, desk.report)
    for section in SECTIONS:
        service.write_section(*of, section, WORDS, seen=desk.version)
    shipped = starter_set()
    found = tuple(
        replace(shipped[each % len(shipped)], key=f"indicator.{each}") for each in range(INDICATORS)
    )
    service.add_indicators(*of, found, seen=desk.version)
    for each in found:
        service.fix_yardstick(*of, each.key, FIXED, seen=desk.version)
        put_values(*of, values(each.key), seen=desk.version)
    digest = filing.close(*of, seen=desk.version)
    filing.approve(desk.database, desk.second, desk.report, digest=digest)
    filing.file_report(*of)
    return desk


def values(indicator: str) -> list[Entered]:
    """Return a value of every territory and year."""
    return [
        Entered(indicator, code, year, Value((place * 7 + year * 5) % 97, "file", "Казыналык"))
        for place, code in enumerate(territories())
        for year in YEARS
    ]


def milliseconds(ask: Callable[[], object]) -> float:
    """Time one call by the CPU time of this thread."""
    start = time.thread_time()
    ask()
    return 1e3 * (time.thread_time() - start)


def measured(folder: Path, rounds: int) -> None:
    """File the report, print a line for each page."""
    key_file = folder / "seal.key"
    sealing.make_key(key_file)
    database = Database(f"sqlite:///{folder}/reports.sqlite3")
    migrate(database)
    scene = make_scene(database, key=sealing.load_key(key_file), lines=1, terms=False)
    desk = filed(scene)
    print(f"{PLACES} territories, {len(YEARS)} years, {INDICATORS} indicators")
    app = create_app(Settings(folder, database.url, key_file, "only for a benchmark"))
    scopes = frozenset({Scope.REPORTS})
    code = tokens.make(database, scene.secretary.id, name="Benchmark", wanted=scopes, days=1).code
    told, last = "{:<48}{:8.1f} ms", territories()[-1]
    for page in PAGES:
        query = page.format(last=last)
        path = f"/api/v1/reports/{desk.report}/values?{query}"
        ask = answered(app, path, Authorization=f"Bearer {code}")
        if page == PAGES[0]:
            # What every first request of a process loads is loaded; the report is read from the record anew.
            ask()
            showing._known.clear()
            print(told.format("first", milliseconds(ask)))
        assert len(json.loads(ask())["items"]) == EXPECTED.get(page, 200)
        found = median(milliseconds(ask) for _ in range(rounds))
        print(told.format(query, found), f"  aim: {PROMISE} ms or less")
    database.close()


def main(rounds: int = 9) -> None:
    """Measure on SQLite."""
    print(f"Python {platform.python_version()}, {platform.machine()}, SQLite")
    with open(os.devnull, "w") as nowhere, TemporaryDirectory(prefix="budgetproto-values-") as folder:
        logs.configure("info", nowhere)
        measured(Path(folder), rounds)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
