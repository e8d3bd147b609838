"""Files that a page hands out: under their own name, and kept by no browser on a shared computer."""

from collections.abc import Iterator
from io import BytesIO
from typing import Final

from flask import Response, send_file

#: The media type of a workbook.
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: A picture may carry its own style and letters and nothing else.
_STYLED: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox; frame-ancestors 'none'"
)
#: Opened all the same, a file may run, load and send nothing.
_NOTHING: Final = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def download(content: bytes, name: str, kind: str) -> Response:
    """Return a file to be saved under `name`; `kind` is its media type."""
    response = send_file(
        BytesIO(content), mimetype=kind, as_attachment=True, download_name=name, etag=False, conditional=False
    )
    response.headers["Content-Type"] = kind  # a text's kind names its charset, which would be named twice
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = _NOTHING
    return response


def sent(pieces: Iterator[bytes], name: str, kind: str) -> Response:
    """Return a file whose pieces are made as they are sent."""
    response = Response(pieces, mimetype=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = _NOTHING
    return response


def shown_picture(content: bytes, name: str, kind: str) -> Response:
    """Return a picture that a page shows and that is saved under `name`."""
    response = send_file(BytesIO(content), mimetype=kind, download_name=name, etag=False, conditional=False)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = _STYLED
    return response
