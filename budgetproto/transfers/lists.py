"""What is done with imported lists: all or nothing, by who keeps the reference data, as one event."""

import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sqlmodel import Session

from budgetproto.accounts.domain import Person
from budgetproto.database import Database
from budgetproto.errors import BadInput, NotPermitted, Problem
from budgetproto.i18n import Named
from budgetproto.journal import SYSTEM, append
from budgetproto.transfers import storage
from budgetproto.transfers.constituencies import Constituency
from budgetproto.transfers.domain import INDICATOR_KINDS, Indicator
from budgetproto.transfers.events import ListImported
from budgetproto.transfers.list_reading import (
    ListName,
    read_changes,
    read_constituencies,
    read_indicators,
    read_territories,
)
from budgetproto.transfers.service import may_edit_kinds


def import_list(
    database: Database, *, keeper: Person, name: ListName, content: bytes, file: str | None = None
) -> int:
    """Import a list and return how many rows it has; raise BadInput with every fault and change nothing.

    Indicators and territories are added, and none that stands is replaced; a list of constituencies, or of
    changes, takes the place of the one imported before. Raise NotPermitted when the person does not keep the
    reference data.
    """
    if not may_edit_kinds(keeper):
        raise NotPermitted(denied="transfers.import_list")
    with database.writing() as session:
        known = frozenset(each.soate for each in storage.find_territories(session))
        rows = _TAKEN[name](session, content, known, file)
        event = ListImported(person=keeper.id, list=name, rows=len(rows), digest=_digest(rows))
        append(session, SYSTEM, event)
    return len(rows)


def constituency_list(session: Session) -> tuple[list[Constituency], Mapping[str, Named]]:
    """Return the list of constituencies, and the names of its territories by code."""
    found = storage.find_constituencies(session)
    return found, storage.names_of(session, (entry.soate for entry in found))


def _indicators(session: Session, content: bytes, known: frozenset[str], file: str | None) -> Sequence[Any]:
    rows = read_indicators(content, known, file)
    _add(session, rows)
    return rows


def _constituencies(
    session: Session, content: bytes, known: frozenset[str], file: str | None
) -> Sequence[Any]:
    rows = read_constituencies(content, known, file)
    storage.replace_constituencies(session, rows)
    return rows


def _territories(session: Session, content: bytes, known: frozenset[str], file: str | None) -> Sequence[Any]:
    """Add new territories, each one level below what it belongs to."""
    read = read_territories(content, known, file)
    above = storage.territories_of(session, (each.parent for each in read if each.parent))
    rows = [dataclasses.replace(each, level=above[each.parent or ""].level + 1) for each in read]
    storage.put_territories(session, rows)
    return rows


def _changes(session: Session, content: bytes, known: frozenset[str], file: str | None) -> Sequence[Any]:
    rows = read_changes(content, known, file)
    storage.replace_changes(session, rows, imported=True)
    return rows


_Take = Callable[[Session, bytes, frozenset[str], str | None], Sequence[Any]]
_TAKEN: Final[Mapping[ListName, _Take]] = {
    "indicators": _indicators,
    "constituencies": _constituencies,
    "territories": _territories,
    "changes": _changes,
}


def _add(session: Session, indicators: Sequence[Indicator]) -> None:
    stands = {
        (each.soate, each.kind, each.on)
        for kind in INDICATOR_KINDS
        for each in storage.indicators_of(session, kind)
    }
    again = [each for each in indicators if (each.soate, each.kind, each.on) in stands]
    if again:
        raise BadInput(
            *(Problem("transfers.lists.stands", {"code": each.soate, "on": each.on}) for each in again[:20])
        )
    for indicator in indicators:
        storage.put_indicator(session, indicator)
    session.flush()


def _digest(rows: Sequence[Any]) -> str:
    written = json.dumps([dataclasses.asdict(row) for row in rows], ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode()).hexdigest()
