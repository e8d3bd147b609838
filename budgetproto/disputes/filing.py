"""File positions: each version sealed, committed to, chained in the party's chain, and receipted."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.database import Database, now
from budgetproto.disputes import document, repeating, storage
from budgetproto.disputes.domain import Line, Position, TooLate
from budgetproto.disputes.events import DeclaredFinal, FinalWithdrawn, PositionFiled
from budgetproto.disputes.receipts import Receipt, receipt_of, written_out
from budgetproto.disputes.sealing import SealKey
from budgetproto.disputes.seat import POSITION, PositionMoved, Seat, check, filing_ends, take_seat
from budgetproto.disputes.storage import PositionRow
from budgetproto.errors import Unknown
from budgetproto.journal import append, party_chain
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act
from budgetproto.sittings.storage import InvitedRow


@dataclass(frozen=True)
class OwnPosition:
    """What a party sees of its own position: the filed version and the draft, each with its number.

    `until` is when filing ends for the party at this line, None once it has ended.
    """

    line: Line
    party: Party
    version: int
    filed: Position | None
    filed_at: datetime | None
    draft: Position | None
    draft_version: int
    drafted_at: datetime | None
    until: datetime | None

    @property
    def sent(self) -> bool:
        """Tell whether the text the author has before him is the one that is filed."""
        return self.filed is not None and self.draft in (None, self.filed)


def file_position(
    database: Database,
    key: SealKey,
    person_id: str,
    line_id: str,
    *,
    party_id: str,
    position: Position,
    seen: int,
    confirmed: bool = False,
    request: str = "",
) -> Receipt:
    """File a version of a party's position; `seen` is the number of the version its author had before him.

    `request` is the key of the form: sent again it gives the same receipt and files nothing. Raises TooLate
    (the text is kept as its author's draft), PositionMoved with both texts, JumpUnconfirmed, FigureMissing,
    FigureOfAnotherKind, OnlyLeadStatesFigure, KeyUsed, and Unknown to whoever has no mandate of the party.
    """
    asked = f"file {seen} {document.written(position)}"
    try:
        with database.writing() as session:
            seat = take_seat(session, key, person_id, line_id, party_id, lock=True)
            if (before := repeating.answered(seat, request, asked)) is not None:
                return receipt_of(seat, before)
            # One instant for the judgement and the record, so that no position is both on time and late.
            at = now(session)
            check(seat, position, at=at, seen=seen, confirmed=confirmed)
            made = _store(seat, position, at=at)
            repeating.keep_answer(seat, request, asked, made.version)
            return made
    except TooLate:
        with database.aside() as session:
            take_seat(session, key, person_id, line_id, party_id, lock=True).keep_draft(position)
        raise


def save_draft(
    database: Database,
    key: SealKey,
    person_id: str,
    line_id: str,
    *,
    party_id: str,
    position: Position,
    seen: int,
) -> int:
    """Keep its author's unfinished text, sealed; return its new number.

    `seen` is the number it had before; PositionMoved with both texts when it was saved elsewhere meanwhile.
    """
    with database.writing() as session:
        seat = take_seat(session, key, person_id, line_id, party_id, lock=True)
        draft = seat.draft()
        if draft is not None and draft.version != seen:
            raise PositionMoved(yours=position, theirs=seat.drafted())
        return seat.keep_draft(position)


def own_position(session: Session, key: SealKey, person_id: str, line_id: str, party_id: str) -> OwnPosition:
    """Return a party's filed version and the asking delegate's draft to that delegate, and to nobody else."""
    seat = take_seat(session, key, person_id, line_id, party_id)
    filed, draft, until = seat.last(), seat.draft(), filing_ends(seat)
    return OwnPosition(
        line=seat.line,
        party=seat.party,
        version=filed.number if filed else 0,
        filed=seat.filed(),
        filed_at=filed.at if filed else None,
        draft=seat.drafted(),
        draft_version=(draft.version or 0) if draft else 0,
        drafted_at=draft.saved_at if draft else None,
        until=until if until and now(session) < until else None,
    )


def filed_lines(session: Session, person_id: str, sitting_id: str, party_id: str) -> dict[str, int]:
    """Return, to a delegate of the party, the lines it has filed on with the number of the last version."""
    _, place = sittings.admitted(session, person_id, sitting_id)
    if not place.speaks_for(party_id):
        raise Unknown(denied=POSITION)
    return storage.filed_versions(session, sitting_id, party_id)


def filed_yes_no(session: Session, person_id: str, sitting_id: str) -> frozenset[tuple[str, str]]:
    """Return, to the secretary alone, which party has filed on which line: (line, party)."""
    sittings.admitted(session, person_id, sitting_id, Act.START_COLLECTING)
    return storage.filed_pairs(session, sitting_id)


def declare_final(
    database: Database, person_id: str, sitting_id: str, *, party_id: str, final: bool = True
) -> None:
    """Declare a party's positions final, so that they may open before the deadline, or take it back."""
    with database.writing() as session:
        _, _, place = sittings.locked(session, person_id, sitting_id, Act.DECLARE_FINAL, shared=True)
        if not place.speaks_for(party_id):
            raise Unknown(denied="disputes.declare_final")
        _set_final(session, person_id, sitting_id, party_id, final=final)


def _store(seat: Seat, position: Position, *, at: datetime) -> Receipt:
    """Seal the next version, chain it, drop the draft it grew from, and return the receipt."""
    last = seat.last()
    number = last.number + 1 if last else 1
    written, sealed = seat.seal(number, position)
    row = PositionRow(
        line=seat.line.id,
        party=seat.party.id,
        number=number,
        ciphertext=sealed.ciphertext,
        commitment=sealed.commitment,
        person=seat.person,
        at=at,
    )
    seat.session.add(row)
    seat.drop_draft()
    _set_final(seat.session, seat.person, seat.sitting.id, seat.party.id, final=False)
    event = PositionFiled(seat.person, seat.party.id, seat.line.id, number, sealed.commitment)
    entry = append(seat.session, party_chain(seat.sitting.id, seat.party.id), event)
    return written_out(seat, row, written, sealed.nonce, entry)


def _set_final(session: Session, person_id: str, sitting_id: str, party_id: str, *, final: bool) -> None:
    row = session.get_one(InvitedRow, (sitting_id, party_id), with_for_update=True)
    if row.final == final:
        return
    row.final = final
    session.add(row)
    session.flush()
    event = DeclaredFinal(person_id, party_id) if final else FinalWithdrawn(person_id, party_id)
    append(session, party_chain(sitting_id, party_id), event)
