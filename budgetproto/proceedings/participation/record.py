"""Reads what is known of the associations' part in a sitting, from all that was recorded and entered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.proceedings.domain import AgendaItem
from budgetproto.proceedings.participation import listing, storage
from budgetproto.proceedings.participation.domain import (
    Basis,
    Duty,
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
)
from budgetproto.proceedings.participation.reading import Recorded, calendar_for, recorded_in
from budgetproto.proceedings.participation.reviewing import drafts_of
from budgetproto.proceedings.participation.storage import Entry
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Sitting
from budgetproto.sittings.kinds import SittingKind
from budgetproto.sittings.procedure import Setting, procedure
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


def participation_of(session: Session, sitting: Sitting) -> Participation | None:
    """Return the record of participation of a sitting; None where the committee has no such duty."""
    recorded = recorded_in(session, [sitting]).get(sitting.id)
    if recorded is None:
        return None
    duty, given = recorded.duty, storage.waivers(session, sitting.id)
    bound = bound_in(session, sitting) if duty.participation else ()
    return Participation(
        duty=duty,
        term=recorded.term,
        day=recorded.day,
        rows=tuple(_rows(session, recorded, bound)),
        bases=bases(session, int(recorded.term.value), duty, sitting.kind),
        entries=tuple(recorded.entries),
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


def _rows(session: Session, recorded: Recorded, bound: Sequence[Listed]) -> Iterator[Row]:
    calendar, expertise = calendar_for(session, [recorded]), recorded.duty.expertise
    drafts = drafts_of(session, recorded.sitting.id) if expertise else {}
    for item in recorded.agenda:
        touches, why = recorded.touches(item)
        reviewed = Reviewed(item.number, drafts.get(item.number)) if touches and expertise else None
        absent = missed(bound, recorded.invited, item) if touches else ()
        yield Row(item, touches, why, recorded.parts(item, calendar), reviewed, absent)
