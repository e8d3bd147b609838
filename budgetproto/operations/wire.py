"""One row as one line of JSON, the same whichever engine it came from and goes to."""

import base64
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final

#: What a column may hold: these types are written and read without any loss.
CARRIED: Final = (bool, int, str, bytes, datetime, date)


def line(row: Sequence[object]) -> bytes:
    r"""Write a row as a line.

    >>> line(["ң", None, 3, b"\x00"])
    b'["\xd2\xa3",null,3,{"bytes":"AA=="}]\n'
    """
    written = json.dumps([_written(value) for value in row], ensure_ascii=False, separators=(",", ":"))
    return written.encode() + b"\n"


def row(written: bytes) -> list[object]:
    """Read a line back.

    >>> row(b'[{"moment":"2020-05-14T04:00:00+00:00"}]')
    [datetime.datetime(2020, 5, 14, 4, 0, tzinfo=datetime.timezone.utc)]
    """
    return [_read(value) for value in json.loads(written)]


def _written(value: object) -> object:
    match value:
        case None | bool() | int() | str():
            return value
        case bytes():
            return {"bytes": base64.b64encode(value).decode()}
        case datetime():
            # SQLite keeps moments in UTC without saying so.
            at = value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
            return {"moment": at.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case _:
            raise TypeError(f"a backup does not know how to carry {type(value).__name__}")


def _read(value: object) -> object:
    match value:
        case {"bytes": str(text)}:
            return base64.b64decode(text, validate=True)
        case {"moment": str(text)}:
            return datetime.fromisoformat(text)
        case {"day": str(text)}:
            return date.fromisoformat(text)
        case _:
            return value
