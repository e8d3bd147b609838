"""The links in the head of every page, as far as the installation has the pages."""

from typing import Final

from flask import Flask, current_app, request

from budgetproto.accounts.session import person

#: Message key and endpoint; the first part of an endpoint is its section.
_SECTIONS: Final = (
    ("sittings.title", "sittings.index"),
    ("transfers.title", "transfers.table"),
    ("transfers.territories", "transfers.territories"),
    ("transfers.kinds", "transfers.kinds"),
    ("analysis.title", "analysis.index"),
)
#: Blueprints whose pages belong to the section of the sittings.
_OF_SITTINGS: Final = frozenset(
    {
        "sittings",
        "preparing",
        "lines",
        "entering",
        "positions",
        "options",
        "proceedings",
        "decisions",
        "journal",
        "protocol",
    }
)


def init_app(app: Flask) -> None:
    """Give templates the links, for whoever is logged in."""
    app.context_processor(lambda: {"navigation": _links()} if person() else {})


def _links() -> list[tuple[str, str, bool]]:
    there = current_app.view_functions
    return [(key, endpoint, _active(endpoint)) for key, endpoint in _SECTIONS if endpoint in there]


def _active(endpoint: str) -> bool:
    if endpoint == "sittings.index":
        return request.blueprint in _OF_SITTINGS
    return request.endpoint == endpoint
