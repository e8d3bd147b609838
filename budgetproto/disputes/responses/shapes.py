"""What a program sends to answer the option, and what it is sent of answers."""

from collections.abc import Mapping
from typing import Any, Final

from marshmallow import fields

from budgetproto.disputes.figures.shapes import (
    FigureSent,
    FigureTold,
    WordsSent,
    WordsTold,
    figure_told,
    words_sent,
    words_told,
)
from budgetproto.disputes.responses.domain import LONGEST_CONFIRMER, MOST_CONDITIONS, Answer, Kind, Response
from budgetproto.disputes.responses.overview import Desk
from budgetproto.disputes.responses.service import Own
from budgetproto.web.api.fields import ID_PATTERN, Code, Day, Many, Matching, Moment, Text, Whole, YesNo
from budgetproto.web.api.shapes import Shape
from budgetproto.web.api.writing import day, moment

_KINDS: Final = [each.value for each in Kind]
_MOST_LINES: Final = 1_000_000


class ResponseSent(Shape):
    """An answer to version `option` of the option; what does not belong to its kind is left out.

    `figure` is the counter-proposal's; `confirmer` and `until` say who confirms an acceptance, until which
    day; `lines` are the numbers of the questions that an acceptance depends on. `confirmed`: a
    counter-proposal ten times the party's own base is meant.
    """

    option = Whole(1, _MOST_LINES, required=True)
    kind = Code(_KINDS, required=True)
    reason = fields.Nested(WordsSent, allow_none=True, load_default=None)
    figure = FigureSent(load_default=None)
    confirmer = Text(LONGEST_CONFIRMER, paper=True, load_default="")
    until = Day(sensible=True, allow_none=True, load_default=None)
    lines = Many(Whole(1, _MOST_LINES), MOST_CONDITIONS)
    confirmed = YesNo(load_default=False)


class RestSent(Shape):
    """One answer to every question of version `option` that the party has not answered; `reason` rejects."""

    option = Whole(1, _MOST_LINES, required=True)
    kind = Code([Kind.ACCEPT.value, Kind.REJECT.value], required=True)
    reason = fields.Nested(WordsSent, allow_none=True, load_default=None)


class LeftShape(Shape):
    """A question that the party has not answered, and what the newest option says of it."""

    line = Matching(ID_PATTERN, required=True)
    line_number = fields.Integer(required=True)
    computed = FigureTold(required=True)


class RestShape(Shape):
    """What a party has not answered of the newest option; `given` counts all answers it has given so far."""

    party = Matching(ID_PATTERN, required=True)
    newest_option = fields.Integer(required=True)
    given = fields.Integer(required=True)
    left = fields.List(fields.Nested(LeftShape), required=True)


class RespondedShape(Shape):
    """What was answered: figures in the measure of the question."""

    kind = Code(_KINDS, required=True)
    reason = fields.Nested(WordsTold, required=True, allow_none=True)
    figure = FigureTold(required=True)
    confirmer = fields.String(required=True)
    until = Day(required=True, allow_none=True)
    lines = fields.List(fields.Integer(), required=True)


class ResponseShape(Shape):
    """One version of one party's answer on a question, and the version of the option it answers."""

    line = Matching(ID_PATTERN, required=True)
    line_number = fields.Integer(required=True)
    party = Matching(ID_PATTERN, required=True)
    number = fields.Integer(required=True)
    option = fields.Integer(required=True)
    last = fields.Boolean(required=True)
    answered_at = Moment(required=True)
    response = fields.Nested(RespondedShape, required=True)


class OwnResponseShape(Shape):
    """A party's last answer on a question, number 0 and null before the first, beside the newest option."""

    line = Matching(ID_PATTERN, required=True)
    party = Matching(ID_PATTERN, required=True)
    number = fields.Integer(required=True)
    option = fields.Integer(required=True, allow_none=True)
    response = fields.Nested(RespondedShape, required=True, allow_none=True)
    newest_option = fields.Integer(required=True)
    computed = FigureTold(required=True)


def response_sent(sent: Mapping[str, Any]) -> Response:
    """Return the answer that was sent; BadInput when a text lacks its original."""
    return Response(
        kind=Kind(sent["kind"]),
        reason=words_sent(sent["reason"], "reason"),
        figure=sent["figure"],
        confirmer=sent["confirmer"].strip(),
        until=sent["until"],
        lines=tuple(sorted(set(sent["lines"]))),
    )


def answer_written(answer: Answer, *, number: int, last: bool) -> dict[str, Any]:
    """Write a version of an answer; `number` is its question's, `last` tells that none came after it."""
    return {
        "line": answer.line,
        "line_number": number,
        "party": answer.party,
        "number": answer.number,
        "option": answer.option,
        "last": last,
        "answered_at": moment(answer.at),
        "response": _responded(answer.response),
    }


def own_written(own: Own) -> dict[str, Any]:
    """Write what a party has answered last, and what the newest option says."""
    return {
        "line": own.line.id,
        "party": own.party.id,
        "number": own.version,
        "option": own.last.option if own.last else None,
        "response": _responded(own.last.response) if own.last else None,
        "newest_option": own.option.number,
        "computed": figure_told(own.said.figure),
    }


def rest_written(desk: Desk) -> dict[str, Any]:
    """Write what a party has not answered of the newest option."""
    return {
        "party": desk.party.id,
        "newest_option": desk.option.number,
        "given": desk.given,
        "left": [
            {
                "line": answered.line.id,
                "line_number": answered.line.number,
                "computed": figure_told(answered.figure),
            }
            for answered, own in desk.rows
            if own.answer is None
        ],
    }


def _responded(response: Response) -> dict[str, Any]:
    return {
        "kind": response.kind.value,
        "reason": words_told(response.reason),
        "figure": figure_told(response.figure),
        "confirmer": response.confirmer,
        "until": day(response.until),
        "lines": list(response.lines),
    }
