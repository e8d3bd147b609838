"""Addresses of our own static files, changed whenever the file changes, so that browsers may keep them."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, url_for


def init_app(app: Flask) -> None:
    """Give templates `asset("css/budgetproto.css")`."""
    static = Path(app.static_folder or "")

    def asset(name: str) -> str:
        """Return the address of a static file with a stamp of its content."""
        return url_for("static", filename=name, v=_stamp(static / name))

    app.jinja_env.globals["asset"] = asset


@cache
def _stamp(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
