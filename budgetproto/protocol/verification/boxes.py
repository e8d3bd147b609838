"""Checks a box with the rooms that made it: a second verifier beside the one that lies in the box.

The two share no code: where they disagree, one of them is wrong.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from cryptography import x509

from budgetproto import balancing
from budgetproto.database import Database
from budgetproto.disputes.domain import Opened
from budgetproto.disputes.events import FILED, PartyHeadEntered
from budgetproto.disputes.options import document as option_document
from budgetproto.disputes.positions import document
from budgetproto.disputes.positions.sealing import Place, commitment
from budgetproto.i18n import LANGUAGES
from budgetproto.journal import party_chain
from budgetproto.journal.domain import verify as broken
from budgetproto.protocol import storage
from budgetproto.protocol.box import data_package
from budgetproto.protocol.box.archive import unpack
from budgetproto.protocol.box.contents import PROTOCOL, BoxReceipt, paper_name
from budgetproto.protocol.box.manifest import (
    CERTIFICATES,
    MANIFEST,
    SIGNATURE,
    sha256,
    unlike_listed,
)
from budgetproto.protocol.box.opened import OpenedBox
from budgetproto.protocol.composition import canonical_bytes
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.events import ProtocolIssued
from budgetproto.protocol.gathered_lines import line_option, stated_position
from budgetproto.protocol.signature.checking import unsigned
from budgetproto.protocol.verification.checks import Check, Known, Name, Verified, told
from budgetproto.protocol.verification.trusting import comes_from, holds
from budgetproto.sittings.domain import terms_digest

#: The moment and round of filing are not in what was committed to; the paper's own are taken.
_SOME_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)


def verify_box(
    content: bytes,
    *,
    trusted: Sequence[bytes] = (),
    heads: Sequence[str] = (),
    database: Database | None = None,
) -> Verified:
    """Check a box; `trusted` are certificates (DER), `heads` are journal heads (hex) that the reader holds.

    Nothing is drawn while the database is read. Raises NoBox where the bytes are no box at all.
    """
    box = OpenedBox(unpack(content))
    roots = [x509.load_der_x509_certificate(each) for each in trusted]
    checks = [
        _sure("box_files", lambda: not unlike_listed(box.files)),
        _sure("box_signature", lambda: _signed(box, roots)),
        _sure("box_journal", lambda: _unbroken(box)),
        _sure("box_head", lambda: _held(box, heads)),
        _sure("box_records", lambda: _as_told(box)),
        _sure("box_positions", lambda: _as_filed(box)),
        _sure("box_figures", lambda: _made_anew(box)),
        _sure("box_option", lambda: _option_holds(box)),
        _sure("box_known", lambda: _recorded(box, database)),
    ]
    checks.append(_sure("box_text", lambda: _drawn_again(box, checks)))
    known = _known(box, database) if checks[-2].outcome == "passed" else None
    return Verified(tuple(checks), number=_number(box), signer=_signer(box), known=known)


class _Lacking(Exception):
    """What a check needs is not at hand; its argument names the sentence that says what."""


def _sure(name: Name, look: Callable[[], bool]) -> Check:
    """Make a check; what a stranger wrote may be unreadable in any way, and has not passed then."""
    try:
        return told(name, look())
    except _Lacking as lacking:
        return told(name, None, str(lacking))
    except Exception:
        return told(name, passed=False, why="unreadable")


def _signed(box: OpenedBox, roots: Sequence[x509.Certificate]) -> bool:
    if SIGNATURE not in box.files:
        raise _Lacking("no_signature")
    chain = x509.load_pem_x509_certificates(box.files[CERTIFICATES])
    if not holds(chain[0], box.files[SIGNATURE], box.files[MANIFEST]):
        return False
    if not roots:
        raise _Lacking("no_trusted")
    return comes_from(chain, roots)


def _unbroken(box: OpenedBox) -> bool:
    """Verify every chain to the end that the list names, and those that the sitting itself tells."""
    ends = {name: (said["length"], said["hash"]) for name, said in box.manifest["heads"].items()}
    whole = ends.keys() == box.chains.keys() and all(
        broken(name, chain, length=ends[name][0], head=ends[name][1]) is None
        for name, chain in box.chains.items()
    )
    head = box.facts.head
    return whole and box.sitting[head.sequence - 1].hash == head.digest and all(_entered(box))


def _entered(box: OpenedBox) -> Iterator[bool]:
    for entry in box.sitting:
        if entry.kind == PartyHeadEntered.kind and (said := entry.values())["length"]:
            chain = box.chains[party_chain(box.manifest["sitting"], str(said["party"]))]
            yield chain[int(str(said["length"])) - 1].hash == said["head"]


def _held(box: OpenedBox, heads: Sequence[str]) -> bool:
    if not heads:
        raise _Lacking("no_head")
    return set(heads) <= {entry.hash for chain in box.chains.values() for entry in chain}


def _as_told(box: OpenedBox) -> bool:
    """Hold files and documents against the hashes that the journal of the sitting tells."""
    issued = [each.values() for each in box.sitting if each.kind == ProtocolIssued.kind]
    said = [each for each in issued if each["number"] == box.facts.number]
    papers = {f"file_{it}": sha256(box.files[paper_name(it)]) for it in LANGUAGES}
    made = {"fingerprint": sha256(box.files[PROTOCOL])} | papers
    return (
        len(said) == 1
        and said[0] == said[0] | made
        and _hashes(box, "sittings.terms_proposed")
        == [(it.number, terms_digest(it.document)) for it in box.terms]
        and _hashes(box, "disputes.option_published")
        == [(it.number, sha256(it.document.encode())) for it in box.options]
    )


def _hashes(box: OpenedBox, kind: str) -> list[tuple[object, object]]:
    values = (each.values() for each in box.sitting if each.kind == kind)
    return [(each["number"], each["digest"]) for each in values]


def _as_filed(box: OpenedBox) -> bool:
    """Hold every position of the paper against one that was committed to, none is left on either side."""
    printed = {(line.number, each.party): each for line in box.facts.lines for each in line.positions}
    stated = {(each.line_number, each.party_key): each for each in box.receipts}
    if printed.keys() != stated.keys() or len(stated) != len(box.receipts):
        return False
    return all(
        _committed(box, receipt)
        and printed[place] == stated_position(place[1], _opened(receipt, late=printed[place].late_round))
        for place, receipt in stated.items()
    )


def _opened(receipt: BoxReceipt, *, late: bool) -> Opened:
    position = document.read(receipt.position)
    return Opened(receipt.line, receipt.party, receipt.version, position, _SOME_TIME, late)


def _committed(box: OpenedBox, receipt: BoxReceipt) -> bool:
    """Recompute a commitment and find it where the receipt says, in the chain of the party itself."""
    place = Place(receipt.sitting, receipt.line, receipt.party, receipt.version)
    entry, said = box.chains[receipt.chain][receipt.sequence - 1], (receipt.line, receipt.version)
    values = entry.values()
    return (
        receipt.chain == party_chain(box.manifest["sitting"], receipt.party)
        and (entry.kind in FILED, entry.hash) == (True, receipt.head)
        and (values["line"], values["number"]) == said
        and values["commitment"] == commitment(place, receipt.position, receipt.nonce)
    )


def _made_anew(box: OpenedBox) -> bool:
    """Compose the protocol from its facts and hold it, and its tables, against those of the box."""
    expected = {PROTOCOL: canonical_bytes(box.protocol), **data_package.data_package(box.protocol)}
    return all(box.files[name] == content for name, content in expected.items())


def _option_holds(box: OpenedBox) -> bool:
    """Hold the option against its own certificate, and the lines of the paper against the option."""
    version = box.facts.option
    if version is None:
        raise _Lacking("no_option")
    stored = {each.number: each.document for each in box.options}[version.version]
    option = option_document.read(stored, number=version.version, digest="", published_at=_SOME_TIME)
    printed = {line.number: line.option for line in box.facts.lines if line.option}
    computed = {number: line_option(award) for number, award in option.awards.items() if number in printed}
    checked = balancing.check(balancing.from_document(json.loads(stored)["option"]))
    return printed == computed and not checked


def _drawn_again(box: OpenedBox, checks: Sequence[Check]) -> bool:
    """Draw every file anew and hold it against the issued one, byte for byte up to the signature.

    A box that has failed already is not drawn: strangers would make the service work for nothing.
    """
    if any(each.outcome == "failed" for each in checks):
        raise _Lacking("other_failed")
    for language in LANGUAGES:
        issued = box.files[paper_name(language)]
        if draw(box.protocol, language) != (unsigned(issued) or issued):
            raise _Lacking("other_version")
    return True


def _known(box: OpenedBox, database: Database | None) -> Known | None:
    """Return which protocol it is by the record, and which one replaced that."""
    if database is None:
        return None
    with database.reading() as session:
        found = storage.file_of(session, sha256(box.files[paper_name(LANGUAGES[0])]))
        return Known("issued", found[0].number, storage.successor(session, found[0])) if found else None


def _recorded(box: OpenedBox, database: Database | None) -> bool:
    if database is None:
        raise _Lacking("no_record")
    digests = [sha256(box.files[paper_name(language)]) for language in LANGUAGES]
    with database.reading() as session:
        return all(storage.file_of(session, digest) for digest in digests)


def _number(box: OpenedBox) -> str | None:
    try:
        return box.facts.number
    except Exception:  # a stranger's file may be unreadable in any way
        return None


def _signer(box: OpenedBox) -> str:
    try:
        found = x509.load_pem_x509_certificates(box.files[CERTIFICATES])[0]
        return str(found.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value)
    except Exception:  # a stranger's file may be unreadable in any way
        return ""
