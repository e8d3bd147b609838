"""Attach scans of the paper that was signed by hand; none is ever changed or taken away."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session

from budgetproto.database import Database, now
from budgetproto.disputes.positions.attachments.file_kinds import FileKind, KindNotTaken, recognised
from budgetproto.disputes.positions.attachments.values import check_size, cleaned
from budgetproto.errors import Refused, Unknown
from budgetproto.protocol import storage
from budgetproto.protocol.delivery.extracts import NotIssued
from budgetproto.protocol.events import ScanAttached
from budgetproto.protocol.service import paper_of
from budgetproto.protocol.signing import scan_storage
from budgetproto.protocol.signing.scan_storage import ScanRow
from budgetproto.protocol.snapshot import Signing
from budgetproto.protocol.storage import ProtocolRow
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting

#: What can stand at a place of the paper; `open` where nothing does.
ON_PAPER: Final[tuple[Signing, ...]] = ("open", "signed", "signed_with_remarks", "refused")
#: What a scanner makes, with the media type it is handed out as.
MEDIA: Final = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
}


class ScanTwice(Refused):
    """These bytes are attached already."""

    message_key = "protocol.scan.twice"


@dataclass(frozen=True)
class Scan:
    """A scan as it is listed: the states on it, place by place."""

    number: int
    name: str
    digest: str
    places: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class ScanFile:
    """A scan to be handed out."""

    name: str
    content: bytes

    @property
    def media(self) -> str:
        """Its media type."""
        return MEDIA[recognised(self.name, self.content)]


def scans_of(session: Session, sitting: Sitting, protocol: str = "") -> list[Scan]:
    """Return the scans of a protocol of a sitting, the standing one unless another is named.

    They are for somebody who may read it.
    """
    row = None if protocol else storage.standing(session, sitting)
    wanted = row.id if row else protocol
    return [
        Scan(each.sequence, each.name, each.digest, tuple(each.places.split()), each.at)
        for each in scan_storage.scans(session, sitting.id)
        if each.protocol == wanted
    ]


def scan_file(session: Session, person_id: str, sitting_id: str, number: int) -> ScanFile:
    """Return one scan to whoever may read the protocol."""
    paper_of(session, person_id, sitting_id)
    found = scan_storage.scan(session, sitting_id, number)
    if found is None:
        raise Unknown
    return ScanFile(found.name, found.content)


def attach_scan(
    database: Database,
    person_id: str,
    sitting_id: str,
    *,
    name: str,
    content: bytes,
    places: Sequence[Signing],
) -> str:
    """Attach a scan of the issued protocol, with what stands at each place; return its SHA-256 (hex).

    Raises what is wrong with the file by name, bytes or size; ScanTwice; NotIssued while there is none.
    """
    check_size(len(content))
    if recognised(name, content) not in MEDIA:
        raise KindNotTaken
    file, said = ScanFile(cleaned(name), content), " ".join(places)
    digest = hashlib.sha256(content).hexdigest()
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.ATTACH_SCAN)
        row = storage.standing(session, sitting)
        if row is None:
            raise NotIssued
        _keep(session, row, file, digest, said, person=person_id)
        sittings.record(session, sitting_id, ScanAttached(person_id, row.number, digest, said))
    return digest


def _keep(
    session: Session, row: ProtocolRow, file: ScanFile, digest: str, places: str, *, person: str
) -> None:
    """Store a scan under the next number of the sitting; raise ScanTwice for bytes that are there."""
    before = scan_storage.scans(session, row.sitting)
    if digest in {each.digest for each in before}:
        raise ScanTwice
    scan = ScanRow(
        protocol=row.id,
        sequence=len(before) + 1,
        name=file.name,
        digest=digest,
        content=file.content,
        places=places,
        person=person,
        at=now(session),
    )
    session.add(scan)
    session.flush()
