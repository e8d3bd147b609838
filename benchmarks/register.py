"""The register of draft acts with 10,000 drafts and 100,000 remarks, and pandas over the same rows.

Run as `python -m benchmarks.register [DRAFTS [ROUNDS]]`. Every draft gets its sums by the code that keeps
them after each step, and all are public. Pages are asked in process, without sockets, log-in included; the
promise is 200 ms of server time each, 2 s for the table of all that is public. One more draft has hundreds of
remarks. The statistics themselves are compared with pandas, which reads the same rows by SQL and groups them;
both are timed in turn and must give the same sums. The exit code is 1 when an aim is missed.
"""

import os
import platform
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

import pandas as pd
from flask import Flask
from sqlmodel import Session

from benchmarks.pages import answered, cookie_of
from budgetproto.app import create_app
from budgetproto.coordination import document, summaries
from budgetproto.coordination import happenings as h
from budgetproto.coordination.counting import statistics
from budgetproto.coordination.course import Course
from budgetproto.coordination.deadlines import Deadlines
from budgetproto.coordination.domain import Answer, Draft, Level, Screening, Touch
from budgetproto.coordination.happenings import Happening, Stance, Verdict
from budgetproto.coordination.public.storage import ActPublicationRow
from budgetproto.coordination.shipped import load_procedures, shipped
from budgetproto.coordination.storage import ActRow, HappeningRow
from budgetproto.database import Database, new_id
from budgetproto.database.migrations import migrate
from budgetproto.disputes.positions import sealing
from budgetproto.i18n import Named
from budgetproto.operations import logs
from budgetproto.settings import Settings
from tests.factories import Scene, make_scene

REMARKS: Final = 10
#: Remarks on the draft that has the most.
CROWDED: Final = 300
PROMISE: Final = 200
#: Each page with its aim in milliseconds.
PAGES: Final = {
    "/acts": PROMISE,
    "/acts?page={last}": PROMISE,
    "/acts/{crowded}": PROMISE,
    "/acts/duties?of=everybody": PROMISE,
    "/acts/statistics": PROMISE,
    "/published-acts": PROMISE,
    "/published-acts?page={last}": PROMISE,
    "/published-acts/{number}": PROMISE,
    "/published-acts.csv": 10 * PROMISE,
}
_A_PAGE: Final = 25
_START: Final = date(2020, 1, 6)
_RECORDED: Final = datetime(2026, 1, 1, tzinfo=UTC)
_SCREENING: Final = Screening({touch: Answer(touch is Touch.FINANCE, "reason") for touch in Touch})


def draft_of(number: int) -> Draft:
    """Return a draft of one of a hundred initiators, published on one day of five years."""
    level = tuple(Level)[number % len(Level)]
    initiator = Named(f"Демилгечи {number % 100}", f"Инициатор {number % 100}")
    published = _START + timedelta(days=number % 1_800)
    return Draft(Named(f"Долбоор {number}", f"Проект {number}"), level, initiator, published=published)


def course_of(number: int, bodies: tuple[str, ...]) -> Course:
    """Return a course: served, an opinion with ten remarks, most answered; some closed, bypassed, adopted."""
    on = _START + timedelta(days=number % 1_800)
    remarks = tuple((f"Art. {each}", f"Remark {each} on draft {number}") for each in range(REMARKS))
    steps: list[h.What] = [h.Screened(_SCREENING, 1, bodies), *(h.Served(body, "No. 1") for body in bodies)]
    steps.append(h.Opined(bodies[number % len(bodies)], Stance.WITH_REMARKS, "", remarks))
    verdicts = tuple(Verdict)
    steps += [h.Answered(n, verdicts[(n + number) % 3], "reason") for n in range(1, REMARKS - number % 3)]
    steps += [h.Bypassed("why")] if number % 4 == 0 else []
    # Every second bypassed act is closed afterwards, and others are closed in time.
    steps += [h.Closed()] if number % 8 in {0, 1} else []
    steps += [h.Adopted(f"No. {number}")] if number % 4 == 0 else []
    return Course(tuple(Happening(on, step, on) for step in steps))


def crowded(bodies: tuple[str, ...]) -> Course:
    """Return a course in which each association made its part of the most remarks, and all are answered."""
    each = CROWDED // len(bodies)
    remarks = tuple((f"Art. {number}", f"Remark {number}") for number in range(each))
    steps: list[h.What] = [h.Screened(_SCREENING, 1, bodies), *(h.Served(body, "No. 1") for body in bodies)]
    steps += [h.Opined(body, Stance.WITH_REMARKS, "", remarks) for body in bodies]
    steps += [h.Answered(number, Verdict.PARTLY, "reason") for number in range(1, CROWDED + 1)]
    return Course(tuple(Happening(_START, step, _START) for step in steps))


def fill(database: Database, scene: Scene, drafts: int) -> str:
    """Enter the drafts with their steps and sums in one transaction, all public; return the crowded one."""
    bodies = tuple(sorted((scene.union.id, scene.cities.id)))
    with database.writing() as session:
        for number in range(1, drafts + 1):
            enter(session, number, course_of(number, bodies))
        return enter(session, drafts + 1, crowded(bodies))


def enter(session: Session, number: int, course: Course) -> str:
    """Enter a draft with its steps and sums, public; return its id."""
    draft, on = draft_of(number), course.happenings[0].on
    row = ActRow(
        id=new_id(),
        number=number,
        level=draft.level.value,
        document=document.written(draft),
        stage=course.stage.value,
        entered_on=on,
        steps=len(course.happenings),
    )
    session.add(row)
    session.flush()
    summaries.reckon(session, row, course, Deadlines(course, shipped()[draft.level].terms, {}))
    act = row.id
    session.add_all(_step(act, place, each) for place, each in enumerate(course.happenings, start=1))
    session.add(_published(act))
    session.flush()
    session.expunge_all()
    return act


def _published(act: str) -> ActPublicationRow:
    return ActPublicationRow(
        act=act, number=1, scope="all", since=_START, reason="reason", person="", at=_RECORDED
    )


def _step(act: str, place: int, each: Happening) -> HappeningRow:
    return HappeningRow(
        act=act,
        number=place,
        kind=document.kind_of(each.what),
        on=each.on,
        recorded=each.recorded,
        document=document.written(each.what),
        digest="0" * 64,
        person="",
        at=_RECORDED,
    )


def peer(database: Database) -> Any:
    """Read the same rows with pandas and group them by year and initiator, and by year and association."""
    with database.engine.connect() as connection:
        acts = pd.read_sql(
            "SELECT id, year, body, mandatory, conclusion, bypassed_on, adopted_on, adoption_days "
            "FROM coordination_act",
            connection,
        )
        tallies = pd.read_sql("SELECT * FROM coordination_tally", connection)
    acts["past"] = acts["bypassed_on"].notna()
    acts["closed"] = acts["mandatory"].astype(bool) & (acts["conclusion"] != "") & ~acts["past"]
    grouped = acts.groupby(["year", "body"])
    drafts = grouped.agg(
        entered=("id", "count"),
        touching=("mandatory", "sum"),
        coordinated=("closed", "sum"),
        bypassed=("past", "sum"),
        adopted=("adopted_on", "count"),
        days=("adoption_days", "sum"),
    )
    counts = ["opinions", "late", "silent", "accepted", "partly", "rejected", "unanswered"]
    joined = tallies.merge(acts[["id", "year", "body"]], left_on="act", right_on="id", suffixes=("", "_act"))
    of_initiators = joined.groupby(["year", "body_act"])[counts].sum()
    joined.groupby(["year", "body"])[counts].sum()
    return drafts, of_initiators


def ours(database: Database, person: str) -> Any:
    """Return the statistics as the page asks for them."""
    with database.reading() as session:
        return statistics(session, person)


def agree(mine: Any, theirs: Any) -> None:
    """Assert that both ways give the same sums."""
    drafts, words = theirs
    for each in mine.initiators:
        row, said = drafts.loc[(each.year, each.body)], words.loc[(each.year, each.body)]
        found = each.drafts
        for name in ("entered", "touching", "coordinated", "bypassed", "adopted"):
            assert getattr(found, name) == int(row[name]), (each.year, each.body, name)
        assert each.words.remarks == sum(
            int(said[name]) for name in ("accepted", "partly", "rejected", "unanswered")
        )


def milliseconds(task: Callable[[], object]) -> float:
    """Time one call by the CPU time of this thread: other work on the machine moves the clock on the wall."""
    start = time.thread_time()
    task()
    return 1e3 * (time.thread_time() - start)


def pages_held(app: Flask, cookie: str, places: Mapping[str, object], rounds: int) -> bool:
    """Print a line for each page; tell whether each keeps its aim."""
    held = True
    for path, aim in PAGES.items():
        ask = answered(app, path.format(**places), Cookie=cookie)
        assert len(ask()) > 1_000
        found = median(milliseconds(ask) for _ in range(rounds))
        held = held and found <= aim
        print(f"{path:<28}{found:8.1f} ms   aim: {aim:,} ms or less{'' if found <= aim else '   MISSED'}")
    return held


def measured(folder: Path, drafts: int, rounds: int) -> bool:
    """Fill a register, measure the pages, and the statistics beside pandas; tell if all aims are kept."""
    key_file = folder / "seal.key"
    sealing.make_key(key_file)
    database = Database(f"sqlite:///{folder}/register.sqlite3")
    migrate(database)
    load_procedures(database)
    scene = make_scene(database, key=sealing.load_key(key_file), lines=1, terms=False)
    begun = time.perf_counter()
    act = fill(database, scene, drafts)
    print(f"{drafts:,} drafts, {drafts * REMARKS:,} remarks, entered in {time.perf_counter() - begun:.0f} s")
    app = create_app(Settings(folder, database.url, key_file, "only for a benchmark"))
    places = {"last": drafts // _A_PAGE, "crowded": act, "number": drafts + 1}
    held = pages_held(app, cookie_of(app, scene.secretary.login), places, rounds)
    person = scene.secretary.id
    agree(ours(database, person), peer(database))
    pairs = [
        (milliseconds(lambda: ours(database, person)), milliseconds(lambda: peer(database)))
        for _ in range(rounds)
    ]
    mine, theirs = (median(column) for column in zip(*pairs, strict=True))
    print(
        f"{'statistics':<28}{mine:8.1f} ms   pandas {pd.__version__}: {theirs:.1f} ms, {theirs / mine:.1f} x"
    )
    database.close()
    return held


def main(drafts: int = 10_000, rounds: int = 15) -> None:
    """Measure on SQLite."""
    print(f"Python {platform.python_version()}, {platform.machine()}, SQLite")
    with open(os.devnull, "w") as nowhere, TemporaryDirectory(prefix="budgetproto-register-") as folder:
        logs.configure("info", nowhere)
        if not measured(Path(folder), drafts, rounds):
            sys.exit("an aim is missed")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
