"""The register as its readers see it: a page of drafts with what is due next, and the duties of everybody."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.coordination import duty_storage, register_storage, storage
from budgetproto.coordination.applying import Resting, resting
from budgetproto.coordination.clock import Due, State
from budgetproto.coordination.course import Stage
from budgetproto.coordination.domain import Draft, Level
from budgetproto.coordination.duty_storage import DutyRow
from budgetproto.coordination.procedure_values import Procedure, Rule
from budgetproto.coordination.register_storage import Choice
from budgetproto.coordination.service import Standing, reader
from budgetproto.coordination.storage import ActRow
from budgetproto.coordination.terms import rule_of
from budgetproto.coordination.undone import OF_INITIATOR
from budgetproto.database import now
from budgetproto.i18n import NO_NAME, Named
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.web.paging import Paging, paged

#: Drafts, and duties, on one page.
SHOWN: Final = 25
#: What the clock tells of an undone duty, what presses most first.
UNDONE: Final = (State.OVERDUE, State.DUE, State.UNANSWERED, State.SKIPPED)


@dataclass(frozen=True)
class Owed:
    """One undone duty of a draft as it stands today, and who owes it; no name where nobody is known.

    `to` is whom a notice has yet to reach: of a draft there is one for each association.
    """

    act: str
    number: int
    title: Named
    duty: DutyRow
    state: State
    by: Named
    to: Named | None
    #: The rule that its last day is counted by; None where a list does not ask.
    rule: Rule | None = None


@dataclass(frozen=True)
class Listed:
    """One draft in the list: `owed` is what is due first, `overdue` counts what was due before today.

    `screening` tells that its bundle waits for the three questions, for the first time or once more.
    """

    id: str
    number: int
    draft: Draft
    stage: Stage
    owed: Owed | None
    overdue: int
    screening: bool


@dataclass(frozen=True)
class Register:
    """A page of the register, the years it has drafts of, and whether its reader keeps it."""

    rows: tuple[Listed, ...]
    paging: Paging
    found: int
    years: Sequence[int]
    keeps: bool


@dataclass(frozen=True)
class Clock:
    """A page of what stands in one state, of the reader's parties or of everybody, with all counts."""

    rows: tuple[Owed, ...]
    paging: Paging
    counts: Mapping[State, int]
    state: State
    #: What sets the terms of these duties.
    resting: tuple[Resting, ...] = ()


def register(session: Session, person_id: str, choice: Choice, page: str | None) -> Register:
    """Return a page of the drafts that a reader asks for, the newest first."""
    standing, day = reader(session, person_id), bishkek_day(now(session))
    found = register_storage.count(session, choice, day)
    paging = paged(page, length=found, size=SHOWN)
    rows = register_storage.rows(session, choice, day, first=paging.first, most=SHOWN)
    owed = duty_storage.owed_on(session, (row.id for row in rows), day)
    names = _names(session, (duty for duties in owed.values() for duty in duties[:1]))
    listed = tuple(_listed(row, owed.get(row.id, []), names, day) for row in rows)
    return Register(listed, paging, found, register_storage.years(session), standing.keeper)


def behind(session: Session, person_id: str, choice: Choice, after: int, *, most: int) -> list[ActRow]:
    """Return at most so many drafts as asked for behind a number; raise Unknown to whom it is not open."""
    reader(session, person_id)
    return register_storage.rows_behind(session, choice, bishkek_day(now(session)), after, most=most)


def clock(
    session: Session, person_id: str, state: State | None, page: str | None, *, everybody: bool
) -> Clock:
    """Return what is undone: of the reader's own parties, or of everybody where he speaks for none.

    `state` None asks for what presses most. Raises Unknown where the register is not open to him.
    """
    standing, day = reader(session, person_id), bishkek_day(now(session))
    parties = None if everybody or not standing.own else standing.own
    counts = duty_storage.counts(session, parties, day)
    asked = state or next((each for each in UNDONE if counts.get(each)), State.DUE)
    paging = paged(page, length=counts.get(asked, 0), size=SHOWN)
    found = duty_storage.duties_in(session, asked, parties, day, first=paging.first, most=SHOWN)
    names = _names(session, (duty for duty, _ in found))
    judged = _procedures(session, [row for _, row in found])
    rows: list[Owed] = []
    applied: dict[Level, list[tuple[Procedure, str]]] = {}
    for duty, row in found:
        procedure, key = judged[row.id], rule_of(duty.due, again=_heard_before(session, duty, row))
        rows.append(replace(_owed(duty, row, names, day), rule=procedure.rules[key]))
        applied.setdefault(procedure.level, []).append((procedure, key))
    return Clock(tuple(rows), paging, counts, asked, resting(applied))


def pressing(session: Session, standing: Standing, most: int) -> tuple[tuple[Owed, ...], Mapping[State, int]]:
    """Return what is overdue and due of one's own parties, to the keeper of everybody; and all counts."""
    day = bishkek_day(now(session))
    parties = None if standing.keeper else standing.own
    found: list[tuple[DutyRow, ActRow]] = []
    for state in (State.OVERDUE, State.DUE):
        if len(found) < most:
            found += duty_storage.duties_in(session, state, parties, day, most=most - len(found))
    names = _names(session, (duty for duty, _ in found))
    owed = tuple(_owed(duty, row, names, day) for duty, row in found)
    return owed, duty_storage.counts(session, parties, day)


def _procedures(session: Session, rows: Sequence[ActRow]) -> dict[str, Procedure]:
    """Return the version of the procedure that each of these drafts goes by: whatever owes was screened."""
    screened = storage.screenings(session, (row.id for row in rows))
    versions = {level: storage.procedures(session, Level(level)) for level in {row.level for row in rows}}
    return {row.id: versions[row.level][screened[row.id].procedure] for row in rows}


def _heard_before(session: Session, duty: DutyRow, row: ActRow) -> bool:
    """Tell whether what a duty's round is about was put to everybody before.

    Only a bundle that has grown begins a round by a screening: no other draft's course is read.
    """
    if duty.round == 1 or not row.completed:
        return duty.round > 1
    return storage.course(session, row.id).heard_before(duty.round)


def _listed(row: ActRow, owed: list[DutyRow], names: Mapping[str, Named], day: date) -> Listed:
    first = _owed(owed[0], row, names, day) if owed else None
    overdue = sum(duty.state(day) is State.OVERDUE for duty in owed)
    screening = row.awaits_screening or row.stage == Stage.REGISTERED
    return Listed(row.id, row.number, row.draft(), Stage(row.stage), first, overdue, screening)


def _owed(duty: DutyRow, row: ActRow, names: Mapping[str, Named], day: date) -> Owed:
    draft = row.draft()
    by = names.get(duty.party or "", NO_NAME)
    if duty.party is None and duty.due in OF_INITIATOR:
        by = draft.initiator
    to = names.get(duty.body) if duty.due is Due.NOTICE else None
    return Owed(row.id, row.number, draft.title, duty, duty.state(day), by, to)


def _names(session: Session, duties: Iterable[DutyRow]) -> dict[str, Named]:
    known = {party for duty in duties for party in (duty.party, duty.body) if party}
    return accounts.party_names(session, known)
