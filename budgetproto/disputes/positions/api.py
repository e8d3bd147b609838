"""A party's own position for its programs: read it sealed or open, and file its next version."""

from typing import Any, Final

from flask import Flask, Response
from flask.typing import ResponseReturnValue

from budgetproto.accounts.bearer import bearing, caller
from budgetproto.accounts.scopes import Scope
from budgetproto.disputes.positions import filing, receipts
from budgetproto.disputes.positions.own import own_position
from budgetproto.disputes.positions.shapes import (
    OwnShape,
    PositionSent,
    ReceiptShape,
    own_written,
    position_sent,
)
from budgetproto.disputes.routes import seal_key
from budgetproto.web.api import Resources, answer, register
from budgetproto.web.api.answering import request_key, seen_version
from budgetproto.web.data import database, reading

resources: Final = Resources("positions", __name__, "A party's own positions")
_ADDRESS: Final = "/lines/<public_id:line_id>/positions/<public_id:party_id>"


def init_app(app: Flask) -> None:
    """Register the resources."""
    register(app, resources)


@resources.get(_ADDRESS)
@bearing(Scope.POSITIONS)
@resources.shows(OwnShape)
def own(line_id: str, party_id: str) -> ResponseReturnValue:
    """Show what one's own party has filed on a question; ETag names the version for If-Match."""
    with reading() as data:
        found = own_position(data, seal_key(), caller().id, line_id, party_id)
    return _of_version(answer(own_written(found)), found.version)


@resources.put(_ADDRESS)
@bearing(Scope.POSITIONS)
@resources.asks(PositionSent, location="json")
@resources.takes("If-Match", needed=True)
@resources.takes("Idempotency-Key")
@resources.shows(ReceiptShape, also=(412, 413, 415, 428))
def file(sent: dict[str, Any], line_id: str, party_id: str) -> ResponseReturnValue:
    """File the next version for one's own party and get its receipt.

    If-Match names the version that was seen, "0" before the first. With the same Idempotency-Key the same
    request may be sent again: it gives the same receipt and files nothing twice.
    """
    made = filing.file_position(
        database(),
        seal_key(),
        caller().id,
        line_id,
        party_id=party_id,
        position=position_sent(sent),
        seen=seen_version(),
        files_seen=sent["files_seen"],
        confirmed=sent["confirmed"],
        request=request_key(),
    )
    return _of_version(answer(receipts.receipt_values(made)), made.version)


def _of_version(response: Response, version: int) -> Response:
    """Name the version of the party's own position: no act of anybody else moves it, and nobody keeps it."""
    response.set_etag(str(version))
    return response
