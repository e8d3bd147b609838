"""Open positions: one transaction reveals everything that is due; no reader ever sees one side of a line."""

import hashlib

from sqlmodel import Session

from budgetproto.accounts.naming import SYSTEM
from budgetproto.database import Database, now
from budgetproto.disputes import storage
from budgetproto.disputes.domain import SECOND_TERM_STAGES, NotYetTime
from budgetproto.disputes.events import FILED, PartyHeadEntered, PositionsOpened, SecondTermGiven
from budgetproto.disputes.figures.stands import sides_heard
from budgetproto.disputes.positions import sealing
from budgetproto.disputes.positions import storage as position_storage
from budgetproto.disputes.positions.attachments import service as attachments
from budgetproto.disputes.positions.sealing import Place, SealBroken, SealKey
from budgetproto.disputes.positions.seat import data_key
from budgetproto.disputes.positions.storage import PositionRow, RevealRow
from budgetproto.disputes.storage import LineRow
from budgetproto.errors import Refused
from budgetproto.journal import append, party_chain, sitting_chain
from budgetproto.journal.domain import length_prefixed
from budgetproto.journal.storage import check, entries, head
from budgetproto.sittings import service as sittings
from budgetproto.sittings import storage as sitting_storage
from budgetproto.sittings.domain import Act, Sitting, Stage
from budgetproto.sittings.procedure import procedure_of
from budgetproto.sittings.storage import SittingRow


class TermsNotFixed(Refused):
    """Collecting closes only after the terms are fixed: the rule must be known before the figures."""

    message_key = "disputes.terms_not_fixed"


class NothingToOpen(Refused):
    """Every line that may open is open."""

    message_key = "disputes.nothing_to_open"


def open_positions(database: Database, key: SealKey, person_id: str, sitting_id: str) -> int:
    """Open every position that is due, all in one transaction; return how many lines were opened.

    Due at the deadline by the database's clock, or earlier when every invited party has declared itself
    final. A line on which only one side has filed stays closed for a second term, then opens as it is.
    """
    with database.writing() as session:
        row, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.OPEN)
        return _open(session, key, person_id, row, sitting)


def open_due(database: Database, key: SealKey) -> list[str]:
    """Open in the service's own name every sitting that is due; return their numbers."""
    with database.reading() as session:
        every = [sitting.id for sitting in sitting_storage.sittings(session)]
    return [number for sitting in every if (number := _tick(database, key, sitting)) is not None]


def _tick(database: Database, key: SealKey, sitting_id: str) -> str | None:
    """Open one sitting if something of it is due; a sitting without fixed terms waits for its secretary."""
    try:
        with database.writing() as session:
            row = sitting_storage.sitting_row(session, sitting_id, lock="alone")
            if row is None or Stage(row.stage) not in {Stage.COLLECTING, *SECOND_TERM_STAGES}:
                return None
            return row.number if _open(session, key, SYSTEM, row, row.sitting()) else None
    except (NotYetTime, NothingToOpen, TermsNotFixed):
        return None


def _open(session: Session, key: SealKey, person_id: str, row: SittingRow, sitting: Sitting) -> int:
    if sitting.terms_version is None:
        raise TermsNotFixed
    all_final = _all_final(session, sitting.id)
    if sitting.stage is Stage.COLLECTING and not all_final and now(session) < sitting.deadline:
        raise NotYetTime(deadline=sitting.deadline)
    due = _due(session, sitting, wait_for_silent=not all_final)
    if not due and sitting.stage is not Stage.COLLECTING:
        raise NothingToOpen
    _check_against_chains(session, sitting.id)
    _enter_heads(session, sitting.id)
    _reveal(session, key, person_id, sitting, due)
    if sitting.stage is Stage.COLLECTING:
        sittings.move(session, row, person_id, Stage.OPENED)
    return len(due)


def _all_final(session: Session, sitting_id: str) -> bool:
    return all(final for _, final in sitting_storage.invited(session, sitting_id))


def _due(session: Session, sitting: Sitting, *, wait_for_silent: bool) -> list[LineRow]:
    """Return the lines to open now, giving a second term to each on which one side is silent.

    A second term runs to its end even when the silent side has filed: until then it may file better.
    """
    parties = sittings.invited_parties(session, sitting.id)
    filed: dict[str, set[str]] = {}
    for position in position_storage.latest_positions(session, sitting.id):
        filed.setdefault(position.line, set()).add(position.party)
    closed = [line for line in storage.line_rows(session, sitting.id) if line.opened_at is None]
    heard = {line.id: sides_heard(line.text(), filed.get(line.id, ()), parties) for line in closed}
    late = [line for line in closed if line.second_term_until or len(heard[line.id]) == 1]
    waiting = {line.id for line in late if not _second_term_over(session, line)} if wait_for_silent else set()
    return [line for line in closed if line.id not in waiting]


def _second_term_over(session: Session, line: LineRow) -> bool:
    """Tell whether a line's second term is over; one that has had none begins now."""
    at = now(session)
    if line.second_term_until is None:
        line.second_term_until = at + procedure_of(session, line.sitting).second_term
        session.add(line)
        session.flush()
        given = SecondTermGiven(line.id, line.second_term_until.isoformat(timespec="minutes"))
        append(session, sitting_chain(line.sitting), given)
        return False
    return at >= line.second_term_until


def _check_against_chains(session: Session, sitting_id: str) -> None:
    """Raise SealBroken unless exactly what the parties' chains hold is about to be opened.

    A ciphertext proves itself by its commitment; only the chain shows that a last version was taken away, or
    exchanged together with its commitment. A chain written anew is caught by the head on a party's receipt.
    """
    committed = {}
    for party in sittings.invited_parties(session, sitting_id):
        chain = party_chain(sitting_id, party.id)
        if check(session, chain) is not None:
            raise SealBroken
        for values in (each.values() for each in entries(session, chain) if each.kind in FILED):
            committed[values["line"], party.id] = values["number"], values["commitment"]
    stored = position_storage.latest_positions(session, sitting_id)
    if {(row.line, row.party): (row.number, row.commitment) for row in stored} != committed:
        raise SealBroken


def _enter_heads(session: Session, sitting_id: str) -> None:
    """Bind each party's own chain into the sitting's chain, in the order of the parties."""
    for party in sittings.invited_parties(session, sitting_id):
        end = head(session, party_chain(sitting_id, party.id))
        append(session, sitting_chain(sitting_id), PartyHeadEntered(party.id, end.length, end.hash))


def _reveal(session: Session, key: SealKey, person_id: str, sitting: Sitting, due: list[LineRow]) -> None:
    opening, digest = {line.id: line for line in due}, hashlib.sha256()
    positions = [
        each for each in position_storage.latest_positions(session, sitting.id) if each.line in opening
    ]
    unwrapped = data_key(session, key, sitting.id)
    for position in positions:
        late = opening[position.line].second_term_until is not None
        row = _revealed(unwrapped, sitting, position, late=late and position.at >= sitting.deadline)
        told = (row.line, row.party, str(row.number), row.document, row.nonce)
        digest.update(length_prefixed(*(part.encode() for part in told)))
        session.add(row)
        attachments.reveal(session, unwrapped, sitting.id, row)
    at = now(session)
    for line in due:
        line.opened_at = at
        session.add(line)
    session.flush()
    opened = PositionsOpened(person_id, len(due), len(positions), digest.hexdigest())
    append(session, sitting_chain(sitting.id), opened)


def _revealed(unwrapped: bytes, sitting: Sitting, row: PositionRow, *, late: bool) -> RevealRow:
    """Take a position out of its seal and prove it against its commitment."""
    place = Place(sitting.id, row.line, row.party, row.number)
    unsealed = sealing.unseal(unwrapped, place, row.ciphertext)
    sealing.check(place, unsealed, row.commitment)
    return RevealRow(
        line=row.line,
        party=row.party,
        number=row.number,
        document=unsealed.document,
        nonce=unsealed.nonce,
        filed_at=row.at,
        late_round=late,
    )
