"""Answers to the option for programs: all of a sitting to read, one's own party's to give."""

import json
from collections.abc import Mapping
from typing import Any, Final

from flask import Flask, Response
from flask.typing import ResponseReturnValue

from budgetproto.accounts.bearer import bearing, caller
from budgetproto.accounts.scopes import Scope
from budgetproto.disputes import storage as lines
from budgetproto.disputes.figures.shapes import figure_told, words_sent
from budgetproto.disputes.opened.stamp import stamp
from budgetproto.disputes.options.document import OptionLine
from budgetproto.disputes.responses import document, overview, service
from budgetproto.disputes.responses.domain import Kind
from budgetproto.disputes.responses.domain import Response as Answered
from budgetproto.disputes.responses.service import OptionMoved, ResponseMoved
from budgetproto.disputes.responses.shapes import (
    OwnResponseShape,
    ResponseSent,
    ResponseShape,
    RestSent,
    RestShape,
    answer_written,
    own_written,
    response_sent,
    rest_written,
)
from budgetproto.web.api import Asked, Resources, answer, kept, page_of, register
from budgetproto.web.api.answering import request_key, seen_version
from budgetproto.web.api.shapes import listing
from budgetproto.web.data import database, reading

resources: Final = Resources("responses", __name__, "Answers to the option")
_REST: Final = "/sittings/<public_id:sitting_id>/responses/<public_id:party_id>"
_ADDRESS: Final = "/lines/<public_id:line_id>/responses/<public_id:party_id>"


def init_app(app: Flask) -> None:
    """Register the resources."""
    register(app, resources)


@resources.get("/sittings/<public_id:sitting_id>/responses")
@bearing(Scope.SITTINGS)
@resources.asks(Asked)
@resources.shows(listing(ResponseShape), keeps=True)
def responses(asked: dict[str, Any], sitting_id: str) -> ResponseReturnValue:
    """List every answer to the option, by question, party and number; refused while positions are sealed."""
    with reading() as data:
        sitting, place, found = overview.every_answer(data, caller().id, sitting_id)

        def made() -> Response:
            numbers = {line.id: line.number for line in lines.lines(data, sitting_id)}
            last = {(each.line, each.party): each.number for each in found}
            page = page_of(found, lambda each: (numbers[each.line], each.party, each.number), **asked)
            return answer(
                page.document(
                    lambda each: answer_written(
                        each, number=numbers[each.line], last=last[each.line, each.party] == each.number
                    )
                )
            )

        return kept(stamp(data, sitting, place, caller()), made)


@resources.get(_ADDRESS)
@bearing(Scope.POSITIONS)
@resources.shows(OwnResponseShape)
def own(line_id: str, party_id: str) -> ResponseReturnValue:
    """Show one's own party's last answer on a question; ETag names its number for If-Match."""
    with reading() as data:
        found = service.own(data, caller().id, line_id, party_id)
    return _of_version(answer(own_written(found)), found.version)


@resources.put(_ADDRESS)
@bearing(Scope.POSITIONS)
@resources.asks(ResponseSent, location="json")
@resources.takes("If-Match", needed=True)
@resources.takes("Idempotency-Key")
@resources.shows(OwnResponseShape, also=(412, 413, 415, 428))
def respond(sent: dict[str, Any], line_id: str, party_id: str) -> ResponseReturnValue:
    """Answer the option on a question for one's own party.

    If-Match names the answer that was seen, "0" before the first; `option` names the version that is
    answered. Where either has moved the answer is 412. With the same Idempotency-Key the same request may be
    sent again: it is kept once.
    """
    try:
        made = service.answer(
            database(),
            caller().id,
            line_id,
            party_id=party_id,
            response=response_sent(sent),
            option=sent["option"],
            seen=seen_version(),
            confirmed=sent["confirmed"],
            request=request_key(),
        )
    except (OptionMoved, ResponseMoved) as moved:
        raise type(moved)(None, **_as_data(moved.details)) from moved
    with reading() as data:
        found = service.own(data, caller().id, line_id, party_id)
    return _of_version(answer(own_written(found)), made.number)


@resources.get(_REST)
@bearing(Scope.POSITIONS)
@resources.shows(RestShape)
def left(sitting_id: str, party_id: str) -> ResponseReturnValue:
    """Show what one's own party has not answered; ETag counts all its answers, for If-Match."""
    return _rest(sitting_id, party_id)


@resources.put(_REST)
@bearing(Scope.POSITIONS)
@resources.asks(RestSent, location="json")
@resources.takes("If-Match", needed=True)
@resources.takes("Idempotency-Key")
@resources.shows(RestShape, also=(412, 413, 415, 428))
def respond_to_rest(sent: dict[str, Any], sitting_id: str, party_id: str) -> ResponseReturnValue:
    """Accept or reject all that one's own party has not answered of the option: all of it or nothing.

    If-Match names how many answers of the party were seen; `option` names the version that is answered.
    Where either has moved the answer is 412. With the same Idempotency-Key the same request may be sent
    again: it is kept once.
    """
    service.answer_rest(
        database(),
        caller().id,
        sitting_id,
        party_id=party_id,
        kind=Kind.ACCEPT if sent["kind"] == Kind.ACCEPT.value else Kind.REJECT,
        reason=words_sent(sent["reason"], "reason"),
        option=sent["option"],
        seen=seen_version(),
        request=request_key(),
    )
    return _rest(sitting_id, party_id)


def _rest(sitting_id: str, party_id: str) -> Response:
    with reading() as data:
        found = overview.desk(data, caller().id, sitting_id, party_id)
    return _of_version(answer(rest_written(found)), found.given)


def _as_data(details: Mapping[str, object]) -> dict[str, object]:
    """Return what a stale answer is told with: of two texts what each says, as a program reads it."""
    return {name: _said(each) for name, each in details.items()}


def _said(value: object) -> object:
    if isinstance(value, Answered):
        return document.written(value)
    if isinstance(value, OptionLine):
        return json.dumps(figure_told(value.figure), ensure_ascii=False)
    return value


def _of_version(response: Response, version: int) -> Response:
    """Name the number of the party's own answer: no act of anybody else moves it."""
    response.set_etag(str(version))
    return response
