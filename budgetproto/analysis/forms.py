"""The form of the table: sent by GET, so that the address holds all of it; nothing in it is ignored."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from werkzeug.datastructures import MultiDict
from wtforms import SelectField, SelectMultipleField, StringField

from budgetproto import web
from budgetproto.analysis.address_form import AddressForm
from budgetproto.analysis.choice import CHOSEN, Choice
from budgetproto.analysis.columns import BY_KEY, PARTS
from budgetproto.analysis.entries import STATUSES
from budgetproto.analysis.sums import GROUPINGS
from budgetproto.analysis.table import Table
from budgetproto.analysis.telling import Listed
from budgetproto.errors import Problem
from budgetproto.i18n import Language, Named
from budgetproto.i18n.letters import collation
from budgetproto.money import Som
from budgetproto.money.fields import AmountField

_LONGEST: Final = 200
#: What a column is called in the list to sort by; exact shares, marks and words sort nothing.
_SORTED: Final = tuple(
    key for key in BY_KEY if not key.endswith(("_exact", "_words", "_source")) and key != "counted"
)


def _listed(key: str) -> SelectField:
    return SelectField(key, choices=[], default="", validate_choice=False)


class ConditionsForm(AddressForm):
    """Which lines are asked for; labels are those of the columns."""

    kind = _listed("analysis.column.kind")
    region = _listed("analysis.column.region")
    outcome = _listed("analysis.column.outcome")
    words = StringField("analysis.words", [web.longest(_LONGEST)], description="analysis.words.hint")
    status = _listed("analysis.column.status")
    party = _listed("analysis.party")
    measure = _listed("analysis.column.measure")
    recurring = _listed("analysis.column.recurring")
    year = _listed("analysis.column.year")
    least = AmountField("analysis.least")
    most = AmountField("analysis.most")

    def choice(self) -> Choice:
        """Return what was chosen, for a form without faults."""
        chosen: dict[str, Any] = {
            field.name: field.data for field in self if field.data and field.name in CHOSEN
        }
        return Choice(**chosen | {"column": tuple(chosen.get("column", ()))})

    def _contradictions(self) -> Iterator[Problem]:
        yield from super()._contradictions()
        least, most = self.least.data, self.most.data
        if isinstance(least, Som) and isinstance(most, Som) and least > most:
            yield Problem("analysis.least_above_most", form_field="least")
        for field in (self.least, self.most):
            if isinstance(field.data, Som) and field.data < Som(0):
                yield Problem("analysis.below_zero", form_field=field.name)


class ChoiceForm(ConditionsForm):
    """Which lines, in which order, groups and columns."""

    sort = _listed("analysis.sort")
    order = _listed("analysis.order")
    group = _listed("analysis.group")
    column = SelectMultipleField("analysis.columns", choices=[], default=(), validate_choice=False)


def choice_form(typed: "MultiDict[str, str]", table: Table, language: Language) -> ChoiceForm:
    """Return the form filled in from an address, its lists holding what this sitting has."""
    form = ChoiceForm(typed, meta={"unit": table.paper.sitting.unit, "csrf": False, "typed": typed})
    listed(form, table, language, groupings=tuple(by for by in GROUPINGS if by != "sitting"))
    return form


def listed(form: ConditionsForm, lines: Listed, language: Language, *, groupings: Sequence[str]) -> None:
    """Put into the lists of a form what these lines have."""
    lists: dict[str, dict[str, str | Named]] = {
        "kind": _by_name(lines.kinds, language),
        "region": _by_name(lines.regions, language),
        "outcome": {each: f"analysis.standing.{each}" for each in lines.outcomes},
        "status": {each: f"analysis.status.{each}" for each in STATUSES},
        "party": dict(lines.parties),
        "measure": {each: f"disputes.measure.{each}" for each in ("amount", "percentage", "yes_no", "text")},
        "recurring": {each: f"disputes.recurring.{each}" for each in ("yes", "no")},
        "year": {str(each): Named(*[str(each)] * 3) for each in lines.years},
        "sort": {key: BY_KEY[key].column.header for key in _SORTED},
        "order": {each: f"analysis.order.{each}" for each in ("asc", "desc")},
        "group": {each: f"analysis.column.{each}" for each in groupings},
    }
    for name, choices in lists.items():
        if name in form:
            form[name].choices = [web.choice("", _BLANK.get(name, "analysis.filter.all")), *_choices(choices)]
    if "column" in form:
        form["column"].choices = list(_choices({part: f"analysis.column.{part}" for part in PARTS}))


_BLANK: Final = {
    "sort": "analysis.sort.number",
    "order": "analysis.order.usual",
    "group": "analysis.group.none",
}


def _by_name(names: Mapping[str, Named], language: Language) -> dict[str, str | Named]:
    codes = sorted(names, key=lambda code: collation(names[code].text(language)))
    return {code: names[code] for code in codes}


def _choices(named: Mapping[str, str | Named]) -> Iterator[Any]:
    return (web.choice(value, words) for value, words in named.items())
