"""Keep the register of draft acts: who may record what is decided here, at the moment of the act."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.bodies.standing import stands_for
from budgetproto.accounts.domain import MANAGERS
from budgetproto.coordination import document, initiating, keeping, storage, summaries
from budgetproto.coordination import happenings as h
from budgetproto.coordination.completing import check_completing
from budgetproto.coordination.course import Course
from budgetproto.coordination.deadlines import Deadlines
from budgetproto.coordination.domain import Draft, Level, Screening, check_draft, check_published
from budgetproto.coordination.events import ActEntered, ProcedureSet, StepRecorded
from budgetproto.coordination.offered import Offer, offers
from budgetproto.coordination.paper.composing import hand_in
from budgetproto.coordination.procedure_values import Procedure, check_procedure, in_force
from budgetproto.coordination.rules import check_happening
from budgetproto.coordination.storage import ActRow, HappeningRow, ProcedureRow, ReferralRow
from budgetproto.database import Database, new_id, now, taken
from budgetproto.disputes import storage as disputes
from budgetproto.errors import NotPermitted, Refused, Stale, Unknown
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import SYSTEM, act_chain, append
from budgetproto.journal.domain import sha256_of
from budgetproto.sittings import service as sittings
from budgetproto.sittings.storage import mandates_of

#: What the initiator's own people record, of the day on which they do it.
_OF_INITIATOR: Final = (h.Noted, h.Consulted, h.Answered, h.RoundBegun, h.Withdrawn)
#: What an association's own people record, for their own association.
_OF_BODY: Final = (h.Opined, h.Stood, h.Appealed)


class NoProcedure(Refused):
    """No version of the procedure holds for the initiator's level yet."""

    message_key = "coordination.no_procedure"


class ActMoved(Stale):
    """Somebody else recorded something meanwhile."""

    message_key = "coordination.act_moved"


class VersionBackdated(Refused):
    """A version of the procedure begins no earlier than the one before it."""

    message_key = "coordination.version_backdated"


class ProcedureMoved(Refused):
    """Somebody else set a version of the procedure meanwhile; its author looks at it and sends again."""

    message_key = "procedures.moved"


@dataclass(frozen=True)
class Standing:
    """What somebody is to the register: its keeper, or one who acts for `parties` (ids).

    A mandate alone lets him read, also of what those `mandated` owe.
    """

    keeper: bool
    parties: frozenset[str]
    mandated: frozenset[str] = frozenset()

    @property
    def own(self) -> frozenset[str]:
        """The parties whose duties are his to look after or to read."""
        return self.parties | self.mandated


@dataclass(frozen=True)
class Act:
    """A draft of the register with all that happened to it: `draft` is as it stands, `entered` as it was."""

    id: str
    number: int
    draft: Draft
    initiator: str | None
    course: Course
    entered: Draft


def enter_act(database: Database, person_id: str, draft: Draft, *, initiator: str | None = None) -> str:
    """Enter a draft in the register and return its id; `initiator` is the party that answers for it."""
    check_draft(draft)
    with database.writing() as session:
        require_keeper(session, person_id)
        check_published(draft, entered=bishkek_day(now(session)))
        if initiator is not None and accounts.party(session, initiator) is None:
            raise Unknown
        row = _row(session, draft, initiator)
        storage.add_numbered(session, row)
        summaries.reckon(session, row, Course(), None)
        append(session, act_chain(row.id), ActEntered(person_id, row.number, sha256_of(row.document)))
        return row.id


def screen(
    database: Database,
    person_id: str,
    act_id: str,
    screening: Screening,
    *,
    seen: int,
    on: date | None = None,
) -> Act:
    """Answer the three questions of a draft; every association is asked.

    It goes by the version in force on the day of the screening, `on`, or by the first where none was then;
    a bundle that is under way goes on by its own.
    Raises NoProcedure while none has begun by today.
    """
    with database.writing() as session:
        require_keeper(session, person_id)
        row = locked_row(session, act_id, seen)
        today = bishkek_day(now(session))
        held = keeping.judged_by(session, row, on or today)
        if held is None or held.since > today:
            raise NoProcedure
        bodies = tuple(sorted(party.id for party in accounts.parties(session) if party.side == "lsg"))
        return recorded(session, person_id, row, h.Screened(screening, held.version, bodies), on)


def record(
    database: Database, person_id: str, act_id: str, what: h.What, *, seen: int, on: date | None = None
) -> Act:
    """Record a step of a draft; return the draft as it stands then.

    The keeper records every step, of an earlier day too where it came on paper. Delegates of the initiator
    and of the associations record their own words, of today. `seen` is how many steps the author had seen.
    Raises ActMoved, the refusals of `check_happening` and `check_completing`, NotPermitted, and Unknown to
    whoever may not read.
    """
    if isinstance(what, h.Screened | h.Attached):
        raise Unknown  # a screening names whom to ask, a text has its bytes: neither is typed
    with database.writing() as session:
        standing = reader(session, person_id)
        row = locked_row(session, act_id, seen)
        _check_author(standing, row, what)
        if isinstance(what, h.Referred):
            _check_line(session, person_id, what)
        if not standing.keeper and on is not None:
            raise NotPermitted(denied="coordination.record")
        by_keeper = isinstance(what, _OF_BODY) and what.body not in standing.parties
        return recorded(session, person_id, row, what, on, by_keeper=by_keeper)


def act_of(session: Session, person_id: str, act_id: str) -> Act:
    """Return a draft to whoever may read the register."""
    reader(session, person_id)
    row = storage.act_row(session, act_id)
    if row is None:
        raise Unknown(denied="coordination.act")
    return _act(session, row)


def deadlines_of(session: Session, act: Act) -> Deadlines | None:
    """Return the terms of a screened draft as they run; None before the screening."""
    screened = act.course.screened
    if screened is None:
        return None
    return keeping.deadlines(
        session, act.course, storage.procedures(session, act.draft.level)[screened.procedure].terms
    )


def set_procedure(
    database: Database, person_id: str, procedure: Procedure, *, seen: int | None = None
) -> int:
    """Set the next version of the procedure for a level; return its number. No version is ever changed.

    `seen` is the latest version that its author had seen: ProcedureMoved when there is a later one.
    """
    check_procedure(procedure)
    with database.writing() as session:
        require_keeper(session, person_id)
        before = storage.procedures(session, procedure.level)
        if seen is not None and seen != len(before):
            raise ProcedureMoved(latest=len(before), seen=seen)
        if before and procedure.since < max(each.since for each in before.values()):
            raise VersionBackdated
        with taken(ProcedureMoved(latest=len(before) + 1, seen=len(before))):
            row = put_version(session, person_id, procedure, len(before) + 1)
        event = ProcedureSet(
            person_id, row.level, row.version, row.since.isoformat(), sha256_of(row.document)
        )
        append(session, SYSTEM, event)
        return row.version


def put_version(session: Session, person_id: str, procedure: Procedure, number: int) -> ProcedureRow:
    """Keep a procedure as a version of its level, by number; what is shipped has no person."""
    row = _procedure_row(session, person_id, replace(procedure, version=number))
    session.add(row)
    session.flush()
    return row


def standing_of(session: Session, person_id: str) -> Standing | None:
    """Return what a person is to the register; None to whom it is not open: no role, mandate or body."""
    person = accounts.person(session, person_id)
    if person is None:
        return None
    day = bishkek_day(now(session))
    held = mandates_of(session, person_id)
    mandated = frozenset(party.id for _, party, until in held if until is None or day <= until)
    parties = frozenset(party.id for party in stands_for(session, person_id))
    if not person.roles and not parties | mandated:
        return None
    return Standing(bool(person.roles & MANAGERS), parties, mandated)


def may_record(standing: Standing, initiator: str | None, kind: type[h.What], body: str) -> bool:
    """Tell whether somebody may record such a step, said by or to this body, of an initiator's draft."""
    if standing.keeper:
        return True
    if issubclass(kind, h.Attached):
        return (body or initiator) in standing.parties
    initiates = initiator in standing.parties and issubclass(kind, _OF_INITIATOR)
    return initiates or (issubclass(kind, _OF_BODY) and body in standing.parties)


def check_may_record(session: Session, person_id: str, act: Act, kind: type[h.What]) -> Standing:
    """Return what a reader is to the register; raise NotPermitted unless he may record such steps at all."""
    standing = reader(session, person_id)
    if standing.keeper:
        return standing
    own = ("", *standing.parties.intersection(act.course.bodies))
    if not any(may_record(standing, act.initiator, kind, body) for body in own):
        raise NotPermitted(denied="coordination.record")
    return standing


def offered(session: Session, person_id: str, act: Act) -> tuple[Offer, ...]:
    """Return the steps that somebody may record today; none while no procedure holds for the level."""
    standing, today = reader(session, person_id), bishkek_day(now(session))
    running = deadlines_of(session, act)
    if running is None:
        held = in_force(storage.procedures(session, act.draft.level), today)
        if held is None:
            return ()
        running = keeping.deadlines(session, act.course, held.terms)
    found = offers(running, today)
    return tuple(each for each in found if may_record(standing, act.initiator, each.kind, each.body))


def require_keeper(session: Session, person_id: str) -> None:
    """Raise NotPermitted unless this is the keeper of the register."""
    if not reader(session, person_id).keeper:
        raise NotPermitted(denied="coordination.keep")


def reader(session: Session, person_id: str) -> Standing:
    """Return what a reader is to the register; raise Unknown to whom it is not open."""
    standing = standing_of(session, person_id)
    if standing is None:
        raise Unknown(denied="coordination.act")
    return standing


def _check_author(standing: Standing, row: ActRow, what: h.What) -> None:
    """Raise unless this is the keeper, or the word is the person's own side's to say."""
    if not may_record(standing, row.initiator, type(what), getattr(what, "body", "")):
        raise NotPermitted(denied="coordination.record")


def _check_line(session: Session, person_id: str, what: h.Referred) -> None:
    """Raise Unknown unless the line is one of the sitting's, which the keeper may see."""
    sittings.admitted(session, person_id, what.sitting)
    line = disputes.line_row(session, what.line)
    if line is None or line.sitting != what.sitting:
        raise Unknown


def locked_row(session: Session, act_id: str, seen: int) -> ActRow:
    """Lock a draft for a writing act; raise Unknown, and ActMoved when its author had seen fewer steps."""
    row = storage.act_row(session, act_id, lock=True)
    if row is None:
        raise Unknown(denied="coordination.act")
    if row.steps != seen:
        raise ActMoved(theirs=row.steps, yours=seen)
    return row


def recorded(
    session: Session,
    person_id: str,
    row: ActRow,
    what: h.What,
    on: date | None,
    *,
    by_keeper: bool = False,
) -> Act:
    """Record a step within the caller's transaction; who may is judged before.

    `by_keeper` marks a word of a body that somebody outside the body records.
    """
    at = now(session)
    day = bishkek_day(at)
    before = storage.course(session, row.id)
    held = _held(session, row, before, what)
    terms = held.terms
    if isinstance(what, h.Appealed):
        what = what.addressed(held.addressee)
    if isinstance(what, h.Corrected):
        what = initiating.beside(session, row, before, what)
    happening = h.Happening(on or day, what, day)
    check_happening(happening, keeping.deadlines(session, before, terms))
    check_completing(happening, row.draft(), entered=row.entered_on)
    if isinstance(what, h.Submitted):
        handed_in = replace(what, sheet=hand_in(session, row, before, day))
        happening = replace(happening, what=handed_in)
    kept = _happening_row(row, happening, person_id, at)
    # Kept as of this moment: mandates end and keepers change, the mark stays.
    kept.by_keeper = by_keeper
    session.add(kept)
    if isinstance(what, h.Referred):
        session.add(ReferralRow(act=row.id, remark=what.remark, line=what.line))
    row.steps = kept.number
    running = keeping.deadlines(session, before.then(happening), terms)
    summaries.reckon(session, row, running.course, running if running.course.screened else None)
    party = getattr(what, "body", None)
    told = (kept.number, kept.kind, kept.on.isoformat(), kept.digest, int(by_keeper))
    step = StepRecorded(person_id, party, *told)
    append(session, act_chain(row.id), step)
    return _act(session, row)


def _held(session: Session, row: ActRow, course: Course, what: h.What) -> Procedure:
    """Return the version a draft goes by: that of its screening, or the one in force before it."""
    versions = storage.procedures(session, Level(row.level))
    screened = what if isinstance(what, h.Screened) else course.screened
    if screened is not None:
        return versions[screened.procedure]
    held = in_force(versions, bishkek_day(now(session)))
    if held is None:
        raise NoProcedure
    return held


def _act(session: Session, row: ActRow) -> Act:
    course = storage.course(session, row.id)
    return Act(row.id, row.number, row.draft(), row.initiator, course, row.entered())


def _row(session: Session, draft: Draft, initiator: str | None) -> ActRow:
    return ActRow(
        id=new_id(),
        number=0,  # given as the row is added
        level=draft.level.value,
        initiator=initiator,
        document=document.written(draft),
        stage=Course().stage.value,
        entered_on=bishkek_day(now(session)),
    )


def _happening_row(row: ActRow, happening: h.Happening, person_id: str, at: datetime) -> HappeningRow:
    written = document.written(happening.what)
    return HappeningRow(
        act=row.id,
        number=row.steps + 1,
        kind=document.kind_of(happening.what),
        on=happening.on,
        recorded=happening.recorded,
        document=written,
        digest=sha256_of(written),
        person=person_id,
        at=at,
    )


def reckon_all(database: Database) -> int:
    """Add up every draft whose summary is not of its last step; return how many there were."""
    with database.writing() as session:
        stale = storage.stale_rows(session)
        for row in stale:
            act = _act(session, row)
            summaries.reckon(session, row, act.course, deadlines_of(session, act))
        return len(stale)


def _procedure_row(session: Session, person_id: str, procedure: Procedure) -> ProcedureRow:
    return ProcedureRow(
        level=procedure.level.value,
        version=procedure.version,
        since=procedure.since,
        document=document.written(procedure),
        person=person_id,
        at=now(session),
    )
