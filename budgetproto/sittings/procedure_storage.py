"""The tables of the procedure: its settings, and the days of the calendar."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import appended_only, once
from budgetproto.i18n import Named
from budgetproto.sittings.storage import SittingRow
from budgetproto.sittings.terms_storage import TermsRow  # noqa: F401 - its table must stand before ours
from budgetproto.sittings.workdays import SpecialDay


class SettingRow(SQLModel, table=True):
    """One setting of the procedure with its source."""

    __tablename__ = "sitting_setting"
    key: str = Field(primary_key=True)
    value: str = ""
    ky: str = ""
    ru: str = ""
    en: str = ""
    source_ky: str = ""
    source_ru: str = ""
    source_en: str = ""
    changed_on: date | None = None


@appended_only
class NotedSettingRow(SQLModel, table=True):
    """A setting that decides, as a version of a sitting's terms found it: what that sitting goes by."""

    __tablename__ = "sitting_terms_setting"
    __table_args__ = (
        sa.ForeignKeyConstraint(["sitting", "number"], ["sitting_terms.sitting", "sitting_terms.number"]),
    )
    sitting: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    key: str = Field(primary_key=True)
    value: str
    source_ky: str
    source_ru: str = ""
    source_en: str = ""


def lock_setting(session: Session, key: str) -> None:
    """Wait for whoever else changes a setting that was changed before, and let others wait."""
    session.get(SettingRow, key, with_for_update=True)


class CalendarDayRow(SQLModel, table=True):
    """Whether one day is worked, against the week or the published calendar, with the act that says so."""

    __tablename__ = "sitting_calendar_day"
    day: date = Field(primary_key=True)
    working: bool
    ky: str
    ru: str = ""
    source: str

    def special_day(self) -> SpecialDay:
        """Return the day without its table."""
        return SpecialDay(self.day, self.working, Named(self.ky, self.ru), self.source, entered=True)


def settings(session: Session) -> dict[str, SettingRow]:
    """Return the settings of the procedure by key."""
    return once(session, "settings", lambda: {row.key: row for row in session.exec(select(SettingRow))})


def noted_with(session: Session, sitting_id: str, number: int) -> list[NotedSettingRow]:
    """Return the settings that stand with one version of a sitting's terms."""
    noted = NotedSettingRow
    return list(session.exec(select(noted).where(noted.sitting == sitting_id, noted.number == number)))


def noted_with_fixed_terms(session: Session, *sittings: str) -> list[NotedSettingRow]:
    """Return the settings that stand with the fixed terms of sittings, none while they are not fixed."""
    noted = NotedSettingRow
    fixed = sa.and_(
        col(SittingRow.id) == col(noted.sitting), col(SittingRow.terms_version) == col(noted.number)
    )
    query = select(noted).join(SittingRow, fixed).where(col(noted.sitting).in_(sittings))
    return list(once(session, ("noted", *sittings), lambda: list(session.exec(query))))


def calendar_days(session: Session) -> list[CalendarDayRow]:
    """Return the entries of the calendar in order of time."""
    query = select(CalendarDayRow).order_by(col(CalendarDayRow.day))
    return once(session, "calendar", lambda: list(session.exec(query)))
