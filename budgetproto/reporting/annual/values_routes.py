"""The pages on which values come in: one territory and year at a time, or a whole file."""

from flask import Blueprint, Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.errors import Unknown
from budgetproto.exchange import PLAIN, to_csv, to_xlsx
from budgetproto.reporting.annual import filing, storage
from budgetproto.reporting.annual.domain import Indicator, Value, years_of
from budgetproto.reporting.annual.entering import put_values
from budgetproto.reporting.annual.figures import UNIT, read, typed_again
from budgetproto.reporting.annual.forms import FileForm, ValuesForm, values_form
from budgetproto.reporting.annual.importing import Known, columns, read_values, template
from budgetproto.reporting.annual.people import own_seat
from budgetproto.reporting.annual.record import is_computed
from budgetproto.reporting.annual.storage import Entered
from budgetproto.transfers.storage import find_territories, find_territory, territory_codes
from budgetproto.web import form_page, request_language, tell
from budgetproto.web.data import database, reading
from budgetproto.web.downloads import XLSX, download

blueprint = Blueprint("annual_values", __name__)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/annual-reports/<report_id>/values")
@logged_in
def index(report_id: str) -> ResponseReturnValue:
    """Choose a territory and a year, or a file."""
    with reading() as data:
        held = own_seat(data, me().id, report_id)
        words = request.args.get("words", "").strip()
        found = find_territories(data, words=words, self_governing=True, limit=20)
        counted = sum(storage.counted_values(data, report_id).values())
    form = FileForm(data={"seen": held.row.version})
    return form_page(
        "annual/values.html",
        form,
        held=held,
        found=found,
        words=words,
        counted=counted,
        years=years_of(held.row.year),
        columns=columns(),
    )


@blueprint.route("/annual-reports/<report_id>/values/<soate>/<int:year>", methods=["GET", "POST"])
@logged_in
def one(report_id: str, soate: str, year: int) -> ResponseReturnValue:
    """Type the values of one territory and year; what is typed is marked as typed by hand."""
    with reading() as data:
        held = own_seat(data, me().id, report_id)
        territory = find_territory(data, soate)
        rows = storage.values(data, report_id, territory=soate)
    if territory is None or year not in years_of(held.row.year):
        raise Unknown
    indicators = tuple(each for each in held.row.content().indicators if not is_computed(each.key))
    stands = {row[0]: storage.value_of(row) for row in rows if row[2] == year}
    form = values_form(indicators, _begun(indicators, stands, held.row.version))
    if form.validate_on_submit():
        with form.refusals():
            changed = _store(
                form, report_id, _typed(form, indicators, soate, year), _old(stands, soate, year)
            )
            tell("annual.values_kept" if changed else "annual.values_unchanged")
            return redirect(url_for(".index", report_id=report_id), 303)
    return form_page(
        "annual/form.html",
        form,
        held=held,
        heading="annual.do.values",
        intro="annual.do.values.what",
        about=territory.name,
        year=year,
    )


@blueprint.post("/annual-reports/<report_id>/values/import")
@logged_in
def import_file(report_id: str) -> ResponseReturnValue:
    """Read a file of values: all of it, or every fault of it."""
    with reading() as data:
        held = own_seat(data, me().id, report_id)
        codes, content = territory_codes(data), held.row.content()
    form = FileForm()
    if form.validate_on_submit():
        with form.refusals():
            known = Known(
                {each.key: each for each in content.indicators},
                codes,
                years_of(held.row.year),
                bool(form.illustrative.data),
            )
            sent = form.file.data
            entered = read_values(sent.read(), known, file=str(sent.filename)[-100:])
            changed = put_values(database(), me().id, report_id, entered, seen=form.read_seen())
            if changed:
                tell("annual.values_imported", rows=changed)
            else:
                tell("annual.values_unchanged")
            return redirect(url_for(".index", report_id=report_id), 303)
    return form_page(
        "annual/values.html",
        form,
        held=held,
        found=[],
        words="",
        counted=0,
        years=years_of(held.row.year),
        columns=columns(),
    )


@blueprint.get("/annual-reports/<report_id>/values/template.<ending>")
@logged_in
def values_template(report_id: str, ending: str) -> ResponseReturnValue:
    """Hand out the values that stand as a table that can be filled up and sent again."""
    with reading() as data:
        held = own_seat(data, me().id, report_id)
        sheet = template(filing.report_of(data, held.row))
    match ending:
        case "xlsx":
            return download(to_xlsx([sheet], request_language(), UNIT), "values.xlsx", XLSX)
        case "csv":
            content = to_csv(sheet, request_language(), UNIT, PLAIN)
            return download(content, "values.csv", "text/csv; charset=utf-8")
    raise Unknown


def _begun(indicators: tuple[Indicator, ...], stands: dict[str, Value], version: int) -> dict[str, object]:
    """Return what the form starts with."""
    begun: dict[str, object] = {"seen": version}
    sources = {value.source for value in stands.values()}
    begun["source"] = sources.pop() if len(sources) == 1 else ""
    begun["illustrative"] = any(value.illustrative for value in stands.values())
    for place, each in enumerate(indicators):
        value = stands.get(each.key)
        begun[f"value_{place}"] = typed_again(value.number if value else None, each.measure)
    return begun


def _typed(
    form: ValuesForm, indicators: tuple[Indicator, ...], soate: str, year: int
) -> dict[str, Entered | None]:
    """Return what was typed by indicator, None for a blank field."""
    source, made_up = (form.source.data or "").strip(), bool(form.illustrative.data)
    found: dict[str, Entered | None] = {}
    for place, each in enumerate(indicators):
        typed = (form[f"value_{place}"].data or "").strip()
        value = Value(read(typed, each.measure), "typed", source, made_up) if typed else None
        found[each.key] = Entered(each.key, soate, year, value) if value else None
    return found


def _store(
    form: ValuesForm, report_id: str, typed: dict[str, Entered | None], old: dict[str, Entered]
) -> int:
    """Store what was typed and changed, take out what was made blank; return how many values changed."""
    given = [each for each in typed.values() if each]
    entered = [each for each in given if _is_new(each, old.get(each.indicator))]
    gone = [old[key].key for key, each in typed.items() if each is None and key in old]
    if not entered and not gone:
        # The source on the form is that of what was changed; where nothing was, of all that stands there.
        entered = given
    return put_values(database(), me().id, report_id, entered, gone=gone, seen=form.read_seen())


def _old(stands: dict[str, Value], soate: str, year: int) -> dict[str, Entered]:
    return {key: Entered(key, soate, year, value) for key, value in stands.items()}


def _is_new(typed: Entered, before: Entered | None) -> bool:
    """Tell whether a number or its mark is another than the one that stands."""
    if before is None:
        return True
    new, old = typed.value, before.value
    return (old.number, old.illustrative) != (new.number, new.illustrative)
