"""PURE: counting working days: Monday to Friday, but for the days that a calendar names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from budgetproto.i18n.languages import Named

_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class SpecialDay:
    """A day that departs from the week: a holiday, a day off moved to it, a Saturday that is worked."""

    day: date
    working: bool
    name: Named
    source: str
    #: True for an entry of the service's own calendar, False for a day of the published one.
    entered: bool = False


#: The special days there are, by date.
Calendar = Mapping[date, SpecialDay]


def is_working(day: date, calendar: Calendar) -> bool:
    """Tell whether a day is worked.

    >>> is_working(date(2026, 11, 27), {}), is_working(date(2026, 11, 28), {})
    (True, False)
    """
    special = calendar.get(day)
    return special.working if special else day.weekday() < _SATURDAY


def working_days(after: date, until: date, calendar: Calendar) -> int:
    """Count the working days after one day, up to another and including it.

    >>> working_days(date(2026, 11, 27), date(2026, 12, 4), {})
    5
    """
    days = (after + count * _DAY for count in range(1, (until - after).days + 1))
    return sum(is_working(day, calendar) for day in days)


def working_day_after(day: date, count: int, calendar: Calendar) -> date:
    """Return the last day of a term of so many working days; the day it begins on does not count.

    >>> working_day_after(date(2026, 11, 27), 1, {})
    datetime.date(2026, 11, 30)
    """
    while count > 0:
        day += _DAY
        count -= is_working(day, calendar)
    return day


def calendar_day_after(day: date, count: int) -> date:
    """Return the last day of a term of so many calendar days; the day it begins on does not count.

    >>> calendar_day_after(date(2026, 10, 1), 20)
    datetime.date(2026, 10, 21)
    """
    return day + count * _DAY
