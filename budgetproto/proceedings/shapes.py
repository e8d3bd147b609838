"""What programs are sent of decisions: the computed, the proposed and the decided figure side by side."""

from typing import Any

from marshmallow import fields

from budgetproto.disputes.figures.shapes import FigureTold, WordsTold, figure_told, words_told
from budgetproto.disputes.shapes import INSTRUMENTS
from budgetproto.proceedings.domain import Outcome, Votes
from budgetproto.proceedings.overview import Ruling
from budgetproto.web.api.fields import ID_PATTERN, Code, Matching
from budgetproto.web.api.shapes import Shape


class VotesShape(Shape):
    """Votes of committee members."""

    votes_for = fields.Integer(required=True)
    against = fields.Integer(required=True)
    abstained = fields.Integer(required=True)


class DecisionShape(Shape):
    """What became of one question; a decision never replaces the computed figure."""

    line = Matching(ID_PATTERN, required=True)
    line_number = fields.Integer(required=True)
    computed = FigureTold(required=True)
    proposed = FigureTold(required=True)
    proposed_reason = fields.Nested(WordsTold, required=True, allow_none=True)
    decided = FigureTold(required=True)
    instrument = Code(INSTRUMENTS, required=True, allow_none=True)
    outcome = Code([each.value for each in Outcome], required=True, allow_none=True)
    votes = fields.Nested(VotesShape, required=True, allow_none=True)
    note = fields.Nested(WordsTold, required=True, allow_none=True)


def decision_written(ruling: Ruling) -> dict[str, Any]:
    """Write the three columns of a question."""
    decision = ruling.decision
    return {
        "line": ruling.line.id,
        "line_number": ruling.line.number,
        "computed": figure_told(ruling.computed),
        "proposed": figure_told(decision.proposed),
        "proposed_reason": words_told(decision.proposed_reason),
        "decided": figure_told(decision.decided),
        "instrument": decision.instrument.value if decision.instrument else None,
        "outcome": decision.outcome.value if decision.outcome else None,
        "votes": _votes(decision.votes) if decision.votes else None,
        "note": words_told(decision.note),
    }


def _votes(votes: Votes) -> dict[str, int]:
    return {"votes_for": votes.for_, "against": votes.against, "abstained": votes.abstained}
