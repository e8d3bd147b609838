"""Commission, write, hand in, answer and withdraw an expertise: who may is decided here, at the act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.domain import MANAGERS, Party, Role
from budgetproto.coordination import service as register
from budgetproto.coordination import storage as acts
from budgetproto.coordination.course import Stage
from budgetproto.coordination.expertise import document, storage
from budgetproto.coordination.expertise import domain as d
from budgetproto.coordination.expertise.events import ExpertiseDisclosed, ExpertiseRecorded
from budgetproto.coordination.expertise.storage import ExpertiseEntryRow, ExpertiseRow, ExpertRow
from budgetproto.coordination.storage import ActRow
from budgetproto.database import Database, new_id, now
from budgetproto.errors import NotPermitted, Refused, Stale, Unknown
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import act_chain, append, expertise_chain
from budgetproto.journal.domain import sha256_of

#: Who commissions an expertise in the name of the committee.
COMMITTEE = MANAGERS | {Role.CHAIR}


class DraftPast(Refused):
    """A draft that was adopted or withdrawn is no longer reviewed."""

    message_key = "expertise.draft_past"


class UntilPast(Refused):
    """The day by which a review is asked for is not behind."""

    message_key = "expertise.until_past"


class NoSuchExpert(Refused):
    """No account that is in use has this log-in name."""

    message_key = "expertise.no_such_expert"


class ExpertiseMoved(Stale):
    """Somebody else wrote or did something meanwhile."""

    message_key = "expertise.moved"


@dataclass(frozen=True)
class Place:
    """What a person is to an expertise: an expert, of those who commissioned it, of the initiator."""

    expert: bool
    commissioner: bool
    #: The person speaks for the body that prepared the draft, or keeps the register and records for it.
    replies: bool
    #: The register is open to the person.
    reads: bool

    @property
    def inside(self) -> bool:
        """Tell whether the person sees what is not handed in."""
        return self.expert or self.commissioner


@dataclass(frozen=True)
class Expertise:
    """An expertise with as much of its course as the reader may see."""

    id: str
    act: ActRow
    party: str | None
    course: d.Course
    place: Place
    #: How many entries there are, what a form must have seen; none to whom only what is handed in is open.
    seen: int


def may_commission(session: Session, person_id: str) -> tuple[bool, tuple[Party, ...]]:
    """Tell whether somebody commissions for the committee, and the associations he may commission for."""
    standing = register.reader(session, person_id)
    own = (party for party in accounts.parties(session) if party.id in standing.parties)
    return _serves(session, person_id), tuple(party for party in own if party.side == "lsg")


def commission(
    database: Database,
    person_id: str,
    act_id: str,
    *,
    party: str | None,
    task: str,
    until: date | None,
    logins: Sequence[str],
) -> str:
    """Ask for an expertise of a draft, for the committee where `party` is None; return its id.

    Raises Unknown to whoever may not read the register, NotPermitted, and why it cannot be asked for so.
    """
    with database.writing() as session:
        committee, parties = may_commission(session, person_id)
        row = acts.act_row(session, act_id)
        if row is None:
            raise Unknown(denied="coordination.act")
        if not (committee if party is None else party in {each.id for each in parties}):
            raise NotPermitted(denied="expertise.commission")
        _check_draft(session, row, until)
        experts = tuple(_expert(session, login) for login in logins)
        what = d.Commissioned(task.strip(), until, experts)
        d.check_commission(what)
        made = ExpertiseRow(id=new_id(), act=act_id, party=party)
        session.add(made)
        session.flush()
        session.add_all(ExpertRow(expertise=made.id, person=expert) for expert in experts)
        _append(session, made, person_id, what)
        return made.id


def name_expert(database: Database, person_id: str, expertise_id: str, login: str, *, seen: int) -> None:
    """Name another expert; for those who commissioned the expertise."""
    with database.writing() as session:
        row, place = _locked(session, person_id, expertise_id, seen)
        if not place.commissioner:
            raise NotPermitted(denied="expertise.commission")
        expert = _expert(session, login)
        _take(session, row, person_id, d.ExpertNamed(expert))
        session.add(ExpertRow(expertise=row.id, person=expert))


def record(database: Database, person_id: str, expertise_id: str, what: d.What, *, seen: int) -> None:
    """Declare interests, write, hand in, reply, or withdraw; `seen` is how many entries the author had seen.

    Raises Unknown to whoever may not know of the expertise, NotPermitted, ExpertiseMoved, and the refusals
    of the rules.
    """
    if isinstance(what, d.Commissioned | d.ExpertNamed):
        raise Unknown
    with database.writing() as session:
        row, place = _locked(session, person_id, expertise_id, seen)
        if isinstance(what, d.Replied) and not place.replies:
            raise NotPermitted(denied="expertise.reply")
        if isinstance(what, d.Withdrawn) and not place.commissioner:
            raise NotPermitted(denied="expertise.commission")
        _take(session, row, person_id, what)


def expertise(session: Session, person_id: str, expertise_id: str) -> Expertise:
    """Return an expertise as a reader may see it; raise Unknown to whom it is not there."""
    row = storage.expertise_row(session, expertise_id)
    found = _seen(session, person_id, row) if row else None
    if found is None:
        raise Unknown(denied="expertise.read")
    return found


def of_act(session: Session, person_id: str, act_id: str) -> tuple[Expertise, ...]:
    """Return those of a draft's expertises that a reader may know of, those handed in first, by their day."""
    return _ordered(_seen(session, person_id, row) for row in storage.of_act(session, act_id))


def of_expert(session: Session, person_id: str) -> tuple[Expertise, ...]:
    """Return the expertises that somebody is an expert of."""
    return _ordered(_seen(session, person_id, row) for row in storage.of_expert(session, person_id))


def handed_in(session: Session, act_id: str) -> tuple[tuple[ExpertiseRow, d.Course], ...]:
    """Return every expertise of a draft that is handed in and stands, as all who read the register see it.

    One that was withdrawn is none of them: a question that had no other waits again.
    """
    every = ((row, storage.course(session, row.id)) for row in storage.of_act(session, act_id))
    open_ = [(row, course.seen_outside(), course.handed_in) for row, course in every]
    standing = [(at.at, row.id, row, course) for row, course, at in open_ if at and not course.withdrawn]
    kept = sorted(standing, key=lambda each: each[:2])
    return tuple((row, course) for _, _, row, course in kept)


def _ordered(found: Iterable[Expertise | None]) -> tuple[Expertise, ...]:
    def key(each: Expertise) -> tuple[bool, str, str]:
        handed = each.course.handed_in
        return handed is None, handed.at.isoformat() if handed else "", each.id

    return tuple(sorted((each for each in found if each is not None), key=key))


def _seen(session: Session, person_id: str, row: ExpertiseRow) -> Expertise | None:
    """Return as much of an expertise as a person may see; None to whom it is not there."""
    course, act = storage.course(session, row.id), acts.known_act(session, row.act)
    place = _place(session, person_id, row, act, course)
    if not place.inside:
        if not place.reads or course.handed_in is None:
            return None
        course = course.seen_outside()
    return Expertise(row.id, act, row.party, course, place, row.entries if place.inside else 0)


def _place(session: Session, person_id: str, row: ExpertiseRow, act: ActRow, course: d.Course) -> Place:
    standing = register.standing_of(session, person_id)
    parties = standing.parties if standing else frozenset[str]()
    ours = _serves(session, person_id) if row.party is None else row.party in parties
    active = accounts.person(session, person_id) is not None
    return Place(
        expert=active and person_id in course.experts,
        commissioner=ours,
        replies=standing is not None and (standing.keeper or act.initiator in parties),
        reads=standing is not None,
    )


def _serves(session: Session, person_id: str) -> bool:
    person = accounts.person(session, person_id)
    return person is not None and bool(person.roles & COMMITTEE)


def _locked(session: Session, person_id: str, expertise_id: str, seen: int) -> tuple[ExpertiseRow, Place]:
    """Lock an expertise for whoever may know of it; raise Unknown, and ExpertiseMoved when more was done."""
    row = storage.expertise_row(session, expertise_id, lock=True)
    found = _seen(session, person_id, row) if row else None
    if row is None or found is None:
        raise Unknown(denied="expertise.read")
    if row.entries != seen and found.place.inside:
        raise ExpertiseMoved(theirs=row.entries, yours=seen)
    return row, found.place


def _take(session: Session, row: ExpertiseRow, person_id: str, what: d.What) -> None:
    d.check_next(storage.course(session, row.id), person_id, what)
    _append(session, row, person_id, what)


def _append(session: Session, row: ExpertiseRow, person_id: str, what: d.What) -> None:
    """Keep what happened, and its hash in the chain of the expertise.

    The chain of the draft is open to all readers of the register: it tells only what is open to them too.
    """
    row.entries += 1
    words = document.written(what)
    digest = sha256_of(words)
    kept = ExpertiseEntryRow(
        expertise=row.id,
        number=row.entries,
        kind=document.kind_of(what),
        document=words,
        digest=digest,
        person=person_id,
        at=now(session),
    )
    session.add(kept)
    session.flush()
    event = ExpertiseRecorded(person_id, row.party, row.id, kept.number, kept.kind, digest)
    append(session, expertise_chain(row.id), event)
    opened = storage.disclosed(storage.entry_rows(session, row.id))
    if opened and opened[-1][0].number == kept.number:
        told = ExpertiseDisclosed(person_id, row.party, row.id, kept.kind, opened[-1][1])
        append(session, act_chain(row.act), told)


def _check_draft(session: Session, row: ActRow, until: date | None) -> None:
    if row.stage in {Stage.ADOPTED, Stage.WITHDRAWN}:
        raise DraftPast
    today = bishkek_day(now(session))
    if until is not None and until < today:
        raise UntilPast(until=until, today=today)


def _expert(session: Session, login: str) -> str:
    row = accounts.person_row(session, login)
    if row is None or not row.active:
        raise NoSuchExpert(login=login.strip())
    return row.id
