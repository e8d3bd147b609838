"""Reads what is known of the associations' part in a sitting, from all that was recorded and entered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.proceedings import storage as proceedings
from budgetproto.proceedings.domain import AgendaItem
from budgetproto.proceedings.participation import listing, storage
from budgetproto.proceedings.participation.domain import (
    Answer,
    Basis,
    Duty,
    Entered,
    InvitationTerm,
    Listed,
    Missed,
    Owed,
    Part,
    Question,
    Reviewed,
    Waiver,
    binding,
    missed,
    not_covered,
    part_of,
)
from budgetproto.proceedings.participation.reviewing import drafts_of
from budgetproto.proceedings.participation.storage import EVERY_ITEM, Entry
from budgetproto.sittings import service as sittings
from budgetproto.sittings.day_calendar import calendar_of
from budgetproto.sittings.domain import Sitting
from budgetproto.sittings.kinds import SittingKind
from budgetproto.sittings.procedure import Setting, held_to, procedure
from budgetproto.sittings.settling import fixed_terms


@dataclass(frozen=True)
class Row:
    """One question of the agenda: whether it touches local communities, and each association's part in it."""

    item: AgendaItem
    touches: bool
    why: str
    parts: tuple[Part, ...]
    #: Where the duty asks for expertise and the question touches local communities.
    reviewed: Reviewed | None = None
    #: The associations that had to be invited and are no party to the sitting.
    missed: tuple[Missed, ...] = ()


@dataclass(frozen=True)
class Participation:
    """The record of participation of one sitting."""

    duty: Duty
    term: Setting
    day: date | None
    rows: tuple[Row, ...]
    bases: tuple[Basis, ...]
    entries: tuple[Entry, ...]
    waiver: Waiver | None
    #: Whom the committee had bound itself to invite to such a sitting, invited or not.
    bound: tuple[Listed, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every association's part in every question that touches local communities."""
        return tuple(part for row in self.rows for part in row.parts)

    @property
    def missed(self) -> tuple[Missed, ...]:
        """Every association that had to be invited and was not, in every question that it had to be in."""
        return tuple(each for row in self.rows for each in row.missed)

    @property
    def owed(self) -> tuple[Part | Reviewed | Missed, ...]:
        """Every part of an association, and the expertise on every question, as far as the duty asks."""
        return (*self.parts, *self.missed, *(row.reviewed for row in self.rows if row.reviewed))

    @property
    def open(self) -> tuple[Part | Reviewed | Missed, ...]:
        """What has something open, whether or not the chair gave a reason."""
        return tuple(each for each in self.owed if each.open)

    @property
    def waiting(self) -> bool:
        """Tell whether the protocol waits: something is open that no reason of the chair covers."""
        return bool(not_covered(self.owed, self.waiver))


def duty_of(session: Session, sitting: Sitting) -> Duty:
    """Return what holds in a sitting; one whose terms were fixed before there was such a rule has no duty."""
    found = held_to(session, sitting, "participation_duty")
    return Duty(found.value) if found else Duty.NEITHER


def participation_of(session: Session, sitting: Sitting) -> Participation | None:
    """Return the record of participation of a sitting; None where the committee has no such duty."""
    duty, term, day = duty_of(session, sitting), held_to(session, sitting, "invitation_days"), day_of(sitting)
    if duty is Duty.NEITHER or term is None:
        return None
    entries, given = storage.entries(session, sitting.id), storage.waivers(session, sitting.id)
    bound = bound_in(session, sitting) if duty.participation else ()
    in_time = _term(session, day, int(term.value), entries)
    return Participation(
        duty=duty,
        term=term,
        day=day,
        rows=_rows(session, sitting, duty, bound=bound, term=in_time, entries=entries),
        bases=bases(session, int(term.value), duty, sitting.kind),
        entries=tuple(entries),
        waiver=given[-1] if given else None,
        bound=bound,
    )


def associations_of(session: Session, sitting_id: str) -> list[Party]:
    """Return the associations of a sitting: its parties of the side of local self-government."""
    return [party for party in sittings.invited_parties(session, sitting_id) if party.side == "lsg"]


def bound_in(session: Session, sitting: Sitting) -> tuple[Listed, ...]:
    """Return whom the committee had bound itself to invite to such a sitting.

    As the list stood when the fixed terms were proposed, today's until terms are fixed: nobody is held to a
    later rule, and nobody is let off by one.
    """
    terms = fixed_terms(session, sitting)
    listed = listing.in_force(session, at=terms.proposed_at if terms else None)
    return binding(listed, sittings.invited_parties(session, sitting.id))


def bases(
    session: Session,
    days: int,
    duty: Duty = Duty.BOTH,
    kind: SittingKind = SittingKind.CONCILIATION,
) -> tuple[Basis, ...]:
    """Return what each obligation of a duty rests on in a kind of sitting, as the settings say it today."""
    rules = procedure(session)
    obliged = (*(Question if duty.participation else ()), *(Owed if duty.expertise else ()))
    return tuple(Basis(each, days, rules.article(each.value, kind)) for each in obliged)


def day_of(sitting: Sitting) -> date | None:
    """Return the day of the sitting, that of its beginning in Bishkek when none was entered."""
    began = sitting.started_at
    return sitting.held_on or (bishkek_day(began) if began else None)


def touched(session: Session, sitting_id: str) -> Mapping[int, tuple[bool, str]]:
    """Return by question what was entered last on whether it touches local communities, and why."""
    return {row.item: (row.touches, row.why) for row in storage.touching(session, sitting_id)}


def _term(session: Session, day: date | None, days: int, entries: Sequence[Entry]) -> InvitationTerm:
    """Return the term; its calendar covers the years from the first invitation to the sitting."""
    dates = [each.entered.on for each in entries if each.entered.on] + ([day] if day else [])
    years = range(min(dates).year, max(dates).year + 2) if dates else ()
    return InvitationTerm(day, days, calendar_of(session, *years))


def _rows(
    session: Session,
    sitting: Sitting,
    duty: Duty,
    *,
    bound: Sequence[Listed],
    term: InvitationTerm,
    entries: Sequence[Entry],
) -> tuple[Row, ...]:
    agenda, judged = proceedings.agenda(session, sitting.id), touched(session, sitting.id)
    people, given = proceedings.attendees(session, sitting.id), proceedings.opinions(session, sitting.id)
    # under which question a line is dealt with is known where there is only one
    opinions = [each for each in given if each.line is None or len(agenda) == 1]
    invited = sittings.invited_parties(session, sitting.id)
    associations = [party for party in invited if party.side == "lsg"] if duty.participation else []
    drafts = drafts_of(session, sitting.id) if duty.expertise else {}

    def part(association: Party, item: AgendaItem) -> Part:
        entered = entered_of(entries, association.id, item.number)
        return part_of(association, item, term=term, people=people, opinions=opinions, entered=entered)

    rows = []
    for item in agenda:
        touches, why = judged.get(item.number, (True, ""))
        parts = tuple(part(each, item) for each in associations) if touches else ()
        asked = touches and duty.expertise
        reviewed = Reviewed(item.number, drafts.get(item.number)) if asked else None
        absent = missed(bound, invited, item) if touches else ()
        rows.append(Row(item, touches, why, parts, reviewed, absent))
    return tuple(rows)


def entered_of(entries: Sequence[Entry], party: str, item: int) -> dict[Question, Entered]:
    """Return what stands entered of an association in one question: the last entry on it or on all."""
    own = [each for each in entries if each.party == party and each.item in {item, EVERY_ITEM}]
    last = {each.question: each.entered for each in own}
    return {key: each for key, each in last.items() if each.answer is not Answer.UNKNOWN}
