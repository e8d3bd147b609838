"""Gathers what lies in a box from the rooms, inside one read transaction."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from budgetproto.disputes import storage
from budgetproto.disputes.events import FILED
from budgetproto.disputes.options import storage as option_storage
from budgetproto.disputes.positions import storage as position_storage
from budgetproto.disputes.positions.sealing import Place, commitment
from budgetproto.disputes.positions.storage import RevealRow
from budgetproto.i18n import LANGUAGES
from budgetproto.journal import party_chain, sitting_chain
from budgetproto.journal.domain import Entry
from budgetproto.journal.storage import entries
from budgetproto.protocol.box.contents import BoxReceipt, Kept, Material
from budgetproto.protocol.composition import compose, stored_snapshot
from budgetproto.protocol.events import ProtocolIssued, ProtocolSigned
from budgetproto.protocol.storage import ProtocolRow, issued_file
from budgetproto.sittings import service as sittings
from budgetproto.sittings import terms_storage


def material(session: Session, row: ProtocolRow) -> Material:
    """Return what the box of an issued protocol is made of, as it stood when the protocol was issued."""
    protocol = compose(stored_snapshot(json.loads(row.snapshot)))
    parties = {each.id: each.key for each in sittings.invited_parties(session, row.sitting)}
    own = _until_issued(entries(session, sitting_chain(row.sitting)), row.number)
    chains = {party: _filed_until(session, party_chain(row.sitting, party), own[-1].at) for party in parties}
    stated = frozenset(
        (line.number, position.party) for line in protocol.facts.lines for position in line.positions
    )
    return Material(
        sitting=row.sitting,
        protocol=protocol,
        papers={language: issued_file(session, row.id, language).content for language in LANGUAGES},
        chains=(own, *(chain for chain in chains.values() if chain)),
        receipts=tuple(_receipts(session, row.sitting, stated, chains, parties)),
        terms=tuple(_told(own, "sittings.terms_proposed", terms_storage.terms_rows(session, row.sitting))),
        options=tuple(_told(own, "disputes.option_published", option_storage.options(session, row.sitting))),
    )


def _until_issued(chain: Sequence[Entry], number: str) -> Sequence[Entry]:
    """Return a chain up to the issue of a protocol, with the signature of the service where there is one."""
    last = next(
        place
        for place, each in enumerate(chain, 1)
        if each.kind == ProtocolIssued.kind and each.values()["number"] == number
    )
    signed = chain[last : last + 1] and chain[last].kind == ProtocolSigned.kind
    return chain[: last + 1] if signed else chain[:last]


def _filed_until(session: Session, chain: str, issued: datetime) -> list[Entry]:
    """Return a party's chain as it was at the issue: what a correction brings is no part of it."""
    return [each for each in entries(session, chain) if each.at <= issued]


def _told(
    chain: Sequence[Entry], kind: str, rows: Sequence[terms_storage.TermsRow | option_storage.OptionRow]
) -> Iterator[Kept]:
    """Yield the versions that the chain tells of: what came after the issue is not in this box."""
    told = sum(each.kind == kind for each in chain)
    return (Kept(row.number, row.document) for row in rows[:told])


def _receipts(
    session: Session,
    sitting: str,
    stated: frozenset[tuple[int, str]],
    chains: Mapping[str, Sequence[Entry]],
    parties: Mapping[str, str],
) -> Iterator[BoxReceipt]:
    """Yield what proves each position that the protocol states."""
    lines = {line.id: line.number for line in storage.lines(session, sitting)}
    for row in position_storage.reveals(session, sitting):
        if (lines[row.line], parties[row.party]) in stated:
            entry = _entry_of(row, sitting, chains[row.party])
            yield BoxReceipt(
                sitting=sitting,
                line=row.line,
                line_number=lines[row.line],
                party=row.party,
                party_key=parties[row.party],
                version=row.number,
                position=row.document,
                nonce=row.nonce,
                chain=entry.chain,
                sequence=entry.sequence,
                head=entry.hash,
            )


def _entry_of(row: RevealRow, sitting: str, chain: Sequence[Entry]) -> Entry:
    """Return the entry by which a position was committed to, the nearest where somebody altered it."""
    made = commitment(Place(sitting, row.line, row.party, row.number), row.document, row.nonce)
    filed = [each for each in chain if each.kind in FILED]
    return next((each for each in filed if each.values()["commitment"] == made), chain[-1])
