"""Enter who sees to a line after the sitting, and what the law and the treasury made of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Final, TypeVar

from sqlmodel import Session

from budgetproto.database import Database, new_id, now
from budgetproto.disputes import storage as disputes
from budgetproto.disputes.domain import FigureMissing, FigureOfAnotherKind, fits
from budgetproto.disputes.positions.document import figure_written
from budgetproto.disputes.storage import LineRow
from budgetproto.errors import Stale, Unknown
from budgetproto.i18n import NO_NAME
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import Event, append, sitting_chain
from budgetproto.journal.domain import canonical_json, digest_of
from budgetproto.proceedings.following import storage
from budgetproto.proceedings.following.domain import (
    Appearance,
    Assignment,
    DayMissing,
    FollowUp,
    Kind,
    check_appearance,
    check_assignment,
    check_correction,
    of_kind,
)
from budgetproto.proceedings.following.events import (
    FollowUpCorrected,
    FollowUpEntered,
    LineAssigned,
    ReadingEntered,
)
from budgetproto.proceedings.following.storage import AppearanceRow, AssignmentRow, FollowUpRow
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act
from budgetproto.sittings.procedure import SourceMissing, procedure

Each = TypeVar("Each")

#: The treasury's figure is entered by whoever reads its reports, the law's by the committee's secretary.
ACTS: Final[Mapping[Kind, Act]] = {"adopted": Act.ENTER_FOLLOW_UP, "executed": Act.ENTER_EXECUTED}


class FollowUpMoved(Stale):
    """Somebody else entered something on this line first."""

    message_key = "following.moved"


def enter_follow_up(
    database: Database, person_id: str, line_id: str, entered: FollowUp, *, seen: int | None = None
) -> None:
    """Enter what was adopted or executed on a line after the sitting, with its source.

    What stood before stays, and what replaces it says why. `seen` is how many entries of the line the author
    had before him; FollowUpMoved is raised when there are more by now.
    """
    _check_stated(entered)
    with database.writing() as session:
        line = _locked(session, person_id, line_id, ACTS[entered.kind])
        if not fits(entered.figure, line.text().measure):
            raise FigureOfAnotherKind
        before = storage.follow_ups_on(session, line_id)
        _check_seen(seen, before, _follow_up_told, entered)
        earlier = of_kind(before, entered.kind)
        check_correction(earlier, entered.reason)
        row = _follow_up_row(line_id, replace(entered, person=person_id), now(session))
        session.add(row)
        session.flush()
        _record(session, line.sitting, _entered(row, earlier))


def assign(
    database: Database, person_id: str, line_id: str, assignment: Assignment, *, seen: int | None = None
) -> None:
    """Enter who sees to a line and by when, in place of who did before; `seen` as for `enter_follow_up`."""
    with database.writing() as session:
        line = _locked(session, person_id, line_id, Act.ENTER_FOLLOW_UP)
        check_assignment(
            assignment,
            readings=procedure(session).number("readings"),
            invited=(party.id for party in sittings.invited_parties(session, line.sitting)),
        )
        before = storage.assignments_on(session, line_id)
        _check_seen(seen, before, _assignment_told, assignment)
        check_correction(before, assignment.reason)
        number = len(before) + 1
        row = _assignment_row(line_id, number, replace(assignment, person=person_id), now(session))
        session.add(row)
        session.flush()
        event = LineAssigned(person_id, line_id, number, assignment.due.isoformat(), _digest(row))
        _record(session, line.sitting, event)


def enter_reading(
    database: Database, person_id: str, line_id: str, appearance: Appearance, *, seen: int | None = None
) -> None:
    """Enter at which reading a line appeared, or that it did not; `seen` as for `enter_follow_up`."""
    if not appearance.source.strip():
        raise SourceMissing("following.reading.source_missing")
    with database.writing() as session:
        line = _locked(session, person_id, line_id, Act.ENTER_FOLLOW_UP)
        at = now(session)
        readings = procedure(session).number("readings")
        check_appearance(appearance, readings=readings, day=bishkek_day(at))
        before = storage.appearances_on(session, line_id)
        _check_seen(seen, before, _appearance_told, appearance)
        check_correction(before, appearance.reason)
        row = _appearance_row(line_id, len(before) + 1, replace(appearance, person=person_id), at)
        session.add(row)
        session.flush()
        told = (row.number, row.reading or 0, row.read_on.isoformat(), _digest(row))
        _record(session, line.sitting, ReadingEntered(person_id, line_id, *told))


def _check_stated(entered: FollowUp) -> None:
    if not entered.source.strip():
        raise SourceMissing("proceedings.follow_up.source_missing")
    if entered.figure is None and entered.words == NO_NAME:
        raise FigureMissing("proceedings.follow_up.nothing_stated")
    if entered.kind == "executed" and entered.on is None:
        raise DayMissing


def _locked(session: Session, person_id: str, line_id: str, act: Act) -> LineRow:
    """Lock the sitting of a line for an act; a line that is not there and one of strangers are the same."""
    line = disputes.line_row(session, line_id)
    if line is None:
        raise Unknown(denied="sittings.sitting")
    sittings.locked(session, person_id, line.sitting, act)
    return line


def _check_seen(seen: int | None, before: Sequence[Each], told: Callable[[Each], str], yours: Each) -> None:
    if seen is not None and before and seen != len(before):
        raise FollowUpMoved(theirs=told(before[-1]), yours=told(yours))


def _follow_up_told(each: FollowUp) -> str:
    return "\n".join(filter(None, (each.source, each.article, each.words.ky, each.words.ru)))


def _assignment_told(each: Assignment) -> str:
    return "\n".join(filter(None, (each.owner.ky, each.owner.ru, each.due.isoformat(), each.task.ky)))


def _follow_up_row(line_id: str, entered: FollowUp, at: datetime) -> FollowUpRow:
    words = entered.words
    return FollowUpRow(
        id=new_id(),
        line=line_id,
        kind=entered.kind,
        figure=canonical_json(figure_written(entered.figure)),
        instrument=entered.instrument.value if entered.instrument else None,
        dated=entered.on,
        source=entered.source,
        words_ky=words.ky,
        words_ru=words.ru,
        words_en=words.en,
        article=entered.article,
        reason=entered.reason,
        person=entered.person,
        at=at,
    )


def _assignment_row(line_id: str, number: int, assignment: Assignment, at: datetime) -> AssignmentRow:
    named = {"owner": assignment.owner, "task": assignment.task}
    spread = {f"{name}_{code}": text for name, one in named.items() for code, text in asdict(one).items()}
    return AssignmentRow(
        line=line_id,
        number=number,
        party=assignment.party,
        due=assignment.due,
        reading=assignment.reading,
        reason=assignment.reason,
        person=assignment.person,
        at=at,
        **spread,
    )


def _appearance_told(each: Appearance) -> str:
    return "\n".join((str(each.reading or "—"), each.on.isoformat(), each.source))


def _appearance_row(line_id: str, number: int, appearance: Appearance, at: datetime) -> AppearanceRow:
    return AppearanceRow(
        line=line_id,
        number=number,
        reading=appearance.reading,
        read_on=appearance.on,
        source=appearance.source.strip(),
        reason=appearance.reason,
        person=appearance.person,
        at=at,
    )


def _entered(row: FollowUpRow, earlier: Sequence[FollowUp]) -> Event:
    if not earlier:
        return FollowUpEntered(row.person, row.line, row.figure, _digest(row))
    before = canonical_json(figure_written(earlier[-1].figure))
    return FollowUpCorrected(row.person, row.line, row.kind, before, row.figure, row.reason, _digest(row))


def _digest(row: FollowUpRow | AssignmentRow | AppearanceRow) -> str:
    """Return the SHA-256 of the canonical JSON of a stored entry, all but the moment."""
    return digest_of(row.model_dump(mode="json", exclude={"at"}))


def _record(session: Session, sitting_id: str, event: Event) -> None:
    append(session, sitting_chain(sitting_id), event)
