"""The tables of the procedure: its settings, and the days of the calendar."""

from datetime import date

from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import once
from budgetproto.i18n import Named
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


def calendar_days(session: Session) -> list[CalendarDayRow]:
    """Return the entries of the calendar in order of time."""
    query = select(CalendarDayRow).order_by(col(CalendarDayRow.day))
    return once(session, "calendar", lambda: list(session.exec(query)))
