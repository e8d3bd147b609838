"""The address from which an attached text of a draft is fetched."""

from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.coordination.texts.service import text_file
from budgetproto.web.data import reading
from budgetproto.web.downloads import download

blueprint = Blueprint("act_texts", __name__)


def init_app(app: Flask) -> None:
    """Register the address."""
    app.register_blueprint(blueprint)


@blueprint.get("/acts/<act_id>/texts/<int:number>")
@logged_in
def fetch(act_id: str, number: int) -> ResponseReturnValue:
    """Hand a text out, to be saved, to whoever reads the register."""
    with reading() as data:
        found = text_file(data, me().id, act_id, number)
    return download(found.content, found.name, found.media)
