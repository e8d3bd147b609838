"""The tables of sittings, their parties, mandates and put-off deadlines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.accounts.domain import Party, Side
from budgetproto.accounts.storage import PartyRow, PersonRow
from budgetproto.database import Clock, Versioned, appended_only, moment, once
from budgetproto.i18n import Named
from budgetproto.i18n.letters import collation
from budgetproto.money import Unit
from budgetproto.sittings.domain import (
    Extension,
    Mandate,
    MandatePart,
    Sitting,
    Stage,
)
from budgetproto.sittings.kinds import SittingKind


class SittingRow(Versioned, table=True):
    """One sitting; its row is the first lock every writing act takes."""

    __tablename__ = "sitting"
    id: str = Field(primary_key=True)
    number: str = Field(unique=True)
    title_ky: str
    title_ru: str
    title_en: str
    draft_budget_ky: str = ""
    draft_budget_ru: str = ""
    draft_budget_en: str = ""
    draft_reference: str = ""
    draft_submitted: date | None = None
    budget_year: int
    place_ky: str
    place_ru: str
    place_en: str
    held_on: date | None = None
    stage: str = Stage.PREPARING.value
    deadline: datetime
    unit: str
    currency_ky: str
    currency_ru: str
    currency_en: str
    illustrative: bool = False
    note_ky: str = ""
    note_ru: str = ""
    note_en: str = ""
    opened_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    terms_version: int | None = None
    cloned_from: str | None = Field(default=None, foreign_key="sitting.id")
    kind: str = SittingKind.CONCILIATION.value

    def sitting(self) -> Sitting:
        """Return the sitting without its table."""
        return _sitting(self)


@dataclass(frozen=True)
class Place:
    """What decides on somebody's rights in a sitting: the sitting, the time, his mandates in their order."""

    sitting: Sitting
    at: datetime
    held: tuple[tuple[Party, Mandate], ...]


class InvitedRow(SQLModel, table=True):
    """A party invited to a sitting, and whether it has declared its positions final."""

    __tablename__ = "sitting_party"
    sitting: str = Field(primary_key=True, foreign_key="sitting.id")
    party: str = Field(primary_key=True, foreign_key="account_party.id")
    ordinal: int
    final: bool = False
    four_eyes: bool = False


class MandateRow(SQLModel, table=True):
    """A person's mandate for a party in one sitting."""

    __tablename__ = "sitting_mandate"
    sitting: str = Field(primary_key=True, foreign_key="sitting.id")
    person: str = Field(primary_key=True, foreign_key="account_person.id")
    party: str = Field(primary_key=True, foreign_key="account_party.id")
    capacity_ky: str
    capacity_ru: str
    capacity_en: str
    document_ky: str
    document_ru: str
    document_en: str
    valid_from: date | None = None
    valid_to: date | None = None
    part: str = MandatePart.BOTH.value
    revoked_on: date | None = None
    revoked_reason: str = ""


@appended_only
class ExtensionRow(SQLModel, table=True):
    """The deadline of a sitting was put off, with the reason; the fixed terms stay as they are."""

    __tablename__ = "sitting_deadline_extension"
    sitting: str = Field(primary_key=True, foreign_key="sitting.id")
    number: int = Field(primary_key=True)
    before: datetime
    after: datetime
    reason: str
    person: str
    at: datetime

    def extension(self) -> Extension:
        """Return the extension without its table."""
        return Extension(self.before, self.after, self.reason, self.at)


def sitting_row(
    session: Session, sitting_id: str, *, lock: Literal["shared", "alone"] | None = None
) -> SittingRow | None:
    """Return the row of a sitting, locked until the transaction ends if asked."""
    query = select(SittingRow).where(SittingRow.id == sitting_id)
    if lock:
        query = query.with_for_update(read=lock == "shared").execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def place(session: Session, sitting_id: str, person_id: str) -> Place | None:
    """Return a sitting and what decides on a person's rights in it, in one statement."""
    key = ("place", sitting_id, person_id)
    return once(session, key, lambda: _place(session, sitting_id, person_id))


def sittings(session: Session) -> list[Sitting]:
    """Return every sitting, the newest budget year first."""
    rows = session.exec(select(SittingRow).order_by(col(SittingRow.budget_year).desc(), SittingRow.number))
    return [row.sitting() for row in rows]


def sittings_in(session: Session, years: Iterable[int], *, stages: Iterable[Stage]) -> list[Sitting]:
    """Return the sittings on these budget years in these stages, in the order of `sittings`."""
    reached = [each.value for each in stages]
    query = select(SittingRow).where(
        col(SittingRow.budget_year).in_(list(years)), col(SittingRow.stage).in_(reached)
    )
    order = col(SittingRow.budget_year).desc(), col(SittingRow.number)
    return [row.sitting() for row in session.exec(query.order_by(*order))]


def sitting_names(session: Session, ids: Iterable[str]) -> dict[str, Named]:
    """Return the titles of sittings by id."""
    rows = session.exec(select(SittingRow).where(col(SittingRow.id).in_(list(ids))))
    return {row.id: row.sitting().title for row in rows}


def invited(session: Session, sitting_id: str) -> list[tuple[Party, bool]]:
    """Return the parties of a sitting in their order, each with whether it has declared itself final."""
    key = ("invited", sitting_id)
    return list(once(session, key, lambda: invited_in(session, [sitting_id]).get(sitting_id, [])))


def invited_in(session: Session, sittings: Iterable[str]) -> dict[str, list[tuple[Party, bool]]]:
    """Return the same of many sittings that have parties, by id."""
    found: dict[str, list[tuple[Party, bool]]] = {}
    for row in session.connection().execute(_PARTIES, {"asked": list(sittings)}):
        found.setdefault(row.sitting, []).append((_party(row), row.final))
    return found


def mandates(session: Session, sitting_id: str) -> list[Mandate]:
    """Return the mandates of a sitting in order of party and person."""
    return list(once(session, ("mandates", sitting_id), lambda: _mandates(session, sitting_id)))


def _mandates(session: Session, sitting_id: str) -> list[Mandate]:
    query = (
        select(MandateRow, PersonRow.name, InvitedRow.ordinal)
        .join(PersonRow, col(PersonRow.id) == col(MandateRow.person))
        .join(InvitedRow, sa.and_(_same_sitting(), col(InvitedRow.party) == col(MandateRow.party)))
        .where(MandateRow.sitting == sitting_id)
    )
    found = sorted(session.exec(query), key=lambda each: (each[2], collation(each[1])))
    return [_mandate(row, name) for row, name, _ in found]


def mandates_of(session: Session, person_id: str) -> list[tuple[Sitting, Party, date | None]]:
    """Return the sittings and parties of a person's mandates that stand, each with its last day."""
    query = (
        select(SittingRow, PartyRow, MandateRow)
        .join(MandateRow, col(MandateRow.sitting) == col(SittingRow.id))
        .join(PartyRow, col(PartyRow.id) == col(MandateRow.party))
        .where(MandateRow.person == person_id, col(MandateRow.revoked_on).is_(None))
    )
    return [(row.sitting(), party.party(), held.valid_to) for row, party, held in session.exec(query)]


def revoked_in(session: Session, person_id: str, stage: Stage) -> list[tuple[Sitting, Party]]:
    """Return the sittings of a stage and the parties of a person's mandates there that were revoked."""
    query = (
        select(SittingRow, PartyRow)
        .join(MandateRow, col(MandateRow.sitting) == col(SittingRow.id))
        .join(PartyRow, col(PartyRow.id) == col(MandateRow.party))
        .where(MandateRow.person == person_id, col(MandateRow.revoked_on).is_not(None))
        .where(SittingRow.stage == stage.value)
    )
    return [(row.sitting(), party.party()) for row, party in session.exec(query)]


def sittings_before(session: Session, stage: Stage) -> list[Sitting]:
    """Return the sittings that have not come to a stage yet, by number."""
    earlier = [each.value for each in list(Stage)[: list(Stage).index(stage)]]
    query = select(SittingRow).where(col(SittingRow.stage).in_(earlier)).order_by(SittingRow.number)
    return [row.sitting() for row in session.exec(query)]


def every_mandate(session: Session, person: str) -> list[Mandate]:
    """Return the mandates of a person in every sitting, without his name."""
    return [_mandate(row, "") for row in mandate_rows(session, person)]


def mandate_rows(session: Session, person: str) -> list[MandateRow]:
    """Return the rows of a person's mandates in every sitting."""
    return list(session.exec(select(MandateRow).where(MandateRow.person == person)))


def four_eyes(session: Session, sitting_id: str) -> frozenset[str]:
    """Return the parties of a sitting that need two people to file."""
    query = select(InvitedRow.party).where(InvitedRow.sitting == sitting_id, col(InvitedRow.four_eyes))
    return frozenset(session.exec(query))


def extensions(session: Session, sitting_id: str) -> list[Extension]:
    """Return how often the deadline of a sitting was put off, in order."""
    query = select(ExtensionRow).where(ExtensionRow.sitting == sitting_id)
    return [row.extension() for row in session.exec(query.order_by(col(ExtensionRow.number)))]


def invited_rows(session: Session, sitting_id: str) -> list[InvitedRow]:
    """Return the rows of the invited parties in their order."""
    query = select(InvitedRow).where(InvitedRow.sitting == sitting_id)
    return list(session.exec(query.order_by(col(InvitedRow.ordinal))))


def party_mandates(session: Session, sitting_id: str, party_id: str) -> list[MandateRow]:
    """Return the rows of a party's mandates."""
    query = select(MandateRow).where(MandateRow.sitting == sitting_id, MandateRow.party == party_id)
    return list(session.exec(query.order_by(MandateRow.person)))


def _same_sitting() -> sa.ColumnElement[bool]:
    return col(InvitedRow.sitting) == col(MandateRow.sitting)


def _mandate(row: Any, name: str) -> Mandate:
    return Mandate(
        person=row.person,
        person_name=name,
        party=row.party,
        capacity=Named(row.capacity_ky, row.capacity_ru, row.capacity_en),
        document=Named(row.document_ky, row.document_ru, row.document_en),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        part=MandatePart(row.part),
        revoked_on=row.revoked_on,
    )


def _sitting(row: Any) -> Sitting:
    """Return the sitting of a row of the mapper or of a statement's result."""
    return Sitting(
        id=row.id,
        number=row.number,
        title=Named(row.title_ky, row.title_ru, row.title_en),
        draft_budget=Named(row.draft_budget_ky, row.draft_budget_ru, row.draft_budget_en),
        draft_reference=row.draft_reference,
        draft_submitted=row.draft_submitted,
        budget_year=row.budget_year,
        place=Named(row.place_ky, row.place_ru, row.place_en),
        held_on=row.held_on,
        stage=Stage(row.stage),
        deadline=row.deadline,
        unit=Unit[row.unit.upper()],
        currency=Named(row.currency_ky, row.currency_ru, row.currency_en),
        illustrative=row.illustrative,
        note=Named(row.note_ky, row.note_ru, row.note_en),
        opened_at=row.opened_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        terms_version=row.terms_version,
        version=row.version,
        cloned_from=row.cloned_from,
        kind=SittingKind(row.kind),
    )


def _place(session: Session, sitting_id: str, person_id: str) -> Place | None:
    asked = {"asked": sitting_id, "asking": person_id}
    rows = session.connection().execute(_PLACE, asked).all()
    if not rows:
        return None
    held = tuple(_held(row) for row in rows if row.party is not None)
    return Place(_sitting(rows[0]), moment(rows[0].clock), held)


def _held(row: Any) -> tuple[Party, Mandate]:
    return _party(row), _mandate(row, "")


def _party(row: Any) -> Party:
    side: Side = "government" if row.side == "government" else "lsg"
    return Party(row.party, row.key, side, Named(row.name_ky, row.name_ru, row.name_en))


_SITTING: Final[sa.Table] = SittingRow.__table__  # type: ignore[attr-defined]  # SQLModel tells no type


_MANDATE: Final[sa.Table] = MandateRow.__table__  # type: ignore[attr-defined]


_INVITED: Final[sa.Table] = InvitedRow.__table__  # type: ignore[attr-defined]


_PARTY: Final[sa.Table] = PartyRow.__table__  # type: ignore[attr-defined]


_MANDATED: Final = _MANDATE.join(
    _INVITED, sa.and_(_INVITED.c.sitting == _MANDATE.c.sitting, _INVITED.c.party == _MANDATE.c.party)
).join(_PARTY, _PARTY.c.id == _MANDATE.c.party)
_OF_PARTY: Final = tuple(_PARTY.c[name] for name in ("key", "side", "name_ky", "name_ru", "name_en"))
_PARTIES: Final = (
    sa.select(_INVITED.c.sitting, _INVITED.c.party, _INVITED.c.final, *_OF_PARTY)
    .join(_PARTY, _PARTY.c.id == _INVITED.c.party)
    .where(_INVITED.c.sitting.in_(sa.bindparam("asked", type_=sa.String, expanding=True)))
    .order_by(_INVITED.c.ordinal)
)
_PLACE: Final = (
    sa.select(*_SITTING.c, Clock().label("clock"), *_OF_PARTY, *_MANDATE.c)
    .select_from(
        _SITTING.outerjoin(
            _MANDATED,
            sa.and_(
                _MANDATE.c.sitting == _SITTING.c.id,
                _MANDATE.c.person == sa.bindparam("asking", type_=sa.String),
            ),
        )
    )
    .where(_SITTING.c.id == sa.bindparam("asked", type_=sa.String))
    .order_by(_INVITED.c.ordinal)
)
