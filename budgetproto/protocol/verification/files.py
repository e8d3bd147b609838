"""Checks whatever file was handed in: the PDF of a protocol, or its box."""

from collections.abc import Sequence

from budgetproto.database import Database
from budgetproto.errors import Unreadable
from budgetproto.protocol.box.archive import is_archive
from budgetproto.protocol.verification.boxes import verify_box
from budgetproto.protocol.verification.checks import Verified
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
        return verify_box(content, trusted=trusted, heads=heads, database=database)
    return verify(content, trusted=trusted, head=head, database=database)
