"""The form by which a party attaches a file to its position."""

from typing import ClassVar

from flask_wtf.file import FileField
from wtforms import RadioField

from budgetproto.disputes.positions.attachments.file_kinds import (
    FileEncrypted,
    FileRuns,
    KindNotTaken,
    NotItsKind,
)
from budgetproto.disputes.positions.attachments.service import NewFile
from budgetproto.disputes.positions.attachments.values import (
    FileEmpty,
    FilesTooLarge,
    FileTooLarge,
    FileTwice,
    TooManyFiles,
    Visibility,
)
from budgetproto.sittings.fields import in_languages, named
from budgetproto.web import Form, choice, required


class AttachmentForm(Form):
    """One file, who may read it after the opening, and what it is called."""

    places: ClassVar = dict.fromkeys(
        (
            *(FileEmpty, FileTooLarge, FileTwice, FilesTooLarge, TooManyFiles),
            *(FileEncrypted, FileRuns, KindNotTaken, NotItsKind),
        ),
        "file",
    )

    file = FileField("disputes.attachment.file", [required()], description="disputes.attachment.file.hint")
    visibility = RadioField(
        "disputes.attachment.visibility",
        [required()],
        choices=[choice(each.value, f"disputes.attachment.visibility.{each.value}") for each in Visibility],
        description="disputes.attachment.visibility.hint",
        validate_choice=False,
    )
    title_ky, title_ru, title_en = in_languages("disputes.attachment.title")

    def new_file(self) -> NewFile:
        """Return what was sent, once the form is valid."""
        sent = self.file.data
        visibility = Visibility(self.visibility.data)
        return NewFile(sent.filename or "", sent.read(), visibility, named(self, "title"))
