"""One log line per request: when, which kind of page, how it ended, how long it took; never who or which."""

import secrets
import time
from typing import Final

import structlog
from flask import Flask, Response, g, request

_LOG: Final = structlog.stdlib.get_logger("budgetproto.request")
_METHODS: Final = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}


def init_app(app: Flask) -> None:
    """Log each request of `app`, and its faults without the address they happened at."""
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_forget)
    app.log_exception = _fault  # type: ignore[method-assign,assignment]  # Flask's own writes the address with its ids


def _begin() -> None:
    g.began, g.request_id = time.monotonic(), secrets.token_hex(8)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.request_id)


def _end(response: Response) -> Response:
    seconds = time.monotonic() - g.get("began", time.monotonic())
    response.headers["X-Request-Id"] = g.get("request_id", "")
    line = {"rule": rule(), "status": response.status_code, "milliseconds": round(seconds * 1000)}
    method = request.method if request.method in _METHODS else "other"
    if response.status_code >= 500:
        _LOG.error("request", method=method, **line)
    elif request.blueprint == "operations":
        _LOG.debug("request", method=method, **line)
    else:
        _LOG.info("request", method=method, **line)
    return response


def _forget(_raised: BaseException | None) -> None:
    """Let no later line of this thread bear the number of a request that is over."""
    structlog.contextvars.clear_contextvars()


def _fault(raised: object) -> None:
    _LOG.error("fault", rule=rule(), exc_info=raised)


def rule() -> str:
    """Return the kind of page that was asked for: its rule, in which no id stands."""
    return request.url_rule.rule if request.url_rule else "-"
