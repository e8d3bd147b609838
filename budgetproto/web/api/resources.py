"""A group of resources: addresses below the one for programs, each described with all it may answer."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar, Final, TypeVar

import flask_smorest
from marshmallow import Schema

from budgetproto.web.api.parsing import Parser
from budgetproto.web.programs import PREFIX

View = TypeVar("View", bound=Callable[..., Any])

#: What every resource may answer besides what it is there for.
_ALWAYS: Final = (400, 404, 422, 429)
_MARK: Final = {
    "ETag": {"description": "The mark of this answer, for If-None-Match", "schema": {"type": "string"}}
}


#: What keeps the names of resources apart from those of a room's pages.
_APART: Final = "api_"


class Resources(flask_smorest.Blueprint):  # type: ignore[misc]  # the library has no types
    """A blueprint of flask-smorest below the address for programs, named apart from the room's pages."""

    ARGUMENTS_PARSER: ClassVar[Parser] = Parser()

    def __init__(self, room: str, import_name: str, description: str) -> None:
        super().__init__(f"{_APART}{room}", import_name, url_prefix=PREFIX, description=description)

    def get(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Give a view its address."""
        return super().get(rule, **options)  # type: ignore[no-any-return]

    def put(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Give a view that replaces something its address."""
        return super().put(rule, **options)  # type: ignore[no-any-return]

    def asks(self, shape: type[Schema], *, location: str = "query") -> Callable[[View], View]:
        """Read what was sent, in the address or as `json`, by its shape, and hand it to the view first."""
        return self.arguments(shape, location=location)  # type: ignore[no-any-return]

    def shows(
        self,
        shape: type[Schema] | Schema | None,
        *,
        keeps: bool = False,
        also: tuple[int, ...] = (),
        kind: str | None = None,
    ) -> Callable[[View], View]:
        """Describe what a view answers: its shape (or a file of a `kind`), and each refusal by its status.

        `keeps`: the answer carries a mark where nothing is sealed, and 304 tells that it has not changed.
        """

        def described(view: View) -> View:
            found: Any = view
            for status in (*_ALWAYS, *also):
                found = self.alt_response(status, HTTPStatus(status).name)(found)
            if keeps:
                found = self.alt_response(304, description="Not changed", headers=_MARK)(found)
                takes_header(found, "If-None-Match")
            return self._answering(shape, kind)(found)  # type: ignore[no-any-return]

        return described

    def takes(self, name: str, *, needed: bool = False) -> Callable[[View], View]:
        """Say in the description of a view that it takes a header."""

        def described(view: View) -> View:
            takes_header(view, name, needed=needed)
            return view

        return described

    def _answering(self, shape: type[Schema] | Schema | None, kind: str | None) -> Callable[[Any], Any]:
        body: Any = shape if shape is not None else {"type": "string", "format": "binary"}
        decorate: Callable[[Any], Any] = self.alt_response(200, schema=body, content_type=kind, success=True)
        return decorate


_HEADERS: Final = {
    "If-None-Match": "The mark of the answer the program has kept",
    "If-Match": "The version the program has seen, as ETag told it",
    "Idempotency-Key": "A random key under which the request may be sent again without being done twice",
}


def room_of(name: str) -> str:
    """Return the room that a group of resources belongs to.

    >>> room_of("api_sittings")
    'sittings'
    """
    return name.removeprefix(_APART)


def takes_header(view: Callable[..., Any], name: str, *, needed: bool = False) -> None:
    """Say in the description of a view that it takes a header, by what is known of it here."""
    docs: dict[str, Any] = view._apidoc  # type: ignore[attr-defined]  # where flask-smorest keeps it
    told = docs.setdefault("arguments", {}).setdefault("parameters", [])
    about = {"description": _HEADERS[name], "required": needed, "schema": {"type": "string"}}
    told.append({"in": "header", "name": name, **about})
