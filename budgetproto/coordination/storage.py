"""The tables of coordination: drafts, what happened to them, and every version of the procedure."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.coordination import document
from budgetproto.coordination.course import Course
from budgetproto.coordination.domain import Draft, Level
from budgetproto.coordination.happenings import Corrected, Happening, Screened
from budgetproto.coordination.procedure_values import Procedure
from budgetproto.database import appended_only

#: The names under which a screening, and what may take it back, are kept.
SCREENED: Final = Screened.__name__.lower()
_CORRECTED: Final = Corrected.__name__.lower()


class ActRow(SQLModel, table=True):
    """A draft act of the register; `steps` counts what happened to it, `document` is what was entered.

    From `stage` on everything follows from the document and the course, as the summary has it, so that a
    list and the statistics read no course; `reckoned` is the number of steps after which it was added up.
    `initiator` is the party that answers for it now; `body` tells initiators apart: its id, else the name.
    `completed` is the draft as steps completed its entry, empty while none has.
    """

    __tablename__ = "coordination_act"
    id: str = Field(primary_key=True)
    number: int = Field(unique=True)
    level: str = Field(index=True)
    initiator: str | None = Field(default=None, foreign_key="account_party.id")
    document: str = Field(sa_type=sa.Text)
    steps: int = 0
    entered_on: date = Field(index=True)
    stage: str = Field(index=True)
    reckoned: int = -1
    year: int = Field(default=0, index=True)
    body: str = ""
    initiator_ky: str = ""
    initiator_ru: str = ""
    initiator_en: str = ""
    words: str = Field(default="", sa_type=sa.Text)
    illustrative: bool = False
    mandatory: bool = False
    conclusion: str = ""
    bypassed_on: date | None = None
    published: date | None = None
    adopted_on: date | None = None
    adoption_days: int | None = None
    amendable_until: date | None = None
    due_on: date | None = Field(default=None, index=True)
    remarks: int = 0
    unanswered: int = 0
    completed: str = Field(default="", sa_type=sa.Text)
    awaits_screening: bool = False

    def draft(self) -> Draft:
        """Return the draft as it stands, without its table."""
        return document.read_draft(self.completed or self.document)

    def entered(self) -> Draft:
        """Return the draft as it was entered."""
        return document.read_draft(self.document)


class TallyRow(SQLModel, table=True):
    """What came of asking one association about one draft."""

    __tablename__ = "coordination_tally"
    act: str = Field(primary_key=True, foreign_key="coordination_act.id")
    body: str = Field(primary_key=True)
    opinions: int = 0
    late: int = 0
    silent: int = 0
    awaited_until: date | None = None
    accepted: int = 0
    partly: int = 0
    rejected: int = 0
    unanswered: int = 0


class KeyRow(SQLModel, table=True):
    """An act in force by its day and number: the one that a draft became (`own`), or one that it changes."""

    __tablename__ = "coordination_key"
    act: str = Field(primary_key=True, foreign_key="coordination_act.id")
    key: str = Field(primary_key=True, index=True)
    own: bool = False


class ReferralRow(SQLModel, table=True):
    """The contested line that a remark became; several remarks may have become one."""

    __tablename__ = "coordination_referral"
    act: str = Field(primary_key=True, foreign_key="coordination_act.id")
    remark: int = Field(primary_key=True)
    line: str = Field(foreign_key="dispute_line.id", index=True)


@appended_only
class HappeningRow(SQLModel, table=True):
    """One thing that happened to a draft; `by_keeper` marks a body's word recorded by nobody of it."""

    __tablename__ = "coordination_happening"
    act: str = Field(primary_key=True, foreign_key="coordination_act.id")
    number: int = Field(primary_key=True)
    kind: str
    on: date
    recorded: date
    document: str = Field(sa_type=sa.Text)
    digest: str = Field(max_length=64)
    person: str
    at: datetime
    by_keeper: bool = False

    def happening(self) -> Happening:
        """Return what happened without its table."""
        return Happening(self.on, document.read_what(self.kind, self.document), self.recorded)


@appended_only
class ProcedureRow(SQLModel, table=True):
    """One version of the procedure for one level; `person` is empty for what was shipped."""

    __tablename__ = "coordination_procedure"
    level: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    since: date
    document: str = Field(sa_type=sa.Text)
    person: str
    at: datetime

    def procedure(self) -> Procedure:
        """Return the version without its table."""
        return document.read_procedure(self.document)


def act_row(session: Session, act: str, *, lock: bool = False) -> ActRow | None:
    """Return the row of a draft; None when there is none. Locked, acts on one draft wait in turn."""
    return session.get(ActRow, act, with_for_update=lock or None)


def known_act(session: Session, act: str) -> ActRow:
    """Return the row of a draft that is there for certain: something else refers to it."""
    return session.get_one(ActRow, act)


def act_numbered(session: Session, number: int) -> ActRow | None:
    """Return the draft of a number in the register; None when there is none."""
    return session.exec(select(ActRow).where(ActRow.number == number)).one_or_none()


def referrals(session: Session, line: str) -> list[ReferralRow]:
    """Return the remarks that a contested line was referred from."""
    query = select(ReferralRow).where(ReferralRow.line == line)
    return list(session.exec(query.order_by(col(ReferralRow.act), col(ReferralRow.remark))))


def add_numbered(session: Session, row: ActRow) -> None:
    """Add a draft under the next number of the register; whoever loses a number takes the one after it."""
    while True:
        row.number = _next_number(session)
        try:
            with session.begin_nested():
                session.add(row)
                session.flush()
        except sa.exc.IntegrityError:
            if _next_number(session) == row.number:
                raise
        else:
            return


def course(session: Session, act: str) -> Course:
    """Return what happened to a draft, in the order in which it was recorded."""
    return Course(tuple(row.happening() for row in happening_rows(session, act)))


def happening_rows(session: Session, act: str) -> list[HappeningRow]:
    """Return the rows of what happened to a draft, by number."""
    query = select(HappeningRow).where(HappeningRow.act == act).order_by(col(HappeningRow.number))
    return list(session.exec(query))


def kept_places(session: Session, act: str) -> frozenset[int]:
    """Return the places in a draft's course of the words of a body that the keeper recorded for it."""
    query = select(HappeningRow.number).where(HappeningRow.act == act, col(HappeningRow.by_keeper))
    return frozenset(number - 1 for number in session.exec(query))


def screenings(session: Session, acts: Iterable[str]) -> dict[str, Screened]:
    """Return the screening that each of these drafts goes by; none of one that waits to be screened."""
    of_acts = col(HappeningRow.act).in_(sorted(set(acts)))
    query = select(HappeningRow).where(of_acts, col(HappeningRow.kind).in_((SCREENED, _CORRECTED)))
    happened: dict[str, list[Happening]] = {}
    for row in session.exec(query.order_by(col(HappeningRow.act), col(HappeningRow.number))):
        happened.setdefault(row.act, []).append(row.happening())
    found = {act: Course(tuple(steps)).screened for act, steps in happened.items()}
    return {act: screened for act, screened in found.items() if screened}


def act_rows(session: Session) -> list[ActRow]:
    """Return the rows of all drafts, by number."""
    return list(session.exec(select(ActRow).order_by(col(ActRow.number))))


def stale_rows(session: Session) -> list[ActRow]:
    """Return the rows of the drafts whose summary is older than their last step."""
    return list(session.exec(select(ActRow).where(col(ActRow.reckoned) != col(ActRow.steps))))


def procedures(session: Session, level: Level) -> dict[int, Procedure]:
    """Return every version of the procedure for a level by its number."""
    return {row.version: row.procedure() for row in procedure_rows(session, level)}


def procedure_rows(session: Session, level: Level) -> list[ProcedureRow]:
    """Return the rows of every version of the procedure for a level, the oldest first."""
    query = select(ProcedureRow).where(ProcedureRow.level == level.value)
    return list(session.exec(query.order_by(col(ProcedureRow.version))))


def _next_number(session: Session) -> int:
    return (session.exec(select(sa.func.max(ActRow.number))).one() or 0) + 1
