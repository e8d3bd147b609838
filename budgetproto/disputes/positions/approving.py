"""Four eyes: an author submits a text, an approver of his party files it or gives it back with a reason.

Approving is filing: the instant, the version and the receipt are those of the approval. What is submitted
and given back stays with the party for ever, sealed, in a chain of its own that nobody else reads.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from budgetproto.database import Database, now
from budgetproto.disputes.domain import Position, TooLate
from budgetproto.disputes.events import SubmissionGivenBack, SubmittedForApproval
from budgetproto.disputes.positions import document, own_storage, repeating, sealing
from budgetproto.disputes.positions.attachments import service as attachments
from budgetproto.disputes.positions.attachments.values import NO_FILES
from budgetproto.disputes.positions.bounds import check_versions
from budgetproto.disputes.positions.filing import NotApprover, store
from budgetproto.disputes.positions.own_storage import SubmissionRow, VerdictRow
from budgetproto.disputes.positions.receipts import Receipt, receipt_of
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.disputes.positions.seat import PositionMoved, Seat, check, take_seat
from budgetproto.errors import Refused, Stale
from budgetproto.journal import append, inner_chain
from budgetproto.sittings.service import ReasonMissing

#: What submissions and reasons are sealed as: they open in no other place.
_SUBMISSION = "submission"
_REASON = "reason"


class OwnText(Refused):
    """Nobody approves what he has written himself."""

    message_key = "disputes.own_text"


class SubmissionMoved(Stale):
    """The submission was decided, or another one took its place."""

    message_key = "disputes.submission_moved"


class FilesChanged(Refused):
    """The party's files are no longer those that the submission was made with."""

    message_key = "disputes.files_changed_since"


class NothingWaits(Refused):
    """There is no submission, or it has been decided."""

    message_key = "disputes.nothing_waits"


@dataclass(frozen=True)
class Submission:
    """What waits for approval: whose text, since when, over which filed version."""

    number: int
    position: Position
    person: str
    at: datetime
    based_on: int


@dataclass(frozen=True)
class GivenBack:
    """Why and by whom an author's last submission was given back."""

    number: int
    person: str
    at: datetime
    reason: str


def submit(
    database: Database,
    key: SealKey,
    person_id: str,
    line_id: str,
    *,
    party_id: str,
    position: Position,
    seen: int,
    submission_seen: int,
    files_seen: str = NO_FILES,
    confirmed: bool = False,
    request: str = "",
) -> int:
    """Submit a text for approval; return its number.

    `seen`, `submission_seen` and `files_seen` are the last version, the last submission and the files its
    author had before him. It takes the place of a submission that waits. Refused like a filing, and late kept
    as a draft like it.
    """
    asked = f"submit {seen} {submission_seen} {document.written(position)}"
    try:
        with database.writing() as session:
            seat = take_seat(session, key, person_id, line_id, party_id, lock=True)
            sent = repeating.at_seat(seat, request, asked)
            if (before := repeating.answered(sent)) is not None:
                return before
            seat.require_author()
            at = now(session)
            check(seat, position, at=at, seen=seen, confirmed=confirmed)
            _check_submission(seat, position, submission_seen)
            attachments.check_seen(seat, files_seen)
            made = _store(seat, position, seen=seen, at=at)
            repeating.keep_answer(sent, made)
            return made
    except TooLate:
        with database.aside() as session:
            take_seat(session, key, person_id, line_id, party_id, lock=True).keep_draft(position)
        raise


def approve(
    database: Database,
    key: SealKey,
    person_id: str,
    line_id: str,
    *,
    party_id: str,
    number: int,
    request: str = "",
) -> Receipt:
    """File the submission `number`: this is the instant of filing, held against the deadline.

    Raises NotApprover, OwnText, NothingWaits, SubmissionMoved when another submission has come, PositionMoved
    when something was filed since it was written, FilesChanged, and TooLate, which leaves it waiting.
    """
    asked = f"approve {number}"
    with database.writing() as session:
        seat = take_seat(session, key, person_id, line_id, party_id, lock=True)
        sent = repeating.at_seat(seat, request, asked)
        if (before := repeating.answered(sent)) is not None:
            return receipt_of(seat, before)
        row, at = _judged(seat, number), now(session)
        stated = _with_its_files(seat, row)
        check(seat, stated, at=at, seen=row.based_on, confirmed=True)
        signed = replace(stated, written_by=row.person, approved_by=seat.person)
        made = store(seat, signed, at=at, author=row.person)
        _decide(seat, row, at=at, filed=made.version)
        repeating.keep_answer(sent, made.version)
        return made


def give_back(
    database: Database,
    key: SealKey,
    person_id: str,
    line_id: str,
    *,
    party_id: str,
    number: int,
    reason: str,
) -> None:
    """Give the submission `number` back to its author with a reason; its text becomes his draft again."""
    if not reason.strip():
        raise ReasonMissing
    with database.writing() as session:
        seat = take_seat(session, key, person_id, line_id, party_id, lock=True)
        row = _judged(seat, number)
        author = replace(seat, person=row.person)
        if author.draft() is None:
            author.keep_draft(_unsealed(seat, row))
        place = seat.place(row.number, _REASON)
        sealed = sealing.seal(seat.data_key, place, reason.strip()).ciphertext
        _decide(seat, row, at=now(session), reason=sealed)
        given = SubmissionGivenBack(seat.person, row.person, seat.party.id, seat.line.id, row.number)
        append(session, inner_chain(seat.sitting.id, seat.party.id), given)


def last_number(seat: Seat) -> int:
    """Return the number of the last submission, 0 without one."""
    row = _last(seat)
    return row.number if row else 0


def waiting(seat: Seat) -> Submission | None:
    """Return what waits for approval on a line, to the party's own delegates."""
    row = _last(seat)
    if row is None or own_storage.verdict(seat.session, row) is not None:
        return None
    return Submission(row.number, _unsealed(seat, row), row.person, row.at, row.based_on)


def given_back(seat: Seat) -> GivenBack | None:
    """Return why the last submission was given back, to its author."""
    row = _last(seat)
    found = own_storage.verdict(seat.session, row) if row and row.person == seat.person else None
    if row is None or found is None or found.reason is None:
        return None
    reason = sealing.unseal(seat.data_key, seat.place(row.number, _REASON), found.reason)
    return GivenBack(row.number, found.person, found.at, reason.document)


def submission_for(
    session: Session, key: SealKey, person_id: str, line_id: str, party_id: str
) -> tuple[Seat, Submission]:
    """Return what waits for approval to a delegate of the party; raise NothingWaits when nothing does."""
    seat = take_seat(session, key, person_id, line_id, party_id)
    found = waiting(seat)
    if found is None:
        raise NothingWaits
    return seat, found


def _judged(seat: Seat, number: int) -> SubmissionRow:
    """Return the waiting submission that this person may decide on."""
    if not seat.part.approves:
        raise NotApprover
    row = _last(seat)
    if row is None or own_storage.verdict(seat.session, row) is not None:
        raise NothingWaits
    if row.number != number:
        raise SubmissionMoved(yours=number, theirs=row.number)
    if row.person == seat.person:
        raise OwnText
    return row


def _with_its_files(seat: Seat, row: SubmissionRow) -> Position:
    """Return what was submitted; raise FilesChanged unless the party would file the same files with it."""
    stated = _unsealed(seat, row)
    if attachments.named(seat, stated).attachments != stated.attachments:
        raise FilesChanged
    return stated


def _check_submission(seat: Seat, position: Position, seen: int) -> None:
    row = _last(seat)
    if row is not None and row.number != seen:
        raise PositionMoved(yours=position, theirs=_unsealed(seat, row))
    check_versions(row.number if row else 0)


def _store(seat: Seat, position: Position, *, seen: int, at: datetime) -> int:
    number = last_number(seat) + 1
    place, written = seat.place(number, _SUBMISSION), document.written(attachments.named(seat, position))
    row = SubmissionRow(
        line=seat.line.id,
        party=seat.party.id,
        number=number,
        ciphertext=sealing.seal(seat.data_key, place, written).ciphertext,
        based_on=seen,
        person=seat.person,
        at=at,
    )
    seat.session.add(row)
    seat.drop_draft()
    seat.session.flush()
    submitted = SubmittedForApproval(seat.person, seat.party.id, seat.line.id, number)
    append(seat.session, inner_chain(seat.sitting.id, seat.party.id), submitted)
    return number


def _decide(
    seat: Seat, row: SubmissionRow, *, at: datetime, filed: int | None = None, reason: bytes | None = None
) -> None:
    decided = VerdictRow(
        line=row.line,
        party=row.party,
        number=row.number,
        filed=filed,
        reason=reason,
        person=seat.person,
        at=at,
    )
    seat.session.add(decided)
    seat.session.flush()


def _last(seat: Seat) -> SubmissionRow | None:
    return own_storage.latest_submission(seat.session, seat.line.id, seat.party.id)


def _unsealed(seat: Seat, row: SubmissionRow) -> Position:
    place = seat.place(row.number, _SUBMISSION)
    return document.read(sealing.unseal(seat.data_key, place, row.ciphertext).document)
