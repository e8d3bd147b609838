"""Checks a PDF: by its signature alone, and against the record where there is one."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from budgetproto import balancing
from budgetproto.database import Database
from budgetproto.disputes.journal.verifying import altered
from budgetproto.disputes.options import storage as option_storage
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.journal import sitting_chain
from budgetproto.journal.domain import Entry
from budgetproto.journal.storage import check as broken
from budgetproto.journal.storage import entries
from budgetproto.protocol import storage
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.composition import compose, fingerprint, stored_snapshot
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.events import ProtocolIssued
from budgetproto.protocol.signature.checking import Checked, check_signature, printed_head, unsigned
from budgetproto.protocol.storage import ProtocolRow
from budgetproto.protocol.verification.checks import Check, Known, Name, Verified, told
from budgetproto.protocol.verification.recognising import recognised

#: What only the record can answer.
_OF_RECORD: tuple[Name, ...] = ("file", "text", "figures", "head", "journal", "records", "option")


@dataclass(frozen=True)
class _Found:
    """What the record has of a file: the number and value of its protocol, the language, what was checked."""

    number: str
    replaced_by: str | None
    language: Language
    protocol: Protocol
    checks: tuple[Check, ...]


def verify(
    content: bytes,
    *,
    trusted: Sequence[bytes] = (),
    head: str | None = None,
    database: Database | None = None,
) -> Verified:
    """Check a file; `trusted` are certificates (DER), `head` is a journal head (hex) that the reader holds.

    Nothing is drawn while the database is read. Raises NoPdf where the bytes are no PDF at all.
    """
    seen = check_signature(content, tuple(trusted))
    first = tuple(_of_signature(seen))
    if database is None:
        return Verified((*first, *_alone(content, seen, head)), signer=seen.signer)
    with database.reading() as session:
        found = _found(session, content, head)
    if found is None and (known := recognised(database, content)):
        return Verified((*first, *_of_known(known)), number=known.number, signer=seen.signer, known=known)
    if found is None:
        rest = _impossible(_OF_RECORD[1:], "unknown_file")
        return Verified((*first, told("file", passed=False, why="unknown_file"), *rest), signer=seen.signer)
    issued = told("file", passed=True), _drawn_again(content, found)
    checks, known = (*first, *issued, *found.checks), Known("issued", found.number, found.replaced_by)
    return Verified(checks, number=found.number, signer=seen.signer, known=known)


def _of_known(known: Known) -> Iterator[Check]:
    """Yield what can be said of a paper that is not the protocol itself: that it was drawn anew the same."""
    yield told("file", None, known.kind)
    yield told("text", passed=True)
    yield from _impossible(_OF_RECORD[2:], known.kind)


def _of_signature(seen: Checked) -> Iterator[Check]:
    if not seen.signer:
        yield told("signature", None, "no_signature")
        yield told("certificate", None, "no_signature")
        return
    yield told("signature", passed=seen.whole)
    yield told("certificate", seen.trusted, "" if seen.trusted is not None else "no_trusted")


def _alone(content: bytes, seen: Checked, head: str | None) -> Iterator[Check]:
    """Yield what can be said without the record: the head that is printed is the one the reader holds."""
    yield from _impossible(_OF_RECORD[:3], "no_record")
    if head is None or not seen.whole:
        yield told("head", None, "no_head" if head is None else "no_signature")
    else:
        yield told("head", passed=printed_head(content) == head)
    yield from _impossible(_OF_RECORD[4:], "no_record")


def _impossible(names: Sequence[Name], why: str) -> Iterator[Check]:
    return (told(name, None, why) for name in names)


def _found(session: Session, content: bytes, head: str | None) -> _Found | None:
    """Look the file up by its hash, and check what the record says of its protocol."""
    digest = hashlib.sha256(content).hexdigest()
    known = storage.file_of(session, digest)
    if known is None:
        return None
    row, language = known
    told_of = [
        each
        for each in entries(session, sitting_chain(row.sitting), kind=ProtocolIssued.kind)
        if each.values().get("number") == row.number
    ]
    entry = told_of[0] if told_of else None
    protocol = compose(stored_snapshot(json.loads(row.snapshot)))
    chosen = next(each for each in LANGUAGES if each == language)
    checks = tuple(_of_record(session, row, entry, protocol, chosen, digest=digest, head=head))
    return _Found(row.number, storage.successor(session, row), chosen, protocol, checks)


def _of_record(
    session: Session,
    row: ProtocolRow,
    entry: Entry | None,
    protocol: Protocol,
    language: Language,
    *,
    digest: str,
    head: str | None,
) -> Iterator[Check]:
    """Yield what the journal and the stored facts say; every difference and sum is made anew."""
    values = entry.values() if entry else {}
    composed = fingerprint(protocol)
    noted = values.get("fingerprint"), values.get(f"file_{language}")
    yield told("figures", passed=composed == row.fingerprint and noted == (composed, digest))
    chain = entries(session, sitting_chain(row.sitting))
    printed, hashes = protocol.facts.head.digest, {each.hash for each in chain}
    yield told("head", passed=printed in hashes and (head is None or head in hashes))
    yield told("journal", passed=broken(session, sitting_chain(row.sitting)) is None)
    yield told("records", passed=_records_hold(session, row.sitting))
    yield told("option", _option_holds(session, row, protocol))


def _records_hold(session: Session, sitting: str) -> bool:
    """Tell whether every record is that of its code; one that cannot even be read is not."""
    try:
        return not altered(session, sitting)
    except (KeyError, TypeError, ValueError):
        return False


def _option_holds(session: Session, row: ProtocolRow, protocol: Protocol) -> bool | None:
    """Hold the option of the protocol against its own certificate; None where it has none."""
    version = protocol.facts.option
    stored = {each.number: each.document for each in option_storage.options(session, row.sitting)}
    if version is None:
        return None
    document = json.loads(stored[version.version]) if version.version in stored else None
    return document is not None and balancing.check(balancing.from_document(document["option"])) == ()


def _drawn_again(content: bytes, found: _Found) -> Check:
    """Draw the file anew from the stored facts and hold it against the one in hand, byte for byte.

    The file is known by its hash, so where they differ a later version of the service draws otherwise.
    """
    same = draw(found.protocol, found.language) == (unsigned(content) or content)
    return told("text", passed=True) if same else told("text", None, "other_version")
