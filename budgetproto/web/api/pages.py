"""The page that tells how programs ask, and the description by OpenAPI that it draws."""

from flask import Blueprint, Flask, current_app, render_template
from flask.typing import ResponseReturnValue

from budgetproto.web.api import house
from budgetproto.web.api.answering import answer, kept_by_content
from budgetproto.web.footer import add_footer_link
from budgetproto.web.programs import PREFIX

blueprint = Blueprint("api", __name__)


def init_app(app: Flask) -> None:
    """Begin the interface, register its page, and name it at the foot of every page."""
    house.init_app(app)
    app.register_blueprint(blueprint)
    add_footer_link(app, "api.title", "api.page")


@blueprint.get("/api/docs")
def page() -> ResponseReturnValue:
    """Tell how a program begins, and show every address with what it takes and answers."""
    return render_template("api/page.html")


@blueprint.get(f"{PREFIX}/openapi.json")
def description() -> ResponseReturnValue:
    """Describe every address by OpenAPI 3.1."""
    return kept_by_content(answer(house.described(current_app)))
