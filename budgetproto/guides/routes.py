"""The guides: open to everybody, since somebody who cannot log in needs one most."""

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue

from budgetproto.errors import Unknown
from budgetproto.guides.domain import GUIDES, TROUBLE

blueprint = Blueprint("guides", __name__)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/guides")
def index() -> ResponseReturnValue:
    """List the seats."""
    return render_template("guides/index.html", guides=GUIDES, trouble_keys=TROUBLE.keys)


@blueprint.get("/guides/<seat>")
def guide(seat: str) -> ResponseReturnValue:
    """Show the guide of one seat."""
    found = next((each for each in GUIDES if each.seat == seat), None)
    if found is None:
        raise Unknown
    others = [each for each in GUIDES if each is not found]
    return render_template("guides/guide.html", guide=found, others=others, trouble_keys=TROUBLE.keys)
