"""Who asks where programs ask: the person behind the token of a request, for one of its scopes."""

from collections.abc import Callable
from copy import deepcopy
from functools import wraps
from typing import Any, Final, ParamSpec

from flask import g, request
from flask.typing import ResponseReturnValue

from budgetproto.accounts import tokens
from budgetproto.accounts.domain import Person
from budgetproto.accounts.rules import rules
from budgetproto.accounts.scopes import Scope
from budgetproto.web.data import database
from budgetproto.web.forms import csrf

_SCHEME: Final = "bearer"
#: What every view that asks for a token may answer besides, in its description.
_REFUSALS: Final = {401: "UNAUTHORIZED", 403: "FORBIDDEN"}
_P = ParamSpec("_P")
_View = Callable[_P, ResponseReturnValue]


def bearing(scope: Scope) -> Callable[[_View[_P]], _View[_P]]:
    """Let in whoever shows a token for this; write it directly below the address.

    A token stands in a header that no browser adds by itself, so such a view takes no token of a form.
    """

    def guard(view: _View[_P]) -> _View[_P]:
        @wraps(view)
        def guarded(*args: _P.args, **values: _P.kwargs) -> ResponseReturnValue:
            g.person = tokens.entrance(database(), rules(), _shown(), scope)
            return view(*args, **values)

        csrf.exempt(guarded)
        _describe(guarded, scope)
        return guarded

    return guard


def caller() -> Person:
    """Return whose token a request shows, in a view that `bearing` guards."""
    found: Person = g.person
    return found


def _shown() -> str | None:
    """Return the token of the header; the address takes none, since addresses are kept everywhere."""
    scheme, _, code = request.headers.get("Authorization", "").partition(" ")
    return code.strip() if scheme.lower() == _SCHEME else None


def _describe(view: Any, scope: Scope) -> None:
    docs = view._apidoc = deepcopy(getattr(view, "_apidoc", {}))
    docs.setdefault("manual_doc", {})["security"] = [{"token": [scope.value]}]
    told = docs.setdefault("response", {}).setdefault("responses", {})
    for status, name in _REFUSALS.items():
        told.setdefault(status, []).append(name)
