"""Who is asking: the log-in behind a request, and the pages only a logged-in person may open."""

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from flask import Flask, Request, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.access import record_denial
from budgetproto.accounts.domain import Person
from budgetproto.accounts.service import who
from budgetproto.errors import ConciliationError
from budgetproto.web import on_denial
from budgetproto.web.data import database, reading

_TOKEN: Final = "log_in"  # noqa: S105 - the name of a cookie's field, not a secret
_P = ParamSpec("_P")
_R = TypeVar("_R", bound=ResponseReturnValue)


def init_app(app: Flask) -> None:
    """Know who is asking in every request, tell templates, and note who was denied."""
    app.context_processor(lambda: {"person": person(), "person_name": name} if (name := _name()) else {})
    on_denial(app, _note_denial)


def person() -> Person | None:
    """Return who is asking, None for a stranger."""
    if "person" not in g:
        with reading() as data:
            g.person = who(data, session.get(_TOKEN))
    found: Person | None = g.person
    return found


def me() -> Person:
    """Return who is asking on a page that `logged_in` guards."""
    found = person()
    assert found is not None, "the page lacks @logged_in"  # noqa: S101 - a slip of ours, not of a user
    return found


def token() -> str | None:
    """Return the log-in token of this browser."""
    found: str | None = session.get(_TOKEN)
    return found


def begin(new: str) -> None:
    """Start a fresh browser session for a log-in: nothing of the old one is kept."""
    session.clear()
    session[_TOKEN] = new
    g.pop("person", None)


def end() -> None:
    """Forget the log-in in this browser."""
    session.clear()
    g.pop("person", None)


def logged_in(view: Callable[_P, ResponseReturnValue]) -> Callable[_P, ResponseReturnValue]:
    """Send strangers to the log-in page, and back afterwards."""

    @wraps(view)
    def guarded(*args: _P.args, **values: _P.kwargs) -> ResponseReturnValue:
        if person() is None:
            wanted = request.full_path.rstrip("?") if request.method == "GET" else None
            return redirect(url_for("accounts.log_in", next=wanted), 303)
        return view(*args, **values)

    return guarded


def _name() -> str | None:
    found = person()
    return found.name if found else None


def _note_denial(_request: Request, error: ConciliationError) -> None:
    asking = g.get("person")
    record_denial(database(), person=asking.id if asking else None, asked=str(error.details["denied"]))
