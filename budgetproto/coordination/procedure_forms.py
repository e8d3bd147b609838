"""The form with which the keeper of the register sets the next version of a procedure."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from wtforms import DateField, HiddenField, IntegerField, RadioField

from budgetproto.coordination.domain import LONGEST_TEXT, Level
from budgetproto.coordination.procedure_values import (
    COUNTED,
    TIMED,
    WORDED,
    Procedure,
    Rule,
    RuleSourceMissing,
    RuleUnsaid,
    TermUnfit,
)
from budgetproto.coordination.service import ProcedureMoved, VersionBackdated
from budgetproto.errors import BadInput, ConciliationError, Problem
from budgetproto.i18n import DEFAULT, LANGUAGES, Named, Sentence, text
from budgetproto.sittings.fields import labelled, named, passage, spread
from budgetproto.web import Form, Label, choice, in_years, required

#: What a rule rests on: an act in force, the committee's own rule, or a proposal that it has not adopted.
BASES: Final = ("act", "committee", "proposed")
_NEEDED: Final = ("ky", "ru")
_LONGEST_SOURCE: Final = 1000
_PLACES: Final[Mapping[type[ConciliationError], str]] = {
    RuleUnsaid: "{}_ky",
    TermUnfit: "{}_number",
    RuleSourceMissing: "{}_source_ky",
}


class ProcedureForm(Form):
    """From which day the version holds; `procedure_form` adds the fields of every rule."""

    seen = HiddenField()
    since = DateField("procedures.since", [required(), in_years()])

    def stated(self, level: Level, before: Procedure | None) -> Procedure:
        """Return what was typed; a rule that says what it said before holds since it did before."""
        since = self.since.data or date.min
        rules = {key: self._rule(key, since) for key in (*WORDED, *TIMED, *COUNTED)}
        if before is not None:
            rules = {key: _kept(rule, before.rules.get(key)) for key, rule in rules.items()}
        return Procedure(level, 0, since, rules)

    def take(self, error: ConciliationError) -> None:
        """Put the refusal of a rule beside the field it is about."""
        if isinstance(error, ProcedureMoved):
            self.seen.data = str(error.details["latest"])
        place = "since" if isinstance(error, VersionBackdated) else _place(error)
        if place in self._fields:
            super().take(BadInput(Problem(error.key, error.details, form_field=place)))
        else:
            super().take(error)

    def faulty(self, key: str) -> bool:
        """Tell whether anything of a rule was refused."""
        return any(field.errors for name, field in self._fields.items() if name.startswith(f"{key}__"))

    def _rule(self, key: str, since: date) -> Rule:
        basis = self[f"{key}__basis"].data
        return Rule(
            named(self, f"{key}__source"),
            since,
            by_act=basis == "act",
            text=named(self, f"{key}_") if key in WORDED else Named(),
            number=0 if key in WORDED else self[f"{key}__number"].data or 0,
            proposed=basis == "proposed",
        )


def procedure_form(latest: Procedure | None) -> ProcedureForm:
    """Return the form, filled with the version that was entered last."""
    fields = {name: field for key in (*WORDED, *TIMED, *COUNTED) for name, field in _fields(key).items()}
    made: type[ProcedureForm] = type("ProcedureForm", (ProcedureForm,), fields)
    filled: dict[str, Any] = {"seen": latest.version if latest else 0}
    for key, rule in latest.rules.items() if latest else ():
        filled |= spread(f"{key}_", rule.text) | spread(f"{key}__source", rule.source)
        filled |= {f"{key}__number": rule.number, f"{key}__basis": basis_of(rule)}
    return made(data=filled)


def basis_of(rule: Rule) -> str:
    """Return what a rule rests on, as the form has it."""
    return "act" if rule.by_act else "proposed" if rule.proposed else "committee"


def _fields(key: str) -> dict[str, Any]:
    label = f"coordination.rule.{key}"
    offered = [choice(each, f"procedures.basis.{each}") for each in BASES]
    basis: Any = _of_rule("procedures.basis", label)
    found: dict[str, Any] = {}
    if key in WORDED:
        for code in LANGUAGES:
            words = labelled(label, code)
            found[f"{key}__{code}"] = passage(
                words, needed=code in _NEEDED, most=LONGEST_TEXT, description=_hint(key, code)
            )
    else:
        found[f"{key}__number"] = IntegerField(label, [required()], description="procedures.number.hint")
    found[f"{key}__basis"] = RadioField(basis, [required()], choices=offered)
    for code in LANGUAGES:
        words = _of_rule("procedures.source", label, code)
        found[f"{key}__source_{code}"] = passage(words, needed=code in _NEEDED, most=_LONGEST_SOURCE)
    return found


def _of_rule(key: str, rule: str, code: str = "") -> Label:
    """Return a label that says which rule it is of: the form has the same fields for each of them."""
    words = (f"{text(key, reader)}: {text(rule, reader)}" for reader in LANGUAGES)
    tongues = (f" ({text(f'sittings.in.{code}', reader)})" if code else "" for reader in LANGUAGES)
    ky, ru, en = (f"{said}{tongue}" for said, tongue in zip(words, tongues, strict=True))
    return Label(ky, ru, en, key=key if code in {"", DEFAULT} else "")


def _hint(key: str, code: str) -> str:
    """Return the hint of a text: it stands once, above the Kyrgyz field."""
    if code != "ky":
        return ""
    return "procedures.addressee.hint" if key == "appeal_to" else "procedures.words.hint"


def _kept(rule: Rule, before: Rule | None) -> Rule:
    """Return a rule with the day of the version before where nothing else of it changed."""
    if before is None:
        return rule
    unchanged = (rule.source, rule.by_act, rule.text, rule.number, rule.proposed) == (
        before.source,
        before.by_act,
        before.text,
        before.number,
        before.proposed,
    )
    return before if unchanged else rule


def _place(error: ConciliationError) -> str:
    place, rule = _PLACES.get(type(error)), error.details.get("rule")
    if place is None or not isinstance(rule, Sentence):
        return ""
    return place.format(f"{rule.key.rsplit('.', 1)[-1]}_")
