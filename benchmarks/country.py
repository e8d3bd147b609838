"""A database with all that the annual report of the whole country is drawn from, for `annual_report`.

Everything is entered through the services but the drafts and the figures of the treasury, which are put in
their tables as these rooms put them. What is counted stands in `Size`; every sum of it is illustrative.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.register import course_of, enter
from budgetproto.coordination.shipped import load_procedures
from budgetproto.database import Database
from budgetproto.database.migrations import migrate
from budgetproto.disputes.positions import sealing
from budgetproto.i18n import Named
from budgetproto.money import Som
from budgetproto.protocol.service import issue
from budgetproto.reporting.annual import service, storage
from budgetproto.reporting.annual.content import SECTIONS
from budgetproto.reporting.annual.domain import Value, Yardstick, years_of
from budgetproto.reporting.annual.entering import put_values
from budgetproto.reporting.annual.starter import recorded_set, starter_set
from budgetproto.reporting.annual.storage import Entered
from budgetproto.transfers.domain import Indicator, Period, Transfer
from budgetproto.transfers.reference import read_reference
from budgetproto.transfers.service import load
from budgetproto.transfers.storage import put_indicator, put_transfers
from tests.bodies import stand_all
from tests.factories import Scene, make_scene
from tests.reporting.annual.many_sittings import held_again
from tests.reporting.annual.writing import ACT, WORDS

#: The year of the report; drafts, sittings and values are of it and of the four before it.
YEAR: Final = 2024
_LATE: Final = "Өзгөргөн мөөнөт"
_UNSIGNED: Final = "Кол коюлган эмес, шарттуу мисал"
_SOURCE: Final = "Казыналык"
_KIND: Final = Named("Теңдөө", "Выравнивание", "Equalization")


@dataclass(frozen=True)
class Size:
    """How much there is: territories, indicators people count, issued sittings, their questions, drafts."""

    places: int
    indicators: int
    sittings: int
    lines: int
    drafts: int


def filled(folder: Path, size: Size) -> tuple[Database, str]:
    """Make and fill a database on SQLite; return it with the id of the report, which is not closed."""
    key_file = folder / "seal.key"
    sealing.make_key(key_file)
    database = Database(f"sqlite:///{folder}/country.sqlite3")
    migrate(database)
    load(database, read_reference())
    load_procedures(database)
    scene = make_scene(database, key=sealing.load_key(key_file), lines=1)
    stand_all(scene)
    codes = _territories(size.places)
    _enter_treasury(database, codes)
    _enter_drafts(database, scene, size.drafts)
    for number in range(size.sittings):
        held = held_again(scene, year=years_of(YEAR)[number % 5], lines=size.lines)
        issue(database, scene.secretary.id, held.sitting, reason=_UNSIGNED)
    return database, _written(scene, codes, size.indicators)


def _territories(places: int) -> list[str]:
    return sorted(each.soate for each in read_reference().territories if each.self_governing)[:places]


def _enter_treasury(database: Database, codes: list[str]) -> None:
    """Enter residents, own revenue and transfers of every territory and year."""
    with database.writing() as session:
        for place, code in enumerate(codes):
            for year in years_of(YEAR):
                on, people = date(year, 12, 31), 900 + place * 37 % 9_000
                put_indicator(session, Indicator(code, "population", people, on, _SOURCE))
                revenue = Som(people * (40_000 + place * year % 90_000))
                put_indicator(session, Indicator(code, "own_revenue", revenue, on, _SOURCE))
        put_transfers(session, list(_transfers(codes)))


def _transfers(codes: list[str]) -> Iterator[Transfer]:
    for place, code in enumerate(codes):
        for year in years_of(YEAR):
            given, period = Som(10_000_000 + place * 1_000), Period(f"{year}-01", f"{year}-12")
            yield Transfer(code, "equalization", _KIND, period, _SOURCE, executed=given)


def _enter_drafts(database: Database, scene: Scene, drafts: int) -> None:
    """Enter drafts of which each association said something, spread over the days of the five years."""
    bodies = tuple(sorted((scene.union.id, scene.cities.id)))
    with database.writing() as session:
        for number in range(drafts):
            day = number * 1_800 // drafts
            enter(session, number + 1, course_of(day, bodies))


def _written(scene: Scene, codes: list[str], indicators: int) -> str:
    """Write the report with every indicator that the service computes beside those that people count."""
    database, author = scene.database, scene.unionist.id
    report = service.open_report(database, author, party_id=scene.union.id, year=YEAR)
    of = (database, author, report)
    for key in SECTIONS:
        service.write_section(*of, key, WORDS, seen=_version(database, report))
    shipped = starter_set()
    counted = [
        replace(shipped[each % len(shipped)], key=f"indicator.{each}", measure="count")
        for each in range(indicators)
    ]
    every = (*counted, *recorded_set())
    service.add_indicators(*of, every, seen=_version(database, report))
    fixed = Yardstick(date(YEAR, 1, 15), threshold=2, base_year=YEAR - 1, target=40, late=_LATE)
    for each in every:
        service.fix_yardstick(*of, each.key, fixed, seen=_version(database, report))
    service.put_failing(*of, 0, ACT, seen=_version(database, report))
    entered = list(_values([each.key for each in counted], codes))
    put_values(*of, entered, seen=_version(database, report))
    return report


def _values(keys: list[str], codes: list[str]) -> Iterator[Entered]:
    for under, key in enumerate(keys):
        for place, code in enumerate(codes):
            for year in years_of(YEAR):
                number = (place * 7 + under * 13 + year * 5) % 97
                yield Entered(key, code, year, Value(number, "file", _SOURCE))


def _version(database: Database, report: str) -> int:
    with database.reading() as session:
        return storage.known_report(session, report).version
