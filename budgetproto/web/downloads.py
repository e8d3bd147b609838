"""Files that a page hands out: under their own name, and kept by no browser on a shared computer."""

from io import BytesIO

from flask import Response, send_file


def download(content: bytes, name: str, kind: str) -> Response:
    """Return a file to be saved under `name`; `kind` is its media type."""
    response = send_file(
        BytesIO(content), mimetype=kind, as_attachment=True, download_name=name, etag=False, conditional=False
    )
    response.headers["Cache-Control"] = "no-store"
    return response
