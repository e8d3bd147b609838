"""The journal of a sitting as one reader may see it, and its verification.

It stands in this room and not in the journal's, which knows neither people nor parties: which party's chain
somebody may read depends on mandates and on the opening of lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from budgetproto.accounts.domain import Party, Person, Role
from budgetproto.disputes import storage
from budgetproto.disputes.events import PartyHeadEntered
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.journal import ACCESS, inner_chain, naming, party_chain, sitting_chain
from budgetproto.journal.domain import Break, Entry, verify
from budgetproto.journal.events import Names
from budgetproto.journal.storage import Head, check, entries, head
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Standing, may
from budgetproto.web.paging import Paging, paged

#: Entries of a chain shown on one page: it stays light on a bad line.
SHOWN: Final = 40


@dataclass(frozen=True)
class Chain:
    """One chain, or its beginning up to `end`; `broken` says where it is no longer what was written.

    A chain of which only head and length may be seen has no `entries`, and is verified all the same.
    """

    party: Party | None
    end: Head
    entries: tuple[Entry, ...]
    names: Names
    broken: Break | None

    @property
    def key(self) -> str:
        """What an address within the sitting calls the chain: "sitting", "party-..." or "inner-..."."""
        kind, _, rest = self.end.chain.partition(":")
        return "-".join([kind, *rest.split(":")[1:]])


def chronicle(session: Session, person_id: str, sitting_id: str) -> tuple[Sitting, list[Chain]]:
    """Return the chain of a sitting and those of its parties, verified, as far as the reader may see them.

    Of a party that is not the reader's own: nothing before the opening; while lines are still closed, only
    the head and the length that entered the sitting's chain; everything afterwards.
    """
    sitting, place = sittings.admitted(session, person_id, sitting_id)
    own = entries(session, sitting_chain(sitting_id))
    chains = [_whole(session, sitting_chain(sitting_id), None, own)]
    for party in sittings.invited_parties(session, sitting_id):
        end = _visible_end(session, sitting, place, party, own)
        if end is not None:
            told = place.speaks_for(party.id) or _all_open(session, sitting)
            chains.append(_until(session, party, end, told=told))
        if place.speaks_for(party.id) and (inner := _inner(session, sitting, party)):
            chains.append(inner)
    return sitting, chains


def access_chain(session: Session, person: Person, page: str | None) -> tuple[Chain, Paging]:
    """Return a page of the access chain, verified as a whole, to secretaries and administrators."""
    if not may_read_access(person):
        raise NotPermitted(denied="journal.access")
    return page_of(session, ACCESS, page)


def page_of(session: Session, chain: str, page: str | None) -> tuple[Chain, Paging]:
    """Return a page of a chain that its reader may read, the newest first, verified as a whole."""
    paging = paged(page, length=head(session, chain).length, size=SHOWN)
    return _whole(session, chain, None, _from_the_end(session, chain, paging)), paging


def told_chain(chains: Sequence[Chain], key: str | None) -> Chain:
    """Return the chain whose entries an address asks for, the sitting's own unless it names another."""
    found = next((each for each in chains if key is None or each.key == key), None)
    if found is None:
        raise Unknown
    return found


def may_read_access(person: Person) -> bool:
    """Tell whether a person may read who was denied what."""
    return bool(person.roles & {Role.SECRETARY, Role.ADMINISTRATOR})


def _visible_end(
    session: Session, sitting: Sitting, place: Standing, party: Party, own: Sequence[Entry]
) -> Head | None:
    """Return where a party's chain ends for this reader; None when he may see nothing of it."""
    now = head(session, party_chain(sitting.id, party.id))
    if place.speaks_for(party.id):
        return now
    if not may(place, Act.READ_OPENED, sitting.stage):
        return None
    if _all_open(session, sitting):
        return now
    return _entered(party, now.chain, own)


def _inner(session: Session, sitting: Sitting, party: Party) -> Chain | None:
    """Return what happened inside a party, for its own delegates; None while nothing has."""
    kept = entries(session, inner_chain(sitting.id, party.id))
    return _whole(session, inner_chain(sitting.id, party.id), party, kept) if kept else None


def _all_open(session: Session, sitting: Sitting) -> bool:
    return all(line.opened_at for line in storage.lines(session, sitting.id))


def _entered(party: Party, chain: str, own: Sequence[Entry]) -> Head | None:
    """Return the head of a party's chain that entered the sitting's chain last."""
    values = [entry.values() for entry in own if entry.kind == PartyHeadEntered.kind]
    last = next((each for each in reversed(values) if each["party"] == party.id), None)
    return Head(chain, int(str(last["length"])), str(last["head"])) if last else None


def _from_the_end(session: Session, chain: str, paging: Paging) -> list[Entry]:
    length = head(session, chain).length
    last = length - paging.first
    before = max(0, last - paging.size)
    return entries(session, chain, after=before, limit=last - before)


def _whole(session: Session, chain: str, party: Party | None, shown: Sequence[Entry]) -> Chain:
    names = naming.names(session, shown)
    return Chain(party, head(session, chain), tuple(shown), names, check(session, chain))


def _until(session: Session, party: Party, end: Head, *, told: bool) -> Chain:
    """Verify a party's chain up to `end`; its entries are given only if they may be `told`."""
    kept = entries(session, end.chain, limit=end.length) if end.length else []
    broken = verify(end.chain, kept, length=end.length, head=end.hash)
    shown = tuple(kept) if told else ()
    return Chain(party, end, shown, naming.names(session, shown), broken)
