"""The form that sets something on many lines: what is left alone on it stays on each line as it is."""

from typing import Any, Final

from wtforms import RadioField, SelectField, SelectMultipleField

from budgetproto.accounts.domain import Party
from budgetproto.disputes.figures.fields import FigureForm
from budgetproto.disputes.table.changing import Change
from budgetproto.errors import BadInput, Problem
from budgetproto.i18n import NO_NAME
from budgetproto.sittings.fields import Preset, in_languages, line, named
from budgetproto.web import choice

#: The value of a choice that leaves a line as it is; no id and no answer.
_KEEP: Final = "keep"
#: The texts that can be set, and emptied.
_TEXTS: Final = ("limit_basis", "group", "legal_basis")


def _answer(label: str, **words: str) -> RadioField:
    answers = [choice(answer, key) for answer, key in words.items()]
    kept = choice(_KEEP, "disputes.change.keep")
    return RadioField(label, [Preset()], default=_KEEP, choices=[kept, *answers])


class ChangeForm(FigureForm):
    """What many lines are to say; a blank text and the first choice leave each line as it is."""

    lead_government = SelectField("disputes.lead_government", [Preset()], default=_KEEP)
    lead_lsg = SelectField("disputes.lead_lsg", [Preset()], default=_KEEP)
    protected = _answer("disputes.protected", yes="disputes.answer.yes", no="disputes.answer.no")
    limit_basis = line("disputes.limit_basis", most=500, description="disputes.limit_basis.hint")
    group_ky, group_ru, group_en = in_languages("disputes.group")
    legal_basis_ky, legal_basis_ru, legal_basis_en = in_languages("disputes.legal_basis", most=1000)
    recurring = _answer("disputes.recurring", no="disputes.recurring.no", yes="disputes.recurring.yes")
    empty = SelectMultipleField(
        "disputes.change.empty", choices=[choice(name, f"disputes.{name}") for name in _TEXTS]
    )

    def offer(self, parties: list[Party]) -> None:
        """Let the reader choose leading parties."""
        for field, side in ((self.lead_government, "government"), (self.lead_lsg, "lsg")):
            of_side = [choice(party.id, party.name) for party in parties if party.side == side]
            kept = choice(_KEEP, "disputes.change.keep")
            field.choices = [kept, choice("", "disputes.lead.none"), *of_side]

    def change(self) -> Change:
        """Return what is to be set, once the form is valid; raise BadInput for what contradicts itself."""
        values: dict[str, Any] = {}
        for name in ("lead_government", "lead_lsg"):
            if self[name].data != _KEEP:
                values[name] = self[name].data or None
        for name in ("protected", "recurring"):
            if self[name].data != _KEEP:
                values[name] = self[name].data == "yes"
        values |= {name: typed for name in _TEXTS if (typed := self._text(name))}
        values |= self._emptied(values)
        if not values:
            raise BadInput(Problem("disputes.change.unsaid"))
        return Change(values)

    def _text(self, name: str) -> Any:
        """Return what was typed, nothing when it was left blank."""
        if name in self:
            return (self[name].data or "").strip()
        typed = named(self, name)
        return typed if typed != NO_NAME else None

    def _emptied(self, typed: dict[str, Any]) -> dict[str, Any]:
        names = self.empty.data or ()
        both = [name for name in names if name in typed]
        if both:
            raise BadInput(*(Problem("disputes.change.both", form_field="empty") for _ in both[:1]))
        return {name: "" if name in self else NO_NAME for name in names}
