"""Pages of the long lists of this room, read behind a key: no page costs more than another."""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from budgetproto.i18n.letters import folded
from budgetproto.transfers.domain import Territory, Transfer
from budgetproto.transfers.rows import TerritoryRow, TransferRow


def territories_behind(
    session: Session,
    after: tuple[str | int, ...] | None,
    *,
    limit: int,
    words: str = "",
    parent: str | None = None,
    level: int | None = None,
    self_governing: bool | None = None,
) -> list[Territory]:
    """Return territories that match every condition given, by level and code, behind that of `after`."""
    query = select(TerritoryRow).order_by(col(TerritoryRow.level), col(TerritoryRow.soate)).limit(limit)
    for word in folded(words).split():
        query = query.where(col(TerritoryRow.search).contains(word, autoescape=True))
    stated = ((TerritoryRow.parent, parent), (TerritoryRow.level, level))
    query = query.where(*(col(column) == value for column, value in stated if value is not None))
    if self_governing is not None:
        query = query.where(col(TerritoryRow.self_governing).is_(self_governing))
    if after is not None:
        query = query.where(sa.tuple_(col(TerritoryRow.level), col(TerritoryRow.soate)) > after)
    return [row.territory() for row in session.exec(query)]


def transfers_behind(
    session: Session,
    after: str | None,
    *,
    limit: int,
    territory: str | None = None,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
    counted: bool | None = None,
) -> list[Transfer]:
    """Return transfers that match every condition given, by their keys, behind `after`."""
    query = select(TransferRow).order_by(col(TransferRow.key)).limit(limit)
    stated = ((TransferRow.territory, territory), (TransferRow.kind, kind))
    query = query.where(*(col(column) == value for column, value in stated if value is not None))
    if since is not None:
        query = query.where(col(TransferRow.period_start) >= since)
    if until is not None:
        query = query.where(col(TransferRow.period_end) <= until)
    if counted is not None:
        query = query.where(col(TransferRow.counted).is_(counted))
    if after is not None:
        query = query.where(col(TransferRow.key) > after)
    return [row.transfer() for row in session.exec(query)]
