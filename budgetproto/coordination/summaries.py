"""Keeps the summary of each draft beside it, in the transaction of the step that changes it."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlmodel import Session

from budgetproto.coordination import document, duty_storage, keeping, storage, summary_storage
from budgetproto.coordination.course import Course
from budgetproto.coordination.deadlines import Deadlines
from budgetproto.coordination.domain import Level
from budgetproto.coordination.storage import ActRow, KeyRow, TallyRow
from budgetproto.coordination.summary import Summary, Tally, summary

#: What a draft is given when it is entered; everything else in its row follows from it and the course.
_GIVEN: Final = ("id", "number", "initiator", "document", "steps", "entered_on")
_OF_COURSE: Final = (
    *("level", "initiator", "stage", "reckoned", "year", "body"),
    *("initiator_ky", "initiator_ru", "initiator_en", "words"),
    *("illustrative", "mandatory", "conclusion", "bypassed_on", "published", "adopted_on", "adoption_days"),
    *("amendable_until", "remarks", "unanswered", "completed", "awaits_screening"),
)
_COUNTED: Final = ("opinions", "accepted", "partly", "rejected", "unanswered")


def reckon(session: Session, row: ActRow, course: Course, deadlines: Deadlines | None) -> None:
    """Add up a draft after its last step and keep the sums in its row and in those of its associations."""
    found = summary(row.entered(), course, deadlines, entered=row.entered_on)
    _fill(row, course, found)
    session.add(row)
    session.flush()
    summary_storage.replace(session, row.id, [*_rows(row.id, found)])
    keeping.keep(session, row, deadlines)


def as_reckoned(session: Session, row: ActRow, course: Course, deadlines: Deadlines | None) -> bool:
    """Tell whether the sums kept of a draft are those of its steps, as far as no calendar moves them."""
    found = summary(row.entered(), course, deadlines, entered=row.entered_on)
    anew = ActRow(**{name: getattr(row, name) for name in _GIVEN}, level="", stage="")
    _fill(anew, course, found)
    kept = summary_storage.kept(session, row.id)
    return all(getattr(anew, name) == getattr(row, name) for name in _OF_COURSE) and sorted(
        map(_told, _rows(row.id, found))
    ) == sorted(map(_told, kept))


def _fill(row: ActRow, course: Course, found: Summary) -> None:
    draft, corrected = found.draft, course.answers_for
    row.level = draft.level.value
    if corrected:
        row.initiator = corrected.party or None
    row.completed = document.written(draft) if draft != row.entered() else ""
    row.body = row.initiator or " / ".join((draft.initiator.ky, draft.initiator.ru))
    row.initiator_ky, row.initiator_ru, row.initiator_en = (
        draft.initiator.ky,
        draft.initiator.ru,
        draft.initiator.en,
    )
    row.stage, row.reckoned = course.stage.value, row.steps
    row.awaits_screening = course.awaits_screening and not course.ended
    row.illustrative, row.published = draft.illustrative, draft.published
    _put(row, found)


def count_anew(session: Session, day: date) -> None:
    """Add up anew each draft of which a change of the calendar on `day` may move a term that runs."""
    for act in duty_storage.acts_due_from(session, day):
        row, course = session.get_one(ActRow, act), storage.course(session, act)
        if course.screened is not None:
            terms = storage.procedures(session, Level(row.level))[course.screened.procedure].terms
            reckon(session, row, course, keeping.deadlines(session, course, terms))


def _put(row: ActRow, found: Summary) -> None:
    row.year, row.words, row.mandatory = found.year, found.words, found.mandatory
    row.conclusion = found.conclusion.value if found.conclusion else ""
    row.bypassed_on, row.due_on = found.bypassed_on, found.due_on
    row.adopted_on, row.adoption_days = found.adopted_on, found.adoption_days
    row.amendable_until = found.amendable_until
    row.remarks = sum(tally.remarks for tally in found.tallies)
    row.unanswered = sum(tally.unanswered for tally in found.tallies)


def _rows(act: str, found: Summary) -> Iterator[TallyRow | KeyRow]:
    yield from (_tally_row(act, tally) for tally in found.tallies)
    if found.own_key:
        yield KeyRow(act=act, key=found.own_key, own=True)
    yield from (KeyRow(act=act, key=key) for key in found.changes if key != found.own_key)


def _told(row: TallyRow | KeyRow) -> tuple[str, ...]:
    """Return what of a row follows from the course alone; late and silent are by the calendar too."""
    if isinstance(row, KeyRow):
        return "key", row.key, str(row.own)
    return "tally", row.body, *(str(getattr(row, name)) for name in _COUNTED)


def _tally_row(act: str, tally: Tally) -> TallyRow:
    return TallyRow(
        act=act,
        body=tally.body,
        opinions=tally.opinions,
        late=tally.late,
        silent=tally.silent,
        awaited_until=tally.awaited_until,
        accepted=tally.accepted,
        partly=tally.partly,
        rejected=tally.rejected,
        unanswered=tally.unanswered,
    )
