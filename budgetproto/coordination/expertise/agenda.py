"""Which draft of the register a question of a sitting's agenda is about, with what is handed in on it."""

from collections.abc import Iterator, Mapping

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.coordination import storage as acts
from budgetproto.coordination.expertise import domain as d
from budgetproto.coordination.expertise import service, storage
from budgetproto.coordination.expertise.events import AgendaDraftNamed
from budgetproto.coordination.expertise.storage import AgendaDraftRow, ExpertiseRow
from budgetproto.database import Database, now
from budgetproto.errors import Refused, Unknown
from budgetproto.i18n import NO_NAME, Named, every_language
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.proceedings import storage as proceedings
from budgetproto.proceedings.participation.domain import About, Interested, Reply, Review
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act


class NoSuchDraft(Refused):
    """The register has no draft of this number."""

    message_key = "expertise.no_such_draft"


def name_draft(database: Database, person_id: str, sitting_id: str, item: int, number: int | None) -> None:
    """Enter which draft of the register a question is about; None is that it is about none.

    What was entered before stays on record; the last entry stands.
    """
    with database.writing() as session:
        sittings.locked(session, person_id, sitting_id, Act.ENTER_PARTICIPATION)
        if item not in {each.number for each in proceedings.agenda(session, sitting_id)}:
            raise Unknown
        act = _numbered(session, number) if number is not None else None
        row = AgendaDraftRow(
            sitting=sitting_id,
            number=len(storage.agenda_rows(session, sitting_id)) + 1,
            item=item,
            act=act,
            person=person_id,
            at=now(session),
        )
        session.add(row)
        session.flush()
        sittings.record(session, sitting_id, AgendaDraftNamed(person_id, item, number or 0))


def drafts_of(session: Session, sitting_id: str) -> Mapping[int, About]:
    """Return by question the draft it is about, with the reviews that are handed in; 0 is that it is none."""
    last = {row.item: row.act for row in storage.agenda_rows(session, sitting_id)}
    return {item: _about(session, act) for item, act in last.items()}


def _about(session: Session, act: str | None) -> About:
    row = acts.act_row(session, act) if act else None
    if row is None:
        return About(0)
    reviews = tuple(_review(session, *each) for each in service.handed_in(session, row.id))
    return About(row.number, row.draft().title, reviews)


def _review(session: Session, row: ExpertiseRow, course: d.Course) -> Review:
    review, handed = course.latest, course.handed_in
    if review is None or review.verdict is None or handed is None:
        raise ValueError("what is handed in is whole")
    names = accounts.people_names(session, course.experts)
    return Review(
        on=bishkek_day(handed.at),
        by=_by(session, row.party),
        verdict=review.verdict.value,
        conclusion=review.conclusion,
        experts=tuple(
            Interested(names.get(each, NO_NAME), course.interests[each]) for each in course.experts
        ),
        replies=tuple(_replies(course)),
    )


def _replies(course: d.Course) -> Iterator[Reply]:
    for at, replied in course.replies:
        yield Reply(bishkek_day(at), replied.stance.value, replied.text)


def _by(session: Session, party: str | None) -> Named:
    found = accounts.party(session, party) if party else None
    return found.name if found else every_language("expertise.by_committee")


def _numbered(session: Session, number: int) -> str:
    act = acts.act_numbered(session, number)
    if act is None:
        raise NoSuchDraft(number=number)
    return act.id
