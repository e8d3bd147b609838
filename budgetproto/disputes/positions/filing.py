"""File positions: each version sealed, committed to, chained in the party's chain, and receipted."""

from datetime import datetime

from sqlmodel import Session

from budgetproto.database import Database, now
from budgetproto.disputes.domain import Position, TooLate
from budgetproto.disputes.events import DeclaredFinal, FinalWithdrawn, PositionApproved, PositionFiled
from budgetproto.disputes.positions import document, repeating
from budgetproto.disputes.positions import storage as position_storage
from budgetproto.disputes.positions.attachments import service as attachments
from budgetproto.disputes.positions.attachments.values import NO_FILES
from budgetproto.disputes.positions.receipts import Receipt, receipt_of, written_out
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.disputes.positions.seat import POSITION, PositionMoved, Seat, check, take_seat
from budgetproto.disputes.positions.storage import PositionRow
from budgetproto.errors import NotPermitted, Refused, Unknown
from budgetproto.journal import append, party_chain
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act
from budgetproto.sittings.storage import InvitedRow


class FourEyesNeeded(Refused):
    """The party files with four eyes, or the person's mandate is for writing only."""

    message_key = "disputes.four_eyes_needed"


class NotApprover(NotPermitted):
    """The person's mandate has no approver's part."""

    message_key = "disputes.not_approver"


def file_position(
    database: Database,
    key: SealKey,
    person_id: str,
    line_id: str,
    *,
    party_id: str,
    position: Position,
    seen: int,
    files_seen: str = NO_FILES,
    confirmed: bool = False,
    request: str = "",
) -> Receipt:
    """File a version of a party's position; `seen` is the number of the version its author had before him.

    `files_seen` says which files he had before him (see `list_digest`). `request` is the key of the form:
    sent again it gives the same receipt and files nothing. Raises TooLate (the text is kept as its author's
    draft), PositionMoved with both texts, FilesMoved, JumpUnconfirmed, FigureMissing, FigureOfAnotherKind,
    OnlyLeadStatesFigure, KeyUsed, FourEyesNeeded, NotAuthor, and Unknown to whoever has no mandate of the
    party.
    """
    asked = f"file {seen} {document.written(position)}"
    try:
        with database.writing() as session:
            seat = take_seat(session, key, person_id, line_id, party_id, lock=True)
            sent = repeating.at_seat(seat, request, asked)
            if (before := repeating.answered(sent)) is not None:
                return receipt_of(seat, before)
            seat.require_author()
            if not seat.files_alone:
                raise FourEyesNeeded
            # One instant for the judgement and the record, so that no position is both on time and late.
            at = now(session)
            check(seat, position, at=at, seen=seen, confirmed=confirmed)
            attachments.check_seen(seat, files_seen)
            made = store(seat, position, at=at)
            repeating.keep_answer(sent, made.version)
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
        seat.require_author()
        draft = seat.draft()
        if draft is not None and draft.version != seen:
            raise PositionMoved(yours=position, theirs=seat.drafted())
        return seat.keep_draft(position)


def filed_lines(session: Session, person_id: str, sitting_id: str, party_id: str) -> dict[str, int]:
    """Return, to a delegate of the party, the lines it has filed on with the number of the last version."""
    _, place = sittings.admitted(session, person_id, sitting_id)
    if not place.speaks_for(party_id):
        raise Unknown(denied=POSITION)
    return position_storage.filed_versions(session, sitting_id, party_id)


def filed_yes_no(session: Session, person_id: str, sitting_id: str) -> frozenset[tuple[str, str]]:
    """Return, to the secretary alone, which party has filed on which line: (line, party)."""
    sittings.admitted(session, person_id, sitting_id, Act.START_COLLECTING)
    return position_storage.filed_pairs(session, sitting_id)


def declare_final(
    database: Database, person_id: str, sitting_id: str, *, party_id: str, final: bool = True
) -> None:
    """Declare a party's positions final, so that they may open before the deadline, or take it back."""
    with database.writing() as session:
        _, _, place = sittings.locked(session, person_id, sitting_id, Act.DECLARE_FINAL, shared=True)
        if not place.speaks_for(party_id):
            raise Unknown(denied="disputes.declare_final")
        if not place.approves_for(party_id):
            raise NotApprover
        _set_final(session, person_id, sitting_id, party_id, final=final)


def store(seat: Seat, position: Position, *, at: datetime, author: str | None = None) -> Receipt:
    """Seal the next version in the caller's transaction, chain it, and return the receipt.

    `author` is who wrote it, when the person at the seat has approved it; else his own draft is dropped.
    """
    last = seat.last
    number = last.number + 1 if last else 1
    written, sealed = seat.seal(number, attachments.enclosed(seat, position))
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
    if author is None:
        seat.drop_draft()
    _set_final(seat.session, seat.person, seat.sitting.id, seat.party.id, final=False)
    named = (seat.party.id, seat.line.id, number, sealed.commitment)
    event = PositionApproved(seat.person, author, *named) if author else PositionFiled(seat.person, *named)
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
