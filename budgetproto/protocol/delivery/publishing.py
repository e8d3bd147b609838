"""What the public may read at this moment, and in which form; everything else is not there."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final, TypeVar

from sqlmodel import Session

from budgetproto.database import now
from budgetproto.errors import Unknown
from budgetproto.i18n import Language
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.protocol import storage
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.composition import compose, stored_snapshot
from budgetproto.protocol.delivery.public import for_the_public, names, without_names
from budgetproto.protocol.delivery.public_drawing import draw_published
from budgetproto.protocol.delivery.steps import Publication, Scope, scope_on
from budgetproto.protocol.delivery.steps_storage import protocol_numbered, published_ever, steps_of
from budgetproto.protocol.document import canonical_bytes, to_document
from budgetproto.protocol.snapshot import Snapshot
from budgetproto.protocol.storage import ProtocolRow
from budgetproto.sittings.procedure import procedure

_Value = TypeVar("_Value")

FORMAT: Final = "budgetproto-published-protocol/1"


@dataclass(frozen=True)
class Listed:
    """A protocol on the public list: how much of it may be read since when, and of which sitting it is."""

    number: str
    scope: Scope
    since: date
    replaced_by: str | None
    sitting: str
    issued_at: datetime


@dataclass(frozen=True)
class Published:
    """A protocol as the public reads it; `fingerprint` is that of the full one.

    `replaced_by` is the number of the protocol that replaced it, `leads_on` whether that one is public too.
    """

    number: str
    scope: Scope
    since: date
    fingerprint: str
    protocol: Protocol
    stored: str
    chair: bool
    replaced_by: str | None = None
    leads_on: bool = False

    def bare(self, value: _Value) -> _Value:
        """Return anything told of the protocol's questions with the names of persons withheld."""
        return without_names(_names(self.stored), value)

    @property
    def stamp(self) -> tuple[str, ...]:
        """What the public pages show, in a few words: a page with the same stamp has not changed."""
        since, replaced = self.since.isoformat(), f"{self.replaced_by} {self.leads_on}"
        return (self.number, self.scope, since, self.fingerprint, str(self.chair), replaced)


def listed(session: Session) -> list[Listed]:
    """Return the protocols that are public today."""
    today, found = bishkek_day(now(session)), published_ever(session)
    steps = steps_of(session, [key for key, *_ in found])
    standing = [(*about, scope_on(steps[about[0]], today)) for about in found]
    return [
        Listed(number, each.scope, each.since, _replaced_by(session, key), sitting, at)
        for key, number, sitting, at, each in standing
        if _is_public(each) and each
    ]


def by_sitting(session: Session) -> dict[str, Listed]:
    """Return the newest protocol of each sitting that is public in all, else the newest in totals.

    An earlier protocol of a sitting counts no more where a later one can be read.
    """
    told = sorted(listed(session), key=lambda each: (each.scope == "all", each.issued_at))
    return {each.sitting: each for each in told}


def published(session: Session, number: str) -> Published:
    """Return a public protocol by its number; raise one and the same Unknown for all that is not public."""
    row, standing = _standing(session, number)
    if row is None or standing is None:
        raise Unknown
    replaced_by = storage.successor(session, row)
    chair = procedure(session).settings["public_chair"].value == "named"
    protocol = _composed(row.snapshot, standing.scope, chair)
    return Published(
        row.number,
        standing.scope,
        standing.since,
        row.fingerprint,
        protocol,
        row.snapshot,
        chair,
        replaced_by=replaced_by,
        leads_on=replaced_by is not None and _standing(session, replaced_by)[1] is not None,
    )


def _standing(session: Session, number: str) -> tuple[ProtocolRow | None, Publication | None]:
    """Return a protocol by its number, and what of it is public; nothing where that is nothing."""
    row = protocol_numbered(session, number)
    steps = steps_of(session, [row.id])[row.id] if row else []
    standing = scope_on(steps, bishkek_day(now(session)))
    return row, standing if _is_public(standing) else None


def _replaced_by(session: Session, key: str) -> str | None:
    row = storage.protocol_row(session, key)
    return storage.successor(session, row) if row else None


def published_whole(session: Session, number: str) -> Published:
    """Return a protocol that is public in all; the others have no files."""
    found = published(session, number)
    if found.scope != "all":
        raise Unknown
    return found


def pdf(found: Published, language: Language) -> bytes:
    """Return the published version on paper; the same bytes each time."""
    return _drawn(found.stored, found.chair, found.fingerprint, language)


def as_json(found: Published) -> bytes:
    """Return the published version as a document: which protocol it is of, and the composed value."""
    replaced = {"replaced_by": found.replaced_by} if found.replaced_by else {}
    return canonical_bytes(
        {
            **replaced,
            "format": FORMAT,
            "number": found.number,
            "scope": found.scope,
            "fingerprint_of_the_full_protocol": found.fingerprint,
            "protocol": to_document(found.protocol),
        }
    )


def _is_public(standing: Publication | None) -> bool:
    return standing is not None and standing.scope != "nothing"


# More than a committee publishes in ten years: the pages by place are made of all of them.
@lru_cache(24)
def _composed(stored: str, scope: Scope, chair: bool) -> Protocol:
    return compose(for_the_public(_read(stored), scope, chair=chair))


@lru_cache(24)
def _names(stored: str) -> frozenset[str]:
    return names(_read(stored))


# What is composed of a protocol and whom it names are asked for one after the other.
@lru_cache(2)
def _read(stored: str) -> Snapshot:
    return stored_snapshot(json.loads(stored))


@lru_cache(12)
def _drawn(stored: str, chair: bool, fingerprint: str, language: Language) -> bytes:
    return draw_published(_composed(stored, "all", chair), fingerprint, language)
