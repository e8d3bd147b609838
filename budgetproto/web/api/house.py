"""The interface for programs as a whole: its description by OpenAPI, its problems, its page with examples."""

from http import HTTPStatus
from typing import Any, Final

import flask_smorest
from flask import Flask
from werkzeug.routing import BaseConverter

from budgetproto import __version__
from budgetproto.web.api.fields import ID_PATTERN
from budgetproto.web.api.resources import Resources, room_of
from budgetproto.web.api.shapes import ProblemShape

_EXTENSION: Final = "budgetproto.api"
_ABOUT: Final = (
    "Reads what its person may read and files what its person may file, no more. Each request carries a "
    "token: `Authorization: Bearer bp_…`. Amounts are som with two decimals as text. What is sealed is told "
    "to nobody before the opening."
)
_KINDS: Final = {401: {"WWW-Authenticate": "Bearer"}, 429: {"Retry-After": "Seconds to wait"}}
_STATUSES: Final = (400, 401, 403, 404, 412, 413, 415, 422, 428, 429)


class HouseApi(flask_smorest.Api):  # type: ignore[misc]  # the library has no types
    """flask-smorest for what it describes; refusals are told as everywhere, in `web.errors`."""

    ERROR_SCHEMA = ProblemShape
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Leave every refusal of the application to the house: pages stay pages, `Allow` stays."""

    def _register_responses(self) -> None:
        """Describe each refusal once, as problem+json."""
        for status in map(HTTPStatus, _STATUSES):
            headers = {
                name: {"description": said, "schema": {"type": "string"}}
                for name, said in _KINDS.get(status, {}).items()
            }
            content = {"application/problem+json": {"schema": ProblemShape}}
            told: dict[str, Any] = {"description": status.phrase, "content": content}
            self.spec.components.response(
                status.name, told | ({"headers": headers} if headers else {}), lazy=True
            )

    def _register_doc_blueprint(self) -> None:
        """Serve the description ourselves, beside its page."""


def init_app(app: Flask) -> None:
    """Begin the interface of `app`; rooms add their resources with `register`."""
    api = HouseApi(
        spec_kwargs={
            "title": "budgetproto",
            "version": __version__,
            "openapi_version": "3.1.0",
            "info": {"description": _ABOUT},
            "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        }
    )
    api.init_app(app)
    app.extensions[_EXTENSION] = api
    add_place(app, "public_id", ID_PATTERN)


def described(app: Flask) -> dict[str, Any]:
    """Return the description of the interface by OpenAPI, its groups called as the rooms are."""
    api: HouseApi = app.extensions[_EXTENSION]
    found: dict[str, Any] = api.spec.to_dict()
    for tag in found["tags"]:
        tag["name"] = room_of(tag["name"])
    for operation in (each for path in found["paths"].values() for each in path.values()):
        if isinstance(operation, dict):
            operation["tags"] = [room_of(name) for name in operation["tags"]]
    return found


def register(app: Flask, resources: Resources) -> None:
    """Add a room's resources to the interface and to its description."""
    api: HouseApi = app.extensions[_EXTENSION]
    api.register_blueprint(resources)


def add_place(app: Flask, name: str, pattern: str) -> None:
    """Let addresses have a place of this form, as in `<soate:territory>`; anything else is unknown there."""
    place: type[BaseConverter] = type(name, (BaseConverter,), {"regex": pattern.strip("^$")})
    app.url_map.converters[name] = place
    api: HouseApi = app.extensions[_EXTENSION]
    api.register_converter(place, lambda _: {"type": "string", "pattern": pattern})
