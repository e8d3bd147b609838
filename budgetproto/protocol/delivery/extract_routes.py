"""The page on which lines are chosen for an extract, and the extract itself at the same address."""

from collections.abc import Sequence

from flask import Blueprint, Flask, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session
from wtforms import SelectMultipleField

from budgetproto import web
from budgetproto.accounts.session import logged_in, me
from budgetproto.disputes.domain import Line
from budgetproto.disputes.page import LinePart, add_line_part
from budgetproto.errors import Unknown
from budgetproto.i18n import LANGUAGES, Named, Sentence
from budgetproto.protocol import service
from budgetproto.protocol.delivery.extracts import NoLineChosen, UnknownLines, extract, paper_for
from budgetproto.sittings.domain import Act, Sitting, Stage, Standing, may
from budgetproto.sittings.fields import Preset
from budgetproto.sittings.page import Deed
from budgetproto.web import form_page, nothing_sealed, whole
from budgetproto.web.data import database, end_reading, reading
from budgetproto.web.downloads import download

blueprint = Blueprint("extracts", __name__)


class ExtractForm(web.Form):
    """Which lines an extract is of; sent by GET, so that an address names one extract."""

    line = SelectMultipleField(
        "delivery.extract.choose",
        [Preset()],
        validate_choice=False,
        description="delivery.extract.choose.hint",
    )


def init_app(app: Flask) -> None:
    """Register the page, and lead to it from the card of a line."""
    app.register_blueprint(blueprint)
    add_line_part(app, _part)


@blueprint.get("/sittings/<sitting_id>/protocol/extract")
@nothing_sealed
@logged_in
def choosing(sitting_id: str) -> ResponseReturnValue:
    """Let lines be chosen; with a language in the address hand out the extract of those chosen."""
    with reading() as data:
        paper, replaced_by = paper_for(data, me().id, sitting_id, _which())
    form = _form(paper)
    if "language" in request.args:
        try:
            return _extract(sitting_id)
        except (NoLineChosen, UnknownLines) as refused:
            form.take(refused)
    return form_page(
        "delivery/extract.html",
        form,
        paper=paper,
        sitting=paper.sitting,
        which=_which(),
        replaced_by=replaced_by,
    )


def _extract(sitting_id: str) -> ResponseReturnValue:
    chosen = next((known for known in LANGUAGES if known == request.args["language"]), None)
    if chosen is None:
        raise Unknown
    asking = me().id
    end_reading()  # an extract is drawn with no transaction open
    found = extract(database(), asking, sitting_id, numbers=_numbers(), language=chosen, which=_which())
    return download(found.content, found.name, "application/pdf")


def _which() -> int | None:
    """Return which protocol of the sitting the address names, None for the one that stands."""
    return whole(request.args["version"]) if "version" in request.args else None


def _numbers() -> Sequence[int]:
    """Return the lines that the address names; what is no number is the line 0 that no protocol has."""
    return [whole(typed) for typed in request.args.getlist("line")]


def _form(paper: service.Paper) -> ExtractForm:
    form = ExtractForm(request.args, meta={"csrf": False})
    form.line.choices = [
        web.choice(str(line.number), _numbered(line.number, line.title))
        for line in paper.protocol.facts.lines
    ]
    return form


def _numbered(number: int, title: Named) -> Named:
    said = (f"№ {number}. {title.text(language)}" for language in LANGUAGES)
    return Named(*said)


def _part(_: Session, sitting: Sitting, place: Standing, line: Line) -> LinePart:
    issued = sitting.stage in {Stage.ISSUED, Stage.ARCHIVED}
    if line.withdrawn is not None or not issued or not may(place, Act.READ_OPENED, sitting.stage):
        return LinePart()
    address = url_for("extracts.choosing", sitting_id=sitting.id, line=line.number)
    return LinePart(deeds=(Deed(Sentence("delivery.extract.title"), address),))
