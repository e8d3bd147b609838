"""The protocols of a sitting one after the other: each replaced by the next, none ever changed."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from budgetproto.accounts.storage import people_names
from budgetproto.errors import Unknown
from budgetproto.i18n import Language, Named, Words
from budgetproto.protocol import storage
from budgetproto.protocol.correction import Correction
from budgetproto.protocol.document import from_document
from budgetproto.protocol.service import Paper, Print, issued_paper
from budgetproto.protocol.snapshot import Signatory
from budgetproto.protocol.storage import ProtocolRow
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Standing
from budgetproto.sittings.numbering import in_address

#: As many letters of a fingerprint as stand at the foot of each page of its protocol.
_SHORT = 16


@dataclass(frozen=True)
class Version:
    """One issued protocol in the row of a sitting's; `which` counts them, `key` names it in a comparison."""

    which: int
    key: str
    number: str
    at: datetime
    by: Named | None
    fingerprint: str
    reason: Words | None
    places: tuple[Signatory, ...]
    replaces: str | None
    replaced_by: str | None

    @property
    def short(self) -> str:
        """The code as it stands at the foot of the pages."""
        return self.fingerprint[:_SHORT]

    @property
    def signed(self) -> tuple[Signatory, ...]:
        """The places that were signed."""
        return tuple(each for each in self.places if each.state in {"signed", "signed_with_remarks"})

    @property
    def unsigned(self) -> int:
        """How many places nobody has signed."""
        return len(self.places) - len(self.signed)


def versions_of(session: Session, sitting_id: str) -> list[Version]:
    """Return the protocols of a sitting, the newest first, for somebody who has been admitted."""
    rows = storage.versions(session, sitting_id)
    names = people_names(session, {row.person for row in rows})
    numbers = [None, *(row.number for row in rows), None]
    found = [
        _version(row, which, names.get(row.person), (numbers[which - 1], numbers[which + 1]))
        for which, row in enumerate(rows, 1)
    ]
    return found[::-1]


def version(
    session: Session, person_id: str, sitting_id: str, which: int
) -> tuple[Sitting, Standing, Version, ProtocolRow]:
    """Return one of them to whoever may read the protocols of the sitting; raise Unknown for no such one."""
    sitting, place = sittings.admitted(session, person_id, sitting_id, Act.READ_OPENED)
    found = next((each for each in versions_of(session, sitting_id) if each.which == which), None)
    row = storage.protocol_row(session, found.key) if found else None
    if found is None or row is None:
        raise Unknown
    return sitting, place, found, row


def version_paper(session: Session, person_id: str, sitting_id: str, which: int) -> tuple[Paper, Version]:
    """Return one of them with its composed value."""
    sitting, place, found, row = version(session, person_id, sitting_id, which)
    return issued_paper(session, sitting, place, row), found


def version_file(session: Session, person_id: str, sitting_id: str, which: int, language: Language) -> Print:
    """Return its file in one language, as it was issued."""
    *_, row = version(session, person_id, sitting_id, which)
    name = f"protocol_{in_address(row.number)}_{language}.pdf"
    return Print(name, storage.issued_file(session, row.id, language).content)


def _version(
    row: ProtocolRow, which: int, by: Named | None, beside: tuple[str | None, str | None]
) -> Version:
    # of a stored snapshot only these two are read: the rest of it may be thousands of lines
    stored = json.loads(row.snapshot)
    correction = stored.get("correction")
    return Version(
        which=which,
        key=row.id,
        number=row.number,
        at=row.at,
        by=by,
        fingerprint=row.fingerprint,
        reason=from_document(Correction, correction).reason if correction else None,
        places=from_document(tuple[Signatory, ...], stored.get("signatories", [])),
        replaces=beside[0],
        replaced_by=beside[1],
    )
