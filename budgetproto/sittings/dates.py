"""The days that follow from a sitting and the settings: day 20, opinions, how long the record is kept."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from budgetproto.database import now
from budgetproto.i18n import Named, Sentence
from budgetproto.i18n.formatting import BISHKEK, bishkek_day
from budgetproto.sittings.day_calendar import calendar_of
from budgetproto.sittings.domain import Sitting
from budgetproto.sittings.procedure import Procedure, procedure
from budgetproto.sittings.workdays import calendar_day_after, is_working, working_day_after


@dataclass(frozen=True)
class Milestone:
    """One day that matters to a sitting, what it is, and the rule it follows from; no day: without end."""

    words: Sentence
    day: date | None
    source: Named
    working: bool


def milestones(session: Session, sitting: Sitting) -> tuple[Milestone, ...]:
    """Return the days that follow from a sitting, in order of its life."""
    rules = procedure(session)
    return (*_of_draft(session, sitting, rules), *_of_record(sitting, rules))


def usual_deadline(session: Session) -> datetime:
    """Return the deadline a new sitting begins with: the usual working days from today, at the usual hour."""
    rules, today = procedure(session), bishkek_day(now(session))
    calendar = calendar_of(session, today.year, today.year + 1)
    day = working_day_after(today, rules.number("filing_days"), calendar)
    return datetime.combine(day, rules.filing_until, tzinfo=BISHKEK)


def _of_draft(session: Session, sitting: Sitting, rules: Procedure) -> tuple[Milestone, ...]:
    begins = sitting.draft_submitted
    if begins is None:
        return ()
    calendar = calendar_of(session, begins.year, begins.year + 1)
    ends = {
        "committee_days": calendar_day_after(begins, rules.number("committee_days")),
        "opinion_days": working_day_after(begins, rules.number("opinion_days"), calendar),
    }
    return tuple(
        Milestone(_told(key, rules), day, rules.source(key), is_working(day, calendar))
        for key, day in ends.items()
    )


def _of_record(sitting: Sitting, rules: Procedure) -> tuple[Milestone, ...]:
    if sitting.ended_at is None:
        return ()
    years, ended = rules.number("retention_years"), bishkek_day(sitting.ended_at)
    # A record is kept in whole years from the year after it was made.
    day = date(ended.year + years, 12, 31) if years else None
    return (Milestone(_told("retention_years", rules), day, rules.source("retention_years"), working=True),)


def _told(key: str, rules: Procedure) -> Sentence:
    return Sentence(f"sittings.date.{key}", (("count", rules.number(key) or None),))
