"""Tells the room of disputes what was decided, since conditions of answers to the option go by it."""

from collections.abc import Mapping

from sqlmodel import Session

from budgetproto.disputes import storage as disputes
from budgetproto.disputes.responses.domain import Settled
from budgetproto.proceedings import storage


def settled(session: Session, sitting_id: str) -> Mapping[int, Settled]:
    """Return what has been decided in a sitting so far, by number of question."""
    numbers = {line.id: line.number for line in disputes.lines(session, sitting_id)}
    return {
        numbers[line]: Settled(decision.settled, decision.decided)
        for line, decision in storage.decisions(session, sitting_id).items()
        if decision.outcome is not None and line in numbers
    }
