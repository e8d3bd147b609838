"""Recomputes what the journal says of a sitting's records: opened positions, options, terms.

A whole chain proves that nobody rewrote what happened; this proves that the rows shown on screen and on paper
are still the ones it happened to. Whoever alters an opened figure in the database has to alter its
commitment, and that stands in the party's chain, whose head the party holds on its receipt.
"""

import hashlib
from collections.abc import Iterator

from sqlmodel import Session

from budgetproto.disputes import storage
from budgetproto.disputes.events import FILED
from budgetproto.disputes.options import storage as option_storage
from budgetproto.disputes.positions import storage as position_storage
from budgetproto.disputes.positions.attachments import service as attachments
from budgetproto.disputes.positions.attachments.storage import reveals_of
from budgetproto.disputes.positions.attachments.values import read
from budgetproto.disputes.positions.sealing import (
    FilePlace,
    Place,
    SealBroken,
    SealKey,
    commitment,
    file_commitment,
)
from budgetproto.disputes.positions.storage import RevealRow
from budgetproto.i18n import Sentence
from budgetproto.journal import party_chain, sitting_chain
from budgetproto.journal.storage import entries
from budgetproto.sittings import terms_storage
from budgetproto.sittings.domain import terms_digest


def altered(session: Session, sitting_id: str, key: SealKey | None = None) -> tuple[Sentence, ...]:
    """Return a sentence for each record that is not what the journal says of it; none when all are.

    With the seal `key` the bytes of every opened file are held against their hash too, which takes its time.
    """
    return (
        *_positions(session, sitting_id),
        *_attachments(session, sitting_id, key),
        *_options(session, sitting_id),
        *_terms(session, sitting_id),
    )


def _positions(session: Session, sitting_id: str) -> Iterator[Sentence]:
    numbers = {line.id: line.number for line in storage.lines(session, sitting_id)}
    for row in position_storage.reveals(session, sitting_id):
        if not _as_committed(session, sitting_id, row):
            yield Sentence("disputes.altered.position", (("number", numbers[row.line]),))


def _as_committed(session: Session, sitting_id: str, row: RevealRow) -> bool:
    """Recompute the commitment of an opened position and look for it in its party's chain."""
    place = Place(sitting_id, row.line, row.party, row.number)
    try:
        found = commitment(place, row.document, row.nonce)
    except ValueError:
        return False
    chain = entries(session, party_chain(sitting_id, row.party))
    filed = [entry.values() for entry in chain if entry.kind in FILED]
    return any(
        (each["line"], each["number"], each["commitment"]) == (row.line, row.number, found) for each in filed
    )


def _attachments(session: Session, sitting_id: str, key: SealKey | None) -> Iterator[Sentence]:
    """Hold what is known of each opened file against its position's commitments, and its bytes against it."""
    numbers = {line.id: line.number for line in storage.lines(session, sitting_id)}
    positions = {
        (each.line, each.party): each.position for each in position_storage.opened(session, sitting_id)
    }
    wrapped = position_storage.wrapped_key(session, sitting_id)
    unwrapped = key.data_key(sitting_id, wrapped) if key and wrapped else None
    for row in reveals_of(session, numbers):
        place = FilePlace(sitting_id, row.line, row.party, row.attachment)
        position = positions.get((row.line, row.party))
        committed = position is not None and file_commitment(place, row.header) in position.attachments
        if not committed or not _is_whole(session, unwrapped, place, row.header):
            yield Sentence("disputes.altered.attachment", (("number", numbers[row.line]),))


def _is_whole(session: Session, unwrapped: bytes | None, place: FilePlace, header: str) -> bool:
    """Tell whether the bytes of a file are those its header names, as far as they can be read."""
    if unwrapped is None:
        return True
    try:
        return attachments.unsealed(session, unwrapped, place).header == read(header)
    except SealBroken:
        return False


def _options(session: Session, sitting_id: str) -> Iterator[Sentence]:
    told = _told(session, sitting_id, "disputes.option_published")
    for row in option_storage.options(session, sitting_id):
        digest = hashlib.sha256(row.document.encode()).hexdigest()
        if (row.number, digest) not in told:
            yield Sentence("disputes.altered.option", (("number", row.number),))


def _terms(session: Session, sitting_id: str) -> Iterator[Sentence]:
    told = _told(session, sitting_id, "sittings.terms_proposed")
    for row in terms_storage.terms_rows(session, sitting_id):
        if (row.number, terms_digest(row.document)) not in told:
            yield Sentence("disputes.altered.terms", (("number", row.number),))


def _told(session: Session, sitting_id: str, kind: str) -> set[tuple[object, object]]:
    """Return the (number, hash) pairs that events of a kind tell."""
    chain = entries(session, sitting_chain(sitting_id))
    values = (entry.values() for entry in chain if entry.kind == kind)
    return {(each["number"], each["digest"]) for each in values}
