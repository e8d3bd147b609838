"""The form of a scan: the file, and what stands at each place of the paper."""

from collections.abc import Sequence
from typing import Any, ClassVar

from flask_wtf.file import FileField
from wtforms import SelectField

from budgetproto.disputes.positions.attachments.file_kinds import (
    FileEncrypted,
    FileRuns,
    KindNotTaken,
    NotItsKind,
)
from budgetproto.disputes.positions.attachments.values import FileEmpty, FileTooLarge
from budgetproto.i18n import LANGUAGES, Named, text
from budgetproto.protocol.signing.scans import ON_PAPER, ScanTwice
from budgetproto.protocol.snapshot import Signatory, Signing
from budgetproto.web import Form, choice, required


class ScanForm(Form):
    """The file; `scan_form` adds a field for each place."""

    places: ClassVar = dict.fromkeys(
        (FileEmpty, FileTooLarge, FileEncrypted, FileRuns, KindNotTaken, NotItsKind, ScanTwice), "file"
    )

    file = FileField("protocol.scan.file", [required()], description="protocol.scan.file.hint")

    @property
    def answers(self) -> list[SelectField]:
        """The field of what stands at each place, in their order."""
        return [field for field in self if field.name.startswith("place_")]

    def states(self) -> list[Signing]:
        """Return what stands at each place, once the form is valid."""
        return [next(state for state in ON_PAPER if state == field.data) for field in self.answers]


def scan_form(places: Sequence[Signatory]) -> ScanForm:
    """Return the form for the signature block of one protocol."""
    fields = {f"place_{number}": _field(place) for number, place in enumerate(places, 1)}
    made: type[ScanForm] = type("ScanFormOfPlaces", (ScanForm,), fields)
    return made()


def _field(place: Signatory) -> SelectField:
    said = (f"{text(f'protocol.role.{place.role}', reader)}: {place.name or '—'}" for reader in LANGUAGES)
    label: Any = Named(*said)
    choices = [choice(state, f"protocol.paper.{state}") for state in ON_PAPER]
    return SelectField(label, choices=choices, default="open", description="protocol.scan.place.hint")
