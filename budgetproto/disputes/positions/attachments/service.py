"""Attach files to a party's position: sealed like it, filed with it, opened with it as far as each one says.

A position commits to a salted hash of each file, among blanks: whoever reads an opened position learns
neither how many files a party kept for itself, nor their names or sizes, nor whether one he guesses is there.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from budgetproto.database import Database, new_id, now
from budgetproto.disputes import service
from budgetproto.disputes.domain import Line, Position
from budgetproto.disputes.positions import document, sealing
from budgetproto.disputes.positions.attachments import storage, values
from budgetproto.disputes.positions.attachments.file_kinds import recognised
from budgetproto.disputes.positions.attachments.storage import AttachmentRevealRow, DraftAttachmentRow
from budgetproto.disputes.positions.attachments.values import (
    SLOTS,
    Attachment,
    Header,
    Limits,
    Visibility,
    check_size,
    cleaned,
    list_digest,
    may_read,
)
from budgetproto.disputes.positions.bounds import check_stored
from budgetproto.disputes.positions.sealing import FilePlace, SealBroken, SealKey
from budgetproto.disputes.positions.seat import Seat, data_key, filing_ends, take_seat
from budgetproto.disputes.positions.storage import RevealRow
from budgetproto.errors import Refused, Stale, Unknown
from budgetproto.i18n import Named
from budgetproto.sittings.domain import Sitting, Standing

#: What the access chain calls a file somebody may not see.
_ATTACHMENT = "disputes.attachment"


class AttachingOver(Refused):
    """Files go with a position; where none can be filed any more, none can be attached."""

    message_key = "disputes.attachment.over"


class FilesMoved(Stale):
    """A colleague attached or removed a file after the author opened his page."""

    message_key = "disputes.files_moved"


@dataclass(frozen=True)
class NewFile:
    """A file as it was uploaded."""

    name: str
    content: bytes
    visibility: Visibility
    title: Named


@dataclass(frozen=True)
class File:
    """A file to be handed out."""

    header: Header
    content: bytes


@dataclass(frozen=True)
class Proof:
    """What a party keeps of a filed file: its header as it was committed to, salt included."""

    file: str
    header: str
    commitment: str


def attach(
    database: Database,
    key: SealKey,
    person_id: str,
    line_id: str,
    *,
    party_id: str,
    new: NewFile,
    limits: Limits,
) -> str:
    """Attach a file to what the party will file next; return its id.

    Raises what is wrong with the file by name, bytes or size; TooManyStoredFiles and StoredFilesTooLarge;
    AttachingOver; Unknown to whoever has no mandate of the party.
    """
    header = _header(new)
    with database.writing() as session:
        seat = _open_seat(session, key, person_id, line_id, party_id)
        limits.check([each.header for each in working_set(seat)], header)
        place, unwrapped = _place(seat, new_id()), seat.data_key
        content = sealing.seal_content(unwrapped, place, new.content)
        _check_stored(seat, more=len(content))
        row = DraftAttachmentRow(
            id=place.file,
            line=line_id,
            party=party_id,
            header=sealing.seal_header(unwrapped, place, values.written(header)),
            content=content,
            person=person_id,
            at=now(session),
        )
        session.add(row)
        return place.file


def remove(
    database: Database, key: SealKey, person_id: str, line_id: str, *, party_id: str, attachment: str
) -> None:
    """Take a file out of what the party will file next; versions that have it keep it."""
    with database.writing() as session:
        _open_seat(session, key, person_id, line_id, party_id)
        if not storage.drop_draft(session, line_id, party_id, attachment):
            raise Unknown(denied=_ATTACHMENT)


def working_set(seat: Seat) -> tuple[Attachment, ...]:
    """Return what the party will file next, in the order of attaching."""
    committed = _committed(seat.filed)
    headers = storage.draft_headers(seat.session, seat.line.id, seat.party.id)
    return tuple(_attachment(seat, file, sealed, committed) for file, sealed in headers.items())


def check_seen(seat: Seat, seen: str) -> None:
    """Raise FilesMoved unless the files of `seen` (see `list_digest`) are those that would be filed now."""
    if list_digest(_drafted(seat)) != seen:
        raise FilesMoved


def changed(seat: Seat) -> bool:
    """Tell whether what the party will file next has other files than its last filed version."""
    return seat.last is not None and set(_filed(seat)) != set(_drafted(seat))


def proofs(seat: Seat, position: Position) -> tuple[Proof, ...]:
    """Return what proves later that a version commits to its files: the header of each, with its salt."""
    committed, found = _committed(position), []
    for file, sealed in storage.filed_headers(seat.session, seat.line.id, seat.party.id).items():
        header = sealing.unseal_header(seat.data_key, _place(seat, file), sealed)
        commitment = sealing.file_commitment(_place(seat, file), header)
        if commitment in committed:
            found.append(Proof(file, header, commitment))
    return tuple(found)


def enclosed(seat: Seat, position: Position) -> Position:
    """Return a position that commits to the party's files; file them with it."""
    real = named(seat, position).attachments
    storage.file_drafts(seat.session, seat.line.id, seat.party.id)
    blanks = [sealing.blank_commitment() for _ in range(SLOTS - len(real))]
    return replace(position, attachments=tuple(sorted([*real, *blanks])))


def named(seat: Seat, position: Position) -> Position:
    """Return a position that names the files the party would file now, without blanks among them."""
    headers, unwrapped = storage.draft_headers(seat.session, seat.line.id, seat.party.id), seat.data_key
    places = {file: _place(seat, file) for file in headers}
    real = [
        sealing.file_commitment(places[file], sealing.unseal_header(unwrapped, places[file], sealed))
        for file, sealed in headers.items()
    ]
    return replace(position, attachments=tuple(sorted(real)))


def reveal(session: Session, unwrapped: bytes, sitting_id: str, row: RevealRow) -> None:
    """Open what is known of the files of an opened position, but of those its party keeps for itself."""
    committed = _committed(document.read(row.document))
    for file, sealed in storage.filed_headers(session, row.line, row.party).items():
        place = FilePlace(sitting_id, row.line, row.party, file)
        header = sealing.unseal_header(unwrapped, place, sealed)
        if sealing.file_commitment(place, header) not in committed:
            continue  # of an earlier version: it stays sealed like that
        if values.read(header).visibility is not Visibility.OWN_PARTY:
            revealed = AttachmentRevealRow(attachment=file, line=row.line, party=row.party, header=header)
            session.add(revealed)


def opened(session: Session, sitting: Sitting, place: Standing, line: Line) -> dict[str, list[Attachment]]:
    """Return the files of an open line that somebody may read, by party, but for those kept by his own."""
    found: dict[str, list[Attachment]] = {}
    for row in storage.reveals_of(session, [line.id]) if line.opened_at else ():
        header = values.read(row.header)
        if may_read(header.visibility, place, row.party, sitting.stage):
            shown = Attachment(row.attachment, row.party, header, filed=True)
            found.setdefault(row.party, []).append(shown)
    return found


def kept(seat: Seat) -> tuple[Attachment, ...]:
    """Return what the party filed with its position and kept for itself."""
    committed = _committed(seat.filed)
    headers = storage.filed_headers(seat.session, seat.line.id, seat.party.id)
    every = (_attachment(seat, file, sealed, committed) for file, sealed in headers.items())
    return tuple(each for each in every if each.filed and each.header.visibility is Visibility.OWN_PARTY)


def readable(
    session: Session, key: SealKey, sitting: Sitting, place: Standing, line: Line
) -> dict[str, list[Attachment]]:
    """Return every file of an open line that somebody may read, by party."""
    found = opened(session, sitting, place, line)
    for party in place.parties if line.opened_at else ():
        own = kept(take_seat(session, key, place.person, line.id, party.id))
        found[party.id] = [*found.get(party.id, ()), *own]
    return found


def file_of(session: Session, key: SealKey, person_id: str, line_id: str, attachment: str) -> File:
    """Return a file to whoever may read it now; the one Unknown to everybody else."""
    sitting, place, line = service.line_of(session, person_id, line_id)
    party = storage.owner(session, line_id, attachment) or ""
    if not (place.speaks_for(party) or _is_shown(attachment, opened(session, sitting, place, line))):
        raise Unknown(denied=_ATTACHMENT)
    where, unwrapped = FilePlace(sitting.id, line_id, party, attachment), data_key(session, key, sitting.id)
    return unsealed(session, unwrapped, where)


def unsealed(session: Session, unwrapped: bytes, place: FilePlace) -> File:
    """Take a file out of its seal and prove it against its hash; raise SealBroken when it is another."""
    sealed = storage.sealed_header(session, place.file), storage.sealed_content(session, place.file)
    if sealed[0] is None or sealed[1] is None:
        raise SealBroken
    header = values.read(sealing.unseal_header(unwrapped, place, sealed[0]))
    content = sealing.unseal_content(unwrapped, place, sealed[1])
    if hashlib.sha256(content).hexdigest() != header.digest:
        raise SealBroken
    return File(header, content)


def _header(new: NewFile) -> Header:
    """Judge a file by itself, while no transaction is open, and write down what is known of it."""
    name = cleaned(new.name)
    check_size(len(new.content))
    return Header(
        name=name,
        kind=recognised(name, new.content),
        size=len(new.content),
        digest=hashlib.sha256(new.content).hexdigest(),
        visibility=new.visibility,
        title=new.title,
        salt=sealing.new_salt(),
    )


def _open_seat(session: Session, key: SealKey, person_id: str, line_id: str, party_id: str) -> Seat:
    """Return the party's seat while it may still file."""
    seat = take_seat(session, key, person_id, line_id, party_id, lock=True)
    seat.require_author()
    until = filing_ends(session, seat.sitting, seat.line, seat.party)
    if until is None or now(session) >= until:
        raise AttachingOver
    return seat


def _check_stored(seat: Seat, *, more: int) -> None:
    """Raise unless the party may have a file of so many bytes stored besides those it has."""
    files = storage.stored_files(seat.session, seat.line.id, seat.party.id)
    size = storage.stored_bytes(seat.session, seat.sitting.id, seat.party.id)
    check_stored(files=files, size=size, more=more)


def _is_shown(attachment: str, files: Mapping[str, list[Attachment]]) -> bool:
    return any(each.id == attachment for of_party in files.values() for each in of_party)


def _attachment(seat: Seat, file: str, sealed: bytes, committed: frozenset[str]) -> Attachment:
    place = _place(seat, file)
    header = sealing.unseal_header(seat.data_key, place, sealed)
    filed = sealing.file_commitment(place, header) in committed
    return Attachment(file, seat.party.id, values.read(header), filed)


def _filed(seat: Seat) -> list[str]:
    filed = seat.filed
    return [proof.file for proof in proofs(seat, filed)] if filed else []


def _drafted(seat: Seat) -> list[str]:
    return list(storage.draft_headers(seat.session, seat.line.id, seat.party.id))


def _place(seat: Seat, file: str) -> FilePlace:
    return FilePlace(seat.sitting.id, seat.line.id, seat.party.id, file)


def _committed(position: Position | None) -> frozenset[str]:
    return frozenset(position.attachments) if position else frozenset()
