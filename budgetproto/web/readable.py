"""Requests that cannot be read: a NUL has no place in an address or a text, and PostgreSQL keeps none."""

from collections.abc import Iterator
from typing import Final

from flask import Flask, abort, request

_NUL: Final = "\0"


def init_app(app: Flask) -> None:
    """Turn such requests away before anything else reads them."""
    app.before_request(_turn_away)


def _turn_away() -> None:
    """Answer 404 to a NUL in the path and 400 to one in what was asked or typed; files may hold any bytes."""
    if _NUL in request.path:
        abort(404)
    if any(_NUL in words for words in _words()):
        abort(400)


def _words() -> Iterator[str]:
    """Return every name and value of the query and the form, and the names of files."""
    for values in (request.args, request.form):
        for name, value in values.items(multi=True):
            yield from (name, value)
    for name, file in request.files.items(multi=True):
        yield from (name, file.filename or "")
