"""Reports to print: a small one in which everything occurs, and one as large as the country."""

from dataclasses import replace
from datetime import date

from budgetproto.coordination.statistics import Words
from budgetproto.i18n import NO_NAME, Named
from budgetproto.money import Som
from budgetproto.reporting.annual import balance
from budgetproto.reporting.annual.content import SECTIONS, Content, FailingAct, TypedSums
from budgetproto.reporting.annual.domain import Origin, Value, Yardstick
from budgetproto.reporting.annual.record import COUNTRY, COUNTRY_NAME, computed
from budgetproto.reporting.annual.report import (
    DraftFact,
    Earlier,
    Grid,
    Place,
    Record,
    Report,
    SittingFact,
    Trace,
    YearOfBalance,
    YearOfMoney,
    cells_of,
)
from budgetproto.reporting.annual.starter import recorded_set, starter_set
from budgetproto.transfers.reference import read_reference

YEAR = 2026
WORDS = Named("Өңүрлөрдүн үлүшү төмөн <b>", "Доля регионов низка & мала", "The regions' share is low")
YEARS = range(YEAR - 4, YEAR + 1)


def report(*, places: int = 6, indicators: int = 4) -> Report:
    """Return a closed report of so many territories and indicators, all values stated."""
    shipped = starter_set()
    fixed = Yardstick(date(YEAR, 1, 15), threshold=2, base_year=YEAR - 1, target=40)
    measured = tuple(
        replace(shipped[each % len(shipped)], key=f"indicator.{each}", yardstick=fixed)
        for each in range(indicators)
    )
    late = replace(fixed, late="Өзгөргөн мөөнөт")
    measured = (replace(measured[0], yardstick=late), *measured[1:])
    act = FailingAct("№ 123 Мыйзам", "23-берене", WORDS, WORDS, "Отчёт 5-1", WORDS)
    return Report(
        YEAR,
        (Named("КР ЖӨБ Союзу", "Союз МСУ КР", "Union of LSGs"),),
        Content(tuple((key, WORDS) for key in SECTIONS), measured, (act,)),
        tuple(_money(year) for year in YEARS),
        (YearOfBalance(YEAR, balance.balance(_places()), 478, ("санак",)),),
        _grid(places, indicators),
        Earlier(YEAR - 1, "ab" * 32, ((measured[0].key, (1, 2, 3, 0)),), (Som(100_000), None, None, None)),
        date(YEAR + 1, 3, 1),
    )


def with_record(drafts: int = 3) -> Report:
    """Return a report with every computed indicator, drafts of both ways and a sitting behind them."""
    made = report()
    shipped = recorded_set()
    words = Words(opinions=2, late=1, silent=1, accepted=4, partly=2, rejected=1, unanswered=1)
    rows = tuple(
        DraftFact(YEAR, number, "id", coordinated=number % 2 == 0, bypassed=number == 1, words=words)
        for number in range(1, drafts + 1)
    )
    sitting = SittingFact(YEAR, "2026-1", "id", parts=4, invited=3, came=2, spoke=1, opinion=0)
    record = Record(((YEAR, drafts + 5),), (replace(rows[0], illustrative=True), *rows[1:]), (sitting,))
    found = list(computed((each.key for each in shipped), record, made.money, YEARS))
    sources = (*made.grid.sources, *(each.value.source for each in found))
    keys = (each.key for each in (*made.content.indicators, *shipped))
    codes = (*(each.code for each in made.grid.places), COUNTRY)
    stated = ((each.indicator, each.territory, each.year, *_cell(each.value)) for each in found)
    cells = cells_of(stated, codes=codes, indicators=keys, sources=sources)
    grid = Grid(
        (*made.grid.places, Place(COUNTRY, COUNTRY_NAME, NO_NAME)), sources, (*made.grid.cells, *cells)
    )
    content = replace(made.content, indicators=(*made.content.indicators, *shipped))
    return replace(made, content=content, grid=grid, record=record)


def _cell(value: Value) -> tuple[int, Origin, str, bool]:
    return value.number, value.origin, value.source, value.illustrative


def _money(year: int) -> YearOfMoney:
    amounts = (Som(60_000_000_000), Som(45_000_000_000), Som(40_000_000_000), Som(34_753_850_000))
    trace = Trace("2026-1", "id", 3, WORDS, "2026-1", *amounts, illustrative=True)
    typed = TypedSums(year, "Союздун отчёту", Som(59_969_950_000))
    return YearOfMoney(year, (trace,) if year == YEAR else (), (typed,) if year == YEARS[0] else ())


def _places() -> list[balance.Place]:
    return [balance.Place("a", 3000, 40_000_000, 10_000_000), balance.Place("b", 5000, 190_000_000)]


def _grid(places: int, indicators: int) -> Grid:
    units = [each for each in read_reference().territories if each.self_governing][:places]
    known = tuple(Place(each.soate, each.name, Named("Облус", "Область")) for each in units)
    cells = tuple(
        (place, under, year, (place * 7 + under * 13 + year * 5) % 97, 1, 0, 0)
        for place in range(len(known))
        for under in range(indicators)
        for year in YEARS
    )
    by_hand = (0, 0, YEAR, 35, 0, 0, 1)
    return Grid(known, ("Казыналык",), (*cells, by_hand))
