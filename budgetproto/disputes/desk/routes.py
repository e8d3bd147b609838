"""The page of a delegate's desk."""

from typing import Final

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue

from budgetproto.accounts.domain import Person
from budgetproto.accounts.navigation import add_section
from budgetproto.accounts.second_factor import required_by
from budgetproto.accounts.session import logged_in, me
from budgetproto.database import now
from budgetproto.disputes.desk.service import desk, on_page
from budgetproto.sittings.delegates import approves_anywhere, speaks_anywhere
from budgetproto.sittings.desk_parts import desk_parts
from budgetproto.web.data import reading
from budgetproto.web.paging import paged

blueprint = Blueprint("desk", __name__)

#: Questions on one page.
_SHOWN: Final = 30


def init_app(app: Flask) -> None:
    """Register the page, its link for whoever speaks for a party, and that approvers need a second factor."""
    app.register_blueprint(blueprint)
    required_by(app, lambda data, person: approves_anywhere(data, person.id))
    add_section(app, "disputes.desk", "desk.mine", shown_to=_speaks)


@blueprint.get("/desk")
@logged_in
def mine() -> ResponseReturnValue:
    """Show the reader's own parties and questions, all or only what is missing."""
    only_missing = request.args.get("only") == "missing"
    with reading() as data:
        every, at, more = desk(data, me().id), now(data), desk_parts(data, me().id)
    rows = sum(len(part.shown(only_missing=only_missing)) for part in every)
    paging = paged(request.args.get("page"), length=rows, size=_SHOWN)
    parts = on_page(every, paging, only_missing=only_missing)
    return render_template(
        "disputes/desk.html", parts=parts, more=more, at=at, only_missing=only_missing, paging=paging
    )


def _speaks(person: Person) -> bool:
    with reading() as data:
        return speaks_anywhere(data, person.id)
