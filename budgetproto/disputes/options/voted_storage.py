"""The table of trials that were put to the committee."""

import json
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import appended_only
from budgetproto.disputes.options import voted
from budgetproto.disputes.options.voted import VotedTrial
from budgetproto.sittings.storage import SittingRow  # noqa: F401 - its table must stand before ours


@appended_only
class TrialVoteRow(SQLModel, table=True):
    """One trial that was voted: inputs, result and the vote in one document, adopted or not."""

    __tablename__ = "dispute_trial_vote"
    sitting: str = Field(primary_key=True, foreign_key="sitting.id")
    number: int = Field(primary_key=True)
    document: str = Field(sa_type=sa.Text)
    digest: str = Field(max_length=64)
    person: str
    at: datetime


def voted_trials(session: Session, sitting: str) -> list[VotedTrial]:
    """Return every trial of a sitting that was voted, in order."""
    query = select(TrialVoteRow.document).where(TrialVoteRow.sitting == sitting)
    documents = session.exec(query.order_by(col(TrialVoteRow.number)))
    return [voted.read(json.loads(document)["vote"]) for document in documents]
