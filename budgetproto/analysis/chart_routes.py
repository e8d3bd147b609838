"""The charts over all sittings that the reader may read: a page with their tables, and each as a picture."""

from functools import lru_cache
from typing import Final

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in
from budgetproto.analysis.across_routes import read_scope
from budgetproto.analysis.asking import ChartForm, ask, asked
from budgetproto.analysis.charts.drawing import MEDIA, PICTURES, draw
from budgetproto.analysis.charts.making import CHARTS, Drawn, chart
from budgetproto.analysis.choice import chosen
from budgetproto.analysis.scope import Scope
from budgetproto.analysis.telling import told
from budgetproto.errors import Unknown
from budgetproto.i18n import every_language
from budgetproto.web import form_page, nothing_sealed, request_language
from budgetproto.web.downloads import shown_picture

blueprint = Blueprint("charts", __name__)

#: Pictures of what is open to all their readers, by what they show; who may read is decided before.
_drawn_once: Final = lru_cache(maxsize=64)(draw)


@blueprint.get("/analysis/charts")
@logged_in
@nothing_sealed
def charts() -> ResponseReturnValue:
    """Show every chart of the chosen lines, its table beside it."""
    scope, form = _asked()
    found = _drawn(scope, form) if form.validate() else None
    return form_page(
        "analysis/charts.html",
        form,
        scope=scope,
        charts={kind: chart(kind, found) for kind in CHARTS} if found else {},
        lines=len(found.entries) if found else 0,
        foot=told(form.choice(), scope, scope.unit) if found else (),
        query=form.query(),
    )


@blueprint.get("/analysis/charts/<drawing>.<picture>")
@logged_in
def drawing(drawing: str, picture: str) -> Response:
    """Hand out one chart as a picture."""
    known = next((each for each in CHARTS if each == drawing), None)
    form_of = next((each for each in PICTURES if each == picture), None)
    if known is None or form_of is None:
        raise Unknown
    scope, form = _asked()
    made = chart(known, _drawn(scope, asked(form)))
    drawn = _drawn_once if scope.whole else draw
    return shown_picture(drawn(made, form_of), f"{known}.{form_of}", MEDIA[form_of])


def _asked() -> tuple[Scope, ChartForm]:
    scope = read_scope()
    return scope, ask(ChartForm, request.args, scope, request_language())


def _drawn(scope: Scope, form: ChartForm) -> Drawn:
    """Return what the charts are made of, with what has to be told of them on paper too."""
    language, choice = request_language(), form.choice()
    entries = chosen(scope.entries, choice, language)
    foot = [table.paper.protocol.facts for table in scope.tables]
    said = [
        every_language(
            "analysis.chart.foot", number=each.sitting.code, at=each.head.at, digest=each.head.digest[:12]
        )
        for each in foot
    ]
    said += told(choice, scope, scope.unit)
    if any(table.paper.protocol.illustrative for table in scope.tables):
        said.append(every_language("analysis.note.illustrative"))
    return Drawn(entries, form.by.data, scope.unit, language, tuple(each.text(language) for each in said))
