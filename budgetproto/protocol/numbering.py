"""Give a sitting's coming protocol its number: once, before anything is drawn that bears it."""

from itertools import count

from sqlmodel import Session

from budgetproto.database import Database, now
from budgetproto.errors import Refused
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.protocol import number_storage, storage
from budgetproto.protocol.number_storage import NumberRow
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting
from budgetproto.sittings.numbering import corrected, formed, runs, runs_within
from budgetproto.sittings.procedure import procedure


class NumberTaken(Refused):
    """A scheme that counts nothing forms a number that another protocol has."""

    message_key = "protocol.number_taken"


def numbered(database: Database, person_id: str, sitting_id: str, act: Act) -> str:
    """Return the number of the protocol that is coming, given in a transaction of its own.

    What was laid out and withdrawn, or refused, keeps its number for the same sitting; nobody else gets it.
    """
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, act)
        version = len(storage.issued_in(session, [sitting_id])) + 1
        known = number_storage.given(session, sitting_id, version)
        if known:
            return known.number
        first = number_storage.given(session, sitting_id, 1)
        return _correcting(session, first, version) if first else _first(session, sitting)


def _first(session: Session, sitting: Sitting) -> str:
    scheme, wanted = procedure(session).settings["protocol_number"].value, _row(session, sitting)
    while True:
        if runs(scheme):
            wanted.running = number_storage.last_running(session, wanted, runs_within(scheme)) + 1
        wanted.number = formed(
            scheme,
            sitting=sitting.number,
            year=wanted.year,
            budget_year=wanted.budget_year,
            running=wanted.running,
        )
        if number_storage.take(session, wanted):
            return wanted.number
        if not runs(scheme):
            raise NumberTaken(number=wanted.number)


def _row(session: Session, sitting: Sitting) -> NumberRow:
    day = sitting.held_on or bishkek_day(now(session))
    return NumberRow(
        sitting=sitting.id, version=1, number="", running=0, year=day.year, budget_year=sitting.budget_year
    )


def _correcting(session: Session, first: NumberRow, version: int) -> str:
    """Give a correction the number of the first protocol with the next mark that is free."""
    same = first.model_dump() | {"version": version, "running": 0}
    numbers = (corrected(first.number, which) for which in count(version - 1))
    return next(
        number for number in numbers if number_storage.take(session, NumberRow(**(same | {"number": number})))
    )
