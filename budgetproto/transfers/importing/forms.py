"""The forms of an import: a file with its source and unit, and what is to become of what it states."""

import io
from typing import Any, BinaryIO

from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, SelectField, TextAreaField

from budgetproto import web
from budgetproto.money import Unit

#: The units that figures of the budget come in.
_UNITS: Any = [
    web.choice(unit.name, f"money.unit.{unit.key}")
    for unit in (Unit.THOUSAND_SOMS, Unit.MILLION_SOMS, Unit.SOM)
]


class FileForm(web.Form):
    """A file of figures: all of one source, in one unit."""

    file = FileField("transfers.import.file", [web.required()], description="transfers.import.file.hint")
    unit = SelectField(
        "transfers.import.unit", [web.required()], choices=_UNITS, description="transfers.import.unit.hint"
    )
    source = TextAreaField(
        "transfers.import.source",
        [web.required(), web.longest(500), web.OnPaper()],
        description="transfers.import.source.hint",
    )

    def sent(self) -> tuple[BinaryIO, str]:
        """Return the file with its name."""
        return io.BytesIO(self.file.data.read()), str(self.file.data.filename)[-100:]

    def read_source(self) -> str:
        """Return the source in one line."""
        return " ".join((self.source.data or "").split())


class TakingForm(web.Form):
    """What is to become of what a file states; `seen` is what its sender has looked at."""

    seen = HiddenField()
    remove_gone = BooleanField(
        "transfers.import.remove_gone", description="transfers.import.remove_gone.hint"
    )
    confirmed = BooleanField("transfers.import.confirmed", description="transfers.import.confirmed.hint")
