"""What is done with the reference data: load it, read it, edit a legal basis, add an indicator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from budgetproto.accounts.domain import Person, Role
from budgetproto.database import Database
from budgetproto.errors import NotPermitted, Refused, Stale, Unknown
from budgetproto.i18n import LANGUAGES, Named, Sentence
from budgetproto.journal import SYSTEM, append
from budgetproto.money import Som
from budgetproto.transfers import storage
from budgetproto.transfers.domain import (
    Change,
    Indicator,
    Territory,
    Transfer,
    TransferKind,
    Unclosed,
    data_problems,
    per_head,
)
from budgetproto.transfers.events import IndicatorAdded, KindEdited, ReferenceLoaded
from budgetproto.transfers.over_time import lineage
from budgetproto.transfers.reference import Reference

_SHOWN: Final = 100
#: Transfers on a page: a source may have a million.
PAGE: Final = 200
_KEEPERS: Final = frozenset({Role.SECRETARY, Role.ADMINISTRATOR})


class UnknownTerritory(Unknown):
    """No territory has this code."""


class IndicatorAgain(Refused):
    """An indicator of that day was entered before."""

    message_key = "transfers.indicators.again"


class UnknownKind(Unknown):
    """No kind of transfers has this code."""


class KindChanged(Stale):
    """Somebody else edited the kind since it was read; `theirs` and `yours` hold both texts."""


@dataclass(frozen=True)
class TransferLine:
    """A transfer as it is shown: named, with its figure per head; None there is "no data"."""

    transfer: Transfer
    territory: Named | None
    kind: TransferKind | None
    per_head: Som | None


@dataclass(frozen=True)
class TransferTable:
    """A page of transfers, after which place the next one is, and the totals that do not close."""

    lines: tuple[TransferLine, ...]
    problems: tuple[tuple[Named | None, Unclosed], ...]
    following: int | None = None


@dataclass(frozen=True)
class TerritoryList:
    """Territories that were found, how many there are in all, and the names of what stands above them."""

    found: tuple[Territory, ...]
    names: Mapping[str, Named]
    cut: bool
    all: int
    governing: int


@dataclass(frozen=True)
class TerritoryCard:
    """A territory with what stands above and below it, what it came from and became, and its figures.

    `names` are those of the territories in its history, by code.
    """

    territory: Territory
    above: tuple[Territory, ...]
    below: tuple[Territory, ...]
    changes: tuple[Change, ...]
    indicators: tuple[Indicator, ...]
    transfers: tuple[TransferLine, ...]
    names: Mapping[str, Named]


def load(database: Database, reference: Reference) -> bool:
    """Load the reference data once; return False when exactly these rows are there already.

    Newer rows take the place of older ones of the same code; what people edited in the kinds stays.
    """
    digest = reference.digest
    with database.writing() as session:
        if storage.is_loaded(session, digest):
            return False
        storage.put_territories(session, reference.territories)
        storage.replace_changes(session, reference.changes)
        storage.put_kinds(session, reference.kinds)
        storage.put_transfers(session, reference.transfers)
        # A list that people imported stays.
        if all(entry.illustrative for entry in storage.find_constituencies(session)):
            storage.replace_constituencies(session, reference.constituencies)
        storage.remember_loaded(session, digest)
        append(session, SYSTEM, _loaded(reference, digest))
    return True


def may_edit_kinds(person: Person | None) -> bool:
    """Tell whether a person keeps the catalogue of kinds: the secretary and the administrator do."""
    return person is not None and not person.roles.isdisjoint(_KEEPERS)


def edit_kind(
    database: Database,
    *,
    editor: Person,
    code: str,
    version: int,
    basis: Named,
    sources: tuple[str, ...],
) -> TransferKind:
    """Write the legal basis of a kind.

    Raise NotPermitted when the editor does not keep the catalogue, KindChanged when `version` is not the
    one that stands.
    """
    if not may_edit_kinds(editor):
        raise NotPermitted(denied="transfers.edit_kind")
    with database.writing() as session:
        kind = require_kind(session, code)
        if kind.version != version:
            raise KindChanged(theirs=_texts(kind.basis), yours=_texts(basis))
        storage.change_basis(session, code, basis=basis, sources=sources)
        append(session, SYSTEM, _edited(editor.id, kind, basis, sources))
        return require_kind(session, code)


def add_indicators(database: Database, *, keeper: Person, indicators: Sequence[Indicator]) -> None:
    """Add dated, sourced values of territories, all or none; the keepers of the catalogue may.

    Raise IndicatorAgain where one of that day stands already: what decided a sitting is never replaced.
    """
    if not may_edit_kinds(keeper):
        raise NotPermitted(denied="transfers.add_indicator")
    with database.writing() as session:
        for indicator in indicators:
            require_territory(session, indicator.soate)
            known = storage.find_indicators(session, indicator.soate)
            if (indicator.kind, indicator.on) in {(each.kind, each.on) for each in known}:
                raise IndicatorAgain(indicator=Sentence(f"transfers.indicator.{indicator.kind}"))
            storage.add_indicator(session, indicator)
            append(session, SYSTEM, _added(keeper.id, indicator))


def transfer_table(
    session: Session, *, kind: str | None = None, year: int | None = None, after: int = -1
) -> TransferTable:
    """Return a page of the transfers as they are shown, and all totals that do not close."""
    transfers, following = storage.transfers_page(session, kind=kind, year=year, after=after, limit=PAGE)
    problems = data_problems(storage.transfers_with_totals(session))
    territories = {each.territory or "" for each in transfers} | {each.territory or "" for each in problems}
    names = storage.names_of(session, territories)
    return TransferTable(
        lines=_lines(session, transfers, names),
        problems=tuple((names.get(problem.territory or ""), problem) for problem in problems),
        following=following,
    )


def search(session: Session, words: str) -> TerritoryList:
    """Return territories by name or code, the first hundred; without words, those of the highest level."""
    level = None if words.strip() else 1
    found = storage.find_territories(session, words=words, level=level, limit=_SHOWN + 1)
    return _listed(session, found[:_SHOWN], cut=len(found) > _SHOWN)


def governing(session: Session) -> TerritoryList:
    """Return all territories that have a local budget of their own, by code."""
    return _listed(session, storage.find_territories(session, self_governing=True), cut=False)


def territory_card(session: Session, soate: str) -> TerritoryCard:
    """Return a territory with everything known of it; raise UnknownTerritory."""
    territory = require_territory(session, soate)
    transfers = storage.find_transfers(session, territory=soate)
    history = lineage(soate, storage.all_changes(session))
    past = {code for change in history for code in (change.soate, change.successor) if code}
    return TerritoryCard(
        territory=territory,
        above=_above(session, territory),
        below=tuple(storage.find_territories(session, parent=soate)),
        changes=history,
        names=storage.names_of(session, past),
        indicators=tuple(storage.find_indicators(session, soate)),
        transfers=_lines(session, transfers, {soate: territory.name}),
    )


def require_territory(session: Session, soate: str) -> Territory:
    """Return a territory; raise UnknownTerritory."""
    territory = storage.find_territory(session, soate) if soate.isprintable() else None
    if territory is None:
        raise UnknownTerritory
    return territory


def require_kind(session: Session, code: str) -> TransferKind:
    """Return a kind of transfers; raise UnknownKind."""
    kind = storage.find_kind(session, code) if code.isprintable() else None
    if kind is None:
        raise UnknownKind
    return kind


def _texts(basis: Named) -> dict[str, str]:
    """Return the texts of a legal basis under their labels."""
    return {f"transfers.kinds.basis_{language}": getattr(basis, language) for language in LANGUAGES}


def _listed(session: Session, found: list[Territory], *, cut: bool) -> TerritoryList:
    above = {code for territory in found for code in (territory.parent, territory.oblast) if code}
    return TerritoryList(
        found=tuple(found),
        names=storage.names_of(session, above),
        cut=cut,
        all=storage.count_territories(session),
        governing=storage.count_territories(session, self_governing=True),
    )


def _lines(session: Session, transfers: list[Transfer], names: dict[str, Named]) -> tuple[TransferLine, ...]:
    kinds = {kind.code: kind for kind in storage.find_kinds(session)}
    people = storage.newest(session, "population")
    return tuple(
        TransferLine(
            transfer=transfer,
            territory=names.get(transfer.territory or ""),
            kind=kinds.get(transfer.kind or ""),
            per_head=per_head(transfer.executed, people.get(transfer.territory or "")),
        )
        for transfer in transfers
    )


def _above(session: Session, territory: Territory) -> tuple[Territory, ...]:
    """Return what the territory belongs to, the highest first."""
    above: list[Territory] = []
    parent = territory.parent
    while parent is not None:
        above.insert(0, require_territory(session, parent))
        parent = above[0].parent
    return tuple(above)


def _loaded(reference: Reference, digest: str) -> ReferenceLoaded:
    return ReferenceLoaded(
        digest=digest,
        territories=len(reference.territories),
        kinds=len(reference.kinds),
        transfers=len(reference.transfers),
    )


def _edited(person_id: str, kind: TransferKind, basis: Named, sources: tuple[str, ...]) -> KindEdited:
    return KindEdited(
        person=person_id,
        code=kind.code,
        was_ky=kind.basis.ky,
        was_ru=kind.basis.ru,
        was_en=kind.basis.en,
        basis_ky=basis.ky,
        basis_ru=basis.ru,
        basis_en=basis.en,
        sources=" ".join(sources),
    )


def _added(person_id: str, indicator: Indicator) -> IndicatorAdded:
    value = indicator.value.to_json() if isinstance(indicator.value, Som) else str(indicator.value)
    return IndicatorAdded(
        person=person_id,
        soate=indicator.soate,
        indicator=indicator.kind,
        value=value,
        on=indicator.on.isoformat(),
        source=indicator.source,
    )
