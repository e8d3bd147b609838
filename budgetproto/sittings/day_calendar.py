"""The calendar of working days: the country's published holidays, overridden by entries with their source."""

from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.metadata import version

import holidays
from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.database import Database
from budgetproto.errors import NotPermitted, Refused, Unknown
from budgetproto.i18n import Named
from budgetproto.journal import SYSTEM, append
from budgetproto.sittings import procedure_storage
from budgetproto.sittings.events import CalendarDayEntered, CalendarDayRemoved
from budgetproto.sittings.procedure import KEEPERS, SourceMissing
from budgetproto.sittings.procedure_storage import CalendarDayRow
from budgetproto.sittings.workdays import Calendar, SpecialDay

#: How the library calls our languages.
_LANGUAGES = {"ky": "ky", "ru": "ru_KG", "en": "en_US"}

_KEEPS: list[Callable[[Session, date], None]] = []


class DayNameMissing(Refused):
    """A day of the calendar needs a name in Kyrgyz: what is celebrated or what was moved."""

    message_key = "sittings.calendar.name_missing"


def calendar_of(session: Session, *years: int) -> Calendar:
    """Return the special days of these years: the published ones, then what was entered over them."""
    published = {day.day: day for year in years for day in published_days(year)}
    entered = {row.day: row.special_day() for row in procedure_storage.calendar_days(session)}
    return published | {day: special for day, special in entered.items() if day.year in years}


def enter_day(
    database: Database, person_id: str, day: date, *, working: bool, name: Named, source: str
) -> None:
    """Say of one day whether it is worked, and by what act; an entry of the same day is replaced."""
    if not source.strip():
        raise SourceMissing
    if not name.ky.strip():
        raise DayNameMissing
    with database.writing() as session:
        require_keeper(session, person_id)
        row = CalendarDayRow(day=day, working=working, ky=name.ky, ru=name.ru, source=source.strip())
        session.merge(row)
        session.flush()
        _tell(session, day)
        answer = "yes" if working else "no"
        event = CalendarDayEntered(person_id, day.isoformat(), answer, name.ky, source.strip())
        append(session, SYSTEM, event)


def remove_day(database: Database, person_id: str, day: date) -> None:
    """Take an entry out again, so that the published calendar holds on that day."""
    with database.writing() as session:
        require_keeper(session, person_id)
        row = session.get(CalendarDayRow, day)
        if row is None:
            raise Unknown
        session.delete(row)
        session.flush()
        _tell(session, day)
        append(session, SYSTEM, CalendarDayRemoved(person_id, day.isoformat()))


def register(changed: Callable[[Session, date], None]) -> None:
    """Say who keeps days counted by the calendar, and counts them anew when one of its days changes."""
    _KEEPS[:] = [changed]


def require_keeper(session: Session, person_id: str) -> None:
    """Raise NotPermitted unless a person keeps the settings of the procedure."""
    person = accounts.person(session, person_id)
    if person is None or person.roles.isdisjoint(KEEPERS):
        raise NotPermitted(denied="sittings.change_setting")


@cache
def published_days(year: int) -> tuple[SpecialDay, ...]:
    """Return the holidays of a year and the weekend days that are worked for them."""
    named = {
        code: holidays.country_holidays("KG", years=year, language=language)
        for code, language in _LANGUAGES.items()
    }
    source = f"python-holidays {version('holidays')}"
    off = [
        SpecialDay(day, False, Named(*(each[day] for each in named.values())), source)
        for day in sorted(named["ky"])
        if day.year == year
    ]
    worked = [
        SpecialDay(day, True, Named(), source)
        for day in sorted(named["ky"].weekend_workdays)
        if day.year == year
    ]
    return (*off, *worked)


def _tell(session: Session, day: date) -> None:
    for counts_anew in _KEEPS:
        counts_anew(session, day)
