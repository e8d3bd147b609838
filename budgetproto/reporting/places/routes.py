"""The public pages by place: an index, one page and one printable sheet for each; nobody is asked who he is.

Addresses are made of the official code and stay. What is not published is not told, in no words and no time:
only protocols that are public in all are looked at.
"""

import hashlib

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue

from budgetproto.errors import Unknown
from budgetproto.exchange import PLAIN, to_csv
from budgetproto.i18n import LANGUAGES
from budgetproto.reporting.places import gathering
from budgetproto.reporting.places.domain import STEPS
from budgetproto.reporting.places.drawing import draw_place
from budgetproto.reporting.places.gathering import Place
from budgetproto.reporting.places.sheet import place_sheet
from budgetproto.reporting.places.telling import marks, notes, sources
from budgetproto.sittings.numbering import in_address
from budgetproto.web import add_footer_link, nothing_sealed, request_language
from budgetproto.web.conditional import kept
from budgetproto.web.data import end_reading, reading
from budgetproto.web.downloads import download

blueprint = Blueprint("places", __name__)


def init_app(app: Flask) -> None:
    """Register the pages, and the link to them at the foot of every page."""
    app.register_blueprint(blueprint)
    add_footer_link(app, "places.title", "places.index")


@blueprint.get("/places")
@nothing_sealed
def index() -> ResponseReturnValue:
    """Show the oblasts, what lies in one of them, or what a search finds."""
    words, within = request.args.get("words", ""), request.args.get("within", "")
    with reading() as data:
        found = gathering.listing(data, words=words, within=within)
    return render_template("places/index.html", found=found, words=words, within=within)


@blueprint.get("/places/<soate>")
@nothing_sealed
def place(soate: str) -> ResponseReturnValue:
    """Show what was asked for a place, recommended, decided, adopted and executed, year by year."""
    found = _found(soate)
    return kept(
        (found.digest,),
        lambda: render_template(
            "places/place.html",
            found=found,
            steps=STEPS,
            notes=notes(found),
            marks=marks,
            sources=sources,
            slug=in_address,
        ),
    )


@blueprint.get("/places/<soate>/<language>.pdf")
def pdf(soate: str, language: str) -> ResponseReturnValue:
    """Hand out the printable sheet of a place in one language."""
    chosen = next((known for known in LANGUAGES if known == language), None)
    if chosen is None:
        raise Unknown
    found = _found(soate)
    return _file(draw_place(found, chosen), f"place_{soate}_{chosen}.pdf", "application/pdf")


@blueprint.get("/places/<soate>.csv")
def csv(soate: str) -> ResponseReturnValue:
    """Hand out the questions about a place as a table."""
    found = _found(soate)
    content = to_csv(place_sheet(found), request_language(), found.unit, PLAIN)
    return _file(content, f"place_{soate}.csv", "text/csv; charset=utf-8")


def _found(soate: str) -> Place:
    with reading() as data:
        found = gathering.place(data, soate)
    end_reading()  # pages and files are made with no transaction open
    return found


def _file(content: bytes, name: str, kind: str) -> ResponseReturnValue:
    """Answer 304 to whoever has this file, else hand it out with its mark: that of its bytes."""
    response = download(content, name, kind)
    response.set_etag(hashlib.sha256(content).hexdigest()[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response
