"""The foot of every page: the links that rooms add to it, and the version of the service."""

from typing import Final

from flask import Flask, current_app

from budgetproto import __version__

_LINKS: Final = "budgetproto.footer"


def init_app(app: Flask) -> None:
    """Give templates `footer_links`, of (key, endpoint), and `version`."""
    app.extensions.setdefault(_LINKS, [])
    app.context_processor(lambda: {"footer_links": _links(), "version": __version__})


def add_footer_link(app: Flask, key: str, endpoint: str) -> None:
    """Add a link to `endpoint`, a page that everybody may open, under the name of `key`."""
    app.extensions.setdefault(_LINKS, []).append((key, endpoint))


def _links() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = current_app.extensions[_LINKS]
    return found
