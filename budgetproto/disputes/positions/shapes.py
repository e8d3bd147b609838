"""What a program sends to file a position, and what it is sent of its own party's."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from budgetproto.disputes.domain import WHOLE, Instrument, Position, Vulnerable
from budgetproto.disputes.figures.shapes import FigureSent, WordsSent, words_sent
from budgetproto.disputes.positions.attachments.values import NO_FILES
from budgetproto.disputes.positions.bounds import LONGEST
from budgetproto.disputes.positions.own import OwnPosition
from budgetproto.disputes.shapes import INSTRUMENTS, StatedShape, stated_written
from budgetproto.web.api.fields import ID_PATTERN, Code, Day, Matching, Moment, Text, Whole, YesNo
from budgetproto.web.api.shapes import Shape
from budgetproto.web.api.writing import moment

_DIGEST = r"^[0-9a-f]{64}$"


class PositionSent(Shape):
    """What a party states, as a program files it; what is left out is blank.

    `files_seen` says which attached files its author has seen; `confirmed` that a figure ten times the
    party's own base is meant.
    """

    figure = FigureSent(required=True)
    rationale = fields.Nested(WordsSent, allow_none=True, load_default=None)
    instrument = Code(INSTRUMENTS, allow_none=True, load_default=None)
    timing = Text(LONGEST["timing"], paper=True, load_default="")
    recurring = YesNo(load_default=False)
    priority = Whole(0, WHOLE, load_default=0)
    legal_basis = Text(LONGEST["legal_basis"], paper=True, load_default="")
    vulnerable = Code([each.value for each in Vulnerable], required=True)
    vulnerable_text = Text(LONGEST["vulnerable_text"], long=True, paper=True, load_default="")
    speaker = Text(LONGEST["speaker"], paper=True, load_default="")
    source = Text(LONGEST["source"], paper=True, load_default="")
    source_date = Day(sensible=True, allow_none=True, load_default=None)
    illustrative = YesNo(load_default=False)
    files_seen = Matching(_DIGEST, load_default=NO_FILES)
    confirmed = YesNo(load_default=False)


class OwnShape(Shape):
    """What a party has filed on a question: version 0 and null before the first; `until` when filing ends."""

    line = Matching(ID_PATTERN, required=True)
    party = Matching(ID_PATTERN, required=True)
    version = fields.Integer(required=True)
    filed_at = Moment(required=True, allow_none=True)
    position = fields.Nested(StatedShape, required=True, allow_none=True)
    files_seen = Matching(_DIGEST, required=True)
    until = Moment(required=True, allow_none=True)
    files_alone = fields.Boolean(required=True)


class ProofShape(Shape):
    """What proves one attached file."""

    class Meta(Shape.Meta):
        """A proof is the receipt's own document."""

        unknown = "include"


class ReceiptShape(Shape):
    """The receipt of a filed version: enough to prove later what was filed and when; keep it."""

    sitting = Matching(ID_PATTERN, required=True)
    line = Matching(ID_PATTERN, required=True)
    line_number = fields.Integer(required=True)
    party = Matching(ID_PATTERN, required=True)
    version = fields.Integer(required=True)
    filed_at = Moment(required=True)
    position = fields.String(required=True)
    nonce = fields.String(required=True)
    commitment = fields.String(required=True)
    chain = fields.String(required=True)
    sequence = fields.Integer(required=True)
    head = fields.String(required=True)
    files = fields.List(fields.Nested(ProofShape), required=True)


def position_sent(sent: Mapping[str, Any]) -> Position:
    """Return the position that was sent; BadInput when a text lacks its original."""
    plain = ("timing", "recurring", "priority", "legal_basis", "vulnerable_text", "speaker", "source")
    return Position(
        **{name: sent[name] for name in plain},
        figure=sent["figure"],
        rationale=words_sent(sent["rationale"], "rationale"),
        instrument=Instrument(sent["instrument"]) if sent["instrument"] else None,
        vulnerable=Vulnerable(sent["vulnerable"]),
        source_date=sent["source_date"],
        illustrative=sent["illustrative"],
    )


def own_written(own: OwnPosition) -> dict[str, Any]:
    """Write what a party has filed, for its own delegates."""
    return {
        "line": own.line.id,
        "party": own.party.id,
        "version": own.version,
        "filed_at": moment(own.filed_at),
        "position": stated_written(own.filed) if own.filed else None,
        "files_seen": own.files_seen,
        "until": moment(own.until),
        "files_alone": own.files_alone,
    }
