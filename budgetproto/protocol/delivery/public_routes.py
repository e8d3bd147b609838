"""The public pages: published protocols at addresses that stay; what is not public is not there.

Nobody is asked who he is, and the answers are the same for everybody.
"""

import hashlib
from collections.abc import Callable

from flask import Blueprint, Flask, Response, render_template, request
from flask.typing import ResponseReturnValue

from budgetproto.errors import Unknown
from budgetproto.exchange import to_csv
from budgetproto.i18n import LANGUAGES
from budgetproto.protocol.delivery import publishing
from budgetproto.protocol.delivery.public_sheet import public_sheet
from budgetproto.protocol.delivery.publishing import Published
from budgetproto.protocol.drawing.front_page import answer
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.sittings.numbering import in_address
from budgetproto.web import nothing_sealed, request_language
from budgetproto.web.conditional import kept
from budgetproto.web.data import end_reading, reading
from budgetproto.web.downloads import download

blueprint = Blueprint("public", __name__)


def init_app(app: Flask) -> None:
    """Register the pages; the page of the log-in leads to them."""
    app.register_blueprint(blueprint)


@blueprint.get("/published")
@nothing_sealed
def everything() -> ResponseReturnValue:
    """List the protocols that are public today."""
    with reading() as data:
        found = publishing.listed(data)
    stamp = [
        part
        for each in found
        for part in (each.number, each.scope, each.since.isoformat(), str(each.replaced_by))
    ]
    return kept(stamp, lambda: render_template("delivery/published.html", found=found, slug=in_address))


@blueprint.get("/published/<number>")
@nothing_sealed
def published(number: str) -> ResponseReturnValue:
    """Show a public protocol in short; its lines and files where all of it is public."""
    with reading() as data:
        found = publishing.published(data, _number(number))
    writer = Writer(request_language(), found.protocol.facts.sitting.unit)
    return kept(
        found.stamp,
        lambda: render_template(
            "delivery/public.html",
            found=found,
            made=found.protocol,
            sitting=found.protocol.facts.sitting,
            writer=writer,
            answers=list(answer(found.protocol, writer)),
            slug=in_address,
        ),
    )


@blueprint.get("/published/<number>/<language>.pdf")
def pdf(number: str, language: str) -> ResponseReturnValue:
    """Hand out the published version in one language."""
    chosen = next((known for known in LANGUAGES if known == language), None)
    if chosen is None:
        raise Unknown
    found = _whole(number)
    return _file(found, f"_{chosen}.pdf", "application/pdf", lambda: publishing.pdf(found, chosen))


@blueprint.get("/published/<number>.json")
def as_json(number: str) -> ResponseReturnValue:
    """Hand out the published version for programs."""
    found = _whole(number)
    return _file(found, ".json", "application/json", lambda: publishing.as_json(found))


@blueprint.get("/published/<number>.csv")
def csv(number: str) -> ResponseReturnValue:
    """Hand out the lines of the published version as a table."""
    found, language = _whole(number), request_language()
    unit = found.protocol.facts.sitting.unit
    return _file(
        found, ".csv", "text/csv; charset=utf-8", lambda: to_csv(public_sheet(found), language, unit)
    )


def _number(typed: str) -> str:
    return typed.replace("~", "/")


def _whole(typed: str) -> Published:
    with reading() as data:
        found = publishing.published_whole(data, _number(typed))
    end_reading()  # files are made with no transaction open
    return found


def _file(found: Published, ending: str, kind: str, make: Callable[[], bytes]) -> Response:
    """Answer 304 to whoever has this file, else hand it out with its mark: that of its bytes."""
    content = make()
    response = download(content, f"published_{in_address(found.number)}{ending}", kind)
    response.set_etag(hashlib.sha256(content).hexdigest()[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response
