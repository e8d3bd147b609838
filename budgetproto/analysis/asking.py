"""The forms of the pages about several sittings: sent by GET, as the one of a single sitting."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeVar

from werkzeug.datastructures import MultiDict
from wtforms import SelectField

from budgetproto import web
from budgetproto.analysis.choice import CONDITIONS
from budgetproto.analysis.forms import ConditionsForm, listed
from budgetproto.analysis.joining import STATES
from budgetproto.analysis.pivoted import AXES, FIGURES, LINES, OVER, Axes
from budgetproto.analysis.scope import Scope
from budgetproto.analysis.sums import GROUPINGS
from budgetproto.errors import BadInput, Problem
from budgetproto.i18n import Language

Asked = TypeVar("Asked", bound="AskForm")

_USUAL: Final = Axes()
#: What a waterfall goes by, the usual first.
STEPS: Final = ("kind", "region", "territory", "year", "sitting", "outcome", "lead_lsg")
_NAMES: Final = ("rows", "columns", "figure", "over")


def _chosen(key: str, names: Mapping[str, str], usual: str) -> SelectField:
    choices = [web.choice(value, words) for value, words in names.items()]
    return SelectField(key, choices=choices, default=usual, validate_choice=False)


_AXES: Final = {each: f"analysis.column.{each}" for each in AXES}


class AskForm(ConditionsForm):
    """Which lines of which sittings."""

    sitting = SelectField("analysis.column.sitting", choices=[], default="", validate_choice=False)

    def conditions(self, *, whole: bool = True) -> dict[str, list[str]]:
        """Return the conditions in the address, which every page over several sittings understands.

        Without the `whole` of them: a comparison says by its two sides which sitting and year it is about.
        """
        left_out = () if whole else ("sitting", "year")
        return {n: said for n, said in self.query().items() if n in CONDITIONS and n not in left_out}


class PivotForm(AskForm):
    """The same, with what stands in rows, columns and cells; what is not said is as it is usual."""

    rows = _chosen("analysis.axis.rows", _AXES, _USUAL.rows)
    columns = _chosen("analysis.axis.columns", _AXES, _USUAL.columns)
    figure = _chosen(
        "analysis.axis.figure", {each: f"analysis.column.{each}" for each in FIGURES}, _USUAL.figure
    )
    over = _chosen("analysis.axis.over", {each: f"analysis.over.{each}" for each in OVER}, _USUAL.over)

    def axes(self) -> Axes:
        """Return what was asked for, for a form without faults."""
        return Axes(**{name: self[name].data for name in _NAMES})

    def _contradictions(self) -> Iterator[Problem]:
        yield from super()._contradictions()
        if self.rows.data == self.columns.data:
            yield Problem("analysis.same_axis", form_field="columns")


class ChartForm(AskForm):
    """The same, with what the steps of a waterfall are."""

    by = _chosen("analysis.axis.by", {each: _AXES[each] for each in STEPS}, STEPS[0])


class LinesForm(AskForm):
    """The same, with the groups of the lines and their order."""

    group = SelectField("analysis.group", choices=[], default="", validate_choice=False)
    sort = SelectField("analysis.sort", choices=[], default="", validate_choice=False)
    order = SelectField("analysis.order", choices=[], default="", validate_choice=False)


class CompareForm(AskForm):
    """The same, with what is compared with what, by which figure."""

    before = SelectField("analysis.compare.before", choices=[], default="", validate_choice=False)
    after = SelectField("analysis.compare.after", choices=[], default="", validate_choice=False)
    figure = _chosen(
        "analysis.compare.figure",
        {each: f"analysis.column.{each}" for each in FIGURES if each != LINES},
        "difference",
    )
    state = _chosen(
        "analysis.column.state",
        {"": "analysis.filter.all", **{each: f"analysis.state.{each}" for each in STATES}},
        "",
    )

    def _contradictions(self) -> Iterator[Problem]:
        yield from super()._contradictions()
        if self.before.data and self.before.data == self.after.data:
            yield Problem("analysis.same_side", form_field="after")


def ask(kind: type[Asked], typed: "MultiDict[str, str]", scope: Scope, language: Language) -> Asked:
    """Return a form filled in from an address, its lists holding what these sittings have."""
    form = kind(typed, meta={"unit": scope.unit, "csrf": False, "typed": typed})
    listed(form, scope, language, groupings=GROUPINGS)
    every = [web.choice(code, name) for code, name in scope.sittings.items()]
    form.sitting.choices = [web.choice("", "analysis.filter.all"), *every]
    return form


def asked(form: Asked, *, needed: Sequence[str] = ()) -> Asked:
    """Return the form when it has no fault: a file of anything else would be a silent mistake.

    Fields `needed` are those without which there is nothing to hand out.
    """
    if not form.validate():
        raise BadInput(*form.problems())
    if missing := [name for name in needed if not form[name].data]:
        raise BadInput(*(Problem("web.required", form_field=name) for name in missing))
    return form
