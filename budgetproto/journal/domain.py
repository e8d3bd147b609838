"""PURE: what an entry of a chain is, how it is hashed, and how a chain is verified."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

#: The head of a chain without entries.
EMPTY = "0" * 64
_DOMAIN = b"budgetproto.journal.1"


@dataclass(frozen=True)
class Entry:
    """One event as the chain holds it: `hash` covers every other field and the hash before."""

    chain: str
    sequence: int
    at: datetime
    kind: str
    payload: str
    previous: str
    hash: str

    def values(self) -> dict[str, object]:
        """Return the payload as the values it was made of."""
        loaded: dict[str, object] = json.loads(self.payload)
        return loaded


@dataclass(frozen=True)
class Break:
    """Where a chain stopped being what was written: the number of the entry and what is wrong with it."""

    chain: str
    sequence: int
    key: str


def canonical_json(value: object) -> str:
    """Write values as the one JSON text they have: sorted keys, no spaces, letters as they are.

    >>> canonical_json({"b": 1, "a": "ң"})
    '{"a":"ң","b":1}'
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def sha256_of(written: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal: by it a chain knows what was written, not the words.

    >>> sha256_of("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(written.encode()).hexdigest()


def digest_of(value: object) -> str:
    """Return the SHA-256 of the canonical JSON of a value."""
    return sha256_of(canonical_json(value))


def length_prefixed(*parts: bytes) -> bytes:
    """Join parts so that no two different lists give the same bytes: eight bytes of length before each."""
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def entry_hash(*, chain: str, sequence: int, at: datetime, kind: str, payload: str, previous: str) -> str:
    """Return the SHA-256 of an entry over its length-prefixed fields, in hexadecimal."""
    fields = (chain, str(sequence), at.isoformat(timespec="microseconds"), kind, payload, previous)
    return hashlib.sha256(length_prefixed(_DOMAIN, *(field.encode() for field in fields))).hexdigest()


def verify(chain: str, entries: Iterable[Entry], *, length: int, head: str) -> Break | None:
    """Recompute a chain from its first entry; return the first break, or None when it is whole.

    `length` and `head` are what is claimed to be its end: on the server the head row, better the head that
    a side holds on a receipt or on paper, which alone shows a cut tail or a chain written anew.
    """
    previous, expected = EMPTY, 1
    for entry in entries:
        if entry.sequence != expected:
            return Break(chain, expected, "journal.break.missing")
        if entry.previous != previous:
            return Break(chain, expected, "journal.break.link")
        if entry.chain != chain or entry.hash != _recomputed(entry, previous):
            return Break(chain, expected, "journal.break.altered")
        previous, expected = entry.hash, expected + 1
    if expected - 1 != length or previous != head:
        return Break(chain, expected - 1, "journal.break.head")
    return None


def _recomputed(entry: Entry, previous: str) -> str:
    return entry_hash(
        chain=entry.chain,
        sequence=entry.sequence,
        at=entry.at,
        kind=entry.kind,
        payload=entry.payload,
        previous=previous,
    )
