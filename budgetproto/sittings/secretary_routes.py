"""The desk of the secretary: every sitting with its next step, what is missing for it and what is due."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.domain import Person
from budgetproto.accounts.session import logged_in, me
from budgetproto.database import now
from budgetproto.sittings import page
from budgetproto.sittings.desk_parts import desk_parts
from budgetproto.sittings.domain import Sitting, Stage
from budgetproto.sittings.overview import check_may_prepare, overview, sittings_seen_by
from budgetproto.sittings.page import Check, Deed
from budgetproto.web.data import reading

blueprint = Blueprint("secretary", __name__)


@dataclass(frozen=True)
class OnDesk:
    """One sitting as it lies on the desk: what is missing, needed first, and the acts that are possible."""

    sitting: Sitting
    missing: tuple[Check, ...]
    done: int
    asked: int
    deeds: tuple[Deed, ...]


def init_app(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(blueprint)


@blueprint.get("/desk/secretary")
@logged_in
def desk() -> ResponseReturnValue:
    """Show the secretary what is to be done in every sitting that is not in the archive."""
    check_may_prepare(me())
    with reading() as data:
        lying, at, more = on_desk(data, me()), now(data), desk_parts(data, me().id)
    return render_template("sittings/desk.html", lying=lying, at=at, more=more)


def on_desk(session: Session, person: Person) -> list[OnDesk]:
    """Return the sittings that are not in the archive, the one due first on top."""
    seen = [sitting for sitting, _ in sittings_seen_by(session, person)]
    open_ = [sitting for sitting in seen if sitting.stage is not Stage.ARCHIVED]
    return [_lying(session, person, sitting) for sitting in sorted(open_, key=_due)]


def _lying(session: Session, person: Person, sitting: Sitting) -> OnDesk:
    view = overview(session, person.id, sitting.id)
    parts = page.parts(session, sitting, view.place)
    checks = [check for part in parts for check in part.checks]
    missing = sorted((each for each in checks if not each.done), key=lambda each: not each.needed)
    deeds = tuple(deed for part in parts for deed in part.deeds if deed.main)
    return OnDesk(sitting, tuple(missing), len(checks) - len(missing), len(checks), deeds)


def _due(sitting: Sitting) -> tuple[bool, datetime]:
    """Sort sittings that wait for a deadline before those that have passed it."""
    return sitting.stage not in {Stage.PREPARING, Stage.COLLECTING}, sitting.deadline
