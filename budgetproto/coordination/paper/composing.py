"""Composes the coordination sheet of a draft from the register, and keeps the one that is handed in."""

from datetime import date

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.coordination import keeping, storage
from budgetproto.coordination.course import Course
from budgetproto.coordination.paper.document import digest, written
from budgetproto.coordination.paper.domain import Sheet, step_of
from budgetproto.coordination.paper.storage import SheetRow
from budgetproto.coordination.storage import ActRow
from budgetproto.coordination.terms import terms_of
from budgetproto.coordination.undone import last_day


def compose(session: Session, row: ActRow, course: Course, as_of: date) -> Sheet:
    """Return the sheet of a draft as of a day: its terms stand on it as they stand then."""
    draft = row.draft()
    parties = course.parties
    names = accounts.party_names(session, {*parties, *([row.initiator] if row.initiator else [])})
    initiator = names.get(row.initiator or "") or draft.initiator
    held = storage.procedures(session, draft.level)
    procedure = held[course.screened.procedure] if course.screened else None
    running = keeping.deadlines(session, course, procedure.terms) if procedure else None
    kept = storage.kept_places(session, row.id)
    return Sheet(
        number=row.number,
        draft=draft,
        initiator=initiator,
        entered=row.entered_on,
        as_of=as_of,
        steps=tuple(
            step_of(each, last_day(running, place) if running else None, by_keeper=place in kept)
            for place, each in enumerate(course.happenings)
        ),
        terms=tuple(terms_of(running, procedure, initiator, names, as_of)) if running and procedure else (),
        procedure=procedure,
        names={body: name for body, name in sorted(names.items()) if body in parties},
        first=row.entered() if row.completed else None,
    )


def hand_in(session: Session, row: ActRow, course: Course, as_of: date) -> str:
    """Keep the sheet that goes with a draft as it is submitted; return the hash of its facts."""
    sheet = compose(session, row, course, as_of)
    found = digest(sheet)
    session.add(SheetRow(act=row.id, document=written(sheet), digest=found))
    return found
