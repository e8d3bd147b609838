"""The pages of the journal: what happened in a sitting, who was denied what, and whether it is all there."""

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.disputes.journal.chronicle import (
    SHOWN,
    Chain,
    access_chain,
    chronicle,
    may_read_access,
    told_chain,
)
from budgetproto.disputes.journal.verifying import altered
from budgetproto.journal import sentence
from budgetproto.journal.domain import Entry
from budgetproto.web import request_language
from budgetproto.web.data import reading
from budgetproto.web.paging import paged

blueprint = Blueprint("journal", __name__)


def init_app(app: Flask) -> None:
    """Register the pages, and how templates tell an entry."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["tell_entry"] = tell_entry


@blueprint.get("/sittings/<sitting_id>/journal")
@logged_in
def sitting(sitting_id: str) -> ResponseReturnValue:
    """Tell what happened in a sitting, one chain after the other, and verify them all when asked."""
    with reading() as data:
        found, chains = chronicle(data, me().id, sitting_id)
        verified = "verify" in request.args
        records = altered(data, sitting_id) if verified else ()
    told = told_chain(chains, request.args.get("chain"))
    return render_template(
        "journal/sitting.html",
        sitting=found,
        chains=chains,
        told=told,
        paging=paged(request.args.get("page"), length=len(told.entries), size=SHOWN),
        verified=verified,
        altered=records,
        may_read_access=may_read_access(me()),
    )


@blueprint.get("/journal/access")
@logged_in
def access() -> ResponseReturnValue:
    """Tell who logged in and who was denied what."""
    with reading() as data:
        chain, paging = access_chain(data, me(), request.args.get("page"))
    verified = "verify" in request.args
    return render_template("journal/access.html", chain=chain, paging=paging, verified=verified)


def tell_entry(entry: Entry, chain: Chain) -> str:
    """Tell an entry of a chain in one sentence of the reader's language."""
    return sentence(entry, chain.names, request_language())
