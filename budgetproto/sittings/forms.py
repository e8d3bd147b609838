"""The forms of a sitting: its identity, parties, mandates, and reasons for the steps that need one."""

import re
from datetime import UTC, date, datetime, time
from typing import Any, Final, Self

from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    TimeField,
)
from wtforms.validators import Optional, ValidationError

from budgetproto.accounts.domain import SIDES, Party
from budgetproto.i18n import Named
from budgetproto.i18n.formatting import BISHKEK
from budgetproto.money import Unit
from budgetproto.sittings.domain import MandatePart, Sitting
from budgetproto.sittings.fields import Preset, in_languages, line, named, passage, spread
from budgetproto.sittings.kinds import SittingKind
from budgetproto.sittings.service import NewSitting
from budgetproto.web import Form, choice, in_years, required

_CURRENCY: Final = Named("сом", "сом", "som")


class SittingForm(Form):
    """Everything that identifies a sitting; the deadline is typed as Bishkek's clock shows it."""

    number = line("sittings.number", needed=True, most=40, description="sittings.number.hint")
    kind = SelectField(
        "sittings.kind",
        [required()],
        default=SittingKind.CONCILIATION.value,
        choices=[choice(each.value, f"sittings.kind.{each.value}") for each in SittingKind],
        description="sittings.kind.hint",
    )
    title_ky, title_ru, title_en = in_languages("sittings.title_of", needed=True)
    budget_year = IntegerField("sittings.budget_year", [required(), in_years()])
    draft_budget_ky, draft_budget_ru, draft_budget_en = in_languages("sittings.draft_budget")
    draft_reference = line("sittings.draft_reference", description="sittings.draft_reference.hint")
    draft_submitted = DateField("sittings.draft_submitted", [Optional(), in_years()])
    place_ky, place_ru, place_en = in_languages("sittings.place", needed=True)
    held_on = DateField("sittings.held_on", [Optional(), in_years()])
    deadline_day = DateField(
        "sittings.deadline_day", [required(), in_years()], description="sittings.deadline_day.hint"
    )
    deadline_time = TimeField("sittings.deadline_time", [required()])
    unit = SelectField(
        "sittings.unit",
        [required()],
        default=Unit.THOUSAND_SOMS.key,
        choices=[choice(unit.key, f"money.unit.{unit.key}") for unit in Unit if unit.currency == "KGS"],
    )
    seen = HiddenField()
    illustrative = BooleanField("sittings.illustrative", description="sittings.illustrative.hint")
    note_ky, note_ru, note_en = in_languages("sittings.note", long=True, most=2000)

    def new_sitting(self) -> NewSitting:
        """Return what was typed, once the form is valid."""
        return NewSitting(
            number=(self.number.data or "").strip(),
            title=named(self, "title"),
            draft_budget=named(self, "draft_budget"),
            draft_reference=self.draft_reference.data or "",
            draft_submitted=self.draft_submitted.data,
            budget_year=self.budget_year.data or 0,
            place=named(self, "place"),
            held_on=self.held_on.data,
            deadline=_instant(self.deadline_day.data, self.deadline_time.data),
            unit=Unit[str(self.unit.data).upper()],
            currency=_CURRENCY,
            illustrative=self.illustrative.data,
            note=named(self, "note"),
            kind=SittingKind(self.kind.data),
        )

    @classmethod
    def of(cls, sitting: Sitting) -> Self:
        """Return the form filled with what identifies a sitting."""
        plain = ("number", "budget_year", "draft_reference", "draft_submitted", "held_on", "illustrative")
        values: dict[str, Any] = {name: getattr(sitting, name) for name in plain}
        for name in ("title", "draft_budget", "place", "note"):
            values |= spread(name, getattr(sitting, name))
        values |= deadline_values(sitting.deadline)
        return cls(
            data={
                **values,
                "unit": sitting.unit.key,
                "kind": sitting.kind.value,
                "seen": str(sitting.version),
            }
        )


class DeadlineForm(Form):
    """A later deadline, and why it is put off."""

    deadline_day = DateField("sittings.deadline_day", [required(), in_years()])
    deadline_time = TimeField("sittings.deadline_time", [required()])
    reason = passage("sittings.reason", needed=True, most=2000, description="sittings.extend.reason_hint")

    def deadline(self) -> datetime:
        """Return what was typed as an instant, once the form is valid."""
        return _instant(self.deadline_day.data, self.deadline_time.data)


class BodyForm(Form):
    """A body that can be a party to sittings."""

    side = RadioField(
        "sittings.side", [required()], choices=[choice(each, f"accounts.side.{each}") for each in SIDES]
    )
    name_ky, name_ru, name_en = in_languages("sittings.body_name", needed=True)
    key = line("sittings.body_key", needed=True, most=60, description="sittings.body_key.hint")

    def validate_key(self, field: Field) -> None:
        """Refuse a key that is not plain letters, digits and hyphens: files and addresses carry it."""
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", field.data or ""):
            raise ValidationError("sittings.body_key.unfit")


class InviteForm(Form):
    """A party to invite."""

    party = SelectField("sittings.party", [required()])

    def offer(self, parties: list[Party]) -> None:
        """Let the reader choose among parties."""
        self.party.choices = _parties(parties)


class MandateForm(Form):
    """Who speaks for which party, in what capacity, by what document, and when."""

    login = line("sittings.delegate_login", needed=True, most=200, description="sittings.delegate_login.hint")
    party = SelectField("sittings.party", [required()])
    capacity_ky, capacity_ru, capacity_en = in_languages("sittings.capacity", needed=True)
    paper_ky, paper_ru, paper_en = in_languages("sittings.mandate_paper", needed=True)
    part = RadioField(
        "sittings.mandate_part",
        [Preset()],
        default=MandatePart.BOTH.value,
        choices=[choice(each.value, f"sittings.mandate_part.{each.value}") for each in MandatePart],
        description="sittings.mandate_part.hint",
    )
    valid_from = DateField("sittings.valid_from", [Optional(), in_years()])
    valid_to = DateField("sittings.valid_to", [Optional(), in_years()])

    def offer(self, parties: list[Party]) -> None:
        """Let the reader choose among the invited parties."""
        self.party.choices = _parties(parties)


class ReasonForm(Form):
    """The reason of a step that must have one."""

    reason = passage("sittings.reason", needed=True, most=2000, description="sittings.reason.hint")


class FixTermsForm(Form):
    """Fixing the terms: the reason is asked for when a side has not acknowledged them."""

    reason = passage("sittings.reason", most=2000, description="sittings.fix_terms.reason_hint")


def deadline_values(deadline: datetime) -> dict[str, Any]:
    """Return a deadline as the values of its two fields, as Bishkek's clock shows it."""
    local = deadline.astimezone(BISHKEK)
    return {"deadline_day": local.date(), "deadline_time": local.time().replace(tzinfo=None)}


def _instant(day: date | None, clock: time | None) -> datetime:
    """Return an instant in UTC of a day and a time in Bishkek."""
    return datetime.combine(day or date.min, clock or time.min, tzinfo=BISHKEK).astimezone(UTC)


def _parties(parties: list[Party]) -> list[Any]:
    return [choice("", "web.choose"), *(choice(party.id, party.name) for party in parties)]
