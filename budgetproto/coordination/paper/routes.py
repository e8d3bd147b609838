"""The coordination sheet of a draft: as it stands today, and as it was handed in with the draft."""

from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.session import logged_in, me
from budgetproto.coordination import service, storage
from budgetproto.coordination.paper.composing import compose
from budgetproto.coordination.paper.document import written
from budgetproto.coordination.paper.domain import Sheet
from budgetproto.coordination.paper.drawing import draw_sheet
from budgetproto.coordination.paper.storage import sheet_row
from budgetproto.database import now
from budgetproto.errors import Unknown
from budgetproto.i18n import LANGUAGES
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.web import nothing_sealed
from budgetproto.web.data import end_reading, reading
from budgetproto.web.downloads import download

blueprint = Blueprint("act_sheet", __name__)


def init_app(app: Flask) -> None:
    """Register the sheets."""
    app.register_blueprint(blueprint)


@blueprint.get("/acts/<act_id>/sheet/<language>.pdf")
@logged_in
@nothing_sealed
def pdf(act_id: str, language: str) -> ResponseReturnValue:
    """Hand out the sheet of a draft as it stands today, in one language."""
    with reading() as data:
        found = _today(data, act_id)
    return _drawn(found, language, "coordination_sheet")


@blueprint.get("/acts/<act_id>/sheet.json")
@logged_in
@nothing_sealed
def facts(act_id: str) -> ResponseReturnValue:
    """Hand out the facts of today's sheet, byte for byte what its hash is of."""
    with reading() as data:
        found = _today(data, act_id)
    return _facts(found, "coordination_sheet")


@blueprint.get("/acts/<act_id>/sheet-handed-in/<language>.pdf")
@logged_in
@nothing_sealed
def handed_in(act_id: str, language: str) -> ResponseReturnValue:
    """Hand out the sheet that went with the draft when it was submitted, in one language."""
    with reading() as data:
        found = _kept(data, act_id)
    return _drawn(found, language, "coordination_sheet_handed_in")


@blueprint.get("/acts/<act_id>/sheet-handed-in.json")
@logged_in
@nothing_sealed
def handed_in_facts(act_id: str) -> ResponseReturnValue:
    """Hand out the facts of the sheet that was handed in, byte for byte what its hash is of."""
    with reading() as data:
        found = _kept(data, act_id)
    return _facts(found, "coordination_sheet_handed_in")


def _today(session: Session, act_id: str) -> Sheet:
    act = service.act_of(session, me().id, act_id)
    row = storage.known_act(session, act_id)
    return compose(session, row, act.course, bishkek_day(now(session)))


def _kept(session: Session, act_id: str) -> Sheet:
    row = sheet_row(session, service.act_of(session, me().id, act_id).id)
    if row is None:
        raise Unknown
    return row.sheet()


def _drawn(sheet: Sheet, language: str, name: str) -> ResponseReturnValue:
    chosen = next((known for known in LANGUAGES if known == language), None)
    if chosen is None:
        raise Unknown
    end_reading()  # the sheet is drawn with no transaction open
    return download(draw_sheet(sheet, chosen), f"{name}_{sheet.number}_{chosen}.pdf", "application/pdf")


def _facts(sheet: Sheet, name: str) -> ResponseReturnValue:
    return download(written(sheet).encode(), f"{name}_{sheet.number}.json", "application/json")
