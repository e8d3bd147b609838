"""Enter contested lines one by one and change them, while the sitting is prepared."""

from sqlmodel import Session

from budgetproto.database import Database, new_id
from budgetproto.disputes import storage
from budgetproto.disputes.domain import Base, LineText, Measure, check_limits
from budgetproto.disputes.events import LineChanged, LineEntered
from budgetproto.disputes.lines.needs import NeedWithoutSource
from budgetproto.disputes.lines.plain import plain
from budgetproto.disputes.parameters.lines import with_parameter
from budgetproto.disputes.service import sitting_of
from budgetproto.disputes.storage import LineRow
from budgetproto.disputes.terms.proposing import keep_terms
from budgetproto.errors import Refused, Stale, Unknown
from budgetproto.journal import append, sitting_chain
from budgetproto.journal.domain import digest_of
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act


class LineMoved(Stale):
    """Somebody else saved this line first."""

    message_key = "disputes.line_moved"


class LineWithdrawn(Refused):
    """The line was withdrawn: nothing is entered on it any more."""

    message_key = "disputes.line_withdrawn"


class BaseNotWhole(Refused):
    """The base of a percentage must make every hundredth of a point a whole number of tyiyn."""

    message_key = "disputes.base_not_whole"


def add_line(database: Database, person_id: str, sitting_id: str, text: LineText) -> str:
    """Enter a contested line at the end of the list; return its id."""
    with database.writing() as session:
        return enter_within(session, person_id, sitting_id, text)


def enter_within(session: Session, person_id: str, sitting_id: str, text: LineText) -> str:
    """Enter a contested line in the caller's transaction, which more depends on; return its id."""
    check_text(text)
    _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.PREPARE)
    text = with_parameter(session, text)
    row = line_row(sitting_id, storage.next_number(session, sitting_id), text)
    session.add(row)
    session.flush()
    append(session, sitting_chain(sitting_id), LineEntered(person_id, row.id, digest(text)))
    keep_terms(session, person_id, sitting)
    return row.id


def edit_line(database: Database, person_id: str, line_id: str, text: LineText, *, version: int) -> None:
    """Change a line of a sitting in preparation; raise LineMoved with both texts if it changed.

    What decides the result is part of the terms: changed, it is a new version of them, and refused once they
    are fixed; a title or a note may be mended.
    """
    check_text(text)
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_of(session, line_id), Act.PREPARE)
        row = storage.line_row(session, line_id, lock=True)
        if row is None:
            raise Unknown
        before = row.line()
        if before.withdrawn is not None:
            raise LineWithdrawn(number=before.number)
        if before.version != version:
            raise LineMoved(yours=text, theirs=before.text)
        text = with_parameter(session, text)
        row.enter(text)
        session.add(row)
        session.flush()
        changed = LineChanged(person_id, line_id, digest(before.text), digest(text))
        append(session, sitting_chain(sitting.id), changed)
        keep_terms(session, person_id, sitting)


def line_row(sitting_id: str, number: int, text: LineText, *, cloned_from: str | None = None) -> LineRow:
    """Return a new row for a line; what it says is checked by `check_text`."""
    row = LineRow(
        id=new_id(),
        sitting=sitting_id,
        number=number,
        title_ky="",
        title_ru="",
        title_en="",
        kind=text.kind,
        year=text.year,
        measure=text.measure.value,
        cloned_from=cloned_from,
    )
    row.enter(text)
    return row


def check_text(text: LineText) -> None:
    """Raise when limits contradict each other, a need is not documented, or a base is not whole."""
    check_limits(text)
    if text.documented_need.figure is not None and not text.documented_need.source.strip():
        raise NeedWithoutSource
    if text.measure is Measure.PERCENTAGE and text.money_base and text.money_base.tyiyn % 10_000:
        raise BaseNotWhole(base=text.money_base)


def digest(text: LineText) -> str:
    """Return the hash of everything that was entered of a line."""
    values = {name: plain(value) for name, value in vars(text).items()}
    if text.documented_need == Base():
        del values["documented_need"]
    if not text.parameter:
        del values["parameter"]
    if not text.prices:
        del values["prices"]
    return digest_of(values)
