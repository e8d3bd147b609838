"""The table of the trials that were put to the vote: what was asked, how members voted, what came of it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import appended_only
from budgetproto.i18n import Named, Words
from budgetproto.money import Som
from budgetproto.money.column import SomColumn
from budgetproto.proceedings.domain import Votes
from budgetproto.proceedings.storage import read_words


@dataclass(frozen=True)
class TrialVote:
    """One trial that was put to the vote; `version` is the option published by it, None if rejected."""

    number: int
    rule: str
    envelope: Som
    ground: Named
    question: Words
    votes: Votes
    present: int
    quorum: int
    reason: Words | None
    version: int | None
    at: datetime

    @property
    def adopted(self) -> bool:
        """Whether the committee adopted it."""
        return self.version is not None


@appended_only
class TrialVoteRow(SQLModel, table=True):
    """A vote on a trial, with the trial as it was computed: recorded once, never changed."""

    __tablename__ = "proceeding_trial_vote"
    sitting: str = Field(primary_key=True, foreign_key="sitting.id")
    number: int = Field(primary_key=True)
    rule: str
    envelope: Som = Field(sa_type=SomColumn)
    ground_ky: str
    ground_ru: str
    ground_en: str
    question: str = Field(sa_type=sa.Text)
    votes_for: int
    votes_against: int
    votes_abstained: int
    members_present: int
    quorum: int
    reason: str | None = Field(default=None, sa_type=sa.Text)
    version: int | None = None
    document: str = Field(sa_type=sa.Text)
    person: str
    at: datetime

    def vote(self) -> TrialVote:
        """Return the vote without its table."""
        question = read_words(self.question)
        assert question is not None, "a question is always asked"  # noqa: S101
        return TrialVote(
            number=self.number,
            rule=self.rule,
            envelope=self.envelope,
            ground=Named(self.ground_ky, self.ground_ru, self.ground_en),
            question=question,
            votes=Votes(self.votes_for, self.votes_against, self.votes_abstained),
            present=self.members_present,
            quorum=self.quorum,
            reason=read_words(self.reason),
            version=self.version,
            at=self.at,
        )


def trial_votes(session: Session, sitting: str) -> list[TrialVote]:
    """Return the votes on trials of a sitting, in their order."""
    query = select(TrialVoteRow).where(TrialVoteRow.sitting == sitting).order_by(col(TrialVoteRow.number))
    return [row.vote() for row in session.exec(query)]
