"""What a backup says of itself: schema, moment, parts with their hashes, the heads of all chains."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from budgetproto.journal.storage import Head

#: The form of the file; another number is refused by its sentence.
FORM: Final = 1


@dataclass(frozen=True)
class Part:
    """The rows of one table: its columns, how many rows, and the SHA-256 of its lines."""

    table: str
    columns: tuple[str, ...]
    rows: int
    digest: str


@dataclass(frozen=True)
class Manifest:
    """One backup. Parts stand in an order in which no row refers to a table that comes later."""

    made_at: str
    service: str
    engine: str
    revision: str
    parts: tuple[Part, ...]
    heads: tuple[Head, ...]

    def document(self) -> bytes:
        """Write the manifest as JSON that a person can read."""
        return json.dumps({"form": FORM, **asdict(self)}, ensure_ascii=False, indent=1).encode()

    @classmethod
    def read(cls, document: bytes) -> Self:
        """Read a manifest; raise ValueError, KeyError or TypeError when it is none of this form."""
        values: Mapping[str, Any] = json.loads(document)
        if values["form"] != FORM:
            raise ValueError("another form of backup")
        return cls(
            made_at=values["made_at"],
            service=values["service"],
            engine=values["engine"],
            revision=values["revision"],
            parts=tuple(Part(**{**each, "columns": tuple(each["columns"])}) for each in values["parts"]),
            heads=tuple(Head(**each) for each in values["heads"]),
        )

    @property
    def rows(self) -> int:
        """Count the rows of all parts."""
        return sum(part.rows for part in self.parts)
