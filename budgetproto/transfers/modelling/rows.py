"""The tables of parameter sets and of what is known of territories for the models."""

import json
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from budgetproto.database import appended_only
from budgetproto.i18n import Named
from budgetproto.transfers.models import Input, ParameterSet
from budgetproto.transfers.rows import languages


@appended_only
class ParameterSetRow(SQLModel, table=True):
    """One version of a parameter set; its values are a JSON object of whole numbers."""

    __tablename__ = "transfers_parameter_set"
    code: str = Field(primary_key=True, max_length=60)
    version: int = Field(primary_key=True)
    model: str = Field(index=True)
    status: str
    name_ky: str
    name_ru: str
    name_en: str
    reference_ky: str = Field(sa_type=sa.Text)
    reference_ru: str = Field(sa_type=sa.Text)
    reference_en: str = Field(sa_type=sa.Text)
    note_ky: str = Field(sa_type=sa.Text)
    note_ru: str = Field(sa_type=sa.Text)
    note_en: str = Field(sa_type=sa.Text)
    source: str = Field(sa_type=sa.Text)
    valid_from: date
    valid_to: date | None
    stated: str = Field(sa_type=sa.Text)

    def parameters(self) -> ParameterSet:
        """Return the set without its table."""
        return ParameterSet(
            model=self.model,  # type: ignore[arg-type]
            code=self.code,
            name=Named(self.name_ky, self.name_ru, self.name_en),
            status=self.status,  # type: ignore[arg-type]
            valid_from=self.valid_from,
            values=json.loads(self.stated),
            source=self.source,
            reference=Named(self.reference_ky, self.reference_ru, self.reference_en),
            note=Named(self.note_ky, self.note_ru, self.note_en),
            valid_to=self.valid_to,
            version=self.version,
        )

    @classmethod
    def of(cls, parameters: ParameterSet) -> "ParameterSetRow":
        """Return the row of a set."""
        return cls(
            code=parameters.code,
            version=parameters.version,
            model=parameters.model,
            status=parameters.status,
            **languages("name", parameters.name),
            **languages("reference", parameters.reference),
            **languages("note", parameters.note),
            source=parameters.source,
            valid_from=parameters.valid_from,
            valid_to=parameters.valid_to,
            stated=json.dumps(dict(parameters.values)),
        )


class ModelInputRow(SQLModel, table=True):
    """One figure of a territory in one year; made-up figures stand beside real ones, which go before them."""

    __tablename__ = "transfers_model_input"
    year: int = Field(primary_key=True)
    kind: str = Field(primary_key=True, max_length=20)
    item: str = Field(primary_key=True, max_length=60)
    soate: str = Field(primary_key=True, max_length=14, foreign_key="transfers_territory.soate")
    illustrative: bool = Field(primary_key=True)
    amount: int | None = Field(default=None, sa_type=sa.BigInteger)
    quantity: int | None = Field(default=None, sa_type=sa.BigInteger)
    source: str = Field(sa_type=sa.Text)


def input_values(each: Input) -> dict[str, Any]:
    """Return the row of a figure."""
    return {
        "year": each.year,
        "kind": each.kind,
        "item": each.item,
        "soate": each.soate,
        "illustrative": each.illustrative,
        "amount": each.amount,
        "quantity": each.quantity,
        "source": each.source,
    }
