"""How a refusal is shown: a page, problem+json for programs, plain sentences where a table was asked for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flask import Response, current_app, render_template, request

from budgetproto import __version__
from budgetproto.errors import Problem
from budgetproto.web.filters import sentence, shown, t
from budgetproto.web.language import opens, request_language

#: What helps after each kind of trouble: the ends of the keys `errors.next.*`, the most useful first.
_NEXT: Final[Mapping[int, tuple[str, ...]]] = {
    400: ("copy", "log_in", "sittings"),
    403: ("secretary", "sittings"),
    404: ("address", "log_in", "sittings"),
    405: ("sittings",),
    409: ("compare", "sittings"),
    413: ("smaller", "back", "sittings"),
    422: ("back", "sittings"),
    429: ("wait", "administrator"),
    500: ("again", "administrator", "sittings"),
}
_ANY_OTHER: Final = ("back", "sittings", "administrator")

_READ: Final = ("text/html", "application/problem+json", "application/json", "text/csv", "text/plain")


@dataclass(frozen=True)
class Trouble:
    """One refusal, ready to be told.

    `versions` holds what the other person saved and what this one sent: two texts or values, or two
    mappings of a label's message key to a value.
    """

    status: int
    key: str
    title_key: str
    details: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    versions: tuple[object, object] | None = None

    @property
    def title(self) -> str:
        """Name the kind of trouble in the reader's language."""
        return t(self.title_key)

    @property
    def sentence(self) -> str:
        """Say what happened and what to do in the reader's language."""
        return t(self.key, **self.details)

    @property
    def steps(self) -> tuple[str, ...]:
        """Name what the reader may do next."""
        return _NEXT.get(self.status, _ANY_OTHER)

    @property
    def compared(self) -> list[tuple[str | None, str, str]]:
        """Return (label, what is saved, what was sent) for each value in which the versions differ."""
        theirs, yours = self.versions or ({}, {})
        if not isinstance(theirs, Mapping) or not isinstance(yours, Mapping):
            return [(None, shown(theirs), shown(yours))]
        labels = list(dict.fromkeys([*theirs, *yours]))
        return [
            (t(label), shown(theirs.get(label)), shown(yours.get(label)))
            for label in labels
            if theirs.get(label) != yours.get(label)
        ]


def answer(trouble: Trouble) -> Response:
    """Tell the trouble in the form the reader or the program asked for."""
    match _wanted():
        case "text/html":
            body, kind = _page(trouble), "text/html"
        case "text/csv" | "text/plain":
            body, kind = "".join(f"{line}\n" for line in _sentences(trouble)), "text/plain"
        case _:
            body, kind = json.dumps(_problem(trouble), ensure_ascii=False), "application/problem+json"
    return Response(body, trouble.status, content_type=f"{kind}; charset=utf-8")


def _wanted() -> str:
    if request.path.startswith("/api/"):
        return "application/problem+json"
    return request.accept_mimetypes.best_match(_READ, default="text/html") or "text/html"


def _page(trouble: Trouble) -> str:
    """Render the error page; when even that fails, one that needs neither a session nor a database."""
    try:
        return render_template("errors/error.html", trouble=trouble, form_page=_form_page())
    except Exception:
        current_app.logger.exception("an error page could not be shown")
        bare = current_app.jinja_env.get_template("errors/bare.html")
        return bare.render(trouble=trouble, language=request_language(), version=__version__)


def _form_page() -> str | None:
    """Return the address of the form that was sent, when it can be opened again."""
    return request.path if request.method == "POST" and opens(request.path) else None


def _sentences(trouble: Trouble) -> list[str]:
    return [trouble.sentence, *(sentence(problem) for problem in trouble.problems)]


def _problem(trouble: Trouble) -> dict[str, Any]:
    """Return the members of RFC 9457, ours after them."""
    members: dict[str, Any] = {
        "type": "about:blank",
        "title": trouble.title,
        "status": trouble.status,
        "detail": trouble.sentence,
        "key": trouble.key,
    }
    if trouble.problems:
        members["problems"] = [_fault(problem) for problem in trouble.problems]
    if trouble.versions:
        members["theirs"], members["yours"] = (_plain(version) for version in trouble.versions)
    return members


def _fault(problem: Problem) -> dict[str, Any]:
    places = {
        "file": problem.file,
        "row": problem.row,
        "column": problem.column,
        "field": problem.form_field,
    }
    stated = {name: value for name, value in places.items() if value is not None}
    return {"key": problem.key, "detail": t(problem.key, **problem.details), **stated}


def _plain(version: object) -> object:
    if isinstance(version, Mapping):
        return {str(label): shown(value) for label, value in version.items()}
    return shown(version)
