"""The whole long table of a named snapshot by one GET, of one sitting or of all, and its dictionary."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.analysis.asking import AskForm, ask, asked
from budgetproto.analysis.choice import chosen
from budgetproto.analysis.forms import choice_form
from budgetproto.analysis.long import FORMS, dictionary, rows
from budgetproto.analysis.scope import scope_of
from budgetproto.analysis.snapshots import present, snapshot_of
from budgetproto.errors import BadInput, Unknown
from budgetproto.exchange import to_csv
from budgetproto.money import Unit
from budgetproto.sittings.numbering import in_address
from budgetproto.web import request_language
from budgetproto.web.data import reading
from budgetproto.web.downloads import download, sent

blueprint = Blueprint("long", __name__)


@blueprint.get("/sittings/<sitting_id>/discrepancies/long.<form>")
@logged_in
def table(sitting_id: str, form: str) -> Response:
    """Hand out every figure of the chosen lines of one snapshot."""
    if form not in FORMS:
        raise Unknown
    with reading() as data:
        found = snapshot_of(data, me().id, sitting_id, request.args.get("snapshot", ""))
    filled = choice_form(request.args, found.table, request_language())
    if not filled.validate():
        raise BadInput(*filled.problems())
    entries = chosen(found.table.entries, filled.choice(), "ky")
    written, media = FORMS[form]
    name = f"discrepancies_{in_address(found.table.paper.sitting.number)}_{found.digest[:12]}.{form}"
    return sent(written(rows(found.table.paper.protocol, entries, found.digest)), name, media)


@blueprint.get("/analysis/long.<form>")
@logged_in
def every(form: str) -> Response:
    """Hand out the same of all sittings the reader may read, as they stand now, sitting after sitting."""
    if form not in FORMS:
        raise Unknown
    with reading() as data:
        scope = scope_of(data, me(), request.args.getlist("sitting"))
        ends, now = present(data, scope, request.args.get("snapshot", ""))
    choice = asked(ask(AskForm, request.args, scope, request_language())).choice()
    written, media = FORMS[form]
    lines = (
        row
        for table in scope.tables
        for row in rows(
            table.paper.protocol, chosen(table.entries, choice, "ky"), ends[table.paper.sitting.id]
        )
    )
    return sent(written(lines), f"discrepancies_{now[:12]}.{form}", media)


@blueprint.get("/analysis/dictionary.csv")
@logged_in
def columns() -> ResponseReturnValue:
    """Hand out what each column and code of the long table means, in three languages."""
    content = to_csv(dictionary(), request_language(), Unit.SOM)
    return download(content, "dictionary.csv", "text/csv; charset=utf-8")
