"""Who stands by a closed text: two people of each association, so that nobody binds one alone.

Whoever closes a text is the first of his association. What is said of one closed text is not said of the
next: opened again and closed again, it has a new number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from budgetproto.database import now
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.reporting.annual import storage
from budgetproto.reporting.annual.storage import ApprovalRow, ReportRow

#: How many people of an association stand by a text before it counts as approved: four eyes.
NEEDED: Final = 2


@dataclass(frozen=True)
class Approval:
    """How it stands with one association: who stands by the text, and since when it is approved."""

    people: tuple[str, ...] = ()
    approved_on: date | None = None


def approval_of(rows: Iterable[ApprovalRow], party: str) -> Approval:
    """Return how it stands with an association."""
    own = [each for each in rows if each.party == party]
    return Approval(tuple(each.person for each in own), own[NEEDED - 1].on if len(own) >= NEEDED else None)


def stand_by(session: Session, row: ReportRow, person: str, party: str) -> None:
    """Record that a person of an association stands by the closed text of a report."""
    before = storage.approvals(session, row.id, row.closed)
    today = bishkek_day(now(session))
    session.add(
        ApprovalRow(
            report=row.id, number=row.closed, person=person, party=party, place=len(before) + 1, on=today
        )
    )
    session.flush()
