"""PURE: one snapshot becomes the language-free protocol; every sum that any output shows is made here."""

import hashlib
from typing import Final

from budgetproto.protocol import document
from budgetproto.protocol.composed import STANDINGS, ComposedLine, Count, Protocol
from budgetproto.protocol.differences import composed_line
from budgetproto.protocol.once import OncePerProtocol
from budgetproto.protocol.snapshot import Line, Snapshot
from budgetproto.protocol.totals import envelope_use, totals

FORMAT: Final = "budgetproto-protocol/1"


def compose(snapshot: Snapshot) -> Protocol:
    """Make the protocol of a snapshot: differences, sums, counts, lists. A pure function of its argument."""
    made_up = any(source.illustrative for source in snapshot.terms.envelope)
    lines = tuple(composed_line(line, illustrative_envelope=made_up) for line in snapshot.lines)
    pairs = list(zip(snapshot.lines, lines, strict=True))
    overall = totals(None, pairs)
    return Protocol(
        facts=snapshot,
        lines=lines,
        years=tuple(totals(year, pairs) for year in sorted({line.year for line in snapshot.lines})),
        overall=overall,
        envelope=envelope_use(snapshot.terms, overall, snapshot.adopted),
        counts=tuple(Count(it, sum(line.standing == it for line in lines)) for it in STANDINGS),
        quorum_reached=_quorum_reached(snapshot),
        illustrative=_is_illustrative(snapshot),
        by_size=_by_size(lines),
    )


def canonical_bytes(protocol: Protocol) -> bytes:
    """Write the composed value as canonical JSON in UTF-8: equal protocols, equal bytes."""
    return document.canonical_bytes({"format": FORMAT, "protocol": document.to_document(protocol)})


def fingerprint(protocol: Protocol) -> str:
    """Return the SHA-256 (hex) of the composed value, the same on the paper of every language."""
    return _FINGERPRINTS.of(protocol, lambda: _fingerprint(protocol))


_FINGERPRINTS: Final = OncePerProtocol[str]()


def _fingerprint(protocol: Protocol) -> str:
    found = hashlib.sha256(b'{"format":"%b","protocol":' % FORMAT.encode())
    # protocol, its facts, the lines in both: as deep as there are many things side by side
    for piece in document.canonical_pieces(protocol, depth=3):
        found.update(piece)
    found.update(b"}")
    return found.hexdigest()


def snapshot_document(snapshot: Snapshot) -> document.Document:
    """Return the snapshot as a JSON document to be stored."""
    return document.to_document(snapshot)


def stored_snapshot(stored: document.Document) -> Snapshot:
    """Read a stored snapshot back, so that its protocol can be composed again."""
    return document.from_document(Snapshot, stored)


def _quorum_reached(snapshot: Snapshot) -> bool | None:
    attendance = snapshot.attendance
    return None if attendance.quorum is None else attendance.members_present >= attendance.quorum


def _is_illustrative(snapshot: Snapshot) -> bool:
    """Tell whether anything on the paper is made up, so that page 1 can say it."""
    return (
        snapshot.sitting.illustrative
        or snapshot.attendance.illustrative
        or any(source.illustrative for source in snapshot.terms.envelope)
        or any(_line_is_illustrative(line) for line in snapshot.lines)
    )


def _line_is_illustrative(line: Line) -> bool:
    return (
        any(position.illustrative for position in line.positions)
        or any(base.illustrative for base in line.bases)
        or any(
            known.illustrative
            for known in (line.approved_last_year, line.executed, line.documented_need)
            if known
        )
        or (line.decision is not None and line.decision.illustrative)
    )


def _by_size(lines: tuple[ComposedLine, ...]) -> tuple[int, ...]:
    """Return the numbers of the lines, the largest difference in money first, those without one last."""
    return tuple(line.number for line in sorted(lines, key=_size, reverse=True))


def _size(line: ComposedLine) -> tuple[int, int]:
    known = line.difference.money_absolute if line.difference else None
    return (known.tyiyn if known else -1 if known is None else 0), -line.number
