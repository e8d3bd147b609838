"""The duty to report: of which year, until which day, by which act, and how it stands with each.

It is the duty of the associations that the committee has bound itself to invite, and of whoever reads this
for an association of his own. What is told is whether a report is filed: nothing of one that is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.domain import Party
from budgetproto.database import now
from budgetproto.i18n import Named
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.proceedings.participation.listing import in_force
from budgetproto.reporting.annual import storage
from budgetproto.reporting.annual.people import spoken_for
from budgetproto.sittings.procedure import Setting, procedure

SETTING = "annual_report_due"


class State(StrEnum):
    """How it stands with the duty."""

    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    LATE = "late"
    #: No act sets a day, so nothing can be overdue.
    NO_DAY = "no_day"


@dataclass(frozen=True)
class Duty:
    """The report of a year that an association owes; `until` is None where no act sets a day.

    `report` is the one that was filed, on the day `done`.
    """

    party: Party
    year: int
    until: date | None
    state: State
    source: Named
    done: date | None = None
    report: str | None = None


def duties(session: Session, person_id: str) -> tuple[Duty, ...]:
    """Return the duty of each association that this person speaks for: the report of last year."""
    return _duties(session, spoken_for(session, person_id))


def every_duty(session: Session, person_id: str) -> tuple[Duty, ...]:
    """Return the duty of each association that is bound to report, as both sides see it, and of one's own."""
    bound = {each.association.id for each in in_force(session)} | {
        each.id for each in spoken_for(session, person_id)
    }
    return _duties(session, [each for each in accounts.parties(session) if each.id in bound])


def day_due(setting: Setting, year: int) -> date | None:
    """Return the last day for the report of a year; None while no act sets one.

    On 29 February of a year without one it is the day before.
    """
    if not setting.value:
        return None
    month, day = map(int, setting.value.split("-"))
    try:
        return date(year + 1, month, day)
    except ValueError:
        return date(year + 1, month, day - 1)


def state_of(until: date | None, done: date | None, today: date) -> State:
    """Tell how it stands with a duty."""
    if until is None:
        return State.DONE if done else State.NO_DAY
    if done is not None:
        return State.DONE if done <= until else State.LATE
    return State.DUE if today <= until else State.OVERDUE


def _duties(session: Session, parties: Iterable[Party]) -> tuple[Duty, ...]:
    today = bishkek_day(now(session))
    setting = procedure(session).settings[SETTING]
    return tuple(_duty(session, each, today.year - 1, setting, today) for each in parties)


def _duty(session: Session, party: Party, year: int, setting: Setting, today: date) -> Duty:
    until, row = day_due(setting, year), storage.filed_by(session, party.id, year)
    done = row.filed_on if row else None
    return Duty(
        party, year, until, state_of(until, done, today), setting.source, done, row.id if row else None
    )
