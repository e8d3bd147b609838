"""How the assignments stand today: of one line, and of everything on the desk of a delegate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.domain import Party, Role
from budgetproto.database import now
from budgetproto.disputes import storage as disputes
from budgetproto.disputes.domain import Line
from budgetproto.disputes.opened.values import MANY_SITTINGS, OpenValues
from budgetproto.disputes.options import service as options
from budgetproto.i18n import Sentence
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.proceedings.following import storage
from budgetproto.proceedings.following.domain import (
    ISSUED,
    PRESSING,
    SETTLED,
    Appearance,
    Assignment,
    Duty,
    FollowUp,
    Reading,
    duty_of,
    of_kind,
    reading_of,
)
from budgetproto.proceedings.storage import decisions
from budgetproto.sittings import service as sittings
from budgetproto.sittings import storage as sitting_storage
from budgetproto.sittings.domain import Act, Sitting, Standing, may
from budgetproto.sittings.page import Check, Where
from budgetproto.sittings.procedure import procedure

#: What each sitting put forward: a desk that opens every issued sitting reads it once.
_PUT_FORWARD: Final = OpenValues[tuple[str, ...]](MANY_SITTINGS)


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

    def reading(self, assignment: Assignment | None, appearance: Appearance | None) -> Reading:
        """Tell how it stands with the reading at which something must appear."""
        return reading_of(assignment, appearance, day=self.today)


@dataclass(frozen=True)
class OnDesk:
    """One line that a party of the reader's sees to, and how that stands."""

    sitting: Sitting
    party: Party
    line: Line
    assignment: Assignment
    duty: Duty
    reading: Reading


@dataclass(frozen=True)
class LeftOpen:
    """What an issued sitting left open: questions without an owner, without a reading, with one overdue."""

    sitting: Sitting
    unowned: int
    unread: int
    overdue: int


def clock(session: Session) -> Clock:
    """Return by what assignments are judged now."""
    return Clock(bishkek_day(now(session)), procedure(session).number("follow_up_days"))


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


def left_open(session: Session, person_id: str) -> list[LeftOpen]:
    """Return what the issued sittings left open: of all to the secretary, to a delegate of his own."""
    person = accounts.person(session, person_id)
    if person is None:
        return []
    if Role.SECRETARY in person.roles:
        seen = sitting_storage.sittings(session)
    else:
        seen = [sitting for sitting, _, _ in sitting_storage.mandates_of(session, person_id)]
    issued = {each.id: each for each in seen if each.stage in ISSUED}
    found = (_left_open(session, person_id, sitting) for sitting in issued.values())
    return sorted((each for each in found if each), key=lambda each: each.sitting.number)


def _left_open(session: Session, person_id: str, sitting: Sitting) -> LeftOpen | None:
    if not may(sittings.standing(session, person_id, sitting.id), Act.READ_OPENED, sitting.stage):
        return None
    watch = clock(session)
    lines = _PUT_FORWARD.get(session, sitting, None, lambda: put_forward(session, sitting.id))
    last, appeared = storage.assignments(session, sitting.id), storage.appearances(session, sitting.id)
    readings = [watch.reading(_newest(last.get(line)), appeared.get(line)) for line in lines]
    unowned = sum(line not in last for line in lines)
    unread = readings.count("unnamed") - sum(line not in last and line not in appeared for line in lines)
    found = LeftOpen(sitting, unowned, unread, readings.count("overdue"))
    return found if found.unowned or found.unread or found.overdue else None


def put_forward(session: Session, sitting_id: str) -> tuple[str, ...]:
    """Return the lines (ids) on which something was settled, or the option recommends a figure."""
    decided = decisions(session, sitting_id)
    lines = {line.id: line.number for line in disputes.lines(session, sitting_id)}
    settled = {line for line, each in decided.items() if each.settled and each.decided is not None}
    option = options.latest(session, sitting_id) if not settled.issuperset(lines) else None
    awards = option.awards if option else {}
    return tuple(
        line
        for line, number in lines.items()
        if line in settled or (number in awards and awards[number].figure is not None)
    )


def _in_sitting(session: Session, person_id: str, sitting_id: str) -> list[OnDesk]:
    seen, place = (
        sitting_storage.place(session, sitting_id, person_id),
        sittings.standing(session, person_id, sitting_id),
    )
    if seen is None or not may(place, Act.READ_OPENED, seen.sitting.stage):
        return []
    by, watch, lines = _parties(place), clock(session), _lines(session, sitting_id)
    entered, appeared = storage.follow_ups(session, sitting_id), storage.appearances(session, sitting_id)
    last = {line: each[-1] for line, each in storage.assignments(session, sitting_id).items()}
    found = [
        OnDesk(
            *(seen.sitting, by[each.party], lines[line], each, watch.duty(each, entered.get(line, ()))),
            watch.reading(each, appeared.get(line)),
        )
        for line, each in last.items()
        if each.party in by and line in lines
    ]
    # What the law has settled is gone, unless the reading at which it appeared is still owed.
    return [each for each in found if each.duty not in SETTLED or each.reading == "overdue"]


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
    appeared = storage.appearances(session, sitting.id)
    readings = {line.id: watch.reading(_newest(last.get(line.id)), appeared.get(line.id)) for line in lines}
    unread = [line for line in lines if readings[line.id] == "unnamed"]
    missed = [line for line in lines if readings[line.id] == "overdue"]
    writes = may(place, Act.ENTER_FOLLOW_UP, sitting.stage)
    told = (
        ("following.check.assigned", free, "follow_ups.assignment"),
        ("following.check.readings", unread, "follow_ups.assignment"),
        ("following.check.pressing", pressed, "follow_ups.follow_up"),
        ("following.check.missed", missed, "follow_ups.appearance"),
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
