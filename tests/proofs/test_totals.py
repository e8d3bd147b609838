"""Totals: on random sittings, over both databases, every output says the same sum of every column.

The page, the workbook, the CSV, the JSON lines, the pivot and the paper are read back by readers of their
own; what they say is compared with sums added up here from the random figures themselves.
"""

import csv
import gzip
import io
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random

import openpyxl
import pytest
import sqlalchemy as sa

from budgetproto.accounts.domain import Role
from budgetproto.analysis import COLUMNS
from budgetproto.analysis.entries import entries_of
from budgetproto.analysis.long import csv_gz, rows
from budgetproto.app import create_app
from budgetproto.database import Database
from budgetproto.disputes.positions import sealing
from budgetproto.i18n import text
from budgetproto.i18n.formatting import amount, signed
from budgetproto.money import Som, Unit
from budgetproto.protocol.composition import compose, snapshot_document, stored_snapshot
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.snapshot import Decision, Figure, Line, LineOption, Snapshot, Votes
from budgetproto.protocol.storage import ProtocolRow
from budgetproto.settings import Settings
from tests.factories import make_person, make_scene
from tests.journeys.test_same_figures import read, table_rows
from tests.journeys.visitor import Visitor
from tests.proofs.conftest import Trials
from tests.protocol.reading import layout_text
from tests.protocol.samples import make_line, make_snapshot, reserve

KEYS = [column.key for column in COLUMNS]
UNIT = Unit.THOUSAND_SOMS
#: The columns of money that a random line fills, by their key.
SUMMED = ("government", "lsg", "difference", "computed", "decided")
FULL = 300


@dataclass(frozen=True)
class Sums:
    """What the lines with both figures add up to, in tyiyn; `None` where no line has the figure."""

    lines: int
    government: int | None
    lsg: int | None
    difference: int | None
    computed: int | None
    decided: int | None


@dataclass
class House:
    """A sitting whose protocol is written anew for every trial, and its reader."""

    database: Database
    sitting: str
    analyst: Visitor
    written: int = 0

    def issue(self, facts: Snapshot) -> None:
        """Write an issued protocol, the newest of the sitting."""
        self.written += 1
        with self.database.writing() as session:
            session.add(
                ProtocolRow(
                    id=f"random-{self.written}",
                    sitting=self.sitting,
                    number=f"random-{self.written}",
                    snapshot=json.dumps(snapshot_document(facts)),
                    fingerprint="ab" * 32,
                    person="nobody",
                    at=datetime(2020, 6, 1, tzinfo=UTC) + timedelta(seconds=self.written),
                )
            )

    def get(self, name: str) -> bytes:
        """Return what is handed out about the sitting."""
        answer = self.analyst.get(f"/sittings/{self.sitting}/{name}")
        assert answer.status_code == 200, name
        content: bytes = answer.data
        return content


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    sealing.make_key(tmp_path / "seal.key")
    key = sealing.load_key(tmp_path / "seal.key")
    scene = make_scene(database, key=key, lines=1)
    with database.writing() as session:
        session.execute(sa.text("UPDATE sitting SET stage = 'issued'"))
    app = create_app(Settings(tmp_path, database.url, tmp_path / "seal.key", "only for tests"))
    analyst = make_person(database, roles=frozenset({Role.ANALYST}))
    return House(database, scene.sitting, Visitor(app, analyst, language="en"))


@pytest.mark.poppler
def test_every_total_is_the_same_on_page_and_paper_and_in_every_file(house: House, trials: Trials) -> None:
    for _ in trials.of(FULL):
        facts = random_sitting(trials.random)
        wanted = added(facts)
        house.issue(facts)
        assert on_the_page(house) == wanted
        assert in_the_csv(house) == wanted
        assert in_the_workbook(house) == wanted
        assert in_json_lines(house) == wanted
        long = house.get(f"discrepancies/long.csv.gz?snapshot=random-{house.written}")
        assert long == as_written_without_a_database(facts)
        assert in_pivots(house) == {name: getattr(wanted, name) or 0 for name in SUMMED}
        said = " ".join(
            layout_text(
                draw(compose(stored_snapshot(json.loads(json.dumps(snapshot_document(facts))))), "en")
            ).split()
        )
        for name in ("government", "lsg", "computed", "decided"):
            figure = getattr(wanted, name)
            assert figure is None or amount(Som(figure), UNIT, "en") in said, name
        assert wanted.difference is None or signed(Som(wanted.difference), UNIT, "en") in said


def random_sitting(random: Random) -> Snapshot:
    """Make a sitting of up to a dozen lines: amounts, percentages, one side, none, a stated zero.

    None has the number of the one line that was entered, so that all follows from the protocol.
    """
    lines = [random_line(number, random) for number in range(2, random.randint(3, 13))]
    return make_snapshot(*lines, envelope=(reserve(Som(10**13)),), number="1")


def random_line(number: int, random: Random) -> Line:
    """Make one line; what it has is drawn for each figure apart."""

    def stated(chance: float, figure: Figure) -> Figure:
        return figure if random.random() < chance else None

    if random.random() < 0.25:
        base = Som(random.randrange(1, 10**6) * 10**9)
        figures = [stated(0.8, random.randrange(0, 10_000)) for _ in range(3)]
        line = make_line(number, *figures[:2], measure="percentage", money_base=base)
    else:
        figures = [stated(0.8, Som(random.choice([0, random.randrange(10**6) * 10_000]))) for _ in range(3)]
        line = make_line(number, *figures[:2])
    government, lsg, decided = figures
    line = replace(line, year=2020 + number % 3)
    if government is not None and lsg is not None and random.random() < 0.8:
        half = between(government, lsg)
        line = replace(line, option=LineOption(half, None, None, Fraction(1, 2), "free", midpoint=half))
    if decided is not None:
        line = replace(
            line, decision=Decision(decided=decided, votes=Votes(5, 1, 1), outcome="partly_agreed")
        )
    return line


def between(one: Figure, other: Figure) -> Figure:
    """Return a figure between two of one kind, in whole quanta."""
    if isinstance(one, Som) and isinstance(other, Som):
        return Som((one.tyiyn + other.tyiyn) // 2 // 10_000 * 10_000)
    assert isinstance(one, int)
    assert isinstance(other, int)
    return (one + other) // 2


def money(line: Line, figure: Figure) -> int | None:
    """Return the money of a figure, worked out here anew: hundredths of a point of the base, half up."""
    if figure is None:
        return None
    if isinstance(figure, Som):
        return figure.tyiyn
    assert isinstance(figure, int)
    assert line.money_base is not None
    return (2 * line.money_base.tyiyn * figure + 10_000) // 20_000


def added(facts: Snapshot) -> Sums:
    """Add up the lines on which both sides have a figure."""
    both = [line for line in facts.lines if len(line.positions) == 2]
    stated = [[money(line, position.figure) for position in line.positions] for line in both]
    computed = [money(line, line.option.figure) for line in both if line.option]
    decided = [money(line, line.decision.decided) for line in both if line.decision]
    return Sums(
        len(both),
        total([government for government, _ in stated]),
        total([lsg for _, lsg in stated]),
        total([(lsg or 0) - (government or 0) for government, lsg in stated]),
        total(computed),
        total(decided),
    )


def total(amounts: list[int | None]) -> int | None:
    known = [each for each in amounts if each is not None]
    return sum(known) if known else None


def in_tyiyn(cell: object) -> int | None:
    """Read an amount in thousand soms exactly."""
    if cell in (None, ""):
        return None
    exact = Fraction(str(cell)) * UNIT.tyiyn
    assert exact.denominator == 1
    return int(exact)


def on_the_page(house: House) -> Sums:
    page = house.get("discrepancies").decode()
    start = text("analysis.total.compared", "en", lines="").strip(" 0")[:30]
    (row,) = [row for row in table_rows(page, "discrepancies") if row[0][0].startswith(start)]
    cells = [in_tyiyn(read(cell[0], "en")) if cell[0] else None for cell in row[1:11]]
    _, government, lsg, difference, _, _, computed, _, _, decided = cells
    return Sums(int(row[0][0].split(": ")[-1]), government, lsg, difference, computed, decided)


def in_the_csv(house: House) -> Sums:
    table = csv.reader(io.StringIO(house.get("discrepancies.csv?dialect=plain").decode(), newline=""))
    return of_cells([dict(zip(KEYS, row, strict=False)) for row in list(table)[1:]])


def in_the_workbook(house: House) -> Sums:
    book = openpyxl.load_workbook(io.BytesIO(house.get("discrepancies.xlsx")), data_only=True)
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    return of_cells([dict(zip(KEYS, row, strict=True)) for row in rows])


def of_cells(rows: list[dict[str, object]]) -> Sums:
    """Return the row of sums, which says of how many lines."""
    start = text("analysis.total.compared", "en", lines="").strip(" 0")[:30]
    (row,) = [row for row in rows if str(row["title"]).startswith(start)]
    lines = int(str(row["title"]).split(": ")[-1])
    return Sums(lines, *(in_tyiyn(row[name]) for name in SUMMED))


def in_json_lines(house: House) -> Sums:
    lines = gzip.decompress(house.get("discrepancies/long.jsonl.gz")).decode().splitlines()
    rows = [json.loads(line) for line in lines]
    both = {row["line"] for row in rows if row["figure"] == "difference" and row["tyiyn"] is not None}

    def of(figure: str, side: str = "") -> int | None:
        return total(
            [
                row["tyiyn"]
                for row in rows
                if row["line"] in both and row["figure"] == figure and row["side"] == side and row["counted"]
            ]
        )

    stated = of("position", "government"), of("position", "lsg")
    return Sums(len(both), *stated, of("difference"), of("computed"), of("decided"))


def as_written_without_a_database(facts: Snapshot) -> bytes:
    """Return the long table of a protocol as it must be handed out by either database."""
    protocol = compose(facts)
    return b"".join(csv_gz(rows(protocol, entries_of(protocol), protocol.facts.head.digest)))


def in_pivots(house: House) -> dict[str, int]:
    """Return the corner of a pivot of every figure: where the margins meet."""
    found = {}
    for name in SUMMED:
        query = f"sitting={house.sitting}&rows=year&columns=outcome&figure={name}"
        lines = house.analyst.get(f"/analysis/pivot.csv?{query}").data.decode().splitlines()
        columns, *_, last = list(csv.reader(lines))
        corner = next(
            n for n, head in enumerate(columns) if head.startswith(text("analysis.total.short", "en"))
        )
        found[name] = in_tyiyn(last[corner]) or 0
    return found
