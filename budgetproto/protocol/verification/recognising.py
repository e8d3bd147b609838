"""Tells what a file is that is no issued protocol, but was made by the service from one or before one.

Nothing of this is kept as a file: what a file says of itself leads to what it can be, which is drawn anew and
held against it, byte for byte.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from budgetproto.database import Database
from budgetproto.i18n import Language
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import entry_of_hash
from budgetproto.protocol import storage
from budgetproto.protocol.composition import compose, stored_snapshot
from budgetproto.protocol.delivery.extract_drawing import draw_extract
from budgetproto.protocol.delivery.public import for_the_public
from budgetproto.protocol.delivery.public_drawing import draw_published
from budgetproto.protocol.delivery.steps import Publication
from budgetproto.protocol.delivery.steps_storage import steps_of
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.signature.checking import Said, said_of_itself, unsigned
from budgetproto.protocol.signing import storage as signing
from budgetproto.protocol.signing.storage import LayOutRow
from budgetproto.protocol.storage import ProtocolRow
from budgetproto.protocol.verification.checks import Kind, Known


@dataclass(frozen=True)
class _Candidate:
    """What a file can be, and how that is drawn; drawing reads no database."""

    known: Known
    draw: Callable[[], bytes]


def recognised(database: Database, content: bytes) -> Known | None:
    """Return what a file is; None where the service has made no such file. Drawn with nothing open."""
    # Only issued protocols are signed: what bears a signature is none of these, and nothing is drawn for it.
    said = None if unsigned(content) else said_of_itself(content)
    if said is None:
        return None
    with database.reading() as session:
        candidates = list(_candidates(session, said))
    return next((each.known for each in candidates if each.draw() == content), None)


def _candidates(session: Session, said: Said) -> Iterator[_Candidate]:
    """Yield what was made at the head that a file names, in its language."""
    entry = entry_of_hash(session, said.head)
    if entry is None or not entry.chain.startswith(sitting_chain("")):
        return
    sitting = entry.chain.removeprefix(sitting_chain(""))
    rows = storage.versions(session, sitting)
    of_head = [row for row in rows if json.loads(row.snapshot)["head"]["digest"] == said.head]
    if said.lines:
        for row in of_head:
            yield from _extracts(session, row, said.lines, said.language)
        return
    for laid in signing.laid_out_at(session, sitting, entry.sequence):
        yield _laid_out(session, laid, of_head, said.language)
    for row in of_head:
        yield from _published(session, row, said.language)


def _extracts(
    session: Session, row: ProtocolRow, lines: Sequence[int], language: Language
) -> Iterator[_Candidate]:
    """Yield an extract as it was printed while its protocol stood, and after it was replaced."""
    replaced_by = storage.successor(session, row)
    known = Known("extract", row.number, replaced_by)

    def drawn(told: str | None) -> Callable[[], bytes]:
        return lambda: draw_extract(
            compose(stored_snapshot(json.loads(row.snapshot))), lines, language, replaced_by=told
        )

    yield _Candidate(known, drawn(None))
    if replaced_by:
        yield _Candidate(known, drawn(replaced_by))


def _laid_out(
    session: Session, laid: LayOutRow, issued: Sequence[ProtocolRow], language: Language
) -> _Candidate:
    snapshot = stored_snapshot(json.loads(laid.snapshot))
    replaced_by = storage.successor(session, issued[0]) if issued else None
    kind: Kind = "laid_out_issued" if issued else "laid_out"
    known = Known("withdrawn" if signing.ended(session, laid.id) else kind, laid.number, replaced_by)
    return _Candidate(known, lambda: draw(compose(snapshot), language))


def _published(session: Session, row: ProtocolRow, language: Language) -> Iterator[_Candidate]:
    """Yield the published version as it is with and without the name of the chair, where it was public."""
    scopes = {
        each.facts.scope
        for each in steps_of(session, [row.id])[row.id]
        if isinstance(each.facts, Publication)
    }
    if "all" not in scopes:
        return
    snapshot, known = (
        stored_snapshot(json.loads(row.snapshot)),
        Known("published", row.number, storage.successor(session, row)),
    )

    def drawn(*, chair: bool) -> Callable[[], bytes]:
        return lambda: draw_published(
            compose(for_the_public(snapshot, "all", chair=chair)), row.fingerprint, language
        )

    yield _Candidate(known, drawn(chair=False))
    yield _Candidate(known, drawn(chair=True))
