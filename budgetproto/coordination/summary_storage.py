"""Reads and writes the sums of the register: what is added up per draft and association."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from budgetproto.coordination.statistics import Drafts, OfInitiator, Words
from budgetproto.coordination.storage import ActRow, KeyRow, TallyRow
from budgetproto.i18n import Named

_WORDS: Final = ("opinions", "late", "accepted", "partly", "rejected", "unanswered")
#: A year of an initiator, or of an association.
Key = tuple[int, str]


def replace(session: Session, act: str, rows: Sequence[TallyRow | KeyRow]) -> None:
    """Put the rows of a draft in the place of those that were there."""
    for table in (TallyRow, KeyRow):
        session.execute(sa.delete(table).where(col(table.act) == act))
    session.add_all(rows)
    session.flush()


def kept(session: Session, act: str) -> list[TallyRow | KeyRow]:
    """Return the rows that are kept of a draft."""
    tallies = session.exec(select(TallyRow).where(TallyRow.act == act)).all()
    keys = session.exec(select(KeyRow).where(KeyRow.act == act)).all()
    return [*tallies, *keys]


def of_initiators(session: Session, day: date) -> list[OfInitiator]:
    """Return each year of each initiator; what is silent is as of the day."""
    words = {key: said for key, (said, _) in _words(session, day, ActRow.body).items()}
    amended = _amended(session)
    found = session.connection().execute(_grouped()).mappings()
    return [_initiator(row, words, amended) for row in found]


def of_associations(session: Session, day: date) -> dict[Key, tuple[Words, int]]:
    """Return by year and association what was said and answered, and on how many drafts it was asked."""
    return _words(session, day, TallyRow.body)


def bypassed_in(session: Session, year: int, *, first: int = 0, most: int) -> list[ActRow]:
    """Return a part of the drafts of a year whose bypass is on record, the newest bypass first.

    A draft that was coordinated afterwards stays among them.
    """
    query = (
        select(ActRow).where(*_bypassed(year)).order_by(col(ActRow.bypassed_on).desc(), col(ActRow.number))
    )
    return list(session.exec(query.offset(first).limit(most)))


def count_bypassed(session: Session, year: int) -> int:
    """Count the drafts of a year whose bypass is on record."""
    return session.exec(select(sa.func.count()).select_from(ActRow).where(*_bypassed(year))).one()


def _bypassed(year: int) -> tuple[Any, ...]:
    return (col(ActRow.year) == year, col(ActRow.bypassed_on).is_not(None))


def _grouped() -> Any:
    mandatory = col(ActRow.mandatory)
    # A bypass on record stays one: what was closed after it is not counted as coordinated.
    past = col(ActRow.bypassed_on).is_not(None)
    closed = (col(ActRow.conclusion) != "") & ~past
    days = col(ActRow.adoption_days)
    return sa.select(
        *(col(each) for each in (ActRow.year, ActRow.level, ActRow.body)),
        *(sa.func.max(getattr(ActRow, f"initiator_{code}")).label(code) for code in ("ky", "ru", "en")),
        sa.func.count().label("entered"),
        _counted(mandatory).label("touching"),
        _counted(mandatory & closed).label("coordinated"),
        _counted(mandatory & past).label("bypassed"),
        sa.func.count(col(ActRow.adopted_on)).label("adopted"),
        sa.func.coalesce(sa.func.sum(days), 0).label("days"),
        sa.func.count(days).label("counted"),
        sa.func.min(days).label("least"),
        sa.func.max(days).label("most"),
        _counted(col(ActRow.illustrative)).label("illustrative"),
    ).group_by(col(ActRow.year), col(ActRow.level), col(ActRow.body))


def _counted(condition: Any) -> Any:
    return sa.func.sum(sa.case((condition, 1), else_=0))


def _initiator(row: Any, words: dict[Key, Words], amended: dict[Key, int]) -> OfInitiator:
    key = row["year"], row["body"]
    counts = {name: row[name] for name in ("entered", "touching", "coordinated", "bypassed", "adopted")}
    days = {name: row[name] for name in ("days", "counted", "least", "most")}
    return OfInitiator(
        row["year"],
        row["level"],
        row["body"],
        Named(row["ky"], row["ru"], row["en"]),
        Drafts(**counts, **days, amended=amended.get(key, 0)),
        words.get(key, Words()),
        bool(row["illustrative"]),
    )


def _words(session: Session, day: date, body: Any) -> dict[Key, tuple[Words, int]]:
    silent = sa.case(
        (col(TallyRow.awaited_until) < day, col(TallyRow.silent) + 1), else_=col(TallyRow.silent)
    )
    query = (
        sa.select(
            col(ActRow.year),
            body,
            *(sa.func.sum(getattr(TallyRow, name)).label(name) for name in _WORDS),
            sa.func.sum(silent).label("silent"),
            sa.func.count().label("asked"),
        )
        .join(ActRow, col(ActRow.id) == col(TallyRow.act))
        .group_by(col(ActRow.year), body)
    )
    return {
        (row[0], row[1]): (Words(**{name: getattr(row, name) for name in (*_WORDS, "silent")}), row.asked)
        for row in session.connection().execute(query)
    }


def _amended(session: Session) -> dict[Key, int]:
    """Count the acts that another one adopted within twelve months changed, or changed the same act."""
    later, own, changes = aliased(ActRow), aliased(KeyRow), aliased(KeyRow)
    query = (
        sa.select(col(ActRow.year), col(ActRow.body), sa.func.count(sa.distinct(col(ActRow.id))))
        .join(own, col(own.act) == col(ActRow.id))
        .join(changes, (col(changes.key) == col(own.key)) & ~col(changes.own))
        .join(later, col(later.id) == col(changes.act))
        .where(
            col(ActRow.mandatory),
            col(later.id) != col(ActRow.id),
            col(later.adopted_on) > col(ActRow.adopted_on),
            col(later.adopted_on) <= col(ActRow.amendable_until),
        )
        .group_by(col(ActRow.year), col(ActRow.body))
    )
    return {(year, body): count for year, body, count in session.connection().execute(query)}
