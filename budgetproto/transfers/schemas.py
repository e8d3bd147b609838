"""The shapes of the CSV rows of the reference data: text in, domain values out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate

from budgetproto.i18n import LANGUAGES, Named
from budgetproto.money import Som, Unit, UnreadableNumber
from budgetproto.transfers.constituencies import Constituency
from budgetproto.transfers.domain import TERRITORY_KINDS, Change, Period, Territory, Transfer

_SOATE = validate.Regexp(r"\A[0-9]{14}\Z", error="not_soate")
_TOTAL = "TOTAL"
#: Rows that tell what a targeted transfer consists of.
_OF_TARGETED = "targeted_of_which"


class MillionSoms(fields.Field[Som]):
    """An amount written in million soms, read to the tyiyn or refused."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> Som:
        del attr, data
        try:
            return Som.parse(str(value), Unit.MILLION_SOMS)
        except UnreadableNumber as fault:
            raise ValidationError(fault.key) from fault


class OptionalDay(fields.Field["date | None"]):
    """A day, or nothing where it is not known."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> date | None:
        del attr, data
        try:
            return date.fromisoformat(value) if value else None
        except ValueError as fault:
            raise ValidationError("not_date") from fault


class _Row(Schema):
    class Meta:
        """Columns that are there for readers of the file only are passed over."""

        unknown = EXCLUDE

    name_ky = fields.String(load_default="")
    name_ru = fields.String(load_default="")
    name_en = fields.String(load_default="")
    note_ky = fields.String(load_default="")
    note_ru = fields.String(load_default="")
    note_en = fields.String(load_default="")


class TerritorySchema(_Row):
    """A row of territories.csv."""

    soate = fields.String(required=True, validate=_SOATE)
    level = fields.Integer(required=True, validate=validate.Range(1, 4))
    kind = fields.String(required=True, validate=validate.OneOf(TERRITORY_KINDS))
    name_ky_source = fields.String(load_default="")
    parent_soate = fields.String(load_default="")
    valid_from = OptionalDay(load_default=None)
    valid_to = OptionalDay(load_default=None)
    as_of = fields.String(required=True)

    @post_load
    def _made(self, row: dict[str, Any], **_: Any) -> Territory:
        return Territory(
            soate=row["soate"],
            level=row["level"],
            kind=row["kind"],
            name=_named(row, "name"),
            parent=row["parent_soate"] or None,
            as_of=row["as_of"],
            name_source=row["name_ky_source"],
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            note=_named(row, "note"),
        )


class ChangeSchema(_Row):
    """A row of territory_changes.csv."""

    soate = fields.String(required=True, validate=_SOATE)
    kind = fields.String(required=True, validate=validate.OneOf(["renamed", "merged", "split", "rank"]))
    date = OptionalDay(load_default=None)
    successor_soate = fields.String(load_default="")
    source_url = fields.Url(required=True)

    @post_load
    def _made(self, row: dict[str, Any], **_: Any) -> Change:
        return Change(
            soate=row["soate"],
            kind=row["kind"],
            source=row["source_url"],
            on=row["date"],
            name=_named(row, "name"),
            successor=row["successor_soate"] or None,
            note=_named(row, "note"),
        )


class ConstituencySchema(_Row):
    """A row of constituencies.csv."""

    code = fields.String(required=True, validate=validate.Length(min=1, max=20))
    soate = fields.String(required=True, validate=_SOATE)
    valid_from = fields.Date(required=True)
    valid_to = OptionalDay(load_default=None)
    source = fields.String(required=True, validate=validate.Length(min=1))
    illustrative = fields.Boolean(load_default=False)

    @post_load
    def _made(self, row: dict[str, Any], **_: Any) -> Constituency:
        return Constituency(
            code=row["code"],
            name=_named(row, "name"),
            soate=row["soate"],
            valid_from=row["valid_from"],
            source=row["source"],
            valid_to=row["valid_to"],
            illustrative=row["illustrative"],
        )


class TransferSchema(_Row):
    """A row of transfers_minfin.csv: financed sums, so the executed figure."""

    territory_soate = fields.String(load_default="")
    period_from = fields.String(required=True, validate=validate.Regexp(r"\A[0-9]{4}-[0-9]{2}\Z"))
    period_to = fields.String(required=True, validate=validate.Regexp(r"\A[0-9]{4}-[0-9]{2}\Z"))
    type = fields.String(required=True, validate=validate.Length(min=1))
    amount_mln_som = MillionSoms(required=True)
    counts_in_total = fields.String(required=True, validate=validate.OneOf(["0", "1"]))
    source_lang = fields.String(load_default="")
    source_url = fields.Url(required=True)

    @post_load
    def _made(self, row: dict[str, Any], **_: Any) -> Transfer:
        return Transfer(
            territory=row["territory_soate"] or None,
            kind=_kind(row["type"]),
            words=_named(row, "name"),
            period=Period(row["period_from"], row["period_to"]),
            source=row["source_url"],
            executed=row["amount_mln_som"],
            counted=row["counts_in_total"] == "1",
            source_language=row["source_lang"],
            note=_named(row, "note"),
        )


def _kind(written: str) -> str | None:
    """Return the code of the kind; a total has none."""
    if written == _TOTAL:
        return None
    return "targeted" if written == _OF_TARGETED else written


def _named(row: dict[str, Any], part: str) -> Named:
    return Named(*(row[f"{part}_{language}"] for language in LANGUAGES))
