"""The table of responses: every version of every party's, to every version of the option."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import appended_only
from budgetproto.disputes.responses import document
from budgetproto.disputes.responses.domain import Answer
from budgetproto.disputes.storage import LineRow


@appended_only
class ResponseRow(SQLModel, table=True):
    """One version of what a party answers on a question; `option` is the version of the option it answers."""

    __tablename__ = "dispute_response"
    line: str = Field(primary_key=True, foreign_key="dispute_line.id")
    party: str = Field(primary_key=True, foreign_key="account_party.id")
    number: int = Field(primary_key=True)
    option: int
    document: str = Field(sa_type=sa.Text)
    digest: str = Field(max_length=64)
    person: str
    at: datetime

    def answer(self) -> Answer:
        """Return the response without its table."""
        return Answer(
            line=self.line,
            party=self.party,
            number=self.number,
            option=self.option,
            response=document.read(self.document),
            person=self.person,
            at=self.at,
        )


def answers(session: Session, sitting: str, *, party: str | None = None) -> list[Answer]:
    """Return every version of every response of a sitting (of one party if asked), by line, oldest first."""
    query = (
        select(ResponseRow)
        .join(LineRow, col(LineRow.id) == col(ResponseRow.line))
        .where(LineRow.sitting == sitting)
        .order_by(col(LineRow.number), ResponseRow.party, col(ResponseRow.number))
    )
    if party is not None:
        query = query.where(ResponseRow.party == party)
    return [row.answer() for row in session.exec(query)]


def answers_on(session: Session, line: str) -> list[Answer]:
    """Return every version of every response on one question, in the order in which they were given."""
    query = select(ResponseRow).where(ResponseRow.line == line)
    query = query.order_by(col(ResponseRow.at), ResponseRow.party, col(ResponseRow.number))
    return [row.answer() for row in session.exec(query)]


def latest(session: Session, line: str, party: str) -> Answer | None:
    """Return the last version of a party's response on a question; None before the first."""
    query = select(ResponseRow).where(ResponseRow.line == line, ResponseRow.party == party)
    row = session.exec(query.order_by(col(ResponseRow.number).desc()).limit(1)).first()
    return row.answer() if row else None


def version(session: Session, line: str, party: str, number: int) -> Answer:
    """Return one version of a party's response that is known to be there."""
    return session.get_one(ResponseRow, (line, party, number)).answer()


def last_numbers(session: Session, sitting: str, party: str) -> dict[str, tuple[int, int]]:
    """Return of a party's last responses, by line, their number and the version of the option they answer."""
    query = (
        select(ResponseRow.line, ResponseRow.number, ResponseRow.option)
        .join(LineRow, col(LineRow.id) == col(ResponseRow.line))
        .where(LineRow.sitting == sitting, ResponseRow.party == party)
        .order_by(col(ResponseRow.number))
    )
    return {line: (number, option) for line, number, option in session.exec(query)}
