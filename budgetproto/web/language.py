"""The reader's language: a cookie, Kyrgyz until one is chosen; a form keeps what was typed."""

from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from budgetproto.i18n import LANGUAGES, Language, as_language
from budgetproto.web.programs import by_program

COOKIE = "language"
#: The name of the buttons under a form; a form with it is shown again in that language, not taken.
SWITCH = "switch_language"
_KNOWN = "budgetproto.language"
_A_YEAR = 365 * 24 * 60 * 60

blueprint = Blueprint("language", __name__)


def init_app(app: Flask) -> None:
    """Register the switch and give templates `language` and `LANGUAGES`."""
    app.register_blueprint(blueprint)
    app.before_request(_see_switch)
    app.after_request(_keep_switched)
    app.context_processor(lambda: {"language": request_language(), "languages": LANGUAGES})


def request_language() -> Language:
    """Return the language the reader chose, Kyrgyz without a choice.

    Only for pages and their error messages: whatever is printed, stored or sent takes its language as an
    argument.
    """
    if not request:
        return as_language(None)
    if chosen := switched_to():
        return as_language(chosen)
    known = request.environ
    if _KNOWN not in known:  # asked some hundred times for one page
        known[_KNOWN] = as_language(_accepted() if by_program() else request.cookies.get(COOKIE))
    found: Language = known[_KNOWN]
    return found


def _accepted() -> str | None:
    """Return the language a program asks for; no cookie counts there."""
    return request.accept_languages.best_match(LANGUAGES)


def switched_to() -> str | None:
    """Return the language that was chosen under a form: the form is shown again and nothing is done."""
    chosen: str | None = g.get("switch_language")
    return chosen


@blueprint.post("/language")
def switch() -> ResponseReturnValue:
    """Remember the chosen language and return to the page the reader came from.

    No token is asked for: the form must work for readers without a session. A browser tells where a form
    was sent from, and one from another site changes nothing.
    """
    response = redirect(_way_back(), 303)
    if request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}:
        remember(response, as_language(request.form.get("language")))
    return response


def remember(response: object, chosen: Language) -> None:
    """Let this browser show a language from now on."""
    if isinstance(response, Response):
        response.set_cookie(
            COOKIE, chosen, max_age=_A_YEAR, secure=request.is_secure, httponly=True, samesite="Lax"
        )


def remember_unless_chosen(response: object, wanted: Language) -> None:
    """Let a browser in which nobody has chosen a language show the one that is wanted."""
    if COOKIE not in request.cookies:
        remember(response, wanted)


def is_local(target: str) -> bool:
    """Tell whether a redirect to `target` stays on this site.

    >>> is_local("/sittings/7?page=2"), is_local("//evil.example"), is_local("https://evil.example")
    (True, False, False)
    """
    if not target.startswith("/") or target[1:2] in {"/", "\\"} or not target.isprintable():
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc and "\\" not in target


def opens(target: str) -> bool:
    """Tell whether the address can be opened with GET: an address that only takes forms cannot."""
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return True
    try:
        adapter.match(urlsplit(target).path, method="GET")
    except MethodNotAllowed:
        return False
    except HTTPException:
        return True
    return True


def _see_switch() -> None:
    if request.method == "POST" and request.endpoint != "language.switch":
        g.switch_language = request.form.get(SWITCH)


def _keep_switched(response: Response) -> Response:
    if chosen := switched_to():
        remember(response, as_language(chosen))
    return response


def _way_back() -> str:
    target = request.form.get("next") or _referring_page()
    return target if is_local(target) and opens(target) else "/"


def _referring_page() -> str:
    """Return path and query of the page that sent the form, when it is ours."""
    try:
        came_from = urlsplit(request.referrer or "")
    except ValueError:
        return ""
    if came_from.netloc != request.host:
        return ""
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")
