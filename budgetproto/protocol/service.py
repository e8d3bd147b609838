"""Compose the protocol of a sitting, print it, and issue it with a number."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from budgetproto.database import Database, new_id, now
from budgetproto.errors import Stale
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.journal import append, sitting_chain
from budgetproto.journal.storage import head
from budgetproto.protocol import storage
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.composition import compose, fingerprint, snapshot_document, stored_snapshot
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.events import ProtocolIssued
from budgetproto.protocol.gathering import gather
from budgetproto.protocol.storage import ProtocolFileRow, ProtocolRow
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Stage


class SittingMoved(Stale):
    """Something was recorded while the protocol was being printed; it has to be composed anew."""

    message_key = "protocol.sitting_moved"


@dataclass(frozen=True)
class Print:
    """One printed file: its name and its bytes."""

    name: str
    content: bytes


def protocol_of(session: Session, person_id: str, sitting_id: str) -> tuple[Sitting, Protocol]:
    """Return the issued protocol of a sitting, or the draft of it as things stand now.

    Every screen, spreadsheet and print of a sitting takes its figures and sums from this value.
    """
    sitting, _ = sittings.admitted(session, person_id, sitting_id, Act.READ_OPENED)
    row = storage.issued(session, sitting_id)
    snapshot = stored_snapshot(json.loads(row.snapshot)) if row else gather(session, sitting)
    return sitting, compose(snapshot)


def printed(database: Database, person_id: str, sitting_id: str, language: Language) -> Print:
    """Return the PDF in one language: the issued file as it was issued, else a draft drawn now."""
    with database.reading() as session:
        sitting, protocol = protocol_of(session, person_id, sitting_id)
        row = storage.issued(session, sitting_id)
        issued = storage.issued_file(session, row.id, language).content if row else None
    return Print(_file_name(sitting, language), issued or draw(protocol, language))


def issue(database: Database, person_id: str, sitting_id: str) -> str:
    """Issue the protocol: number it, print it in every language, keep it; return the number.

    Drawing happens with no transaction open; raises SittingMoved when the journal has grown meanwhile.
    """
    with database.reading() as session:
        sitting, _ = sittings.admitted(session, person_id, sitting_id, Act.ISSUE)
        number = sitting.number
        snapshot = gather(session, sitting, number=number)
    protocol = compose(snapshot)
    files = {language: draw(protocol, language) for language in LANGUAGES}
    with database.writing() as session:
        row, _, _ = sittings.locked(session, person_id, sitting_id, Act.ISSUE)
        if head(session, sitting_chain(sitting_id)).hash != snapshot.head.digest:
            raise SittingMoved
        stored = json.dumps(snapshot_document(snapshot), ensure_ascii=False, sort_keys=True)
        protocol_id, hashed = new_id(), {name: _digest(content) for name, content in files.items()}
        session.add(
            ProtocolRow(
                id=protocol_id,
                sitting=sitting_id,
                number=number,
                snapshot=stored,
                fingerprint=fingerprint(protocol),
                person=person_id,
                at=now(session),
            )
        )
        session.flush()
        for language, content in files.items():
            kept: dict[str, Any] = {"digest": hashed[language], "content": content}
            session.add(ProtocolFileRow(protocol=protocol_id, language=language, **kept))
        session.flush()
        event = ProtocolIssued(
            person_id, number, fingerprint(protocol), hashed["ky"], hashed["ru"], hashed["en"]
        )
        append(session, sitting_chain(sitting_id), event)
        sittings.move(session, row, person_id, Stage.ISSUED)
    return number


def _file_name(sitting: Sitting, language: Language) -> str:
    return f"protocol_{sitting.number}_{language}.pdf"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
