"""The one place that knows status codes: each family of refusals becomes an answer the reader can read."""

from collections.abc import Callable
from typing import Final

from flask import Flask, Request, Response, current_app, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from budgetproto.errors import (
    BadInput,
    ConciliationError,
    NotKnown,
    NotPermitted,
    Refused,
    SetUp,
    Stale,
    TooMany,
    Unknown,
    VersionMissing,
)
from budgetproto.web.data import end_reading
from budgetproto.web.error_pages import Trouble, answer
from budgetproto.web.programs import by_program

DenialCallback = Callable[[Request, ConciliationError], None]

#: The status of each family; an error without a family here is a fault of ours.
STATUS: Final[dict[type[ConciliationError], int]] = {
    NotKnown: 401,
    Unknown: 404,
    NotPermitted: 403,
    Refused: 422,
    BadInput: 422,
    Stale: 409,
    VersionMissing: 428,
    TooMany: 429,
    SetUp: 500,
}
#: A program says in a header which version it has seen, so a stale edit fails a condition of its request.
_STALE_OF_PROGRAM: Final = 412

#: The message of each refusal that comes from HTTP itself.
_HTTP_KEYS: Final = {
    403: "errors.not_permitted",
    404: "errors.unknown",
    405: "errors.wrong_method",
    415: "errors.wrong_kind",
    413: "errors.too_big",
    429: "errors.too_many",
}
_KEPT_HEADERS: Final = {"allow", "retry-after", "www-authenticate"}
_DENIALS: Final = "budgetproto.denials"
_MEBIBYTE: Final = 2**20


def init_app(app: Flask) -> None:
    """Answer every refusal and every fault of `app`."""
    app.extensions.setdefault(_DENIALS, [])
    app.register_error_handler(ConciliationError, _refusal)
    app.register_error_handler(CSRFError, _session_over)
    app.register_error_handler(HTTPException, _http_error)


def on_denial(app: Flask, callback: DenialCallback) -> None:
    """Call `callback(request, error)` whenever someone was kept from a thing that exists.

    Such an error is an Unknown or a NotPermitted with `denied` in its details. By then the service that
    raised it has rolled back and the page has given back what it was reading, so the callback may write in
    a transaction of its own.
    """
    app.extensions.setdefault(_DENIALS, []).append(callback)


def status_of(error: ConciliationError) -> int:
    """Return the status of an error's family.

    >>> status_of(Unknown())
    404
    """
    family = _family(error)
    return _STALE_OF_PROGRAM if family is Stale and by_program() else STATUS.get(family, 500)


def _refusal(error: ConciliationError) -> Response:
    if isinstance(error, Unknown | NotPermitted) and error.details.get("denied"):
        _report_denial(error)
    family, status = _family(error), status_of(error)
    if status >= 500:
        # Of the details only what an installation lacks: others may quote what somebody wrote.
        lacking = error.details.get("what", "") if isinstance(error, SetUp) else ""
        current_app.logger.error(f"{type(error).__name__}: {error.key} {lacking}")
        return answer(Trouble(status, "errors.unexpected", "errors.unexpected.title"))
    # What is unknown and what is kept from the reader differ in no letter.
    key = Unknown.message_key if family is Unknown else error.key
    trouble = Trouble(
        status,
        key,
        f"{family.message_key}.title",
        details={} if family is Unknown else _told(error),
        problems=error.problems if isinstance(error, BadInput) else (),
        versions=_versions(error),
    )
    return _with_headers(answer(trouble), error)


def _with_headers(response: Response, error: ConciliationError) -> Response:
    """Say in headers what a program goes by: how to show who it is, and how long to wait."""
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(seconds := error.details.get("retry_after"), int):
        response.headers["Retry-After"] = str(seconds)
    return response


def _family(error: ConciliationError) -> type[ConciliationError]:
    return next((kind for kind in type(error).__mro__ if kind in STATUS), ConciliationError)


def _told(error: ConciliationError) -> dict[str, object]:
    """Return the details that a sentence may name; of what two people saved, the numbers of the versions."""
    apart = {name for name in ("theirs", "yours") if not isinstance(error.details.get(name), int)}
    return {name: value for name, value in error.details.items() if name not in apart | {"denied"}}


def _versions(error: ConciliationError) -> tuple[object, object] | None:
    """Return what the other person saved and what this one sent."""
    if not isinstance(error, Stale) or not {"theirs", "yours"} <= error.details.keys():
        return None
    return error.details["theirs"], error.details["yours"]


def _report_denial(error: ConciliationError) -> None:
    end_reading()
    for callback in current_app.extensions[_DENIALS]:
        try:
            callback(request, error)
        except Exception:
            # A different answer would tell that the thing exists.
            current_app.logger.exception("a denied access could not be recorded")


def _session_over(_: CSRFError) -> Response:
    return answer(Trouble(400, "errors.session_over", "errors.session_over.title"))


def _http_error(error: HTTPException) -> Response | HTTPException:
    status = error.code or 500
    if error.response is not None or status < 400:
        return error
    key = _HTTP_KEYS.get(status, "web.unreadable_request" if status < 500 else "errors.unexpected")
    response = answer(Trouble(status, key, f"{key}.title", details=_limits(error)))
    kept = (pair for pair in error.get_headers() if pair[0].lower() in _KEPT_HEADERS)
    response.headers.extend(kept)
    return response


def _limits(error: HTTPException) -> dict[str, object]:
    """Return the limit that was passed, for the sentence."""
    match error.code:
        case 413:
            return {"megabytes": _allowed_bytes() // _MEBIBYTE}
        case 429:
            seconds = getattr(error, "retry_after", None)
            return {"minutes": -(-seconds // 60) if isinstance(seconds, int) else 1}
        case _:
            return {}


def _allowed_bytes() -> int:
    whole = request.max_content_length
    if whole is not None and (request.content_length or 0) > whole:
        return whole
    return request.max_form_memory_size or whole or 0
