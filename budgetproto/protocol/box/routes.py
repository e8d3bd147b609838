"""The address at which the box of an issued protocol is handed out."""

from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.protocol.box.service import box_of
from budgetproto.protocol.routes import service_key
from budgetproto.web.data import database, end_reading
from budgetproto.web.downloads import download

blueprint = Blueprint("boxes", __name__)


def init_app(app: Flask) -> None:
    """Register the address."""
    app.register_blueprint(blueprint)


@blueprint.get("/sittings/<sitting_id>/protocol/versions/<int:number>/box.zip")
@logged_in
def box(sitting_id: str, number: int) -> ResponseReturnValue:
    """Hand out the box; it is packed and signed with no transaction open."""
    asking = me().id
    end_reading()
    found = box_of(database(), asking, sitting_id, number, key=service_key())
    return download(found.content, found.name, "application/zip")
