"""The guides: open to everybody, since somebody who cannot log in needs one most."""

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue

from budgetproto.errors import Unknown
from budgetproto.guides.domain import GUIDES, TROUBLE
from budgetproto.web import add_footer_link, nothing_sealed

blueprint = Blueprint("guides", __name__)


def init_app(app: Flask) -> None:
    """Register the pages, with a link at the foot of every page."""
    app.register_blueprint(blueprint)
    add_footer_link(app, "guides.title", "guides.index")


@blueprint.get("/guides")
@nothing_sealed
def index() -> ResponseReturnValue:
    """List the seats."""
    return render_template("guides/index.html", guides=GUIDES, trouble_keys=TROUBLE.keys)


@blueprint.get("/guides/<seat>")
@nothing_sealed
def guide(seat: str) -> ResponseReturnValue:
    """Show the guide of one seat."""
    found = next((each for each in GUIDES if each.seat == seat), None)
    if found is None:
        raise Unknown
    others = [each for each in GUIDES if each is not found]
    return render_template("guides/guide.html", guide=found, others=others, trouble_keys=TROUBLE.keys)
