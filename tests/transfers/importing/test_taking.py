"""Figures of a file lie beside the stored ones and are taken as a whole, on both databases."""

import io
import subprocess
import sys

import pytest

from budgetproto.database import Database
from budgetproto.errors import BadInput, NotPermitted
from budgetproto.journal import SYSTEM
from budgetproto.journal.storage import entries
from budgetproto.money import Som, Unit
from budgetproto.transfers import storage
from budgetproto.transfers.importing import service
from budgetproto.transfers.importing.rows import Beside
from budgetproto.transfers.importing.service import FileRead, JumpsNotConfirmed, OtherwiseMeanwhile
from budgetproto.transfers.service import load, transfer_table
from tests.transfers.test_routes import ANALYST, OSH, REFERENCE, SECRETARY

SOURCE = "Финансы министрлигинин каты, № 7, 2025-09-01"
HEAD = "territory,kind,period_from,period_to,planned,executed,counted,words_ru\n"
#: Osh oblast, Jan-Aug 2025, in thousand soms: two parts, one figure beside them, and their total.
ROWS = (
    f"{OSH},equalization,2025-01,2025-08,500000.0,450400.0,,\n"
    f"{OSH},targeted,2025-01,2025-08,,191500.0,1,Прочие\n"
    f"{OSH},electricity_50pct,2025-01,2025-08,,148700.0,0,\n"
    f"{OSH},TOTAL,2025-01,2025-08,,641900.0,,Всего\n"
)


@pytest.fixture
def loaded(database: Database) -> Database:
    load(database, REFERENCE)
    return database


def read(database: Database, rows: str, unit: Unit = Unit.THOUSAND_SOMS) -> FileRead:
    file = io.BytesIO((HEAD + rows).encode())
    return service.read_file(database, file, name="osh.csv", unit=unit, source=SOURCE)


def stored(database: Database) -> dict[str | None, Som | None]:
    with database.reading() as session:
        found = [each for each in storage.find_transfers(session) if each.source == SOURCE]
    return {each.kind: each.executed for each in found}


def numbers(found: Beside) -> tuple[int, int, int, int]:
    return len(found.new), len(found.changed), len(found.gone), found.same


def test_new_figures_are_stored_to_the_tyiyn(loaded: Database) -> None:
    assert numbers(service.take(loaded, SECRETARY, read(loaded, ROWS))) == (4, 0, 0, 0)
    assert stored(loaded) == {
        "equalization": Som(45_040_000_000),
        "targeted": Som(19_150_000_000),
        "electricity_50pct": Som(14_870_000_000),
        None: Som(64_190_000_000),
    }


def test_the_same_file_again_changes_nothing(loaded: Database) -> None:
    service.take(loaded, SECRETARY, read(loaded, ROWS))
    assert numbers(service.take(loaded, SECRETARY, read(loaded, ROWS))) == (0, 0, 0, 4)


def test_a_corrected_figure_is_changed_and_what_is_gone_stays_unless_it_is_to_go(loaded: Database) -> None:
    service.take(loaded, SECRETARY, read(loaded, ROWS))
    corrected = f"{OSH},equalization,2025-01,2025-08,500000.0,450500.0,,\n"
    assert numbers(service.take(loaded, SECRETARY, read(loaded, corrected))) == (0, 1, 3, 0)
    assert stored(loaded)["equalization"] == Som(45_050_000_000)
    assert len(stored(loaded)) == 4
    service.take(loaded, SECRETARY, read(loaded, corrected), remove_gone=True)
    assert stored(loaded) == {"equalization": Som(45_050_000_000)}


def test_a_jump_of_a_thousand_is_taken_only_when_it_is_confirmed(loaded: Database) -> None:
    service.take(loaded, SECRETARY, read(loaded, ROWS))
    in_millions = read(loaded, ROWS.replace("450400.0", "450.4").replace("641900.0", "191950.4"))
    with pytest.raises(JumpsNotConfirmed):
        service.take(loaded, SECRETARY, in_millions)
    assert stored(loaded)["equalization"] == Som(45_040_000_000)
    assert service.take(loaded, SECRETARY, in_millions, confirmed=True).jumps == [2]


def test_what_changed_since_it_was_looked_at_is_looked_at_again(loaded: Database) -> None:
    with loaded.reading() as session:
        seen = service.beside(session, read(loaded, ROWS)).seen
    service.take(loaded, SECRETARY, read(loaded, ROWS))
    with pytest.raises(OtherwiseMeanwhile):
        service.take(loaded, SECRETARY, read(loaded, ROWS), seen=seen)


def test_only_the_keepers_take_figures(loaded: Database) -> None:
    with pytest.raises(NotPermitted):
        service.take(loaded, ANALYST, read(loaded, ROWS))
    assert stored(loaded) == {}


def test_the_journal_tells_whose_file_it_was(loaded: Database) -> None:
    taken = read(loaded, ROWS)
    service.take(loaded, SECRETARY, taken)
    with loaded.reading() as session:
        last = list(entries(session, SYSTEM))[-1]
    told = (last.kind, last.values()["digest"], last.values()["rows"], last.values()["person"])
    assert told == ("transfers.imported", taken.digest, 4, SECRETARY.id)


def problems(database: Database, rows: str) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(BadInput) as refused:
        read(database, rows)
    assert stored(database) == {}
    return [(each.key.removeprefix("transfers."), each.row, each.column) for each in refused.value.problems]


def test_every_row_that_does_not_hold_is_told(loaded: Database) -> None:
    rows = (
        "41799,equalization,2025-01,2025-08,,1,,\n"
        f"{OSH},wishes,2025-01,2025-08,,1,,\n"
        f"{OSH},equalization,2025-13,2025-08,,1,,\n"
        f"{OSH},equalization,2025-09,2025-08,,1,,\n"
        f"{OSH},equalization,2025-01,2025-08,,1,7,\n"
    )
    assert problems(loaded, rows) == [
        ("unknown_code", 2, "territory"),
        ("unknown_code", 3, "kind"),
        ("import.no_month", 4, "period_from"),
        ("import.ends_before", 5, "period_to"),
        ("import.not_counted", 6, "counted"),
    ]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (ROWS.replace("641900.0", "670200.0"), ("import.not_closed", 5, "executed")),
        (ROWS + f"{OSH},equalization,2025-01,2025-08,,1,,\n", ("import.twice", 6, "kind")),
        (ROWS + f"{OSH},TOTAL,2025-01,2025-08,,641900.0,,Итого\n", ("import.twice", 6, "kind")),
        (f"{OSH},equalization,2025-01,2025-08,,,,\n", ("import.no_amount", 2, None)),
        ("", ("exchange.problem.empty", None, None)),
    ],
    ids=["a total that does not close", "a figure twice", "two totals", "no amount", "no rows"],
)
def test_what_the_rows_say_together_is_held_against_itself(
    loaded: Database, rows: str, fault: tuple[str, int | None, str | None]
) -> None:
    assert problems(loaded, rows) == [fault]


def test_a_page_holds_two_hundred_figures_of_the_kind_and_year_asked_for(loaded: Database) -> None:
    with loaded.reading() as session:
        codes = sorted(storage.territory_codes(session))[:450]
    rows = "".join(f"{code},equalization,2031-01,2031-12,,1.0,,\n" for code in codes)
    service.take(loaded, SECRETARY, read(loaded, rows))
    after: int | None = -1
    pages = []
    with loaded.reading() as session:
        while after is not None:
            table = transfer_table(session, kind="equalization", year=2031, after=after)
            pages.append(len(table.lines))
            after = table.following
    assert pages == [200, 200, 50]


_HOSTILE = """
import io
from budgetproto.exchange.large import read_large
from budgetproto.money import Unit
from budgetproto.transfers.importing.layout import columns
row = "{n}x,{n}y,{n}z,{n}w,{n}a,{n}b,{n}c,{n}d,{n}e,{n}f,{n}g\\n"
head = ",".join(column.key for column in columns()) + "\\n"
content = (head + "".join(row.replace("{n}", str(n)) for n in range(20_000))).encode()
_, faults = read_large(io.BytesIO(content), columns(), unit=Unit.THOUSAND_SOMS, name="a.csv")
(peak,) = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(faults.count, int(peak.split()[1]) // 1024)
"""


def test_a_file_that_is_wrong_in_every_cell_is_refused_in_less_than_300_megabytes() -> None:
    told = subprocess.run([sys.executable, "-c", _HOSTILE], capture_output=True, text=True, check=True)
    count, megabytes = map(int, told.stdout.split())
    assert count == 80_000
    assert megabytes < 300
