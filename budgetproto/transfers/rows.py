"""The tables of the reference data, and how domain values become their rows."""

from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from budgetproto.database import Versioned, new_id
from budgetproto.i18n import LANGUAGES, Named
from budgetproto.i18n.letters import folded
from budgetproto.money import Som
from budgetproto.money.column import som_field
from budgetproto.transfers.constituencies import Constituency
from budgetproto.transfers.domain import (
    Change,
    Indicator,
    Period,
    Territory,
    Transfer,
    TransferKind,
)

Values = dict[str, Any]

#: The whole republic has no code in the classifier; an empty text keeps the column free of NULL.
REPUBLIC: Final = ""


class TerritoryRow(SQLModel, table=True):
    """One territory; `search` holds its folded names and code."""

    __tablename__ = "transfers_territory"
    soate: str = Field(primary_key=True, max_length=14)
    level: int = Field(index=True)
    kind: str
    name_ky: str
    name_ru: str
    name_en: str
    name_source: str
    parent: str | None = Field(default=None, foreign_key="transfers_territory.soate", index=True)
    as_of: str
    self_governing: bool
    valid_from: date | None
    valid_to: date | None
    note_ky: str = Field(sa_type=sa.Text)
    note_ru: str = Field(sa_type=sa.Text)
    note_en: str = Field(sa_type=sa.Text)
    search: str = Field(sa_type=sa.Text)

    def territory(self) -> Territory:
        """Return the territory without its table."""
        return Territory(
            soate=self.soate,
            level=self.level,
            kind=self.kind,  # type: ignore[arg-type]
            name=Named(self.name_ky, self.name_ru, self.name_en),
            parent=self.parent,
            as_of=self.as_of,
            self_governing=self.self_governing,
            name_source=self.name_source,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            note=Named(self.note_ky, self.note_ru, self.note_en),
        )


class ChangeRow(SQLModel, table=True):
    """What became of a territory."""

    __tablename__ = "transfers_change"
    id: str = Field(default_factory=new_id, primary_key=True)
    soate: str = Field(foreign_key="transfers_territory.soate", index=True)
    kind: str
    on: date | None
    name_ky: str
    name_ru: str
    name_en: str
    successor: str | None
    imported: bool = False
    source: str = Field(sa_type=sa.Text)
    note_ky: str = Field(sa_type=sa.Text)
    note_ru: str = Field(sa_type=sa.Text)
    note_en: str = Field(sa_type=sa.Text)

    def change(self) -> Change:
        """Return the change without its table."""
        return Change(
            soate=self.soate,
            kind=self.kind,  # type: ignore[arg-type]
            source=self.source,
            on=self.on,
            name=Named(self.name_ky, self.name_ru, self.name_en),
            successor=self.successor,
            note=Named(self.note_ky, self.note_ru, self.note_en),
        )


class IndicatorRow(SQLModel, table=True):
    """A dated value of a territory: people, or tyiyn."""

    __tablename__ = "transfers_indicator"
    __table_args__ = (sa.UniqueConstraint("soate", "kind", "on", name="uq_transfers_indicator_day"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    soate: str = Field(foreign_key="transfers_territory.soate", index=True)
    kind: str
    people: int | None = Field(default=None, sa_type=sa.BigInteger)
    amount: Som | None = som_field(default=None)
    on: date
    source: str = Field(sa_type=sa.Text)

    def indicator(self) -> Indicator:
        """Return the value without its table."""
        value = self.amount if self.amount is not None else self.people
        return Indicator(self.soate, self.kind, value, self.on, self.source)  # type: ignore[arg-type]


class ConstituencyRow(SQLModel, table=True):
    """One entry of the list of constituencies."""

    __tablename__ = "transfers_constituency"
    code: str = Field(primary_key=True, max_length=20)
    soate: str = Field(primary_key=True, foreign_key="transfers_territory.soate", max_length=14)
    valid_from: date = Field(primary_key=True)
    valid_to: date | None
    name_ky: str
    name_ru: str
    name_en: str
    source: str = Field(sa_type=sa.Text)
    illustrative: bool

    def constituency(self) -> Constituency:
        """Return the entry without its table."""
        return Constituency(
            code=self.code,
            name=Named(self.name_ky, self.name_ru, self.name_en),
            soate=self.soate,
            valid_from=self.valid_from,
            source=self.source,
            valid_to=self.valid_to,
            illustrative=self.illustrative,
        )


class KindRow(Versioned, table=True):
    """A kind of transfer with its editable legal basis."""

    __tablename__ = "transfers_kind"
    code: str = Field(primary_key=True)
    place: int
    number: str
    part_of: str | None
    status: str
    sources: str = Field(sa_type=sa.Text)
    name_ky: str
    name_ru: str
    name_en: str
    basis_ky: str = Field(sa_type=sa.Text)
    basis_ru: str = Field(sa_type=sa.Text)
    basis_en: str = Field(sa_type=sa.Text)
    unknown_ky: str = Field(sa_type=sa.Text)
    unknown_ru: str = Field(sa_type=sa.Text)
    unknown_en: str = Field(sa_type=sa.Text)
    valid_from: date | None
    valid_to: date | None

    def kind(self) -> TransferKind:
        """Return the kind without its table."""
        return TransferKind(
            code=self.code,
            name=Named(self.name_ky, self.name_ru, self.name_en),
            basis=Named(self.basis_ky, self.basis_ru, self.basis_en),
            unknown=Named(self.unknown_ky, self.unknown_ru, self.unknown_en),
            status=self.status,  # type: ignore[arg-type]
            sources=tuple(self.sources.split()),
            number=self.number,
            part_of=self.part_of,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            version=self.version or 1,
        )


class TransferRow(SQLModel, table=True):
    """One figure of one source; `place` keeps the order of the source."""

    __tablename__ = "transfers_transfer"
    key: str = Field(primary_key=True, max_length=32)
    place: int = Field(index=True)
    territory: str = Field(index=True)
    kind: str | None = Field(default=None, foreign_key="transfers_kind.code")
    words_ky: str = Field(sa_type=sa.Text)
    words_ru: str = Field(sa_type=sa.Text)
    words_en: str = Field(sa_type=sa.Text)
    period_start: str = Field(max_length=7)
    period_end: str = Field(max_length=7)
    planned: Som | None = som_field(default=None)
    approved: Som | None = som_field(default=None)
    executed: Som | None = som_field(default=None)
    counted: bool
    source: str = Field(sa_type=sa.Text, index=True)
    source_language: str
    note_ky: str = Field(sa_type=sa.Text)
    note_ru: str = Field(sa_type=sa.Text)
    note_en: str = Field(sa_type=sa.Text)

    def transfer(self) -> Transfer:
        """Return the transfer without its table."""
        return Transfer(
            territory=self.territory or None,
            kind=self.kind,
            words=Named(self.words_ky, self.words_ru, self.words_en),
            period=Period(self.period_start, self.period_end),
            source=self.source,
            planned=self.planned,
            approved=self.approved,
            executed=self.executed,
            counted=self.counted,
            source_language=self.source_language,
            note=Named(self.note_ky, self.note_ru, self.note_en),
        )


class LoadedRow(SQLModel, table=True):
    """The reference data already loaded, by the hash of its rows."""

    __tablename__ = "transfers_loaded"
    digest: str = Field(primary_key=True, max_length=64)


def languages(part: str, named: Named) -> dict[str, str]:
    """Return the columns of a name in three languages."""
    return {f"{part}_{language}": getattr(named, language) for language in LANGUAGES}


def territory_values(territory: Territory) -> Values:
    """Return the row of a territory."""
    names = " ".join(getattr(territory.name, language) for language in LANGUAGES)
    return {
        "soate": territory.soate,
        "level": territory.level,
        "kind": territory.kind,
        **languages("name", territory.name),
        "name_source": territory.name_source,
        "parent": territory.parent,
        "as_of": territory.as_of,
        "self_governing": territory.self_governing,
        "valid_from": territory.valid_from,
        "valid_to": territory.valid_to,
        **languages("note", territory.note),
        "search": f"{territory.soate} {folded(names)}",
    }


def kind_values(place: int, kind: TransferKind) -> Values:
    """Return the row of a kind of transfers, at its place in the catalogue."""
    return {
        "version": kind.version,
        "code": kind.code,
        "place": place,
        "number": kind.number,
        "part_of": kind.part_of,
        "status": kind.status,
        "sources": " ".join(kind.sources),
        **languages("name", kind.name),
        **languages("basis", kind.basis),
        **languages("unknown", kind.unknown),
        "valid_from": kind.valid_from,
        "valid_to": kind.valid_to,
    }


def transfer_values(place: int, transfer: Transfer) -> Values:
    """Return the row of a transfer, at its place in the source."""
    return {
        "key": transfer.key,
        "place": place,
        "territory": transfer.territory or REPUBLIC,
        "kind": transfer.kind,
        **languages("words", transfer.words),
        "period_start": transfer.period.start,
        "period_end": transfer.period.end,
        "planned": transfer.planned,
        "approved": transfer.approved,
        "executed": transfer.executed,
        "counted": transfer.counted,
        "source": transfer.source,
        "source_language": transfer.source_language,
        **languages("note", transfer.note),
    }
