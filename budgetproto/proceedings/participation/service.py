"""Enter what the record does not know of an association's part, and the chair's reason to issue without."""

import json

from sqlmodel import Session

from budgetproto.database import Database, now
from budgetproto.disputes.positions.document import words_written
from budgetproto.errors import Refused, Unknown
from budgetproto.i18n import NO_NAME, Words
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal.domain import digest_of
from budgetproto.proceedings import storage as proceedings
from budgetproto.proceedings.participation import storage
from budgetproto.proceedings.participation.domain import Answer, DayMissing, Entered, Question
from budgetproto.proceedings.participation.events import (
    ParticipationEntered,
    ParticipationWaived,
    TouchingJudged,
)
from budgetproto.proceedings.participation.record import (
    Participation,
    associations_of,
    participation_of,
)
from budgetproto.proceedings.participation.storage import (
    EVERY_ITEM,
    ParticipationRow,
    TouchingRow,
    WaiverRow,
)
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Standing


class InvitedAhead(Refused):
    """An invitation that is recorded has been served: its day is not ahead."""

    message_key = "proceedings.participation.ahead"


class NothingOpen(Refused):
    """The chair gives a reason only for what is open."""

    message_key = "proceedings.participation.nothing_open"


class WaiverUnexplained(Refused):
    """The chair says why."""

    message_key = "proceedings.participation.waiver_unexplained"


class TouchingUnexplained(Refused):
    """That a question touches nobody is said with its reason."""

    message_key = "proceedings.participation.touching_unexplained"


def record(
    session: Session, person_id: str, sitting_id: str, act: Act = Act.SEE
) -> tuple[Sitting, Standing, Participation | None]:
    """Return the record of participation to whoever may do `act` in the sitting."""
    sitting, place = sittings.admitted(session, person_id, sitting_id, act)
    return sitting, place, participation_of(session, sitting)


def enter(
    database: Database,
    person_id: str,
    sitting_id: str,
    *,
    item: int,
    party: str,
    question: Question,
    entered: Entered,
) -> None:
    """Enter an association's part in a question, in all of them where `item` is EVERY_ITEM.

    What was entered before stays on record; the last entry stands.
    """
    with database.writing() as session:
        sittings.locked(session, person_id, sitting_id, Act.ENTER_PARTICIPATION)
        _check_place(session, sitting_id, item, party)
        _check_day(session, question, entered)
        row = ParticipationRow(
            sitting=sitting_id,
            number=len(storage.entries(session, sitting_id)) + 1,
            item=item,
            party=party,
            question=question.value,
            answer=entered.answer.value,
            dated=entered.on if question is Question.INVITED else None,
            why=entered.why.strip(),
            person=person_id,
            at=now(session),
        )
        session.add(row)
        session.flush()
        digest = digest_of([row.number, item, party, row.question, row.answer, str(row.dated or ""), row.why])
        event = ParticipationEntered(person_id, item, party, row.question, row.answer, digest)
        sittings.record(session, sitting_id, event)


def judge_touching(
    database: Database, person_id: str, sitting_id: str, item: int, *, touches: bool, why: str
) -> None:
    """Enter whether a question of the agenda touches local communities, with the reason."""
    if not why.strip():
        raise TouchingUnexplained
    with database.writing() as session:
        sittings.locked(session, person_id, sitting_id, Act.ENTER_PARTICIPATION)
        if item not in {each.number for each in proceedings.agenda(session, sitting_id)}:
            raise Unknown
        number = len(storage.touching(session, sitting_id)) + 1
        row = TouchingRow(
            sitting=sitting_id,
            number=number,
            item=item,
            touches=touches,
            why=why.strip(),
            person=person_id,
            at=now(session),
        )
        session.add(row)
        session.flush()
        answer = Answer.YES if touches else Answer.NO
        event = TouchingJudged(person_id, item, answer.value, digest_of(why.strip()))
        sittings.record(session, sitting_id, event)


def waive(database: Database, person_id: str, sitting_id: str, reason: Words) -> None:
    """Record the chair's reason for issuing with what is open now; it does not cover what opens later."""
    if reason.text == NO_NAME:
        raise WaiverUnexplained
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.WAIVE_PARTICIPATION)
        found = participation_of(session, sitting)
        covers = sorted(place for part in (found.open if found else ()) for place in part.open_places)
        if not covers:
            raise NothingOpen
        row = WaiverRow(
            sitting=sitting_id,
            number=len(storage.waivers(session, sitting_id)) + 1,
            words=json.dumps(words_written(reason), ensure_ascii=False, sort_keys=True),
            covers=json.dumps(covers),
            person=person_id,
            at=now(session),
        )
        session.add(row)
        session.flush()
        said = reason.text.in_(reason.language)[0]
        sittings.record(session, sitting_id, ParticipationWaived(person_id, len(covers), said))


def _check_place(session: Session, sitting_id: str, item: int, party: str) -> None:
    """Raise Unknown unless the association and the question are of this sitting."""
    items = {each.number for each in proceedings.agenda(session, sitting_id)} | {EVERY_ITEM}
    if item not in items or party not in {each.id for each in associations_of(session, sitting_id)}:
        raise Unknown


def _check_day(session: Session, question: Question, entered: Entered) -> None:
    if question is not Question.INVITED or entered.answer is not Answer.YES:
        return
    if entered.on is None:
        raise DayMissing
    today = bishkek_day(now(session))
    if entered.on > today:
        raise InvitedAhead(on=entered.on, today=today)
