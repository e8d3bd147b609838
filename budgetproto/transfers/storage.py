"""The only SQL of this room: reads and writes of the reference data; the tables are in `rows`."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col, select

from budgetproto.i18n import LANGUAGES, Named
from budgetproto.i18n.letters import folded
from budgetproto.money import Som
from budgetproto.transfers.constituencies import Constituency
from budgetproto.transfers.domain import Change, Indicator, IndicatorKind, Territory, Transfer, TransferKind
from budgetproto.transfers.rows import (
    ChangeRow,
    ConstituencyRow,
    IndicatorRow,
    KindRow,
    LoadedRow,
    TerritoryRow,
    TransferRow,
    kind_values,
    languages,
    territory_values,
    transfer_values,
)

#: Databases bound the values of one statement.
_AT_ONCE: Final = 5_000


def is_loaded(session: Session, digest: str) -> bool:
    """Tell whether exactly these rows were loaded before."""
    return session.get(LoadedRow, digest) is not None


def put_territories(session: Session, territories: Sequence[Territory]) -> None:
    """Insert territories in one statement, parents first; one that exists takes the new values."""
    rows = [territory_values(territory) for territory in sorted(territories, key=lambda each: each.level)]
    put(session, TerritoryRow, rows, keep=False)


def put_kinds(session: Session, kinds: Sequence[TransferKind]) -> None:
    """Insert kinds of transfers; one that exists keeps what people edited."""
    put(session, KindRow, [kind_values(place, kind) for place, kind in enumerate(kinds)], keep=True)


def put_transfers(session: Session, transfers: Sequence[Transfer]) -> None:
    """Insert transfers in one statement; a figure its source corrected takes the new amount."""
    rows = [transfer_values(place, transfer) for place, transfer in enumerate(transfers)]
    put(session, TransferRow, rows, keep=False)


def replace_changes(session: Session, changes: Sequence[Change], *, imported: bool = False) -> None:
    """Put these changes of territories in the place of those loaded, or of those imported before."""
    session.connection().execute(sa.delete(ChangeRow).where(col(ChangeRow.imported).is_(imported)))
    session.add_all(
        ChangeRow(
            soate=change.soate,
            kind=change.kind,
            on=change.on,
            successor=change.successor,
            source=change.source,
            imported=imported,
            **languages("name", change.name),
            **languages("note", change.note),
        )
        for change in changes
    )


def remember_loaded(session: Session, digest: str) -> None:
    """Remember that these rows are loaded."""
    session.add(LoadedRow(digest=digest))
    session.flush()


def find_territory(session: Session, soate: str) -> Territory | None:
    """Return one territory, or None."""
    row = session.get(TerritoryRow, soate)
    return row.territory() if row else None


def find_territories(
    session: Session,
    *,
    words: str = "",
    parent: str | None = None,
    level: int | None = None,
    self_governing: bool = False,
    limit: int = 3_000,
) -> list[Territory]:
    """Return territories that match every condition given, by level and code."""
    query = select(TerritoryRow).order_by(col(TerritoryRow.level), col(TerritoryRow.soate)).limit(limit)
    for word in folded(words).split():
        query = query.where(col(TerritoryRow.search).contains(word, autoescape=True))
    if parent is not None:
        query = query.where(TerritoryRow.parent == parent)
    if level is not None:
        query = query.where(TerritoryRow.level == level)
    if self_governing:
        query = query.where(col(TerritoryRow.self_governing).is_(True))
    return [row.territory() for row in session.exec(query)]


def territories_of(session: Session, codes: Iterable[str]) -> dict[str, Territory]:
    """Return these territories by code; a code that is not known has none."""
    wanted = sorted(set(codes))
    found: dict[str, Territory] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        query = select(TerritoryRow).where(col(TerritoryRow.soate).in_(part))
        found |= {row.soate: row.territory() for row in session.exec(query)}
    return found


def territory_codes(session: Session) -> frozenset[str]:
    """Return the codes of all territories."""
    return frozenset(session.exec(select(TerritoryRow.soate)))


def count_territories(session: Session, *, self_governing: bool = False) -> int:
    """Return how many territories there are, or how many have their own budget."""
    query = select(sa.func.count()).select_from(TerritoryRow)
    if self_governing:
        query = query.where(col(TerritoryRow.self_governing).is_(True))
    return session.exec(query).one()


def names_of(session: Session, codes: Iterable[str]) -> dict[str, Named]:
    """Return the names of these territories by code."""
    wanted = list(set(codes))
    rows = session.connection().execute(_TERRITORY_NAMES, {"codes": wanted}) if wanted else ()
    return {code: Named(ky, ru, en) for code, ky, ru, en in rows}


def all_changes(session: Session) -> list[Change]:
    """Return what became of every territory."""
    query = select(ChangeRow).order_by(col(ChangeRow.soate), col(ChangeRow.successor))
    return [row.change() for row in session.exec(query)]


def indicators_of(session: Session, kind: IndicatorKind) -> list[Indicator]:
    """Return every value of one kind, the earliest first."""
    query = (
        select(IndicatorRow)
        .where(IndicatorRow.kind == kind)
        .order_by(col(IndicatorRow.on), col(IndicatorRow.soate))
    )
    return [row.indicator() for row in session.exec(query)]


def find_indicators(session: Session, soate: str) -> list[Indicator]:
    """Return the values of a territory, the newest first."""
    query = select(IndicatorRow).where(IndicatorRow.soate == soate).order_by(col(IndicatorRow.on).desc())
    return [row.indicator() for row in session.exec(query)]


def newest(session: Session, kind: IndicatorKind) -> dict[str, Indicator]:
    """Return the newest value of one kind of each territory that has one."""
    return {found.soate: found for found in indicators_of(session, kind)}


def find_constituencies(session: Session) -> list[Constituency]:
    """Return the whole list of constituencies, by code, term and territory."""
    order = (ConstituencyRow.code, ConstituencyRow.valid_from, ConstituencyRow.soate)
    query = select(ConstituencyRow).order_by(*(col(column) for column in order))
    return [row.constituency() for row in session.exec(query)]


def replace_constituencies(session: Session, entries: Iterable[Constituency]) -> None:
    """Put this list of constituencies in the place of the one that stands."""
    session.connection().execute(sa.delete(ConstituencyRow))
    session.add_all(
        ConstituencyRow(
            code=entry.code,
            soate=entry.soate,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
            source=entry.source,
            illustrative=entry.illustrative,
            **languages("name", entry.name),
        )
        for entry in entries
    )
    session.flush()


def parents_of(session: Session, codes: Iterable[str]) -> dict[str, str | None]:
    """Return what stands directly above each of these territories, and above those in turn."""
    found: dict[str, str | None] = {}
    waiting = set(codes)
    while waiting:
        above = {code: each.parent for code, each in territories_of(session, waiting).items()}
        found |= dict.fromkeys(waiting) | above
        waiting = {parent for parent in above.values() if parent} - found.keys()
    return found


def add_indicator(session: Session, indicator: Indicator) -> None:
    """Add a value of a territory."""
    put_indicator(session, indicator)
    session.flush()


def put_indicator(session: Session, indicator: Indicator) -> None:
    """Add a value of a territory with the next flush, as one of many."""
    money = indicator.value if isinstance(indicator.value, Som) else None
    people = indicator.value if isinstance(indicator.value, int) else None
    session.add(
        IndicatorRow(
            soate=indicator.soate,
            kind=indicator.kind,
            people=people,
            amount=money,
            on=indicator.on,
            source=indicator.source,
        )
    )


def find_kinds(session: Session) -> list[TransferKind]:
    """Return all kinds of transfers in the order of the catalogue."""
    return [row.kind() for row in session.exec(select(KindRow).order_by(col(KindRow.place)))]


def kind_names(session: Session) -> dict[str, Named]:
    """Return what kinds of transfers are called, by code, in the order of the catalogue."""
    rows = session.connection().execute(_KIND_NAMES)
    return {code: Named(ky, ru, en) for code, ky, ru, en in rows}


def find_kind(session: Session, code: str) -> TransferKind | None:
    """Return one kind of transfer, or None."""
    row = session.get(KindRow, code)
    return row.kind() if row else None


def change_basis(session: Session, code: str, *, basis: Named, sources: tuple[str, ...]) -> None:
    """Write a new legal basis under the version that was read."""
    row = session.get_one(KindRow, code)
    for language in LANGUAGES:
        setattr(row, f"basis_{language}", getattr(basis, language))
    row.sources = " ".join(sources)
    session.add(row)
    session.flush()


def find_transfers(session: Session, *, territory: str | None = None) -> list[Transfer]:
    """Return transfers in the order of their sources: all, or those to one territory."""
    query = select(TransferRow).order_by(col(TransferRow.place))
    if territory is not None:
        query = query.where(TransferRow.territory == territory)
    return [row.transfer() for row in session.exec(query)]


def transfers_page(
    session: Session, *, kind: str | None, year: int | None, after: int, limit: int
) -> tuple[list[Transfer], int | None]:
    """Return so many transfers after a place, of a kind and a year, and the place the next page is after."""
    query = select(TransferRow).where(col(TransferRow.place) > after).order_by(col(TransferRow.place))
    if kind is not None:
        query = query.where(TransferRow.kind == kind)
    if year is not None:
        query = query.where(
            col(TransferRow.period_start) <= f"{year}-12", col(TransferRow.period_end) >= f"{year}-01"
        )
    rows = list(session.exec(query.limit(limit + 1)))
    following = rows[limit - 1].place if len(rows) > limit else None
    return [row.transfer() for row in rows[:limit]], following


def transfers_with_totals(session: Session) -> list[Transfer]:
    """Return the transfers of every report that states a total, in the order of their sources."""
    stated = aliased(TransferRow)
    same = sa.and_(
        *(
            col(getattr(stated, name)) == col(getattr(TransferRow, name))
            for name in ("territory", "period_start", "period_end", "source")
        ),
        col(stated.kind).is_(None),
    )
    query = select(TransferRow).where(sa.exists().where(same)).order_by(col(TransferRow.place))
    return [row.transfer() for row in session.exec(query)]


def put(session: Session, table: type[SQLModel], rows: list[dict[str, Any]], *, keep: bool) -> None:
    """Insert rows with one Core statement; a row of the same key is kept or takes the new values."""
    if not rows:
        return
    mapped: sa.Table = table.__table__  # type: ignore[attr-defined]
    keys = [column.name for column in mapped.primary_key]
    dialect = session.get_bind().dialect.name
    insert = sqlite.insert(mapped) if dialect == "sqlite" else postgresql.insert(mapped)
    if keep:
        statement = insert.on_conflict_do_nothing(index_elements=keys)
    else:
        new = {name: insert.excluded[name] for name in rows[0] if name not in keys}
        statement = insert.on_conflict_do_update(index_elements=keys, set_=new)
    session.connection().execute(statement, rows)


_KIND_NAMES: Final = sa.select(
    *(col(getattr(KindRow, name)) for name in ("code", "name_ky", "name_ru", "name_en"))
).order_by(col(KindRow.place))
_TERRITORY_NAMES: Final = sa.select(
    *(col(getattr(TerritoryRow, name)) for name in ("soate", "name_ky", "name_ru", "name_en"))
).where(col(TerritoryRow.soate).in_(sa.bindparam("codes", expanding=True)))
