"""The coordination sheet of a draft: as it stands today, and as it was handed in with the draft."""

from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.coordination import service, storage
from budgetproto.coordination.paper.composing import compose
from budgetproto.coordination.paper.document import written
from budgetproto.coordination.paper.domain import Sheet
from budgetproto.coordination.paper.drawing import draw_sheet
from budgetproto.coordination.paper.storage import SheetRow, sheet_row
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
    return _drawn(_today(act_id), language, "coordination_sheet")


@blueprint.get("/acts/<act_id>/sheet.json")
@logged_in
@nothing_sealed
def facts(act_id: str) -> ResponseReturnValue:
    """Hand out the facts of today's sheet, byte for byte what its hash is of."""
    found = _today(act_id)
    return _facts(found, written(found), "coordination_sheet")


@blueprint.get("/acts/<act_id>/sheet-handed-in/<language>.pdf")
@logged_in
@nothing_sealed
def handed_in(act_id: str, language: str) -> ResponseReturnValue:
    """Hand out the sheet that went with the draft when it was submitted, in one language."""
    kept = _kept(act_id)
    return _drawn(kept.sheet(), language, "coordination_sheet_handed_in", kept.digest)


@blueprint.get("/acts/<act_id>/sheet-handed-in.json")
@logged_in
@nothing_sealed
def handed_in_facts(act_id: str) -> ResponseReturnValue:
    """Hand out the facts of the sheet that was handed in, byte for byte what its hash is of."""
    kept = _kept(act_id)
    return _facts(kept.sheet(), kept.document, "coordination_sheet_handed_in")


def _today(act_id: str) -> Sheet:
    with reading() as data:
        act = service.act_of(data, me().id, act_id)
        row = storage.known_act(data, act_id)
        return compose(data, row, act.course, bishkek_day(now(data)))


def _kept(act_id: str) -> SheetRow:
    with reading() as data:
        row = sheet_row(data, service.act_of(data, me().id, act_id).id)
    if row is None:
        raise Unknown
    return row


def _drawn(sheet: Sheet, language: str, name: str, hashed: str = "") -> ResponseReturnValue:
    chosen = next((known for known in LANGUAGES if known == language), None)
    if chosen is None:
        raise Unknown
    end_reading()  # the sheet is drawn with no transaction open
    content = draw_sheet(sheet, chosen, hashed)
    return download(content, f"{name}_{sheet.number}_{chosen}.pdf", "application/pdf")


def _facts(sheet: Sheet, document: str, name: str) -> ResponseReturnValue:
    return download(document.encode(), f"{name}_{sheet.number}.json", "application/json")
