"""Attach a text to a draft as a file, and hand one out; none is ever changed or taken away."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from budgetproto.coordination import service
from budgetproto.coordination import storage as acts
from budgetproto.coordination.course import Course
from budgetproto.coordination.happenings import Attached
from budgetproto.coordination.service import Act
from budgetproto.coordination.storage import ActRow
from budgetproto.coordination.texts import storage
from budgetproto.coordination.texts.domain import check_text, texts
from budgetproto.coordination.texts.storage import TextRow
from budgetproto.database import Database, now
from budgetproto.disputes.positions.attachments.file_kinds import recognised
from budgetproto.disputes.positions.attachments.values import check_size, cleaned
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n.formatting import bishkek_day


@dataclass(frozen=True)
class TextFile:
    """A text to be handed out."""

    name: str
    content: bytes

    @property
    def media(self) -> str:
        """Its media type."""
        return recognised(self.name, self.content).media_type


def attach(
    database: Database,
    person_id: str,
    act_id: str,
    what: Attached,
    content: bytes,
    *,
    seen: int,
    on: date | None = None,
) -> Act:
    """Attach a text; return the draft as it stands then. Name, size and hash are taken from the file itself.

    The keeper attaches for everybody, of an earlier day too; delegates attach their own side's, of today.
    Raises what is wrong with the file by name, bytes or size; the refusals of `check_text`; ActMoved,
    NotPermitted, and Unknown to whoever may not read.
    """
    check_size(len(content))
    name = cleaned(what.name)
    recognised(name, content)
    digest = hashlib.sha256(content).hexdigest()
    what = replace(what, name=name, size=len(content), digest=digest)
    with database.writing() as session:
        standing = service.reader(session, person_id)
        row = service.locked_row(session, act_id, seen)
        if not service.may_record(standing, row.initiator, Attached, what.body):
            raise NotPermitted(denied="coordination.record")
        if not standing.keeper and on is not None:
            raise NotPermitted(denied="coordination.record")
        day = on or bishkek_day(now(session))
        check_text(what, acts.course(session, act_id), row.draft(), on=day)
        by_keeper = (what.body or row.initiator) not in standing.parties
        made = service.recorded(session, person_id, row, what, on, by_keeper=by_keeper)
        session.add(TextRow(act=act_id, step=row.steps, content=content))
        return made


def text_file(session: Session, person_id: str, act_id: str, number: int) -> TextFile:
    """Return one text to whoever may read the register; raise Unknown where there is none."""
    act = service.act_of(session, person_id, act_id)
    return file_of(session, act.id, act.course, number)


def file_of(session: Session, act_id: str, course: Course, number: int) -> TextFile:
    """Return a text of a draft whose reader may read it; raise Unknown where there is none."""
    found = next((each for each in texts(course) if each.number == number), None)
    content = storage.content(session, act_id, found.place + 1) if found else None
    if found is None or content is None:
        raise Unknown
    return TextFile(found.said.name, content)


def altered(session: Session, row: ActRow) -> Iterator[int]:
    """Yield the steps of a draft whose bytes are gone, have another hash than told, or no step."""
    told = {each.place + 1: each.said.digest for each in texts(acts.course(session, row.id))}
    kept = set(storage.kept_steps(session, row.id))
    for step in sorted(told.keys() | kept):
        content = storage.content(session, row.id, step) if step in kept else None
        if content is None or hashlib.sha256(content).hexdigest() != told.get(step):
            yield step
