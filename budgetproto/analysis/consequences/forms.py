"""The form of the consequences: sent by GET, so that the address holds all of it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from werkzeug.datastructures import MultiDict
from wtforms import SelectField

from budgetproto import web
from budgetproto.analysis.address_form import AddressForm
from budgetproto.analysis.consequences.effects import Lens
from budgetproto.analysis.consequences.knowledge import COUNTED
from budgetproto.analysis.consequences.report import Choice, Places
from budgetproto.errors import Problem
from budgetproto.i18n import Language, Named
from budgetproto.i18n.letters import collation
from budgetproto.money.fields import PercentageField
from budgetproto.protocol.by_territory import VARIANTS


def _listed(key: str) -> SelectField:
    return SelectField(key, choices=[], default="", validate_choice=False)


class TrialForm(AddressForm):
    """Of which territories, what is counted, and the threshold; what asks the simulation stands beside."""

    region = _listed("analysis.column.region")
    constituency = _listed("analysis.consequences.constituency")
    counted = _listed("analysis.consequences.counted")
    threshold = PercentageField(
        "analysis.consequences.threshold", description="analysis.consequences.threshold.hint"
    )

    def chosen(self, lens: Lens) -> Choice:
        """Return what was chosen, for a form without faults; a blank threshold is that of the settings."""
        threshold = self.threshold.data
        seen = lens if threshold is None else replace(lens, threshold=threshold)
        return Choice(seen, self.region.data or "", self.constituency.data or "", self.counted.data)

    def _unknown(self) -> Iterator[Problem]:
        beside = self.meta.beside
        yield from (each for each in super()._unknown() if each.details.get("name") not in beside)

    def _contradictions(self) -> Iterator[Problem]:
        yield from super()._contradictions()
        if self.threshold.data is not None and self.threshold.data < 0:
            yield Problem("analysis.below_zero", form_field="threshold")


class ConsequencesForm(TrialForm):
    """Which variant against which beside it."""

    variant = _listed("analysis.consequences.variant")
    against = _listed("analysis.consequences.against")

    def choice(self, usual: Lens) -> Choice:
        """Return what was chosen, for a form without faults."""
        return self.chosen(replace(usual, against=self.against.data, variant=self.variant.data))

    def _contradictions(self) -> Iterator[Problem]:
        yield from super()._contradictions()
        if self.variant.data == self.against.data:
            yield Problem("analysis.consequences.same", form_field="against")


def consequences_form(
    typed: "MultiDict[str, str]", usual: Lens, places: Places, year: int | None, language: Language
) -> ConsequencesForm:
    """Return the form filled in from an address, its lists holding what this sitting has.

    `year` is the one in which territories have own revenue and transfers; None where there is none.
    """
    begun = {"variant": usual.variant, "against": usual.against, "counted": _counted(year)[-1]}
    form = ConsequencesForm(typed, data=begun, meta={"csrf": False, "typed": typed, "beside": ()})
    variants = [web.choice(each, f"analysis.consequences.variant.{each}") for each in VARIANTS]
    form.variant.choices, form.against.choices = variants[1:], variants
    return _offered(form, usual, places, year, language)


def trial_form(
    typed: "MultiDict[str, str]",
    usual: Lens,
    places: Places,
    year: int | None,
    *,
    language: Language,
    beside: Collection[str],
) -> TrialForm:
    """Return the form of a simulation's consequences; `beside` are the names that ask the simulation."""
    meta = {"csrf": False, "typed": typed, "beside": beside}
    form = TrialForm(typed, data={"counted": _counted(year)[-1]}, meta=meta)
    return _offered(form, usual, places, year, language)


_Form = TypeVar("_Form", bound=TrialForm)


def _offered(form: _Form, usual: Lens, places: Places, year: int | None, language: Language) -> _Form:
    """Fill the lists with what there is; a blank threshold shows that of the settings."""
    if "threshold" not in form.typed:
        form.threshold.data = usual.threshold
    regions = {code: places.name(code) for code in set(places.oblast_of.values())}
    form.region.choices = _choices(regions, language)
    form.constituency.choices = _choices(places.constituencies, language)
    counted = [web.choice(each, f"analysis.consequences.counted.{each}") for each in _counted(year)]
    form.counted.choices = counted
    return form


def _counted(year: int | None) -> tuple[str, ...]:
    """Return what can be counted; the last one is counted at first."""
    return COUNTED if year else COUNTED[:1]


def _choices(names: Mapping[str, Named], language: Language) -> list[Any]:
    """Return a list that begins with everything, the names in the order of the alphabet."""
    codes = sorted(names, key=lambda code: collation(names[code].text(language)))
    return [
        web.choice("", "analysis.filter.all"),
        *(web.choice(code, names[code]) for code in codes),
    ]
