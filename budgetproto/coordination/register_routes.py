"""The pages of the register of draft acts: the list, the duty clock, one draft."""

from typing import Final

from flask import Blueprint, Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.domain import Person
from budgetproto.accounts.navigation import add_section
from budgetproto.accounts.session import logged_in, me
from budgetproto.coordination import register as registers
from budgetproto.coordination.course import Stage
from budgetproto.coordination.domain import Level, Touch
from budgetproto.coordination.expertise.service import may_commission
from budgetproto.coordination.expertise.showing import expertises_of
from budgetproto.coordination.register import UNDONE
from budgetproto.coordination.register_storage import Choice
from budgetproto.coordination.service import act_of, standing_of
from budgetproto.coordination.showing import act_page
from budgetproto.disputes.journal.chronicle import page_of
from budgetproto.i18n import text
from budgetproto.journal import act_chain
from budgetproto.sittings.desk_parts import DeskPart, add_desk_part, clock_parts
from budgetproto.web import nothing_sealed, request_language, whole
from budgetproto.web.data import reading

blueprint = Blueprint("acts", __name__)

_TEXT: Final = 200
#: Duties on a desk; the page of duties has them all.
_ON_DESK: Final = 8


def init_app(app: Flask) -> None:
    """Register the pages and the link to them, for whoever may read the register."""
    app.register_blueprint(blueprint)
    sections = frozenset(
        {"acts", "act_sheet", "act_steps", "act_texts", "procedures", "referral", "statistics"}
    )
    add_desk_part(app, _on_desk)
    add_section(app, "coordination.section", "acts.index", blueprints=sections, shown_to=_reads)


@blueprint.get("/acts")
@logged_in
@nothing_sealed
def index() -> ResponseReturnValue:
    """List the drafts that are asked for, the newest first, each with what is due next."""
    choice = _choice()
    with reading() as data:
        found = registers.register(data, me().id, choice, request.args.get("page"))
    return render_template(
        "coordination/register.html",
        register=found,
        choice=choice,
        asked=_asked(),
        levels=Level,
        stages=Stage,
    )


@blueprint.get("/acts/duties")
@logged_in
@nothing_sealed
def duties() -> ResponseReturnValue:
    """Show what is overdue, due, unanswered or skipped, of the reader's own parties or of everybody."""
    everybody = request.args.get("of") == "everybody"
    state = next((each for each in UNDONE if each.value == request.args.get("state")), None)
    with reading() as data:
        found = registers.clock(data, me().id, state, request.args.get("page"), everybody=everybody)
        standing = standing_of(data, me().id)
        parts = clock_parts(data, me().id)
    return render_template(
        "coordination/duties.html",
        clock=found,
        parts=parts,
        states=UNDONE,
        everybody=everybody,
        speaks=bool(standing and standing.own),
    )


@blueprint.get("/acts/<act_id>")
@logged_in
@nothing_sealed
def act(act_id: str) -> ResponseReturnValue:
    """Show one draft with its course, its remarks, its terms and what the reader may do."""
    with reading() as data:
        page, standing = act_page(data, me().id, act_id), standing_of(data, me().id)
        reviewed = expertises_of(data, me().id, act_id)
        committee, parties = may_commission(data, me().id)
    return render_template(
        "coordination/act.html",
        page=page,
        act=page.act,
        touches=Touch,
        keeps=standing is not None and standing.keeper,
        expertises=reviewed,
        may_commission=committee or bool(parties),
    )


@blueprint.get("/acts/<act_id>/journal")
@logged_in
@nothing_sealed
def journal(act_id: str) -> ResponseReturnValue:
    """Tell what was recorded of a draft, entry by entry, and whether it is all there."""
    with reading() as data:
        found = act_of(data, me().id, act_id)
        chain, paging = page_of(data, act_chain(act_id), request.args.get("page"))
    language = request_language()
    trail = [(text("coordination.title", language), url_for(".index"))]
    trail.append((f"№ {found.number}", url_for(".act", act_id=act_id)))
    return render_template(
        "journal/one.html",
        trail=trail,
        here={"act_id": act_id},
        chain=chain,
        paging=paging,
        verified="verify" in request.args,
    )


def _choice() -> Choice:
    asked = request.args
    return Choice(
        level=next((each for each in Level if each.value == asked.get("level")), None),
        stage=next((each for each in Stage if each.value == asked.get("stage")), None),
        year=whole(asked.get("year")) or None,
        words=asked.get("words", "")[:_TEXT].strip(),
        overdue=asked.get("overdue") == "yes",
    )


def _asked() -> dict[str, str]:
    """Return what was asked for, for the addresses of the other pages."""
    names = ("level", "stage", "year", "words", "overdue")
    return {name: value for name in names if (value := request.args.get(name))}


def _on_desk(data: Session, person_id: str) -> DeskPart | None:
    """Return what is due of somebody's own parties, or of everybody to the keeper of the register."""
    standing = standing_of(data, person_id)
    if standing is None or not (standing.keeper or standing.own):
        return None
    pressing, counts = registers.pressing(data, standing, _ON_DESK)
    if not counts:
        return None
    return DeskPart("coordination/desk.html", {"pressing": pressing, "counts": counts, "states": UNDONE})


def _reads(person: Person) -> bool:
    if person.roles:  # a role opens the register: for the head of every page nothing more is looked up
        return True
    with reading() as data:
        return standing_of(data, person.id) is not None
