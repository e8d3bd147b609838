"""Files that a page hands out: under their own name, and kept by no browser on a shared computer."""

from io import BytesIO
from typing import Final

from flask import Response, send_file

#: The media type of a workbook.
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Opened all the same, a file may run, load and send nothing.
_NOTHING: Final = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def download(content: bytes, name: str, kind: str) -> Response:
    """Return a file to be saved under `name`; `kind` is its media type."""
    response = send_file(
        BytesIO(content), mimetype=kind, as_attachment=True, download_name=name, etag=False, conditional=False
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = _NOTHING
    return response
