"""The form of the consequences: sent by GET, so that the address holds all of it."""

from collections.abc import Iterator, Mapping
from typing import Any

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


class ConsequencesForm(AddressForm):
    """Which variant against which, of which territories, and the threshold."""

    variant = _listed("analysis.consequences.variant")
    against = _listed("analysis.consequences.against")
    region = _listed("analysis.column.region")
    constituency = _listed("analysis.consequences.constituency")
    counted = _listed("analysis.consequences.counted")
    threshold = PercentageField(
        "analysis.consequences.threshold", description="analysis.consequences.threshold.hint"
    )

    def choice(self, usual: Lens) -> Choice:
        """Return what was chosen, for a form without faults; a blank threshold is that of the settings."""
        threshold = self.threshold.data
        lens = Lens(self.against.data, self.variant.data, usual.threshold if threshold is None else threshold)
        return Choice(lens, self.region.data or "", self.constituency.data or "", self.counted.data)

    def _contradictions(self) -> Iterator[Problem]:
        yield from super()._contradictions()
        if self.variant.data == self.against.data:
            yield Problem("analysis.consequences.same", form_field="against")
        if self.threshold.data is not None and self.threshold.data < 0:
            yield Problem("analysis.below_zero", form_field="threshold")


def consequences_form(
    typed: "MultiDict[str, str]", usual: Lens, places: Places, year: int | None, language: Language
) -> ConsequencesForm:
    """Return the form filled in from an address, its lists holding what this sitting has.

    `year` is the one in which territories have own revenue and transfers; None where there is none.
    """
    counted = COUNTED if year else COUNTED[:1]
    begun = {"variant": usual.variant, "against": usual.against, "counted": counted[-1]}
    form = ConsequencesForm(typed, data=begun, meta={"csrf": False, "typed": typed})
    if "threshold" not in typed:
        form.threshold.data = usual.threshold
    variants = [web.choice(each, f"analysis.consequences.variant.{each}") for each in VARIANTS]
    form.variant.choices, form.against.choices = variants[1:], variants
    regions = {code: places.name(code) for code in set(places.oblast_of.values())}
    form.region.choices = _choices(regions, language)
    form.constituency.choices = _choices(places.constituencies, language)
    form.counted.choices = [web.choice(each, f"analysis.consequences.counted.{each}") for each in counted]
    return form


def _choices(names: Mapping[str, Named], language: Language) -> list[Any]:
    """Return a list that begins with everything, the names in the order of the alphabet."""
    codes = sorted(names, key=lambda code: collation(names[code].text(language)))
    return [
        web.choice("", "analysis.filter.all"),
        *(web.choice(code, names[code]) for code in codes),
    ]
