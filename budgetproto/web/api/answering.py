"""Answers to programs: data as JSON; what nobody has sealed may be kept and asked about again."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from flask import Response, request

from budgetproto.errors import VersionMissing
from budgetproto.web.conditional import release

#: Keep it, but show it only after asking.
_KEPT: Final = "private, no-cache"
_LONGEST_KEY: Final = 200


def answer(document: Mapping[str, Any], status: int = 200) -> Response:
    """Return data as JSON; unless said otherwise nobody keeps it."""
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return Response(body, status, content_type="application/json")


def kept(stamp: Sequence[str] | None, make: Callable[[], Response]) -> Response:
    """Answer 304 to a program that has this, else make it; without a stamp nothing is kept.

    The mark moves with the stamp, the address and the release.
    """
    if stamp is None:
        return make()
    mark = _mark(stamp)
    if request.if_none_match.contains_weak(mark):
        return _marked(Response(status=304), mark)
    response = make()
    return _marked(response, mark) if response.status_code == 200 else response


def kept_by_content(response: Response) -> Response:
    """Mark what is public by its own bytes: no other mark could move with what it does not show."""
    mark = hashlib.sha256(response.get_data()).hexdigest()[:32]
    return _marked(Response(status=304) if request.if_none_match.contains_weak(mark) else response, mark)


def seen_version() -> int:
    """Return the version that If-Match names; VersionMissing without it, -1 for what is no version.

    The service then finds that it is not the one that stands.
    """
    given = request.headers.get("If-Match")
    if given is None:
        raise VersionMissing
    named = given.strip()
    plain = named[1:-1]
    whole = len(named) > 2 and named[0] == named[-1] == '"' and plain.isascii() and plain.isdigit()
    return int(plain) if whole and len(plain) <= 9 else -1


def request_key() -> str:
    """Return the key under which this request may be sent again."""
    return request.headers.get("Idempotency-Key", "")[:_LONGEST_KEY]


def _marked(response: Response, mark: str) -> Response:
    response.set_etag(mark, weak=True)
    response.headers["Cache-Control"] = _KEPT
    response.vary.add("Authorization")
    return response


def _mark(stamp: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for part in (release(), request.full_path, *stamp):
        digest.update(f"{len(part)}:{part}".encode())
    return digest.hexdigest()[:32]
