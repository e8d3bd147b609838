"""What programs are sent of the journal: the head of each chain, by which anybody checks what follows."""

from typing import Any

from marshmallow import fields

from budgetproto.disputes.journal.chronicle import Chain
from budgetproto.web.api.fields import ID_PATTERN, Matching
from budgetproto.web.api.shapes import Shape


class HeadShape(Shape):
    """The head of a chain, and whether it is whole up to there; `party` of a party's own chain."""

    chain = fields.String(required=True)
    party = Matching(ID_PATTERN, required=True, allow_none=True)
    length = fields.Integer(required=True)
    head = fields.String(required=True)
    whole = fields.Boolean(required=True)


class HeadsShape(Shape):
    """The heads that somebody may see."""

    items = fields.List(fields.Nested(HeadShape), required=True)


def head_written(chain: Chain) -> dict[str, Any]:
    """Write the head of a chain."""
    return {
        "chain": chain.key,
        "party": chain.party.id if chain.party else None,
        "length": chain.end.length,
        "head": chain.end.hash,
        "whole": chain.broken is None,
    }
