"""Which protocols a reader may compare, and the comparison of the two he chose."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session

from budgetproto.accounts.domain import Person
from budgetproto.disputes import storage as disputes
from budgetproto.disputes.domain import Line
from budgetproto.disputes.lines import lineage
from budgetproto.errors import Unknown
from budgetproto.protocol import storage
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.composition import compose, stored_snapshot
from budgetproto.protocol.correcting import gathered
from budgetproto.protocol.delivery.comparison import Comparison, compare
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Stage, may, require

#: Before this the key of a sitting names its draft as things stand now, else a key is that of a protocol.
_NOW: Final = "now-"


@dataclass(frozen=True)
class Side:
    """Something that can be compared: an issued protocol, or the draft of a sitting as it stands."""

    key: str
    sitting: Sitting
    number: str | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Compared:
    """Two sides and what differs; `closed` are lines of a draft whose positions are not open yet."""

    before: Side
    after: Side
    unit_of: Protocol
    comparison: Comparison
    closed: tuple[int, ...]


def sides(session: Session, person: Person) -> list[Side]:
    """Return everything this reader may compare: what is opened in the sittings he may read."""
    found = [each for each in sittings.sittings_of(session, person) if _readable(session, person, each)]
    drafts = [Side(_NOW + each.id, each) for each in found]
    by_id = {each.id: each for each in found}
    issued = [
        Side(key, by_id[sitting], number, at)
        for key, sitting, number, at in storage.issued_in(session, list(by_id))
    ]
    return sorted((*issued, *drafts), key=_order)


def usual(choice: Sequence[Side], sitting: Sitting) -> tuple[Side, Side]:
    """Return what is compared unless somebody chooses: the sitting's latest with what stood before it.

    That is its earlier protocol, else the sitting it was made from, else how things stand now.
    """
    own = [each for each in choice if each.sitting.id == sitting.id]
    issued = [each for each in own if each.number is not None]
    latest = (issued or own)[-1]
    if len(issued) > 1:
        return issued[-2], latest
    earlier = [each for each in choice if each.sitting.id == sitting.cloned_from]
    settled = [each for each in earlier if each.number is not None]
    if earlier:
        return (settled or earlier)[-1], latest
    return latest, own[-1]


def compared(session: Session, person: Person, *, before: str, after: str) -> Compared:
    """Compare two sides by their keys; raise Unknown for whatever this reader may not read."""
    old_side, old = _read(session, person, before)
    new_side, new = _read(session, person, after)
    one, other = old_side.sitting, new_side.sitting
    kin = None if one.id == other.id else kindred(session, one.id, other.id)
    return Compared(old_side, new_side, new, compare(old, new, kin), _closed(session, old_side, new_side))


def kindred(session: Session, before: str, after: str) -> list[tuple[int, int]]:
    """Return the numbers of the lines of two sittings that are about the same question."""
    return [
        *_descended(session, before, after),
        *((one, other) for other, one in _descended(session, after, before)),
    ]


def _descended(session: Session, elder: str, younger: str) -> list[tuple[int, int]]:
    known = {line.id: line.number for line in disputes.lines(session, elder)}
    return [
        (known[each], line.number)
        for line in disputes.lines(session, younger)
        for each in _forebears(session, line, known)
        if each in known
    ]


def _forebears(session: Session, line: Line, known: dict[str, int]) -> list[str]:
    """Return the ids of the lines that a line was made from; no further back than one that is known."""
    if line.cloned_from is None or line.cloned_from in known:
        return [line.cloned_from] if line.cloned_from else []
    return [each.id for each in lineage.ancestors(session, line)]


def _read(session: Session, person: Person, key: str) -> tuple[Side, Protocol]:
    """Return one side with its composed value: read as the protocol's own page reads it."""
    if key.startswith(_NOW):
        sitting = _admitted(session, person, key.removeprefix(_NOW))
        return Side(key, sitting), compose(gathered(session, sitting))
    row = storage.protocol_row(session, key)
    if row is None:
        raise Unknown
    sitting = _admitted(session, person, row.sitting)
    return Side(key, sitting, row.number, row.at), compose(stored_snapshot(json.loads(row.snapshot)))


def _admitted(session: Session, person: Person, sitting_id: str) -> Sitting:
    sitting, place = sittings.admitted(session, person.id, sitting_id)
    if sitting.stage in {Stage.PREPARING, Stage.COLLECTING}:
        # Which sittings there are that cannot be read yet is no matter of this page.
        raise Unknown
    require(place, Act.READ_OPENED, sitting)
    return sitting


def _readable(session: Session, person: Person, sitting: Sitting) -> bool:
    return may(sittings.standing(session, person.id, sitting.id), Act.READ_OPENED, sitting.stage)


def _closed(session: Session, *both: Side) -> tuple[int, ...]:
    drafts = {each.sitting.id for each in both if each.number is None}
    lines = (line for each in drafts for line in disputes.lines(session, each))
    return tuple(sorted({line.number for line in lines if line.opened_at is None}))


def _order(side: Side) -> tuple[int, str, bool, str]:
    """Put years and sittings in their order, a sitting's protocols before its draft."""
    at = side.at.isoformat() if side.at else ""
    return side.sitting.budget_year, side.sitting.number, side.number is None, at
