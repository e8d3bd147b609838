"""Checks whatever file was handed in: the PDF of a protocol, or its box."""

from collections.abc import Sequence
from dataclasses import replace

from budgetproto.database import Database
from budgetproto.errors import Unreadable
from budgetproto.protocol import storage
from budgetproto.protocol.box.archive import is_archive
from budgetproto.protocol.delivery.steps_storage import protocol_numbered
from budgetproto.protocol.verification.boxes import verify_box
from budgetproto.protocol.verification.checks import Known, Verified
from budgetproto.protocol.verification.verifying import verify

__all__ = ["Unreadable", "verify_file"]


def verify_file(
    content: bytes,
    *,
    trusted: Sequence[bytes] = (),
    head: str | None = None,
    database: Database | None = None,
) -> Verified:
    """Check a PDF or a box; `trusted` are certificates (DER), `head` is a journal head that the reader holds.

    Raises a kind of Unreadable where the bytes are neither.
    """
    if is_archive(content):
        heads = [head] if head else []
        found = verify_box(content, trusted=trusted, heads=heads, database=database)
        return replace(found, known=_known(found, database))
    return verify(content, trusted=trusted, head=head, database=database)


def _known(found: Verified, database: Database | None) -> Known | None:
    """Return which protocol a box is of, where its files are in the record, and what replaced that."""
    in_record = any(each.name == "box_known" and each.outcome == "passed" for each in found.checks)
    if database is None or found.number is None or not in_record:
        return None
    with database.reading() as session:
        row = protocol_numbered(session, found.number)
        return Known("issued", row.number, storage.successor(session, row)) if row else None
