"""Pages a browser may keep and ask about again; one that has not changed answers 304 without being made.

Only what nobody has sealed is kept. The mark of a page moves with its stamp (what the rooms say it shows),
with everything in the reader's session (log-in and form token), with the language and with the release. A
page that tells what an act has just done carries no mark: it is read once.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from flask import Response, make_response, request, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from budgetproto.web.language import request_language

#: Keep it on this computer, but show it only after asking.
_KEPT: Final = "private, no-cache"
_NOTICES: Final = "_flashes"
_FORM_TOKEN: Final = "csrf_token"  # noqa: S105 - the name of a field, not a secret
_PACKAGE: Final = Path(__file__).parent.parent
_KINDS: Final = (".py", ".html", ".po", ".css", ".js", ".toml")


def kept(stamp: Sequence[str] | None, page: Callable[[], ResponseReturnValue]) -> Response:
    """Answer 304 to a browser that has this page, else make it; without a stamp nothing is kept."""
    if stamp is None or _NOTICES in session:
        return make_response(page())
    mark = _mark(stamp)
    if request.if_none_match.contains_weak(mark):
        return _marked(Response(status=304), mark)
    response = make_response(page())
    return _marked(response, mark) if response.status_code == 200 else response


def forgotten(response: Response) -> Response:
    """Have the browser throw away what it kept: at the end of a log-in, on a computer others may use."""
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _marked(response: Response, mark: str) -> Response:
    # Weak: the same page may travel compressed or not.
    response.set_etag(mark, weak=True)
    response.headers["Cache-Control"] = _KEPT
    response.vary.add("Cookie")
    return response


def _mark(stamp: Sequence[str]) -> str:
    if _FORM_TOKEN not in session:
        generate_csrf()  # the first page of a session makes its token: the mark must not move by that
    bound = sorted((name, str(value)) for name, value in session.items())
    parts = (release(), request_language(), *stamp, *(part for pair in bound for part in pair))
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{len(part)}:{part}".encode())
    return digest.hexdigest()[:32]


@cache
def release() -> str:
    """Return a digest of everything a page is made by."""
    digest = hashlib.sha256()
    for path in _files():
        digest.update(str(path.relative_to(_PACKAGE)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    yield from sorted(path for path in _PACKAGE.rglob("*") if path.suffix in _KINDS and path.is_file())
