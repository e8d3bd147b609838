"""The table of contested lines and what is asked of it."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from budgetproto.accounts.storage import PartyRow  # noqa: F401 - its table must stand before ours
from budgetproto.database import Versioned
from budgetproto.disputes.domain import Base, Line, LineText, Measure, ParameterLink
from budgetproto.disputes.lines.history import KNOWN_FIGURES, Withdrawal
from budgetproto.disputes.parameters.prices import from_plain, to_plain
from budgetproto.disputes.positions import document
from budgetproto.i18n import Named
from budgetproto.journal.storage import ChainRow
from budgetproto.money import Som
from budgetproto.money.column import som_field


def _closed_lines() -> sa.Index:
    """Return the index of the lines that are still closed: each page asks whether there is one."""
    closed = sa.text("opened_at IS NULL AND withdrawn_at IS NULL")
    return sa.Index("ix_dispute_line_closed", "sitting", sqlite_where=closed, postgresql_where=closed)


class LineRow(Versioned, table=True):
    """One contested line; figures are tyiyn or hundredths of a percentage point, by its measure."""

    __tablename__ = "dispute_line"
    __table_args__ = (sa.UniqueConstraint("sitting", "number"), _closed_lines())
    id: str = Field(primary_key=True)
    sitting: str = Field(foreign_key="sitting.id", index=True)
    number: int
    title_ky: str
    title_ru: str
    title_en: str
    kind: str
    territory: str | None = None
    group_ky: str = ""
    group_ru: str = ""
    group_en: str = ""
    year: int
    measure: str
    recurring: bool = False
    legal_basis_ky: str = ""
    legal_basis_ru: str = ""
    legal_basis_en: str = ""
    budget_code: str = ""
    history: str = Field(default="[]", sa_type=sa.Text)
    base_government: int | None = Field(default=None, sa_type=sa.BigInteger)
    base_government_source: str = ""
    base_government_illustrative: bool = False
    base_government_as_of: date | None = None
    base_lsg: int | None = Field(default=None, sa_type=sa.BigInteger)
    base_lsg_source: str = ""
    base_lsg_illustrative: bool = False
    base_lsg_as_of: date | None = None
    approved_last_year: int | None = Field(default=None, sa_type=sa.BigInteger)
    approved_last_year_source: str = ""
    approved_last_year_illustrative: bool = False
    approved_last_year_as_of: date | None = None
    executed: int | None = Field(default=None, sa_type=sa.BigInteger)
    executed_source: str = ""
    executed_illustrative: bool = False
    executed_as_of: date | None = None
    documented_need: int | None = Field(default=None, sa_type=sa.BigInteger)
    documented_need_source: str = ""
    documented_need_illustrative: bool = False
    documented_need_as_of: date | None = None
    parameter_set: str = ""
    parameter: str = ""
    parameter_year: int = 0
    prices: str = ""
    money_base: Som | None = som_field(default=None)
    cost_sign: int = 1
    step: int | None = None
    floor: int | None = Field(default=None, sa_type=sa.BigInteger)
    cap: int | None = Field(default=None, sa_type=sa.BigInteger)
    protected: bool = False
    limit_basis: str = ""
    lead_government: str | None = Field(default=None, foreign_key="account_party.id")
    lead_lsg: str | None = Field(default=None, foreign_key="account_party.id")
    illustrative: bool = False
    note_ky: str = ""
    note_ru: str = ""
    note_en: str = ""
    opened_at: datetime | None = None
    second_term_until: datetime | None = None
    cloned_from: str | None = Field(default=None, foreign_key="dispute_line.id", index=True)
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""

    def line(self) -> Line:
        """Return the line without its table."""
        return Line(
            id=self.id,
            sitting=self.sitting,
            number=self.number,
            text=self.text(),
            opened_at=self.opened_at,
            second_term_until=self.second_term_until,
            version=cast(int, self.version),
            cloned_from=self.cloned_from,
            withdrawn=Withdrawal(self.withdrawn_at, self.withdrawn_reason) if self.withdrawn_at else None,
        )

    def text(self) -> LineText:
        """Return what was entered of the line."""
        measure = Measure(self.measure)
        return LineText(
            title=Named(self.title_ky, self.title_ru, self.title_en),
            kind=self.kind,
            territory=self.territory,
            group=Named(self.group_ky, self.group_ru, self.group_en),
            year=self.year,
            measure=measure,
            recurring=self.recurring,
            legal_basis=Named(self.legal_basis_ky, self.legal_basis_ru, self.legal_basis_en),
            budget_code=self.budget_code,
            history=document.history_read(json.loads(self.history)),
            base_government=self._base(measure, "base_government"),
            base_lsg=self._base(measure, "base_lsg"),
            money_base=self.money_base,
            cost_sign=-1 if self.cost_sign < 0 else 1,
            step=self.step,
            floor=figure_in(measure, self.floor),
            cap=figure_in(measure, self.cap),
            protected=self.protected,
            limit_basis=self.limit_basis,
            lead_government=self.lead_government,
            lead_lsg=self.lead_lsg,
            illustrative=self.illustrative,
            note=Named(self.note_ky, self.note_ru, self.note_en),
            approved_last_year=self._base(measure, "approved_last_year"),
            executed=self._base(measure, "executed"),
            documented_need=self._base(measure, "documented_need"),
            parameter=ParameterLink(self.parameter_set, self.parameter, self.parameter_year),
            prices=from_plain(json.loads(self.prices)) if self.prices else None,
        )

    def enter(self, text: LineText) -> None:
        """Take over what was entered."""
        for name in ("title", "group", "legal_basis", "note"):
            for code, written in vars(getattr(text, name)).items():
                setattr(self, f"{name}_{code}", written)
        for name in _PLAIN:
            setattr(self, name, getattr(text, name))
        for name in ("floor", "cap"):
            setattr(self, name, raw(getattr(text, name)))
        for name in KNOWN_FIGURES:
            self._take_base(name, getattr(text, name))
        self.history = json.dumps(document.history_written(text.history), ensure_ascii=False)
        self.measure = text.measure.value
        self.parameter_set, self.parameter = text.parameter.parameters, text.parameter.name
        self.parameter_year = text.parameter.year
        self.prices = json.dumps(to_plain(text.prices)) if text.prices else ""

    def _base(self, measure: Measure, name: str) -> Base:
        source, as_of = getattr(self, f"{name}_source"), getattr(self, f"{name}_as_of")
        made_up = getattr(self, f"{name}_illustrative")
        return Base(figure_in(measure, getattr(self, name)), source, made_up, as_of)

    def _take_base(self, name: str, base: Base) -> None:
        setattr(self, name, raw(base.figure))
        for part in ("source", "illustrative", "as_of"):
            setattr(self, f"{name}_{part}", getattr(base, part))


_PLAIN = (
    "kind",
    "territory",
    "year",
    "recurring",
    "budget_code",
    "money_base",
    "cost_sign",
    "step",
    "protected",
    "limit_basis",
    "lead_government",
    "lead_lsg",
    "illustrative",
)


def figure_in(measure: Measure, stored: int | None) -> Som | int | None:
    """Return a stored number as the figure its measure makes of it."""
    return Som(stored) if stored is not None and measure is Measure.AMOUNT else stored


def raw(figure: Som | int | None) -> int | None:
    """Return the number to store of a figure."""
    return figure.tyiyn if isinstance(figure, Som) else figure


def line_row(session: Session, line_id: str, *, lock: bool = False) -> LineRow | None:
    """Return the row of a line, locked until the transaction ends if asked."""
    query = select(LineRow).where(LineRow.id == line_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def sitting_of(session: Session, line_id: str) -> str | None:
    """Return the sitting a line belongs to."""
    return session.exec(select(LineRow.sitting).where(LineRow.id == line_id)).one_or_none()


def lines(session: Session, sitting: str) -> list[Line]:
    """Return the lines of a sitting in the order of their numbers, without those withdrawn."""
    query = _standing(sitting).order_by(col(LineRow.number))
    return [row.line() for row in session.exec(query)]


def heads(session: Session, sitting: str, chains: tuple[str, str]) -> tuple[tuple[str, str], bool]:
    """Return the heads of two chains, and whether any line of the sitting is still closed, in one look."""
    asked = {"sitting": sitting, "first": chains[0], "second": chains[1]}
    first, second, sealed = session.connection().execute(_HEADS, asked).one()
    return (first or "", second or ""), bool(sealed)


def line_rows(session: Session, sitting: str) -> list[LineRow]:
    """Return the rows of a sitting's lines, locked in order of their ids, without those withdrawn."""
    query = _standing(sitting).order_by(LineRow.id).with_for_update()
    return list(session.exec(query))


def next_number(session: Session, sitting: str) -> int:
    """Return the number of the next line; that of a withdrawn one is not given again."""
    query = select(sa.func.max(LineRow.number)).where(LineRow.sitting == sitting)
    return (session.exec(query).one() or 0) + 1


def line_names(session: Session, ids: Iterable[str]) -> dict[str, Named]:
    """Return what lines are called in a sentence, by id: number and title."""
    rows = session.exec(select(LineRow).where(col(LineRow.id).in_(list(ids))))
    return {row.id: _numbered(row.number, row.text().title) for row in rows}


def _standing(sitting: str) -> Any:
    """Return the query for the lines of a sitting that were not withdrawn."""
    return select(LineRow).where(LineRow.sitting == sitting, col(LineRow.withdrawn_at).is_(None))


def _numbered(number: int, title: Named) -> Named:
    return Named(*(f"№ {number} «{text}»" if text else "" for text in (title.ky, title.ru, title.en)))


def _head(name: str) -> "sa.ScalarSelect[str]":
    chain = sa.bindparam(name, type_=sa.String)
    return sa.select(col(ChainRow.head)).where(col(ChainRow.chain) == chain).scalar_subquery()


_HEADS = sa.select(
    _head("first"),
    _head("second"),
    sa.exists(
        sa.select(sa.literal(1)).where(
            col(LineRow.sitting) == sa.bindparam("sitting", type_=sa.String),
            col(LineRow.opened_at).is_(None),
            col(LineRow.withdrawn_at).is_(None),
        )
    ),
)
