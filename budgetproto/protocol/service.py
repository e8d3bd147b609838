"""Compose the protocol of a sitting, print it, and issue it with a number."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Final

from sqlmodel import Session

from budgetproto.accounts.storage import people_names
from budgetproto.database import Database, new_id, now
from budgetproto.disputes import storage as disputes
from budgetproto.disputes.domain import NotYetTime
from budgetproto.disputes.opened.values import MANY_SITTINGS, OpenValues
from budgetproto.errors import Refused, Stale
from budgetproto.i18n import LANGUAGES, NO_NAME, Language, Named, Words
from budgetproto.journal import Event, append, sitting_chain
from budgetproto.journal.storage import head
from budgetproto.protocol import storage
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.composition import compose, fingerprint, snapshot_document, stored_snapshot
from budgetproto.protocol.correcting import gathered, replaced
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.events import IssuedIncomplete, ProtocolIssued
from budgetproto.protocol.numbering import numbered
from budgetproto.protocol.open_places import OpenPlaces
from budgetproto.protocol.participation import check_participation
from budgetproto.protocol.printing import Printed, print_files
from budgetproto.protocol.signature.signing import ServiceKey
from budgetproto.protocol.signing.domain import PlacesOpen
from budgetproto.protocol.signing.laid import LaidOut, laid_out, still_missing
from budgetproto.protocol.snapshot import Snapshot
from budgetproto.protocol.storage import ProtocolFileRow, ProtocolRow
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Stage, Standing, require
from budgetproto.sittings.numbering import in_address


class SittingMoved(Stale):
    """Something was recorded while the protocol was being printed; it has to be composed anew."""

    message_key = "protocol.sitting_moved"


class LinesStillClosed(Refused):
    """The paper would say that nobody stated a position where one is only not open yet."""

    message_key = "protocol.lines_still_closed"


@dataclass(frozen=True)
class Issue:
    """When and by whom a protocol was issued, under which number."""

    number: str
    at: datetime
    by: Named | None


@dataclass(frozen=True)
class Paper:
    """A sitting's protocol for one reader: as it was issued, else the draft of it as things stand now."""

    sitting: Sitting
    place: Standing
    protocol: Protocol
    issue: Issue | None
    issued_fingerprint: str | None

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 (hex) of the composed value, the same as on paper; worked out when it is asked for."""
        return self.issued_fingerprint or fingerprint(self.protocol)


@dataclass(frozen=True)
class _Issuing:
    """The text that is issued, and the one laid out for signature that it was made from."""

    laid: LaidOut | None
    snapshot: Snapshot


#: Composing goes through every line several times: as long as nothing is done it is done once. There is room
#: for all that an analyst asks at once: with one sitting more than places none would be found again.
PAPERS: Final = OpenValues[Paper](MANY_SITTINGS)


@dataclass(frozen=True)
class Print:
    """One printed file: its name and its bytes."""

    name: str
    content: bytes


def paper_of(session: Session, person_id: str, sitting_id: str) -> Paper:
    """Return the protocol of a sitting to whoever may read it; raise NotYetTime before the opening.

    Every screen, spreadsheet and print of a sitting takes its figures and sums from this value.
    """
    sitting, place = sittings.admitted(session, person_id, sitting_id)
    if sitting.stage in {Stage.PREPARING, Stage.COLLECTING}:
        raise NotYetTime(deadline=sitting.deadline)
    require(place, Act.READ_OPENED, sitting)
    made = PAPERS.get(session, sitting, None, lambda: _made(session, sitting, place))
    return made if made.place == place else replace(made, place=place)


def _made(session: Session, sitting: Sitting, place: Standing) -> Paper:
    row = storage.standing(session, sitting)
    if row:
        return issued_paper(session, sitting, place, row)
    laid = laid_out(session, sitting)
    snapshot = laid.snapshot if laid else gathered(session, sitting)
    return Paper(sitting, place, compose(snapshot), issue=None, issued_fingerprint=None)


def issued_paper(session: Session, sitting: Sitting, place: Standing, row: ProtocolRow) -> Paper:
    """Return an issued protocol as it was issued, for somebody who has been admitted."""
    return Paper(
        sitting=sitting,
        place=place,
        protocol=compose(stored_snapshot(json.loads(row.snapshot))),
        issue=Issue(row.number, row.at, people_names(session, [row.person]).get(row.person)),
        issued_fingerprint=row.fingerprint,
    )


def protocol_of(session: Session, person_id: str, sitting_id: str) -> tuple[Sitting, Protocol]:
    """Return a sitting and its protocol, issued or a draft, to whoever may read it."""
    paper = paper_of(session, person_id, sitting_id)
    return paper.sitting, paper.protocol


def printed(database: Database, person_id: str, sitting_id: str, language: Language) -> Print:
    """Return the PDF in one language: the issued file as it was issued, else a draft drawn now."""
    with database.reading() as session:
        sitting, protocol = protocol_of(session, person_id, sitting_id)
        row = storage.standing(session, sitting)
        issued = storage.issued_file(session, row.id, language).content if row else None
        if row is None:
            # On paper a position that is still sealed could not be told from one that was never filed.
            check_all_open(session, sitting_id)
    name = f"protocol_{in_address(row.number if row else sitting.number)}_{language}.pdf"
    return Print(name, issued or draw(protocol, language))


def issue(
    database: Database,
    person_id: str,
    sitting_id: str,
    *,
    key: ServiceKey | None = None,
    reason: str = "",
    language: Language = "ky",
) -> str:
    """Issue the protocol: number it, print and sign it in every language, keep it; return the number.

    A text that is laid out for signature is issued with the answers of its places; while one that must sign
    is open, a `reason`, written in `language`, is recorded and printed, or PlacesOpen raised. Drawing and
    signing happen with no transaction open; raises SittingMoved when the journal has grown meanwhile,
    NoTimeStamp where one is demanded and none is to be had.
    """
    number = numbered(database, person_id, sitting_id, Act.ISSUE)
    words = Words(Named(**{language: reason.strip()}), language)
    said = _issuing(database, person_id, sitting_id, number, words)
    made = print_files(said.snapshot, key)
    with database.writing() as session:
        row, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.ISSUE)
        _check_unmoved(session, sitting, said.laid, said.snapshot)
        _keep(session, made, person_id=person_id, sitting_id=sitting_id)
        for event in _events(person_id, said, made):
            append(session, sitting_chain(sitting_id), event)
        sittings.move(session, row, person_id, Stage.ISSUED)
    return said.snapshot.number or number


def _issuing(database: Database, person_id: str, sitting_id: str, number: str, reason: Words) -> _Issuing:
    """Read the text that is to be issued; raise what stands in its way."""
    with database.reading() as session:
        sitting, _ = sittings.admitted(session, person_id, sitting_id, Act.ISSUE)
        check_all_open(session, sitting_id)
        laid = laid_out(session, sitting)
        lacking = still_missing(session, laid)
        if lacking and reason.text == NO_NAME:
            raise PlacesOpen(places=lacking)
        snapshot = laid.answered if laid else gathered(session, sitting, number=number)
        check_participation(snapshot.participation)
    issued_open = OpenPlaces(lacking, reason) if lacking else None
    return _Issuing(laid, replace(snapshot, issued_open=issued_open))


def _events(person_id: str, said: _Issuing, made: Printed) -> Iterator[Event]:
    """Yield what the journal is told of an issue: hashes of the text, of each file, of what it replaces."""
    number, hashed = made.snapshot.number or "", {code: _digest(made.files[code]) for code in LANGUAGES}
    if without := said.snapshot.issued_open:
        reason = without.reason.text.text(without.reason.language)
        yield IssuedIncomplete(person_id, number, without.numbers, reason)
    yield ProtocolIssued(person_id, number, made.composed, hashed["ky"], hashed["ru"], hashed["en"])
    if event := replaced(person_id, made.snapshot, made.composed):
        yield event
    if made.signed:
        yield made.signed


def _check_unmoved(session: Session, sitting: Sitting, laid: LaidOut | None, snapshot: Snapshot) -> None:
    """Raise SittingMoved when what was printed is not what stands: a laid-out text has its answers only."""
    if laid_out(session, sitting) != laid:
        raise SittingMoved
    if laid is None and head(session, sitting_chain(sitting.id)).hash != snapshot.head.digest:
        raise SittingMoved


def check_all_open(session: Session, sitting_id: str) -> None:
    """Raise LinesStillClosed while a position may be sealed that the paper would call never filed."""
    closed = [line.number for line in disputes.lines(session, sitting_id) if line.opened_at is None]
    if closed:
        raise LinesStillClosed(lines=", ".join(map(str, closed)))


def _keep(session: Session, made: Printed, *, person_id: str, sitting_id: str) -> None:
    """Store the snapshot and the files."""
    snapshot, files = made.snapshot, made.files
    protocol = ProtocolRow(
        id=new_id(),
        sitting=sitting_id,
        number=snapshot.number or "",
        snapshot=json.dumps(snapshot_document(snapshot), ensure_ascii=False, sort_keys=True),
        fingerprint=made.composed,
        person=person_id,
        at=now(session),
    )
    session.add(protocol)
    session.flush()
    session.add_all(_file_row(protocol.id, language, files[language]) for language in LANGUAGES)
    session.flush()


def _file_row(protocol: str, language: Language, content: bytes) -> ProtocolFileRow:
    return ProtocolFileRow(protocol=protocol, language=language, digest=_digest(content), content=content)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
