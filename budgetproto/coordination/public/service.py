"""Decide what is public of a draft, and read what is: the same for everybody, and nothing else is there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.coordination import service as register
from budgetproto.coordination import storage as acts
from budgetproto.coordination.course import Course
from budgetproto.coordination.domain import Draft, Level
from budgetproto.coordination.procedure_values import Procedure, in_force
from budgetproto.coordination.public import storage
from budgetproto.coordination.public.domain import (
    PublicAct,
    Publication,
    Scope,
    public_act,
    scope_on,
)
from budgetproto.coordination.public.events import ActPublicationSet
from budgetproto.coordination.public.in_force_storage import count_public, public_rows
from budgetproto.coordination.public.storage import ActPublicationRow
from budgetproto.coordination.storage import ActRow
from budgetproto.coordination.texts.service import TextFile, file_of
from budgetproto.database import Database, now
from budgetproto.errors import NotPermitted, Refused, Unknown
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import act_chain, append
from budgetproto.protocol.delivery.public import without_names
from budgetproto.web.paging import Paging, paged

#: Drafts on one page of the public register.
SHOWN: Final = 25


class PublicationUnexplained(Refused):
    """Each decision on publication says why."""

    message_key = "delivery.reason_missing"


class PublicationInThePast(Refused):
    """Nothing is published from a day that has gone: nobody could have read it then."""

    message_key = "delivery.in_the_past"


@dataclass(frozen=True)
class Decided:
    """A draft with the decisions on its publication, in the order of their making."""

    act: str
    number: int
    draft: Draft
    decisions: tuple[ActPublicationRow, ...]


def publish(
    database: Database, person_id: str, act_id: str, scope: Scope, *, since: date, reason: str
) -> None:
    """Decide how much of a draft everybody reads from a day on; for the keeper of the register."""
    with database.writing() as session:
        row = _kept(session, person_id, act_id, lock=True)
        at = now(session)
        if not reason.strip():
            raise PublicationUnexplained
        if since < bishkek_day(at):
            raise PublicationInThePast
        number = len(storage.publication_rows(session, act_id)) + 1
        decision = ActPublicationRow(
            act=act_id,
            number=number,
            scope=scope,
            since=since,
            reason=reason.strip(),
            person=person_id,
            at=at,
        )
        session.add(decision)
        session.flush()
        event = ActPublicationSet(person_id, row.number, scope, since.isoformat(), reason.strip())
        append(session, act_chain(act_id), event)


def decided(session: Session, person_id: str, act_id: str) -> Decided:
    """Return what was decided on the publication of a draft, to the keeper of the register."""
    row = _kept(session, person_id, act_id)
    return Decided(row.id, row.number, row.draft(), tuple(storage.publication_rows(session, act_id)))


def listed(session: Session, page: str | None) -> tuple[list[ActRow], Paging]:
    """Return a page of the drafts that are public today, the newest first; raise Unknown if there is none.

    Where each stands is read from its summary: the list reads no course, and of thousands only the page.
    """
    day = bishkek_day(now(session))
    paging = paged(page, length=count_public(session, day), size=SHOWN)
    return public_rows(session, day, first=paging.first, most=SHOWN), paging


def every(session: Session) -> list[ActRow]:
    """Return all drafts that are public today, the newest first."""
    return public_rows(session, bishkek_day(now(session)))


def one(session: Session, number: int) -> PublicAct:
    """Return a public draft by its number; raise one and the same Unknown for all that is not public."""
    return _public(session, *_listed_row(session, number))


def text_file(session: Session, number: int, text: int) -> TextFile:
    """Return an attached text of a draft whose files are public; raise the one Unknown for all else.

    Its name is the one that the public page has: without the names of who recorded the steps.
    """
    row, published = _listed_row(session, number)
    if published.scope != "files":
        raise Unknown
    shown = next((each for each in _public(session, row, published).texts if each.number == text), None)
    if shown is None:
        raise Unknown
    found = file_of(session, row.id, acts.course(session, row.id), text)
    return TextFile(shown.name, found.content)


def procedure_of(session: Session, number: int) -> Procedure | None:
    """Return the version a public draft goes by, before its screening the one in force; None without one.

    Raises the one Unknown for all that is not public. A procedure is a setting of the committee's: its words
    name nobody.
    """
    row, _ = _listed_row(session, number)
    screened = acts.screenings(session, [row.id]).get(row.id)
    versions = acts.procedures(session, Level(row.level))
    return versions[screened.procedure] if screened else in_force(versions, bishkek_day(now(session)))


def _kept(session: Session, person_id: str, act_id: str, *, lock: bool = False) -> ActRow:
    standing = register.standing_of(session, person_id)
    row = acts.act_row(session, act_id, lock=lock) if standing else None
    if row is None or standing is None:
        raise Unknown(denied="coordination.act")
    if not standing.keeper:
        raise NotPermitted(denied="coordination.keep")
    return row


def _listed_row(session: Session, number: int) -> tuple[ActRow, Publication]:
    """Return a public draft's row with what holds of it; raise the one Unknown where it is not public."""
    day = bishkek_day(now(session))
    row = acts.act_numbered(session, number)
    decisions = storage.publication_rows(session, row.id) if row else []
    standing = _standing([each.publication() for each in decisions], day)
    if row is None or standing is None:
        raise Unknown
    return row, standing


def _standing(decisions: Iterable[Publication], day: date) -> Publication | None:
    found = scope_on(tuple(decisions), day)
    return found if found is not None and found.scope != "nothing" else None


def _public(session: Session, row: ActRow, published: Publication) -> PublicAct:
    happened = acts.happening_rows(session, row.id)
    course = Course(tuple(each.happening() for each in happened))
    names = accounts.party_names(session, set(course.parties))
    bare = public_act(row.number, row.entered(), course, names, published)
    return without_names(_people(session, {each.person for each in happened}), bare)


def _people(session: Session, ids: set[str]) -> Sequence[str]:
    """Return the names of who recorded the steps: what people wrote is gone over for them."""
    return sorted({name.ky for name in accounts.people_names(session, ids).values()})
