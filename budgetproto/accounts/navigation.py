"""The links in the head of every page: each room says what it adds."""

from collections.abc import Callable
from typing import Final

from flask import Flask, current_app, request

from budgetproto.accounts.domain import Person
from budgetproto.accounts.session import me, person

_SECTIONS: Final = "budgetproto.sections"


def init_app(app: Flask) -> None:
    """Give templates the links, for whoever is logged in."""
    app.extensions.setdefault(_SECTIONS, [])
    app.context_processor(lambda: {"navigation": _links()} if person() else {})


def add_section(
    app: Flask,
    key: str,
    endpoint: str,
    *,
    blueprints: frozenset[str] = frozenset(),
    shown_to: Callable[[Person], bool] = lambda _person: True,
) -> None:
    """Add a link to `endpoint` under the name of `key`; it is current on every page of `blueprints`."""
    app.extensions.setdefault(_SECTIONS, []).append((key, endpoint, blueprints, shown_to))


def _links() -> list[tuple[str, str, bool]]:
    return [
        (key, endpoint, request.endpoint == endpoint or request.blueprint in blueprints)
        for key, endpoint, blueprints, shown_to in current_app.extensions[_SECTIONS]
        if shown_to(me())
    ]
