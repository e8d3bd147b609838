"""Packing for slow lines: our own files always, a page only where its length can tell nothing sealed."""

import gzip
from collections.abc import Callable
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

View = TypeVar("View", bound=Callable[..., Any])

_MARK: Final = "nothing_sealed"
#: Below this a page fits one packet anyway.
_WORTH_PACKING: Final = 1_400
_PACKED_KINDS: Final = {"text/html", "text/plain", "text/csv", "application/json"}
_FAST: Final = 6


def init_app(app: Flask) -> None:
    """Pack the pages that were marked, for readers who asked from our own pages."""
    app.after_request(_packed)


def nothing_sealed(view: View) -> View:
    """Mark a view whose pages hold nothing sealed and nothing one side keeps from the other.

    The length of a packed page tells how often a guess that was sent along recurs in it. Therefore a page
    with positions, drafts or receipts is never marked.
    """
    setattr(view, _MARK, True)
    return view


def is_marked(app: Flask, endpoint: str) -> bool:
    """Tell whether the pages of a view may be packed."""
    return getattr(app.view_functions.get(endpoint), _MARK, False)


def pack(content: bytes, *, level: int = 9) -> bytes:
    """Return gzip of `content`: the same bytes at every start, since no time is written into it.

    >>> pack(b"a" * 100) == pack(b"a" * 100)
    True
    """
    return gzip.compress(content, level, mtime=0)


def takes_packed() -> bool:
    """Tell whether the browser said that it unpacks gzip."""
    return request.accept_encodings.quality("gzip") > 0


def _packed(response: Response) -> Response:
    if not is_marked(current_app, request.endpoint or "") or not _worth_it(response):
        return response
    response.vary.add("Accept-Encoding")
    if takes_packed() and _asked_from_here():
        response.set_data(pack(response.get_data(), level=_FAST))
        response.content_encoding = "gzip"
    return response


def _worth_it(response: Response) -> bool:
    return (
        request.method == "GET"
        and response.status_code == 200
        and response.mimetype in _PACKED_KINDS
        and not response.direct_passthrough
        and not response.content_encoding
        and len(response.get_data()) >= _WORTH_PACKING
    )


def _asked_from_here() -> bool:
    """Tell whether our own page or the reader asked; another site could put its guesses into the address."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    try:
        return urlsplit(request.referrer or "").netloc == request.host
    except ValueError:
        return False
