"""A small application that shows every component with real figures; only tests run it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Thread

from flask import Blueprint, Flask, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from werkzeug.serving import make_server
from wtforms import BooleanField, PasswordField, RadioField, SelectField, StringField, TextAreaField

from budgetproto import web
from budgetproto.errors import (
    BadInput,
    ConciliationError,
    NotPermitted,
    Problem,
    Refused,
    SetUp,
    Stale,
    TooMany,
    Unknown,
)
from budgetproto.i18n import Named, Words
from budgetproto.money import Som, Unit
from budgetproto.money.fields import AmountField, PercentageField

MILLION = 100_000_000
OPENED = datetime(2020, 6, 25, 4, 30, tzinfo=UTC)

#: Three disputed questions of the amended budget of 2020: the Government's figure and the local side's.
LINES = (
    (
        Named(ky="Дем берүүчү гранттар", ru="Стимулирующие гранты", en="Stimulating grants"),
        Som(0),
        Som(600 * MILLION),
    ),
    (Named(ru="Трансферты местным сообществам"), None, Som(1000 * MILLION)),
    (
        Named(ky="Бишкек: мугалимдердин айлыгы", ru="Бишкек: зарплата учителей", en="Bishkek: teachers' pay"),
        Som(0),
        Som(744 * MILLION),
    ),
)

REASON = Words(
    Named(ru="Главы айыл окмоту уже составили проекты."), language="ru", translator="", confirmed=()
)

blueprint = Blueprint("gallery", __name__, template_folder="templates")


class PositionForm(web.Form):
    """One field of each kind; the keys are those of the room under test."""

    figure = AmountField("web.side.lsg", [web.required()], description="web.subtitle")
    share = PercentageField("web.side.government")
    reason = TextAreaField("web.notice", [web.required(), web.longest(40)])
    speaker = StringField("web.person")
    password = PasswordField("web.warning")
    kind = SelectField(
        "web.choose", choices=[web.choice("ky", "web.language.ky"), web.choice("x", LINES[1][0])]
    )
    answer = RadioField(
        "web.versions.yours",
        [web.required()],
        choices=[web.choice("yes", "web.success"), web.choice("no", "web.warning")],
    )
    confirmed = BooleanField("web.home")
    file = FileField("web.subtitle")


class Late(Refused):
    """A refusal of a room of its own."""

    message_key = "web.required"


def sample_app(*, person_name: str | None = "Айгүл Өмүрова") -> Flask:
    """Return the application; without a `person_name` nobody is logged in."""
    app = Flask("budgetproto")
    app.config["SECRET_KEY"] = "only for tests"
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    web.init_app(app)
    app.register_blueprint(blueprint)
    app.register_blueprint(_accounts())
    app.register_blueprint(_account())
    app.context_processor(lambda: _who(person_name))
    web.add_footer_link(app, "web.home", "gallery.start")
    return app


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve `app` on a free port of this machine; give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@blueprint.get("/")
def start() -> str:
    """Show the components."""
    return render_template(
        "gallery/components.html", lines=LINES, unit=Unit.THOUSAND_SOMS, opened=OPENED, reason=REASON
    )


@blueprint.route("/form", methods=["GET", "POST"])
def form() -> ResponseReturnValue:
    """Show the form, take it, or refuse it the way a service does."""
    page = PositionForm(meta={"unit": Unit.THOUSAND_SOMS})
    if page.validate_on_submit():
        with page.refusals():
            _file(page.speaker.data)
            web.tell("web.too_long", typed=12, most=10)
            return redirect("/")
    return web.form_page("gallery/form.html", page)


@blueprint.get("/refused/<name>")
def refused(name: str) -> str:
    """Raise one refusal of each family."""
    raise REFUSALS[name]


@blueprint.post("/sent")
def sent() -> str:
    """Take a form only."""
    return "taken"


REFUSALS: dict[str, ConciliationError] = {
    "unknown": Unknown(),
    "denied": Unknown("web.home", denied="lines.position"),
    "not-permitted": NotPermitted(),
    "not-permitted-denied": NotPermitted(denied="sittings.open"),
    "refused": Late(),
    "stale": Stale(theirs="600 000,0", yours="550 000,0\n<script>"),
    "stale-fields": Stale(
        theirs={"web.notice": "Биринчи текст", "web.home": Som(0)},
        yours={"web.notice": "Экинчи текст", "web.home": Som(0)},
    ),
    "bad-input": BadInput(
        Problem("money.not_a_number", {"typed": "алты жүз"}, file="позиция.xlsx", row=12, column="Сумма"),
        Problem("web.required", form_field="figure"),
    ),
    "too-many": TooMany(minutes=15),
    "set-up": SetUp(what="/secret/key", remedy="make it"),
    "family-of-its-own": ConciliationError(),
}


def _file(speaker: str | None) -> None:
    if speaker == "stale":
        raise REFUSALS["stale"]
    if speaker == "late":
        raise Late
    if speaker == "bad":
        raise BadInput(Problem("web.invalid", form_field="reason"), Problem("web.not_a_date", row=3))


def _who(person_name: str | None) -> dict[str, object]:
    if person_name is None:
        return {}
    return {
        "person_name": person_name,
        "navigation": [("web.home", "gallery.start", True), ("web.notice", "gallery.form", False)],
    }


def _accounts() -> Blueprint:
    """Stand in for the room of people: the header offers to log out."""
    accounts = Blueprint("accounts", __name__)
    accounts.add_url_rule("/log-in", "log_in", lambda: "")
    accounts.add_url_rule("/log-out", "log_out", lambda: redirect("/"), methods=["POST"])
    return accounts


def _account() -> Blueprint:
    """Stand in for the page of one's own account."""
    account = Blueprint("account", __name__)
    account.add_url_rule("/account", "account", lambda: redirect("/"))
    return account
