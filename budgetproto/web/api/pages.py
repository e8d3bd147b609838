"""The page that tells how programs ask, and the description by OpenAPI that it is made from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, current_app, render_template
from flask.typing import ResponseReturnValue

from budgetproto.web.api import house
from budgetproto.web.api.answering import answer, kept_by_content
from budgetproto.web.programs import PREFIX

blueprint = Blueprint("api", __name__)


@dataclass(frozen=True)
class Operation:
    """One thing a program may ask: method and address, what it takes, and which scope it needs."""

    method: str
    path: str
    takes: tuple[str, ...]
    scope: str

    @property
    def key(self) -> str:
        """What its sentence is called.

        >>> Operation("GET", "/api/v1/sittings/{sitting_id}/protocol/{language}.pdf", (), "protocols").key
        'get_sittings_sitting_protocol_language_pdf'
        """
        words = re.findall("[a-z]+", self.path.removeprefix(PREFIX).replace("_id}", "}"))
        return "_".join((self.method.lower(), *words))


def init_app(app: Flask) -> None:
    """Begin the interface and register its page."""
    house.init_app(app)
    app.register_blueprint(blueprint)


@blueprint.get("/api/docs")
def page() -> ResponseReturnValue:
    """Tell how a program begins, and list every address; a tool to try them is there on demand."""
    return render_template("api/page.html", operations=tuple(operations(house.described(current_app))))


@blueprint.get(f"{PREFIX}/openapi.json")
def description() -> ResponseReturnValue:
    """Describe every address by OpenAPI 3.1."""
    return kept_by_content(answer(house.described(current_app)))


def operations(described: dict[str, Any]) -> Iterator[Operation]:
    """Yield what a description describes, in its order."""
    for path, methods in described["paths"].items():
        common = methods.get("parameters", [])
        for method, each in methods.items():
            if method == "parameters":
                continue
            told = [one["name"] for one in (*common, *each.get("parameters", [])) if one["in"] != "path"]
            scopes = [scope for needed in each["security"] for scope in needed["token"]]
            yield Operation(method.upper(), path, tuple(told), " ".join(scopes))
