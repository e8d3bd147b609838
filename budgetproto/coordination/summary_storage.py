"""Reads and writes the sums of the register: what is added up per draft and association."""

from collections.abc import Collection, Sequence
from dataclasses import replace as replaced
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from budgetproto.coordination.statistics import Drafts, OfDraft, OfInitiator, Words
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
    found = session.connection().execute(_grouped(ActRow.year, ActRow.level, ActRow.body)).mappings()
    return [_initiator(row, words, amended) for row in found]


def of_associations(session: Session, day: date) -> dict[Key, tuple[Words, int]]:
    """Return by year and association what was said and answered, and on how many drafts it was asked."""
    return _words(session, day, TallyRow.body)


def of_drafts(session: Session, years: Collection[int], bodies: Collection[str], day: date) -> list[OfDraft]:
    """Return what each draft of these years that touches communities adds to the sums, by year and number.

    What was said and answered is that of these associations alone; what is silent is as of the day.
    """
    ours = col(ActRow.year).in_(years), col(ActRow.mandatory)
    words = _words(session, day, ActRow.id, *ours, col(TallyRow.body).in_(bodies))
    counted = session.connection().execute(_grouped(ActRow.id).where(*ours)).mappings()
    drafts = {row["id"]: _drafts(row) for row in counted}
    rows = session.exec(select(ActRow).where(*ours).order_by(col(ActRow.year), col(ActRow.number)))
    nothing = Words(), 0
    return [
        OfDraft(
            row.id,
            row.number,
            row.year,
            drafts[row.id],
            words.get((row.year, row.id), nothing)[0],
            row.illustrative,
        )
        for row in rows
    ]


def entered_in(session: Session, years: Collection[int]) -> dict[int, int]:
    """Return how many drafts were entered of each of these years, whether they touch communities or not."""
    query = sa.select(col(ActRow.year), sa.func.count()).where(col(ActRow.year).in_(years))
    found = session.connection().execute(query.group_by(col(ActRow.year)))
    return {row[0]: row[1] for row in found}


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


def _grouped(*keys: Any) -> Any:
    mandatory = col(ActRow.mandatory)
    # A bypass on record stays one: what was closed after it is not counted as coordinated.
    past = col(ActRow.bypassed_on).is_not(None)
    closed = (col(ActRow.conclusion) != "") & ~past
    days = col(ActRow.adoption_days)
    return sa.select(
        *(col(each) for each in keys),
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
    ).group_by(*(col(each) for each in keys))


def _counted(condition: Any) -> Any:
    return sa.func.sum(sa.case((condition, 1), else_=0))


def _initiator(row: Any, words: dict[Key, Words], amended: dict[Key, int]) -> OfInitiator:
    key = row["year"], row["body"]
    return OfInitiator(
        row["year"],
        row["level"],
        row["body"],
        Named(row["ky"], row["ru"], row["en"]),
        replaced(_drafts(row), amended=amended.get(key, 0)),
        words.get(key, Words()),
        bool(row["illustrative"]),
    )


def _drafts(row: Any) -> Drafts:
    counts = ("entered", "touching", "coordinated", "bypassed", "adopted")
    return Drafts(**{name: row[name] for name in (*counts, "days", "counted", "least", "most")})


def _words(session: Session, day: date, body: Any, *where: Any) -> dict[Key, tuple[Words, int]]:
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
        .where(*where)
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
