"""The page of the balanced option: publish a version, and read it with its explanation."""

from collections.abc import Iterable, Mapping

from flask import Blueprint, Flask, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.accounts.session import logged_in, me
from budgetproto.disputes.opened.stamp import stamp
from budgetproto.disputes.options import service as options
from budgetproto.disputes.options.document import PublishedOption
from budgetproto.disputes.options.explanation.page import ShownSection, shown_sections
from budgetproto.disputes.options.explanation.sections import Section
from budgetproto.disputes.options.explanation.telling import long_sections, short_sections
from budgetproto.disputes.options.explanation.wording import Wording
from budgetproto.disputes.options.voted_storage import voted_trials
from budgetproto.disputes.responses import overview, settling
from budgetproto.disputes.responses.rounds import Answered
from budgetproto.i18n import Sentence
from budgetproto.money import Som
from budgetproto.sittings import page
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Stage, Standing, may
from budgetproto.sittings.page import Deed, Part
from budgetproto.web import nothing_sealed, request_language, tell
from budgetproto.web.conditional import kept
from budgetproto.web.data import database, reading

blueprint = Blueprint("options", __name__)


def init_app(app: Flask) -> None:
    """Register the page and its link on the page of a sitting."""
    app.register_blueprint(blueprint)
    page.add_part(app, _part)


@blueprint.get("/sittings/<sitting_id>/option")
@nothing_sealed
@logged_in
def option(sitting_id: str) -> ResponseReturnValue:
    """Show the newest version of the option."""
    with reading() as data:
        sitting, place = sittings.admitted(data, me().id, sitting_id, Act.READ_OPENED)
        return kept(stamp(data, sitting, place, me()), lambda: _shown(data, sitting, place))


@blueprint.get("/sittings/<sitting_id>/option/analysis")
@nothing_sealed
@logged_in
def analysis(sitting_id: str) -> ResponseReturnValue:
    """Show how the newest option was computed and what would change it, with charts."""
    with reading() as data:
        sitting, place = sittings.admitted(data, me().id, sitting_id, Act.READ_OPENED)
        return kept(stamp(data, sitting, place, me()), lambda: _analysed(data, sitting))


@blueprint.post("/sittings/<sitting_id>/option")
@logged_in
def publish(sitting_id: str) -> ResponseReturnValue:
    """Compute the option under the fixed terms and publish it as the next version."""
    number = options.publish_option(database(), me().id, sitting_id)
    tell("disputes.told.option_published", number=number)
    return redirect(url_for(".option", sitting_id=sitting_id), 303)


def _shown(data: Session, sitting: Sitting, place: Standing) -> str:
    _, views, published = options.option_of(data, place.person, sitting.id)
    decided = settling.settled(data, sitting.id)
    answers = overview.answered(data, sitting, views, published, decided) if published else {}
    return render_template(
        "disputes/option.html",
        sitting=sitting,
        views=views,
        option=published,
        voted=voted_trials(data, sitting.id),
        totals=_totals(published) if published else {},
        sections=_told(short_sections(published.document), sitting) if published else [],
        parties={party.id: party.name for party in sittings.invited_parties(data, sitting.id)},
        answered=answers if _are_shown(sitting, answers) else {},
        own_parties=_answering(sitting, place) if published else [],
        may_publish=may(place, Act.PUBLISH_OPTION, sitting.stage),
    )


def _are_shown(sitting: Sitting, answers: Mapping[int, Answered]) -> bool:
    """Tell whether there are answers to show: given ones, or those that the session waits for."""
    given = any(each.answer or each.earlier for one in answers.values() for each in one.answers)
    return given or sitting.stage is not Stage.OPENED


def _answering(sitting: Sitting, place: Standing) -> list[Party]:
    """Return the parties for which the reader may answer now."""
    if not may(place, Act.RESPOND, sitting.stage):
        return []
    return [party for party in place.parties if place.approves_for(party.id)]


def _analysed(data: Session, sitting: Sitting) -> str:
    published = options.latest(data, sitting.id)
    return render_template(
        "disputes/analysis.html",
        sitting=sitting,
        option=published,
        sections=_told(long_sections(published.document), sitting) if published else [],
    )


def _told(found: Iterable[Section], sitting: Sitting) -> list[ShownSection]:
    return shown_sections(found, Wording(request_language(), sitting.unit))


def _totals(published: PublishedOption) -> dict[str, Som | None]:
    """Return the sums of the option as they were computed with it; nothing is granted without an envelope."""
    totals = published.document["option"]["totals"]
    found = {name: totals[name] for name in ("claims", "granted")}
    return {name: None if sum_ is None else Som(sum_) for name, sum_ in found.items()}


def _part(data: Session, sitting: Sitting, place: Standing) -> Part:
    address = url_for("options.option", sitting_id=sitting.id)
    if not may(place, Act.READ_OPENED, sitting.stage):
        return Part()
    links = (Deed(Sentence("disputes.option"), address),)
    if options.latest(data, sitting.id) or not may(place, Act.PUBLISH_OPTION, sitting.stage):
        return Part(links=links)
    publish = Deed(Sentence("disputes.do.publish_option"), address, acts=True, main=True)
    return Part(links=links, deeds=(publish,))
