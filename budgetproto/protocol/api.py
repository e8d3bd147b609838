"""Protocols for programs: as data, as the file in each language, and the box to verify one by."""

from typing import Final

from flask import Flask
from flask.typing import ResponseReturnValue

from budgetproto.accounts.bearer import bearing, caller
from budgetproto.accounts.scopes import Scope
from budgetproto.disputes.opened.stamp import stamp
from budgetproto.i18n.languages import as_language
from budgetproto.protocol import service
from budgetproto.protocol.box.service import box_of
from budgetproto.protocol.delivery.versions import versions_of
from budgetproto.protocol.routes import service_key
from budgetproto.protocol.shapes import ProtocolShape, VersionsShape, paper_written, version_written
from budgetproto.web.api import Resources, answer, kept, register
from budgetproto.web.data import database, end_reading, reading
from budgetproto.web.downloads import download

resources: Final = Resources("protocols", __name__, "Protocols: data, files, boxes")
_PDF: Final = "application/pdf"
_ZIP: Final = "application/zip"


def init_app(app: Flask) -> None:
    """Register the resources."""
    register(app, resources)


@resources.get("/sittings/<public_id:sitting_id>/protocol")
@bearing(Scope.PROTOCOLS)
@resources.shows(ProtocolShape, keeps=True)
def protocol(sitting_id: str) -> ResponseReturnValue:
    """Show the protocol of an opened sitting as data: issued, or the draft of it as things stand."""
    with reading() as data:
        paper = service.paper_of(data, caller().id, sitting_id)
        mark = stamp(data, paper.sitting, paper.place, caller())
        return kept(mark, lambda: answer(paper_written(paper)))


@resources.get("/sittings/<public_id:sitting_id>/protocol/<any(ky, ru, en):language>.pdf")
@bearing(Scope.PROTOCOLS)
@resources.shows(None, kind=_PDF)
def pdf(sitting_id: str, language: str) -> ResponseReturnValue:
    """Hand out the protocol in one language: the issued file, or a draft drawn now."""
    asking = caller().id
    end_reading()  # a draft is drawn with no transaction open
    found = service.printed(database(), asking, sitting_id, as_language(language))
    return download(found.content, found.name, _PDF)


@resources.get("/sittings/<public_id:sitting_id>/protocols")
@bearing(Scope.PROTOCOLS)
@resources.shows(VersionsShape, keeps=True)
def versions(sitting_id: str) -> ResponseReturnValue:
    """List the issued protocols of a sitting, the newest first."""
    with reading() as data:
        paper = service.paper_of(data, caller().id, sitting_id)
        mark = stamp(data, paper.sitting, paper.place, caller())
        found = versions_of(data, sitting_id)
    return kept(mark, lambda: answer({"items": [version_written(each) for each in found]}))


@resources.get("/sittings/<public_id:sitting_id>/protocols/<int(min=1, max=1000000):number>/box.zip")
@bearing(Scope.PROTOCOLS)
@resources.shows(None, kind=_ZIP)
def box(sitting_id: str, number: int) -> ResponseReturnValue:
    """Hand out the box of an issued protocol, by which anybody verifies it offline."""
    asking = caller().id
    end_reading()
    found = box_of(database(), asking, sitting_id, number, key=service_key())
    return download(found.content, found.name, _ZIP)
