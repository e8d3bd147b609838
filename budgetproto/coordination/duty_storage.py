"""The table of what is not done: a copy of what follows from the courses, kept for lists and desks."""

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, delete, select

from budgetproto.coordination.clock import Due, State
from budgetproto.coordination.storage import ActRow
from budgetproto.coordination.undone import state_on


class DutyRow(SQLModel, table=True):
    """A duty nobody has done, owed by `party`; its state is `running` until the last day, then `passed`."""

    __tablename__ = "coordination_duty"
    __table_args__ = (sa.Index("ix_coordination_duty_party_until", "party", "until"),)
    act: str = Field(primary_key=True, foreign_key="coordination_act.id")
    place: int = Field(primary_key=True)
    what: str
    body: str
    number: int
    round: int
    until: date = Field(index=True)
    running: str
    passed: str
    party: str | None = Field(default=None, foreign_key="account_party.id")

    @property
    def due(self) -> Due:
        """What is owed."""
        return Due(self.what)

    def state(self, day: date) -> State:
        """Tell how it stands with it on a day."""
        return state_on(State(self.running), State(self.passed), self.until, day)


def put(session: Session, act: str, rows: Sequence[DutyRow]) -> None:
    """Put these rows in the place of those of a draft."""
    session.exec(delete(DutyRow).where(col(DutyRow.act) == act))
    session.add_all(rows)
    session.flush()


def acts_due_from(session: Session, day: date) -> list[str]:
    """Return the drafts with something undone whose last day is not before `day`."""
    return list(session.exec(select(DutyRow.act).where(col(DutyRow.until) >= day).distinct()))


def owed_on(session: Session, acts: Iterable[str], day: date) -> dict[str, list[DutyRow]]:
    """Return what is due or overdue of these drafts on a day, what ends first on top."""
    query = select(DutyRow).where(col(DutyRow.act).in_(list(acts)), _is_in(day, State.DUE, State.OVERDUE))
    found: dict[str, list[DutyRow]] = {}
    for row in session.exec(query.order_by(col(DutyRow.until), col(DutyRow.place))):
        found.setdefault(row.act, []).append(row)
    return found


def counts(session: Session, parties: frozenset[str] | None, day: date) -> dict[State, int]:
    """Count what is not done by its state; of these parties alone, None for everybody's."""
    state = sa.case((col(DutyRow.until) >= day, col(DutyRow.running)), else_=col(DutyRow.passed))
    query = sa.select(state, sa.func.count()).select_from(DutyRow).group_by(state)
    if parties is not None:
        query = query.where(col(DutyRow.party).in_(sorted(parties)))
    found = session.connection().execute(query)
    return {State(value): count for value, count in found}


def duties_in(
    session: Session,
    state: State,
    parties: frozenset[str] | None,
    day: date,
    *,
    first: int = 0,
    most: int,
) -> list[tuple[DutyRow, ActRow]]:
    """Return a part of what stands so on a day, each with its draft, what ended first on top."""
    owed = _is_in(day, state)
    if parties is not None:
        owed = sa.and_(owed, col(DutyRow.party).in_(sorted(parties)))
    query = select(DutyRow, ActRow).join(ActRow, col(ActRow.id) == col(DutyRow.act)).where(owed)
    query = query.order_by(col(DutyRow.until), col(ActRow.number), col(DutyRow.place))
    return list(session.exec(query.offset(first).limit(most)))


def is_overdue(day: date) -> sa.ColumnElement[bool]:
    """Ask of a row of the drafts whether something of it was due before a day."""
    passed = col(DutyRow.passed) == State.OVERDUE.value
    # The rows of one draft lie together by their key: far fewer are read than by their days.
    return sa.exists().where(col(DutyRow.act) == ActRow.id, col(DutyRow.until) < day, passed)


def _is_in(day: date, *states: State) -> sa.ColumnElement[bool]:
    values = [state.value for state in states]
    running = sa.and_(col(DutyRow.until) >= day, col(DutyRow.running).in_(values))
    return sa.or_(running, sa.and_(col(DutyRow.until) < day, col(DutyRow.passed).in_(values)))
