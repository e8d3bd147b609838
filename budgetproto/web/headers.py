"""Security headers on every answer: nothing but our own files runs, and nothing read is kept."""

from typing import Final

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

_ALWAYS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_A_YEAR = 365 * 24 * 60 * 60


def init_app(app: Flask) -> None:
    """Put the headers on everything `app` answers, error pages included."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    for name, value in _ALWAYS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={_A_YEAR}"
    if request.endpoint == "static" and response.status_code in {200, 206, 304}:
        response.headers["Cache-Control"] = _keeping()
    elif "Cache-Control" not in response.headers:
        # A shared computer in a committee room keeps no page of a sealed sitting on its disk.
        response.headers["Cache-Control"] = "no-store"
    return response


def _keeping() -> str:
    """Let browsers keep a file for a year when its address names its version, and ask again otherwise."""
    versioned = "v" in request.args or request.path.rpartition("static/")[2].startswith(("vendor/", "fonts/"))
    return f"public, max-age={_A_YEAR}, immutable" if versioned else "no-cache"
