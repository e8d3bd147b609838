"""Who is asking: the log-in behind a request, and the pages only a logged-in person may open."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Final, ParamSpec

from flask import Flask, Request, Response, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts import own, second_factor
from budgetproto.accounts.access import record_denial
from budgetproto.accounts.domain import LogIn, Person
from budgetproto.accounts.rules import rules
from budgetproto.accounts.service import log_in_of
from budgetproto.database import unless_busy
from budgetproto.errors import ConciliationError
from budgetproto.web import on_denial
from budgetproto.web.data import database, end_reading, reading
from budgetproto.web.language import opens
from budgetproto.web.programs import by_program

_TOKEN: Final = "log_in"  # noqa: S105 - the name of a cookie's field, not a secret
#: What everybody may open who has something to set first.
_FREE: Final = frozenset({"static", "language.switch", "accounts.log_out", "account.confirm"})
_P = ParamSpec("_P")
_View = Callable[_P, ResponseReturnValue]


def init_app(app: Flask) -> None:
    """Know who is asking in every request, tell templates, and note who was denied."""
    app.context_processor(lambda: {"person": person(), "person_name": name} if (name := _name()) else {})
    app.before_request(_first_things_first)
    app.after_request(_note_use)
    on_denial(app, _note_denial)


def person() -> Person | None:
    """Return who is asking, None for a stranger and for who has not given the code yet."""
    if "person" not in g:
        found = log_in()
        g.person = found.person if found and not found.half else None
    asking: Person | None = g.person
    return asking


def log_in() -> LogIn | None:
    """Return the log-in behind this request, a half one too; a program has none, whatever cookie it sends."""
    if by_program():
        return None
    if "log_in" not in g:
        with reading() as data:
            g.log_in = log_in_of(data, session.get(_TOKEN), idle=rules().idle_minutes)
    found: LogIn | None = g.log_in
    return found


def me() -> Person:
    """Return who is asking on a page that `logged_in` guards."""
    found = person()
    assert found is not None, "the page lacks @logged_in"  # noqa: S101 - a slip of ours, not of a user
    return found


def mine() -> LogIn:
    """Return the log-in of who is asking on a page that `logged_in` guards."""
    found = log_in()
    assert found is not None, "the page lacks @logged_in"  # noqa: S101 - a slip of ours, not of a user
    return found


def token() -> str | None:
    """Return the log-in token of this browser."""
    found: str | None = session.get(_TOKEN)
    return found


def begin(new: str) -> None:
    """Start a fresh browser session for a log-in: nothing of the old one is kept."""
    end()
    session[_TOKEN] = new


def end() -> None:
    """Forget the log-in in this browser."""
    session.clear()
    g.pop("person", None)
    g.pop("log_in", None)


def logged_in(view: _View[_P]) -> _View[_P]:
    """Send strangers to the log-in page, and back afterwards."""

    @wraps(view)
    def guarded(*args: _P.args, **values: _P.kwargs) -> ResponseReturnValue:
        if person() is None:
            wanted = _here() if request.method == "GET" else None
            return redirect(url_for("accounts.log_in", next=wanted), 303)
        return view(*args, **values)

    return guarded


def recently_confirmed(minutes: int, *, only_with_factor: bool = False) -> Callable[[_View[_P]], _View[_P]]:
    """Ask for password or code again unless that was within so many minutes; write `@logged_in` above it.

    For acts with which somebody at an unlocked screen could take over more than this screen, and, for those
    who have a second factor or must have one, for the acts that decide (`only_with_factor`). To open a page
    half the time counts: what is typed on it is then sent within the other half, and nothing typed is lost.
    """

    def guard(view: _View[_P]) -> _View[_P]:
        @wraps(view)
        def guarded(*args: _P.args, **values: _P.kwargs) -> ResponseReturnValue:
            found, within = log_in(), timedelta(minutes=minutes)
            recent = found is None or _is_recent(found, within / 2 if request.method == "GET" else within)
            if not recent and (_has_factor() or not only_with_factor):
                return redirect(url_for("account.confirm", next=_page()), 303)
            return view(*args, **values)

        return guarded

    return guard


def needs_second_factor() -> bool:
    """Tell whether who is asking must have a second factor."""
    with reading() as data:
        return second_factor.is_required(data, rules(), me())


def _has_factor() -> bool:
    """Tell whether a second factor is in force here, or who is asking has one."""
    return rules().second_factor or mine().has_factor


def _here() -> str:
    return request.full_path.rstrip("?")


def _page() -> str:
    """Return the page that can be opened again: of an act that cannot, the page that has its button."""
    return _here() if opens(request.path) else request.path.rpartition("/")[0]


def _is_recent(found: LogIn, within: timedelta) -> bool:
    return found.confirmed is not None and found.at - found.confirmed < within


def _first_things_first() -> ResponseReturnValue | None:
    """Let nobody but set what must be set first: a password of his own, then the second factor."""
    endpoint = request.endpoint or ""
    if by_program() or endpoint in _FREE or "person" in g or person() is None:
        return None
    if mine().initial:
        return None if endpoint == "account.password" else redirect(url_for("account.password"), 303)
    if mine().has_factor or endpoint.startswith("second_factor.") or not needs_second_factor():
        return None
    return redirect(url_for("second_factor.begin"), 303)


def _note_use(response: Response) -> Response:
    """Write now and then that the log-in is used: a row of its own, never what a page shows.

    A GET changes nothing else, and this only its own log-in; a database that is busy is left alone.
    """
    found: LogIn | None = g.get("log_in")
    if found is not None and own.use_is_due(found):
        end_reading()
        with unless_busy():
            own.note_use(database(), found)
    return response


def _name() -> str | None:
    found = person()
    return found.name if found else None


def _note_denial(_request: Request, error: ConciliationError) -> None:
    asking = g.get("person")
    record_denial(database(), person=asking.id if asking else None, asked=str(error.details["denied"]))
