"""Reads all that an association's part is judged by: of many sittings in as many statements as of one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.proceedings import storage as proceedings
from budgetproto.proceedings.domain import AgendaItem, Attendee, Opinion
from budgetproto.proceedings.participation import storage
from budgetproto.proceedings.participation.domain import (
    Answer,
    Duty,
    Entered,
    InvitationTerm,
    Part,
    Question,
    part_of,
)
from budgetproto.proceedings.participation.storage import EVERY_ITEM, Entry
from budgetproto.sittings import storage as sittings_storage
from budgetproto.sittings.day_calendar import calendar_of
from budgetproto.sittings.domain import Sitting
from budgetproto.sittings.procedure import Setting, all_held_to
from budgetproto.sittings.workdays import Calendar


@dataclass(frozen=True)
class Recorded:
    """What was recorded and entered of a sitting with a duty; `touched` tells by question whether and why."""

    sitting: Sitting
    duty: Duty
    term: Setting
    agenda: Sequence[AgendaItem]
    touched: Mapping[int, tuple[bool, str]]
    people: Sequence[Attendee]
    given: Sequence[Opinion]
    invited: Sequence[Party]
    entries: Sequence[Entry]

    @property
    def day(self) -> date | None:
        """The day of the sitting."""
        return day_of(self.sitting)

    @property
    def opinions(self) -> Sequence[Opinion]:
        """Those that count in a question: under which a line is dealt with is known where there is one."""
        return [each for each in self.given if each.line is None or len(self.agenda) == 1]

    @property
    def dates(self) -> Sequence[date]:
        """The days of the invitations and of the sitting, as far as they are known."""
        known = [each.entered.on for each in self.entries if each.entered.on]
        return [*known, self.day] if self.day else known

    def touches(self, item: AgendaItem) -> tuple[bool, str]:
        """Tell whether a question touches local communities, and why; without an entry it does."""
        return self.touched.get(item.number, (True, ""))

    def parts(self, item: AgendaItem, calendar: Calendar) -> tuple[Part, ...]:
        """Return each association's part in a question, as far as the duty asks and the question touches."""
        if not self.duty.participation or not self.touches(item)[0]:
            return ()
        term = InvitationTerm(self.day, int(self.term.value), calendar)
        return tuple(
            part_of(
                association,
                item,
                term=term,
                people=self.people,
                opinions=self.opinions,
                entered=_entered_of(self.entries, association.id, item.number),
            )
            for association in self.invited
            if association.side == "lsg"
        )


def recorded_in(session: Session, sittings: Sequence[Sitting]) -> dict[str, Recorded]:
    """Return what was recorded of each sitting in which the committee has a duty, by id."""
    held = all_held_to(session, sittings, "participation_duty", "invitation_days")
    bound = {each.id: each for each in sittings if _is_bound(held[each.id])}
    if not bound:
        return {}
    ids = list(bound)
    agendas, people = proceedings.agendas(session, ids), proceedings.attendees_in(session, ids)
    given, entries = proceedings.opinions_in(session, ids), storage.entries_in(session, ids)
    invited, touched = sittings_storage.invited_in(session, ids), _touched(session, ids)
    return {
        key: Recorded(
            sitting,
            _duty(held[key]),
            held[key]["invitation_days"],
            agendas.get(key, ()),
            touched.get(key, {}),
            people.get(key, ()),
            given.get(key, ()),
            [party for party, _ in invited.get(key, ())],
            entries.get(key, ()),
        )
        for key, sitting in bound.items()
    }


def calendar_for(session: Session, recorded: Iterable[Recorded]) -> Calendar:
    """Return the calendar of the years from the first invitation to the last sitting."""
    dates = [on for each in recorded for on in each.dates]
    return calendar_of(session, *range(min(dates).year, max(dates).year + 2)) if dates else {}


def parts_in(session: Session, sittings: Sequence[Sitting]) -> dict[str, tuple[Part, ...]]:
    """Return each association's part in each question, by id of the sittings whose duty asks for it."""
    found = {key: each for key, each in recorded_in(session, sittings).items() if each.duty.participation}
    calendar = calendar_for(session, found.values())
    return {
        key: tuple(part for item in each.agenda for part in each.parts(item, calendar))
        for key, each in found.items()
    }


def day_of(sitting: Sitting) -> date | None:
    """Return the day of the sitting, that of its beginning in Bishkek when none was entered."""
    began = sitting.started_at
    return sitting.held_on or (bishkek_day(began) if began else None)


def _duty(held: Mapping[str, Setting]) -> Duty:
    """Return what holds in a sitting; one whose terms were fixed before there was such a rule has no duty."""
    found = held.get("participation_duty")
    return Duty(found.value) if found else Duty.NEITHER


def _is_bound(held: Mapping[str, Setting]) -> bool:
    return _duty(held) is not Duty.NEITHER and "invitation_days" in held


def _touched(session: Session, sittings: Collection[str]) -> dict[str, dict[int, tuple[bool, str]]]:
    """Return what was entered last on whether questions touch local communities, and why."""
    found: dict[str, dict[int, tuple[bool, str]]] = {}
    for row in storage.touching(session, *sittings):
        found.setdefault(row.sitting, {})[row.item] = row.touches, row.why
    return found


def _entered_of(entries: Iterable[Entry], party: str, item: int) -> dict[Question, Entered]:
    """Return what stands entered of an association in one question: the last entry on it or on all."""
    own = [each for each in entries if each.party == party and each.item in {item, EVERY_ITEM}]
    last = {each.question: each.entered for each in own}
    return {key: each for key, each in last.items() if each.answer is not Answer.UNKNOWN}
