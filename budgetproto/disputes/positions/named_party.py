"""Which of his parties a delegate means on a page: the one the address names, else the only one he has."""

from flask import request
from sqlmodel import Session

from budgetproto.accounts.session import me
from budgetproto.disputes import service
from budgetproto.disputes.positions.own import OwnPosition, own_position
from budgetproto.disputes.routes import seal_key
from budgetproto.sittings.domain import Sitting
from budgetproto.web.data import reading


def own_side(line_id: str) -> tuple[Sitting, OwnPosition]:
    """Return the reader's own side of a line."""
    with reading() as data:
        sitting, party = _named(data, line_id)
        return sitting, own_position(data, seal_key(), me().id, line_id, party)


def own_party(line_id: str) -> str:
    """Return the party itself; whether the reader speaks for it is judged by the act."""
    with reading() as data:
        return _named(data, line_id)[1]


def _named(session: Session, line_id: str) -> tuple[Sitting, str]:
    sitting, place, _ = service.line_of(session, me().id, line_id)
    return sitting, request.args.get("party") or next((party.id for party in place.parties), "")
