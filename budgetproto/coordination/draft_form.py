"""The form with which a draft act is entered in the register, with the acts that go with it."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from sqlmodel import Session
from wtforms import BooleanField, DateField, SelectField
from wtforms.validators import Optional

from budgetproto.accounts import storage as accounts
from budgetproto.coordination.domain import (
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Amended,
    AmendedUnnumbered,
    Draft,
    InitiatorMissing,
    Level,
    PublishedInTheFuture,
    Related,
    TitleMissing,
)
from budgetproto.disputes.lines.form_rows import ROWS
from budgetproto.errors import BadInput, ConciliationError, Problem
from budgetproto.exchange import read_day
from budgetproto.i18n import Named
from budgetproto.sittings.fields import in_either, in_languages, line, named, numbered, passage
from budgetproto.web import Form, choice, in_years, required


class DraftForm(Form):
    """A draft act; `draft_form` adds the rows of its bundle."""

    places: ClassVar[Mapping[type[ConciliationError], str]] = {
        TitleMissing: "title_ky",
        InitiatorMissing: "initiator_ky",
        AmendedUnnumbered: "amends",
        PublishedInTheFuture: "published",
    }
    rows: ClassVar[int] = 0

    title_ky, title_ru, title_en = in_either("coordination.form.title", most=LONGEST_TITLE)
    level = SelectField(
        "coordination.column.level",
        [required()],
        choices=[
            choice("", "web.choose"),
            *(choice(each.value, f"coordination.level.{each.value}") for each in Level),
        ],
    )
    answers_for = SelectField("coordination.form.party")
    initiator_ky, initiator_ru, initiator_en = in_either("coordination.form.initiator", most=LONGEST_NAME)
    reference = line("coordination.reference", most=LONGEST_NAME)
    published = DateField("coordination.published", [Optional(), in_years()])
    address = line("coordination.address", most=LONGEST_TEXT)
    source_ky, source_ru, source_en = in_languages("coordination.source", most=LONGEST_TEXT)
    amends = passage("coordination.amends", most=LONGEST_TEXT)
    illustrative = BooleanField("coordination.form.illustrative")

    def draft(self) -> Draft:
        """Return what was typed, once the form is valid; a row without a title is left out."""
        rows = (self._related(row) for row in range(1, self.rows + 1))
        return Draft(
            title=named(self, "title"),
            level=Level(self.level.data),
            initiator=named(self, "initiator"),
            reference=(self.reference.data or "").strip(),
            published=self.published.data,
            address=(self.address.data or "").strip(),
            source=named(self, "source"),
            illustrative=self.illustrative.data,
            related=tuple(each for each in rows if each.title != Named()),
            amends=amended_acts(self.amends.data or ""),
        )

    def party(self) -> str | None:
        """Return the party that answers for the draft; None where it is no party of the house."""
        return self.answers_for.data or None

    def take(self, error: ConciliationError) -> None:
        """Put a refusal beside its field, above the form where there is none."""
        place = self.places.get(type(error)) if error.key == type(error).message_key else None
        if place:
            super().take(BadInput(Problem(error.key, error.details, form_field=place)))
        else:
            super().take(error)

    def _related(self, row: int) -> Related:
        title = Named(*((self[f"related_{code}_{row}"].data or "").strip() for code in ("ky", "ru")))
        return Related(title, present=self[f"present_{row}"].data)


def draft_form(session: Session) -> DraftForm:
    """Return the form with the bodies of the Government's side, and rows for the bundle."""
    rows = ROWS.count(1)
    fields = {name: field for row in range(1, rows + 1) for name, field in _row(row).items()}
    form: DraftForm = type("DraftForm", (DraftForm,), {**fields, "rows": rows})(**ROWS.kept())
    form.answers_for.choices = answering(session)
    return form


def answering(session: Session) -> list[Any]:
    """Return who may answer for a draft: the bodies of the Government's side, or none of the house."""
    parties = (party for party in accounts.parties(session) if party.side == "government")
    return [
        choice("", "coordination.form.no_party"),
        *(choice(party.id, party.name) for party in parties),
    ]


def _row(row: int) -> dict[str, Any]:
    label: Any = numbered("coordination.form.present", row)
    return {
        f"related_ky_{row}": line(numbered("coordination.form.related_ky", row), most=LONGEST_TITLE),
        f"related_ru_{row}": line(numbered("coordination.form.related_ru", row), most=LONGEST_TITLE),
        f"present_{row}": BooleanField(label),
    }


def amended_acts(written: str) -> tuple[Amended, ...]:
    """Read an act of each line that is not blank; raise BadInput for the field `amends`."""
    return tuple(_amended(each) for each in written.splitlines() if each.strip())


def amended_written(acts: Iterable[Amended]) -> str:
    """Write acts as the field takes them.

    >>> from datetime import date
    >>> amended_written([Amended(date(2011, 7, 15), "№ 101")])
    '15.07.2011 № 101'
    """
    return "\n".join(f"{each.on:%d.%m.%Y} {each.number}" for each in acts)


def _amended(written: str) -> Amended:
    """Read a line like «15.07.2011 № 101»; raise BadInput where it does not begin with a day."""
    day, _, number = written.strip().partition(" ")
    try:
        return Amended(read_day(day), number.strip())
    except ValueError:
        raise BadInput(
            Problem("coordination.form.amended_unread", {"line": written.strip()}, form_field="amends")
        ) from None
