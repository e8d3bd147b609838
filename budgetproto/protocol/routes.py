"""The pages of the protocol: what it says in short, its files in each language, the act of issuing it."""

from typing import Final

from flask import Blueprint, Flask, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.session import logged_in, me, recently_confirmed
from budgetproto.disputes import service as disputes
from budgetproto.errors import Unknown
from budgetproto.i18n import LANGUAGES, Sentence
from budgetproto.protocol import service
from budgetproto.protocol.composed import Standing as Outcome
from budgetproto.protocol.correcting import may_be_dropped, number_being_corrected
from budgetproto.protocol.delivery.recording import delivered_of
from budgetproto.protocol.delivery.steps import KINDS
from budgetproto.protocol.delivery.versions import versions_of
from budgetproto.protocol.drawing.front_page import answer
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.participation import waits_for_participation
from budgetproto.protocol.signature.signing import ServiceKey
from budgetproto.protocol.signing.forms import WithdrawForm
from budgetproto.protocol.signing.service import block_of
from budgetproto.settings import SigningSettings
from budgetproto.sittings import page
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Stage, Standing, may
from budgetproto.sittings.page import Deed, Part
from budgetproto.web import form_page, nothing_sealed, request_language, tell
from budgetproto.web.data import database, end_reading, reading
from budgetproto.web.downloads import download

blueprint = Blueprint("protocol", __name__)

#: How the outcome of a line is tinted; its words carry the meaning.
TONES: Final[dict[Outcome, str]] = {
    "agreed": "good",
    "partly_agreed": "attention",
    "not_agreed": "bad",
    "referred": "neutral",
    "undecided": "quiet",
    "not_in_dispute": "quiet",
}


#: Under which name an application keeps the key it signs issued protocols with.
_KEY: Final = "budgetproto.service_key"


def init_app(app: Flask, settings: SigningSettings) -> None:
    """Register the pages and the link to them on the page of a sitting; read the key of the service."""
    app.extensions[_KEY] = ServiceKey.load(settings)
    app.register_blueprint(blueprint)
    page.add_part(app, _part)


def service_key() -> ServiceKey | None:
    """Return the key the application signs with; None where it has none."""
    key: ServiceKey | None = current_app.extensions[_KEY]
    return key


@blueprint.get("/sittings/<sitting_id>/protocol")
@nothing_sealed
@logged_in
def protocol(sitting_id: str) -> ResponseReturnValue:
    """Show the protocol in short: the answers of its first page, the totals, the files."""
    with reading() as data:
        paper = service.paper_of(data, me().id, sitting_id)
        missing = block_of(data, me().id, sitting_id).missing
        protocols, versions = delivered_of(data, sitting_id), versions_of(data, sitting_id)
        may_drop = may_be_dropped(data, paper.sitting)
        _, _, lines = disputes.lines_of(data, me().id, sitting_id)
    writer = Writer(request_language(), paper.sitting.unit)
    return render_template(
        "protocol/protocol.html",
        paper=paper,
        sitting=paper.sitting,
        writer=writer,
        answers=list(answer(paper.protocol, writer)),
        ids={line.number: line.id for line in lines},
        closed=[line.number for line in lines if line.opened_at is None],
        tones=TONES,
        protocols=protocols,
        kinds=tuple(KINDS),
        may_publish=may(paper.place, Act.PUBLISH, paper.sitting.stage),
        missing=missing,
        waits=waits_for_participation(paper.protocol.facts.participation) and not paper.issue,
        may_issue=may(paper.place, Act.ISSUE, paper.sitting.stage),
        versions=versions,
        may_correct=may(paper.place, Act.CORRECT, paper.sitting.stage),
        may_drop=may_drop and may(paper.place, Act.DROP_CORRECTION, paper.sitting.stage),
    )


@blueprint.get("/sittings/<sitting_id>/protocol/<language>.pdf")
@logged_in
def pdf(sitting_id: str, language: str) -> ResponseReturnValue:
    """Hand out the protocol in one language: the issued file, or a draft drawn now."""
    chosen = next((known for known in LANGUAGES if known == language), None)
    if chosen is None:
        raise Unknown
    asking = me().id
    end_reading()  # a draft is drawn with no transaction open
    found = service.printed(database(), asking, sitting_id, chosen)
    return download(found.content, found.name, "application/pdf")


@blueprint.post("/sittings/<sitting_id>/protocol/issue")
@logged_in
@recently_confirmed(30, only_with_factor=True)
def issue(sitting_id: str) -> ResponseReturnValue:
    """Issue the protocol."""
    number = service.issue(database(), me().id, sitting_id, key=service_key())
    tell("protocol.told.issued", number=number)
    return redirect(url_for(".protocol", sitting_id=sitting_id), 303)


@blueprint.route("/sittings/<sitting_id>/protocol/issue/incomplete", methods=["GET", "POST"])
@logged_in
@recently_confirmed(30, only_with_factor=True)
def issue_incomplete(sitting_id: str) -> ResponseReturnValue:
    """Issue the protocol though places that must sign are open, with a reason."""
    with reading() as data:
        sitting, _ = sittings.admitted(data, me().id, sitting_id, Act.ISSUE)
    form = WithdrawForm()
    if form.validate_on_submit():
        with form.refusals():
            key, reason = service_key(), form.words.data or ""
            number = service.issue(
                database(), me().id, sitting_id, key=key, reason=reason, language=request_language()
            )
            tell("protocol.told.issued", number=number)
            return redirect(url_for(".protocol", sitting_id=sitting_id), 303)
    return form_page("signing/act.html", form, sitting=sitting, title="protocol.do.issue_incomplete")


def _part(session: Session, sitting: Sitting, place: Standing) -> Part:
    """Return the link to the protocol; before it is issued, looking it through is what comes next.

    Of a sitting that was taken up again to correct its protocol the page says so.
    """
    if not may(place, Act.READ_OPENED, sitting.stage):
        return Part()
    address = url_for("protocol.protocol", sitting_id=sitting.id)
    links, deeds = (Deed(Sentence("protocol.page.title"), address),), tuple[Deed, ...]()
    if sitting.stage is Stage.DECIDED and may(place, Act.ISSUE, sitting.stage):
        deeds = (Deed(Sentence("protocol.do.issue_page"), address, main=True),)
    corrected = number_being_corrected(session, sitting)
    template = "protocol/being_corrected.html" if corrected else None
    return Part(links=links, deeds=deeds, template=template, values={"corrected": corrected})
