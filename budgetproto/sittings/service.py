"""Prepare a sitting, invite parties, settle its terms, and take its steps; every act is authorised here."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.domain import COMMITTEE, Party, Person, Role
from budgetproto.database import Database, new_id, now, taken
from budgetproto.errors import NotPermitted, Refused, Unknown
from budgetproto.i18n import NO_NAME, Named
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import Event, append, sitting_chain
from budgetproto.money import Unit
from budgetproto.sittings import events, storage
from budgetproto.sittings.domain import (
    Act,
    NotYours,
    Sitting,
    Stage,
    Standing,
    StepNotAllowed,
    is_backward,
    require,
    stage_name,
    step,
)
from budgetproto.sittings.kinds import SittingKind
from budgetproto.sittings.storage import InvitedRow, Place, SittingRow

#: Steps that need nothing of the rooms below; opening, closing and issuing are acts of those rooms.
_PLAIN_STEPS = frozenset({Act.START_SESSION, Act.GO_BACK, Act.ARCHIVE})


class ReasonMissing(Refused):
    """A step back, or fixing terms a side has not acknowledged, needs a reason."""

    message_key = "sittings.reason_missing"


class SideNotInvited(Refused):
    """Positions cannot be collected before each side has a party with a mandate."""

    message_key = "sittings.side_not_invited"


class DeadlinePassed(Refused):
    """The deadline of a sitting must lie ahead when collecting starts."""

    message_key = "sittings.deadline_passed"


class NumberTaken(Refused):
    """Another sitting has this number."""

    message_key = "sittings.number_taken"


@dataclass(frozen=True)
class NewSitting:
    """What the secretary enters to prepare a sitting."""

    number: str
    title: Named
    draft_budget: Named
    draft_reference: str
    draft_submitted: date | None
    budget_year: int
    place: Named
    held_on: date | None
    deadline: datetime
    unit: Unit
    currency: Named
    illustrative: bool = False
    note: Named = NO_NAME
    kind: SittingKind = SittingKind.CONCILIATION


def standing(session: Session, person_id: str, sitting_id: str) -> Standing:
    """Return what a person is in a sitting at this moment, by the database's clock in Bishkek."""
    return _standing(session, person_id, storage.place(session, sitting_id, person_id))


def _standing(session: Session, person_id: str, place: Place | None) -> Standing:
    person = accounts.person(session, person_id)
    if person is None:
        raise Unknown(denied="sittings.sitting")
    if place is None or person.roles & COMMITTEE:
        # Whoever serves the committee speaks for no party, whatever a mandate says.
        return Standing(person_id, person.roles, ())
    today = bishkek_day(place.at)
    held = [(party, mandate) for party, mandate in place.held if mandate.holds_on(today)]
    parts = {party.id: mandate.part for party, mandate in held}
    return Standing(person_id, person.roles, tuple(party for party, _ in held), parts)


def admitted(
    session: Session, person_id: str, sitting_id: str, act: Act = Act.SEE
) -> tuple[Sitting, Standing]:
    """Return a sitting and the person's standing in it, or raise as `domain.require` says."""
    seen = storage.place(session, sitting_id, person_id)
    if seen is None:
        raise Unknown(denied="sittings.sitting")
    found, place = seen.sitting, _standing(session, person_id, seen)
    require(place, act, found)
    return found, place


def locked(
    session: Session, person_id: str, sitting_id: str, act: Act, *, shared: bool = False
) -> tuple[SittingRow, Sitting, Standing]:
    """Lock a sitting for a writing act, then judge the act: the first lock of every transaction.

    A shared lock lets two parties file side by side, neither noticing the other, and keeps the opening out.
    """
    row = storage.sitting_row(session, sitting_id, lock="shared" if shared else "alone")
    if row is None:
        raise Unknown(denied="sittings.sitting")
    found, place = row.sitting(), standing(session, person_id, sitting_id)
    require(place, act, found)
    return row, found, place


def sittings_of(session: Session, person: Person) -> list[Sitting]:
    """Return the sittings a person may see."""
    return [
        sitting
        for sitting in storage.sittings(session)
        if Act.SEE in standing(session, person.id, sitting.id).acts
    ]


def prepare_sitting(database: Database, person_id: str, new: NewSitting) -> str:
    """Enter a sitting; return its id. Secretaries only."""
    with taken(NumberTaken(number=new.number)), database.writing() as session:
        return enter_sitting(session, person_id, new)


def enter_sitting(
    session: Session, person_id: str, new: NewSitting, *, cloned_from: str | None = None
) -> str:
    """Do the same in the caller's transaction; `cloned_from` is the sitting it is made from."""
    person = accounts.person(session, person_id)
    if person is None or Role.SECRETARY not in person.roles:
        raise NotPermitted(denied="sittings.prepare")
    check_identity(session, new)
    row = SittingRow(id=new_id(), cloned_from=cloned_from, **identity_columns(new))
    session.add(row)
    session.flush()
    record(session, row.id, events.SittingPrepared(person_id, new.number))
    return row.id


def check_identity(session: Session, new: NewSitting, *, but: str | None = None) -> None:
    """Raise unless the number is free (its own sitting `but` may keep it) and the deadline lies ahead."""
    if any(each.number == new.number and each.id != but for each in storage.sittings(session)):
        raise NumberTaken(number=new.number)
    if new.deadline <= now(session):
        raise DeadlinePassed(deadline=new.deadline)


def invite_party(database: Database, person_id: str, sitting_id: str, party_id: str) -> None:
    """Invite a party to a sitting that is being prepared; inviting it twice changes nothing."""
    with database.writing() as session:
        locked(session, person_id, sitting_id, Act.PREPARE)
        if accounts.party(session, party_id) is None:
            raise Unknown
        invite(session, person_id, sitting_id, party_id)


def invite(session: Session, person_id: str, sitting_id: str, party_id: str) -> None:
    """Invite a party at the end of the list, in the caller's transaction, which has judged the act."""
    present = storage.invited_rows(session, sitting_id)
    if party_id in {row.party for row in present}:
        return
    ordinal = max((row.ordinal for row in present), default=0) + 1
    session.add(InvitedRow(sitting=sitting_id, party=party_id, ordinal=ordinal))
    session.flush()
    record(session, sitting_id, events.PartyInvited(person_id, party_id))


def move(session: Session, row: SittingRow, person_id: str, wanted: Stage, *, reason: str = "") -> None:
    """Take a step in the caller's transaction, which has locked the sitting and judged the act."""
    present = Stage(row.stage)
    step(present, wanted)
    if is_backward(present, wanted) and not reason.strip():
        raise ReasonMissing
    row.stage = wanted.value
    _stamp(row, wanted, now(session))
    session.add(row)
    session.flush()
    record(session, row.id, events.StageReached(person_id, present.value, wanted.value, reason.strip()))


def take_step(
    database: Database, person_id: str, sitting_id: str, wanted: Stage, *, reason: str = ""
) -> None:
    """Take a step that needs nothing of other rooms: start the session, go back, archive."""
    with database.writing() as session:
        row, sitting, place = locked(session, person_id, sitting_id, Act.SEE)
        if place.acts.isdisjoint(_PLAIN_STEPS):
            raise NotYours(denied="sittings.start_session")
        act = step(sitting.stage, wanted)
        if act not in _PLAIN_STEPS:
            raise StepNotAllowed(present=stage_name(sitting.stage), wanted=stage_name(wanted))
        require(place, act, sitting)
        move(session, row, person_id, wanted, reason=reason)


def check_ready_to_collect(session: Session, sitting: Sitting) -> None:
    """Raise unless each side has a party with a mandate that has not ended, and the deadline lies ahead."""
    today = bishkek_day(now(session))
    mandated = {each.party for each in storage.mandates(session, sitting.id) if not each.ends_before(today)}
    sides = {party.side for party, _ in storage.invited(session, sitting.id) if party.id in mandated}
    if sides != {"government", "lsg"}:
        raise SideNotInvited
    if sitting.deadline <= now(session):
        raise DeadlinePassed(deadline=sitting.deadline)


def is_ready_to_collect(session: Session, sitting: Sitting) -> bool:
    """Tell whether parties, mandates and the deadline are there for collecting."""
    try:
        check_ready_to_collect(session, sitting)
    except (SideNotInvited, DeadlinePassed):
        return False
    return True


def invited_parties(session: Session, sitting_id: str) -> list[Party]:
    """Return the invited parties in their order."""
    return [party for party, _ in storage.invited(session, sitting_id)]


def _stamp(row: SittingRow, reached: Stage, at: datetime) -> None:
    """Keep when the positions were opened and when the session began and ended."""
    if reached is Stage.OPENED:
        row.opened_at = row.opened_at or at
    elif reached is Stage.IN_SESSION:
        row.started_at, row.ended_at = row.started_at or at, None
    elif reached is Stage.DECIDED:
        row.ended_at = row.ended_at or at


def record(session: Session, sitting_id: str, event: Event) -> None:
    """Add an event to the chain of a sitting."""
    append(session, sitting_chain(sitting_id), event)


def identity_columns(new: NewSitting) -> dict[str, Any]:
    """Return what was entered of a sitting as the columns of its row."""
    texts = {"title": new.title, "draft_budget": new.draft_budget, "place": new.place}
    texts |= {"currency": new.currency, "note": new.note}
    spread = {f"{name}_{code}": text for name, named in texts.items() for code, text in vars(named).items()}
    return {
        "number": new.number,
        "draft_reference": new.draft_reference,
        "draft_submitted": new.draft_submitted,
        "budget_year": new.budget_year,
        "held_on": new.held_on,
        "deadline": new.deadline,
        "unit": new.unit.key,
        "illustrative": new.illustrative,
        "kind": new.kind.value,
        **spread,
    }
