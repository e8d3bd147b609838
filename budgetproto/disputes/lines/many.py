"""Acts on many lines at once, all or nothing: enter them by one act, withdraw them, take that back."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlmodel import Session

from budgetproto.database import Database, now
from budgetproto.disputes import storage
from budgetproto.disputes.domain import LineText
from budgetproto.disputes.events import How, LineRestored, LinesImported, LineWithdrawn
from budgetproto.disputes.lines.entering import check_text, digest, line_row
from budgetproto.disputes.parameters.lines import with_parameter
from budgetproto.disputes.positions import repeating
from budgetproto.disputes.storage import LineRow
from budgetproto.disputes.terms.proposing import keep_terms
from budgetproto.errors import BadInput, Problem, Refused, Unknown
from budgetproto.journal import append, sitting_chain
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting

#: The most lines that are entered by one act.
MOST_LINES: Final = 500


class TooManyLines(Refused):
    """More lines at once than somebody can look over before he enters them."""

    message_key = "disputes.too_many_lines"


class NothingChosen(Refused):
    """An act on lines needs at least one."""

    message_key = "disputes.nothing_chosen"


@dataclass(frozen=True)
class NewLine:
    """A line to be entered, and the line of an earlier sitting that it was made from."""

    text: LineText
    cloned_from: str | None = None


def add_lines(
    database: Database, person_id: str, sitting_id: str, new: Sequence[NewLine], *, how: How
) -> list[str]:
    """Enter lines at the end of the list by one act; return their ids. One event holds their common hash."""
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.PREPARE)
        return enter_lines(session, person_id, sitting, new, how=how)


def enter_once(
    database: Database,
    person_id: str,
    sitting_id: str,
    plan: Callable[[Session], Sequence[NewLine]],
    *,
    how: How,
    asked: str,
    request: str,
) -> int:
    """Enter what `plan` makes of the list as it is, for a form that may be sent again; return how many.

    `request` is the form's key and `asked` what it says: sent again it enters nothing and gives the same
    number. Both the key and the lines are looked at under the lock, so two presses at once are one too.
    """
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.PREPARE)
        sent = repeating.openly(session, person_id, request, f"{how} {sitting_id} {asked}")
        if (before := repeating.answered(sent)) is not None:
            return before
        entered = enter_lines(session, person_id, sitting, plan(session), how=how)
        repeating.keep_answer(sent, len(entered))
        return len(entered)


def enter_sheet(
    database: Database, person_id: str, sitting_id: str, texts: Sequence[LineText], *, request: str
) -> int:
    """Enter the lines of a spreadsheet once; refuse those that stand in the list word for word already."""
    new = [NewLine(each) for each in texts]

    def plan(session: Session) -> Sequence[NewLine]:
        _check_new(session, sitting_id, texts)
        return new

    asked = _common_hash(new)
    return enter_once(database, person_id, sitting_id, plan, how="spreadsheet", asked=asked, request=request)


def enter_lines(
    session: Session, person_id: str, sitting: Sitting, new: Sequence[NewLine], *, how: How
) -> list[str]:
    """Do the same in the caller's transaction, which has locked the sitting and judged the act."""
    if not new:
        raise NothingChosen
    if len(new) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES, lines=len(new))
    new = [replace(each, text=with_parameter(session, each.text)) for each in new]
    for each in new:
        check_text(each.text)
    first = storage.next_number(session, sitting.id)
    rows = [
        line_row(sitting.id, number, each.text, cloned_from=each.cloned_from)
        for number, each in enumerate(new, start=first)
    ]
    session.add_all(rows)
    session.flush()
    imported = LinesImported(person_id, how, first, len(rows), _common_hash(new))
    append(session, sitting_chain(sitting.id), imported)
    keep_terms(session, person_id, sitting)
    return [row.id for row in rows]


def withdraw_lines(
    database: Database, person_id: str, sitting_id: str, lines: Iterable[str], *, reason: str
) -> int:
    """Take lines of a sitting in preparation back, with a reason; return how many.

    A number is never given again: both sides may have noted it, so the gap stays and is explained wherever
    the questions are listed.
    """
    if not reason.strip():
        raise sittings.ReasonMissing

    def withdraw(session: Session, row: LineRow) -> None:
        row.withdrawn_at, row.withdrawn_reason = now(session), reason.strip()
        event = LineWithdrawn(person_id, row.id, reason.strip())
        append(session, sitting_chain(sitting_id), event)

    return _on_each(database, person_id, sitting_id, lines, withdraw, withdrawn=False)


def restore_lines(database: Database, person_id: str, sitting_id: str, lines: Iterable[str]) -> int:
    """Put withdrawn lines of a sitting in preparation back at their place; return how many."""

    def restore(session: Session, row: LineRow) -> None:
        row.withdrawn_at, row.withdrawn_reason = None, ""
        append(session, sitting_chain(sitting_id), LineRestored(person_id, row.id))

    return _on_each(database, person_id, sitting_id, lines, restore, withdrawn=True)


def _on_each(
    database: Database,
    person_id: str,
    sitting_id: str,
    lines: Iterable[str],
    act: Callable[[Session, LineRow], None],
    *,
    withdrawn: bool,
) -> int:
    chosen = sorted(set(lines))
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.PREPARE)
        if not chosen:
            raise NothingChosen
        for line_id in chosen:
            row = storage.line_row(session, line_id, lock=True)
            if row is None or row.sitting != sitting_id or (row.withdrawn_at is not None) != withdrawn:
                raise Unknown
            act(session, row)
            session.add(row)
        session.flush()
        keep_terms(session, person_id, sitting)
    return len(chosen)


def _check_new(session: Session, sitting_id: str, texts: Sequence[LineText]) -> None:
    """Raise BadInput naming each line that is in the list already exactly as it would be entered."""
    there = {digest(line.text): line.number for line in storage.lines(session, sitting_id)}
    twice = [(text.title, there[found]) for text in texts if (found := digest(text)) in there]
    if twice:
        raise BadInput(
            *(
                Problem("disputes.sheet.already", {"title": title, "number": number}, form_field="pasted")
                for title, number in twice
            )
        )


def _common_hash(new: Sequence[NewLine]) -> str:
    """Return one hash over the texts of all lines in their order, and what each was made from."""
    told = "\n".join(f"{digest(each.text)} {each.cloned_from or '-'}" for each in new)
    return hashlib.sha256(told.encode()).hexdigest()
