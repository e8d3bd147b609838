"""Asks the database which drafts are public on a day, so that a list of thousands is read page by page."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session, col, select

from budgetproto.coordination.public.storage import ActPublicationRow
from budgetproto.coordination.storage import ActRow


class _BishkekDay(FunctionElement[date]):
    """The day in Bishkek of an instant kept in UTC, as `bishkek_day` has it; the clock there is not moved."""

    type = sa.Date()
    name = "bishkek_day"
    inherit_cache = True


@compiles(_BishkekDay)
def _bishkek_day(element: _BishkekDay, compiler: Any, **more: Any) -> str:
    return f"CAST(({compiler.process(element.clauses, **more)}) AT TIME ZONE 'Asia/Bishkek' AS DATE)"


@compiles(_BishkekDay, "sqlite")
def _bishkek_day_of_sqlite(element: _BishkekDay, compiler: Any, **more: Any) -> str:
    return f"date({compiler.process(element.clauses, **more)}, '+6 hours')"


def count_public(session: Session, day: date) -> int:
    """Return how many drafts are public on a day that no decision lies behind."""
    return session.exec(select(sa.func.count()).select_from(_public(day).subquery())).one()


def public_rows(session: Session, day: date, *, first: int = 0, most: int | None = None) -> list[ActRow]:
    """Return the rows of the drafts that are public on such a day, the newest first; a part of them."""
    newest = col(ActRow.number).desc()
    # Numbers are sorted and left out before any draft is read.
    part = select(ActRow.number).where(col(ActRow.id).in_(_public(day))).order_by(newest)
    numbers = part.offset(first).limit(most).subquery()
    return list(
        session.exec(select(ActRow).join(numbers, col(ActRow.number) == numbers.c.number).order_by(newest))
    )


def _public(day: date) -> Any:
    """Select the drafts of which something is public; the rule is `scope_on`, a test holds both together.

    In force is the last decision whose day had come: by `day`, or, of one that another followed, by the day
    on which that was made.
    """
    decision = ActPublicationRow
    made = sa.func.lead(_BishkekDay(col(decision.at)))
    followed = made.over(partition_by=col(decision.act), order_by=col(decision.number))
    each = sa.select(
        *(col(column) for column in (decision.act, decision.number, decision.scope, decision.since)),
        sa.func.coalesce(followed, sa.literal(day, sa.Date)).label("held_until"),
    ).subquery()
    last = sa.func.max(each.c.number).over(partition_by=each.c.act).label("last")
    begun = sa.select(each, last).where(each.c.since <= each.c.held_until).subquery()
    return sa.select(begun.c.act).where(begun.c.number == begun.c.last, begun.c.scope != "nothing")
