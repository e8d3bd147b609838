"""How the assignments stand today: of one line, and of everything on the desk of a delegate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.database import now
from budgetproto.disputes import storage as disputes
from budgetproto.disputes.domain import Line
from budgetproto.i18n import Sentence
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.proceedings.following import storage
from budgetproto.proceedings.following.domain import (
    PRESSING,
    Assignment,
    Duty,
    FollowUp,
    duty_of,
    of_kind,
)
from budgetproto.sittings import service as sittings
from budgetproto.sittings import storage as sitting_storage
from budgetproto.sittings.domain import Act, Sitting, Standing, may
from budgetproto.sittings.page import Check, Where
from budgetproto.sittings.procedure import procedure


@dataclass(frozen=True)
class Clock:
    """The day in Bishkek, and from how many days before its day on an assignment is due."""

    today: date
    warning: int

    def duty(self, assignment: Assignment | None, entered: Sequence[FollowUp]) -> Duty:
        """Tell how an assignment stands, where this was entered of its line."""
        adopted = of_kind(entered, "adopted")
        last = adopted[-1] if adopted else None
        return duty_of(assignment, last, day=self.today, warning=self.warning)


@dataclass(frozen=True)
class OnDesk:
    """One line that a party of the reader's sees to, and how that stands."""

    sitting: Sitting
    party: Party
    line: Line
    assignment: Assignment
    duty: Duty


def clock(session: Session) -> Clock:
    """Return by what assignments are judged now."""
    return Clock(bishkek_day(now(session)), procedure(session).number("follow_up_days"))


def duty_now(session: Session, assignment: Assignment | None, entered: Sequence[FollowUp]) -> Duty:
    """Tell how one assignment stands now."""
    return clock(session).duty(assignment, entered)


def on_desk(session: Session, person_id: str) -> list[OnDesk]:
    """Return what the parties that a person speaks for today still have to see to, the earliest day first.

    Only lines that the person may read are there; what the law has settled is gone from the desk.
    """
    parties = {mandate.party for mandate in sitting_storage.every_mandate(session, person_id)}
    found = [
        each
        for sitting_id in storage.sittings_assigned(session, parties)
        for each in _in_sitting(session, person_id, sitting_id)
    ]
    return sorted(found, key=lambda each: (each.assignment.due, each.sitting.number, each.line.number))


def pressing(found: Sequence[OnDesk]) -> int:
    """Count what is due or overdue."""
    return sum(each.duty in PRESSING for each in found)


def _in_sitting(session: Session, person_id: str, sitting_id: str) -> list[OnDesk]:
    seen, place = (
        sitting_storage.place(session, sitting_id, person_id),
        sittings.standing(session, person_id, sitting_id),
    )
    if seen is None or not may(place, Act.READ_OPENED, seen.sitting.stage):
        return []
    by, watch, lines = _parties(place), clock(session), _lines(session, sitting_id)
    entered = storage.follow_ups(session, sitting_id)
    last = {line: each[-1] for line, each in storage.assignments(session, sitting_id).items()}
    return [
        OnDesk(seen.sitting, by[each.party], lines[line], each, watch.duty(each, entered.get(line, ())))
        for line, each in last.items()
        if each.party in by and line in lines and not of_kind(entered.get(line, ()), "adopted")
    ]


def _parties(place: Standing) -> dict[str | None, Party]:
    return {party.id: party for party in place.parties}


def _lines(session: Session, sitting_id: str) -> dict[str, Line]:
    return {line.id: line for line in disputes.lines(session, sitting_id)}


def checks(session: Session, sitting: Sitting, place: Standing) -> tuple[Check, ...]:
    """Tell of how many questions it is known who sees to them, what is overdue, and what became of them."""
    lines, watch = disputes.lines(session, sitting.id), clock(session)
    later, last = storage.follow_ups(session, sitting.id), storage.assignments(session, sitting.id)
    duties = {line.id: watch.duty(_newest(last.get(line.id)), later.get(line.id, ())) for line in lines}
    free = [line for line in lines if duties[line.id] == "nobody" and line.id not in later]
    pressed = [line for line in lines if duties[line.id] in PRESSING]
    unknown = [line for line in lines if line.id not in later]
    writes = may(place, Act.ENTER_FOLLOW_UP, sitting.stage)
    told = (
        ("following.check.assigned", free, "follow_ups.assignment"),
        ("following.check.pressing", pressed, "follow_ups.follow_up"),
        ("proceedings.check.followed", unknown, "follow_ups.follow_up"),
    )
    return tuple(_check(key, left, len(lines), view if writes else "") for key, left, view in told)


def _newest(assigned: Sequence[Assignment] | None) -> Assignment | None:
    return assigned[-1] if assigned else None


def _check(key: str, left: Sequence[Line], lines: int, view: str) -> Check:
    """Say how many questions are done with, and lead to the first that is not."""
    words = Sentence(key, (("known", lines - len(left)), ("left", len(left)), ("lines", lines)))
    where = Where(view, {"line_id": left[0].id}) if left and view else None
    return Check(words, not left, False, where)
