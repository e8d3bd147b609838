"""What a program has sent, read by its shape: each fault is told with its place, nothing is guessed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar, NoReturn

from flask import Request, abort
from marshmallow import RAISE, Schema, ValidationError
from webargs.core import missing
from webargs.flaskparser import FlaskParser, is_json_request

from budgetproto.errors import BadInput, Problem


class Parser(FlaskParser):
    """Reads an address or a body; refuses what is unknown, given twice or not JSON."""

    DEFAULT_UNKNOWN_BY_LOCATION: ClassVar[dict[str, str | None]] = {  # type: ignore[misc]
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
        "querystring": RAISE,
    }

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        """Return the parameters of an address; raise BadInput for one that is given twice."""
        del schema
        twice = [name for name, values in req.args.lists() if len(values) > 1]
        if twice:
            raise BadInput(*(Problem("api.fault.twice", form_field=name) for name in twice))
        return dict(req.args)

    def _raw_load_json(self, req: Request) -> Any:
        """Return the body as data; 415 for another kind of body, 400 for one that cannot be read."""
        if not is_json_request(req):
            abort(415)
        try:
            return json.loads(req.get_data(cache=True) or b"null", parse_constant=_no_number)
        except (ValueError, RecursionError):
            abort(400)

    def load_json(self, req: Request, schema: Schema) -> Any:
        """Return the body; what is no object is no body of ours."""
        found = super().load_json(req, schema)
        if found is missing or not isinstance(found, Mapping):
            raise BadInput(Problem("api.fault.object"))
        return found

    def handle_error(self, error: ValidationError, *_arguments: Any, **_options: Any) -> NoReturn:
        """Tell every fault with its place."""
        by_location: Any = error.messages
        told = [problem for faults in by_location.values() for problem in problems(faults)]
        raise BadInput(*told) from error


def problems(faults: Any, place: str = "") -> Iterator[Problem]:
    """Yield the faults that a shape has found, each with the path of its member.

    >>> [each.form_field for each in problems({"figure": {"amount": ["api.fault.money"]}})]
    ['figure.amount']
    """
    if isinstance(faults, Mapping):
        for name, inside in faults.items():
            here = place if name in ("_schema", "value") else f"{place}.{_writable(name)}".lstrip(".")
            yield from problems(inside, here)
        return
    for each in faults if isinstance(faults, list) else [faults]:
        found = each if isinstance(each, Problem) else Problem(str(each))
        yield replace(found, form_field=place or None)


def _writable(name: object) -> str:
    """Return the name of a member as an answer can repeat it: half of a surrogate pair is no letter."""
    return str(name).encode(errors="replace").decode()


def _no_number(_: str) -> NoReturn:
    raise ValueError("NaN and infinity are no JSON")
