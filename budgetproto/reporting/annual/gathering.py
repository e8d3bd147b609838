"""Draws a report from the record: the soms of the sittings' questions, the balance of regions, the values."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.analysis.consequences.knowledge import amount_of, is_whole_year, last_day
from budgetproto.analysis.entries import Entry
from budgetproto.analysis.table import table_of
from budgetproto.i18n import NO_NAME, Named
from budgetproto.reporting.annual import balance, storage
from budgetproto.reporting.annual.content import Content
from budgetproto.reporting.annual.domain import years_of
from budgetproto.reporting.annual.record import COUNTRY, COUNTRY_NAME, Recorded, computed, is_computed
from budgetproto.reporting.annual.recording import recorded
from budgetproto.reporting.annual.report import (
    NO_RECORD,
    Earlier,
    Grid,
    Place,
    Record,
    Report,
    Stated,
    Trace,
    YearOfBalance,
    YearOfMoney,
    cells_of,
)
from budgetproto.reporting.annual.storage import ReportRow
from budgetproto.reporting.domain import Promise
from budgetproto.reporting.follow_up import promised_in
from budgetproto.sittings import service as sittings
from budgetproto.sittings import storage as sitting_storage
from budgetproto.sittings.domain import AFTER_SESSION, Act, Sitting, may
from budgetproto.transfers import storage as transfers
from budgetproto.transfers.domain import Change, Indicator, Territory, Transfer, oblast_code
from budgetproto.transfers.over_time import Dated, recast


def gathered(
    session: Session, row: ReportRow, people: Sequence[str], *, earlier: Earlier | None = None
) -> Report:
    """Return a report as the record has it now.

    The sittings are those that one of `people`, who were admitted to the report, may read; so everybody who
    looks at it finds the same.
    """
    content, years = row.content(), years_of(row.year)
    parties = [each.party for each in storage.associations(session, row.id)]
    names = accounts.party_names(session, parties)
    found = list(_sittings(session, people, years))
    money = tuple(_money(session, found, content, years))
    record = _record(session, parties, content, years, found)
    drawn = computed((each.key for each in content.indicators), record, money, years)
    return Report(
        row.year,
        tuple(names[each] for each in parties),
        content,
        money,
        tuple(_balance(session, years)),
        _grid(session, row.id, content, list(drawn)),
        earlier,
        record=record,
    )


def judged_already(session: Session, row: ReportRow, people: Sequence[str], indicator: str) -> bool:
    """Tell whether a value that a yardstick judges has come: entered once, or standing in the record.

    Of the record it is asked whether the indicator is chosen or not, so that choosing it later fixes nothing.
    """
    if not is_computed(indicator):
        return indicator in storage.arrived(session, row.id)
    years, parties = (row.year,), [each.party for each in storage.associations(session, row.id)]
    found = list(_sittings(session, people, years))
    money = tuple(_money(session, found, Content(), years))
    record = recorded(session, parties, years, [sitting for _, sitting in found])
    return any(True for _ in computed([indicator], record, money, years))


def _record(
    session: Session,
    parties: Sequence[str],
    content: Content,
    years: Sequence[int],
    found: Sequence[tuple[str, Sitting]],
) -> Record:
    """Return the rows of the record; none where no indicator is computed from them."""
    if not any(is_computed(each.key) for each in content.indicators):
        return NO_RECORD
    return recorded(session, parties, years, [sitting for _, sitting in found])


def _money(
    session: Session, found: Sequence[tuple[str, Sitting]], content: Content, years: Sequence[int]
) -> Iterator[YearOfMoney]:
    for year in years:
        traces = (
            trace for person, sitting in found if sitting.budget_year == year
            for trace in _traces(session, person, sitting)
        )  # fmt: skip
        typed = tuple(each for each in content.sums if each.year == year)
        yield YearOfMoney(year, tuple(traces), typed)


def _sittings(session: Session, people: Sequence[str], years: Sequence[int]) -> Iterator[tuple[str, Sitting]]:
    """Yield the sittings of these years that are over, each with the first person who may read it."""
    present = [each for each in people if accounts.person(session, each)]
    over = sitting_storage.sittings_in(session, years, stages=AFTER_SESSION)
    for sitting in over if present else ():
        for each in present:
            if may(sittings.standing(session, each, sitting.id), Act.READ_OPENED, sitting.stage):
                yield each, sitting
                break


def _traces(session: Session, person: str, sitting: Sitting) -> Iterator[Trace]:
    """Yield every line of a session with a promise or with what the associations asked."""
    table = table_of(session, person, sitting.id)
    number = table.paper.protocol.facts.number or ""
    promised = {entry.id: promise for entry, promise in promised_in(table)}
    for entry in table.entries:
        promise = promised.get(entry.id)
        if promise is not None or entry.made.lsg.figure is not None:
            yield _trace(entry, promise, sitting, number)


def _trace(entry: Entry, promise: Promise | None, sitting: Sitting, number: str) -> Trace:
    """Return a line's four sums; without a promise nothing was recommended, and what was asked stays."""
    adopted, executed = entry.adopted.stand, entry.executed.stand
    made_up = (each.illustrative for each in (entry.made.lsg, adopted, executed))
    return Trace(
        sitting=sitting.number,
        sitting_id=sitting.id,
        line=entry.line.number,
        title=entry.line.title,
        protocol=number,
        asked=entry.made.lsg.money,
        recommended=promise.promised.money if promise else None,
        adopted=adopted.money,
        executed=executed.money,
        illustrative=any(made_up) or (promise is not None and promise.illustrative),
        territory=entry.territory,
        taken=promise.taken if promise else "",
    )


def _balance(session: Session, years: Sequence[int]) -> Iterator[YearOfBalance]:
    """Yield each year of which a territory has residents, own revenue and transfers of the whole year."""
    people = transfers.indicators_of(session, "population")
    revenue = transfers.indicators_of(session, "own_revenue")
    known = [each for each in transfers.find_transfers(session) if is_whole_year(each)]
    governing = transfers.find_territories(session, self_governing=True)
    changes = transfers.all_changes(session)
    for year in years:
        counted = _at_the_end_of(year, [each for each in people if each.on.year <= year], changes, people)
        own = _at_the_end_of(year, [each for each in revenue if each.on.year == year], changes, people)
        given = _given(each for each in known if last_day(each).year == year)
        units = {each.soate for each in governing if _stands(each, date(year, 12, 31))}
        whole = sorted(units & counted.keys() & own.keys() & given.keys())
        if whole:
            places = (balance.Place(each, counted[each], own[each], given[each]) for each in whole)
            sources = {each.source for each in revenue if each.on.year == year}
            yield YearOfBalance(
                year, balance.balance(places), len(units) - len(whole), tuple(sorted(sources))
            )


def _stands(unit: Territory, on: date) -> bool:
    """Tell whether a unit is there on a day, as far as its first and last days are known."""
    return (unit.valid_from or on) <= on <= (unit.valid_to or on)


def _at_the_end_of(
    year: int, stated: Iterable[Indicator], changes: Sequence[Change], people: Sequence[Indicator]
) -> dict[str, int]:
    """Return the newest figure of each unit as the units stand at the end of a year; parts are no whole."""
    newest = {each.soate: Dated(each.soate, each.number, each.on) for each in stated}
    found = recast(newest.values(), date(year, 12, 31), changes, people)
    return {code: number for code, number in found.figures.items() if code not in found.lacking}


def _given(found: Iterable[Transfer]) -> dict[str, int]:
    """Add up the transfers of each territory: of each kind as its last source has it."""
    by_kind: dict[tuple[str, str], dict[str, int]] = {}
    for each in found:
        if each.territory and each.kind:
            by_source = by_kind.setdefault((each.territory, each.kind), {})
            by_source[each.source] = by_source.get(each.source, 0) + amount_of(each)
    added: dict[str, int] = {}
    for (territory, _), by_source in by_kind.items():
        added[territory] = added.get(territory, 0) + by_source[max(by_source)]
    return added


def _grid(session: Session, report: str, content: Content, drawn: Sequence[Recorded]) -> Grid:
    """Return what was entered, and behind it what is drawn from the record."""
    stated = [*storage.values(session, report), *map(_stated, drawn)]
    codes, sources = sorted({row[1] for row in stated}), sorted({row[5] for row in stated})
    keys = (each.key for each in content.indicators)
    cells = cells_of(stated, codes=codes, indicators=keys, sources=sources)
    return Grid(tuple(places(session, codes)), tuple(sources), cells)


def _stated(drawn: Recorded) -> Stated:
    key, territory, year, value = drawn
    return key, territory, year, value.number, value.origin, value.source, value.illustrative


def places(session: Session, codes: Sequence[str]) -> Iterator[Place]:
    """Yield territories with the names of their oblasts, in the order of the codes."""
    names = transfers.names_of(session, {*codes, *map(oblast_code, codes)})
    for code in codes:
        if code == COUNTRY:
            yield Place(code, names.get(code, COUNTRY_NAME), NO_NAME)
            continue
        region: Named = names.get(oblast_code(code), NO_NAME)
        yield Place(code, names.get(code, Named(code, code, code)), region)
