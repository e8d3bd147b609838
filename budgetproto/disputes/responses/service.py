"""Answer the option: every answer a new version of its own, tied to the version of the option it is about.

An answer never enters the computation: the option under the original terms stays what it was.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.database import Database, now
from budgetproto.disputes import storage as lines
from budgetproto.disputes.domain import Line
from budgetproto.disputes.options import service as options
from budgetproto.disputes.options import storage as option_storage
from budgetproto.disputes.options.document import OptionLine, PublishedOption
from budgetproto.disputes.positions import repeating
from budgetproto.disputes.positions.bounds import check_versions
from budgetproto.disputes.positions.filing import NotApprover
from budgetproto.disputes.responses import document, storage
from budgetproto.disputes.responses.domain import (
    Answer,
    Asked,
    Kind,
    OptionSaysNothing,
    Response,
    check_response,
)
from budgetproto.disputes.responses.events import OptionAnswered, RestAnswered
from budgetproto.disputes.responses.storage import ResponseRow
from budgetproto.errors import Refused, Stale, Unknown
from budgetproto.i18n import Words
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import append, sitting_chain
from budgetproto.journal.domain import sha256_of
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Standing
from budgetproto.sittings.storage import InvitedRow


class NoOption(Refused):
    """No version of the option has been published: there is nothing to answer."""

    message_key = "responses.no_option"


class OptionMoved(Stale):
    """Another version of the option has been published since the one that is answered."""

    message_key = "responses.option_moved"


class ResponseMoved(Stale):
    """Somebody else of the party answered first."""

    message_key = "responses.response_moved"


class RestMoved(Stale):
    """The party has given another answer since its author looked at what is left."""

    message_key = "responses.rest_moved"


class NothingLeft(Refused):
    """The party has answered every question of this version."""

    message_key = "responses.nothing_left"


@dataclass(frozen=True)
class Chair:
    """A party's place at the newest option in one transaction, taken by somebody who may answer for it."""

    session: Session
    sitting: Sitting
    party: Party
    person: str
    option: PublishedOption
    at: datetime


@dataclass(frozen=True)
class Own:
    """What a party has before it when it answers a question: the newest option, and its own last answer.

    `said` is what the option says of the question.
    """

    sitting: Sitting
    party: Party
    line: Line
    option: PublishedOption
    said: OptionLine
    last: Answer | None

    @property
    def version(self) -> int:
        """The number of the party's last answer, 0 without one."""
        return self.last.number if self.last else 0

    @property
    def answered(self) -> bool:
        """Tell whether the last answer is to the newest version of the option."""
        return self.last is not None and self.last.option == self.option.number


def answer(
    database: Database,
    person_id: str,
    line_id: str,
    *,
    party_id: str,
    response: Response,
    option: int,
    seen: int,
    confirmed: bool = False,
    request: str = "",
) -> Answer:
    """Answer version `option` of the option on one question; return the answer as it is kept.

    `seen` is the number of the party's answer that its author had before him, 0 before the first. With the
    same `request` the same answer may be sent again and is kept once. Raises OptionMoved with both versions'
    words on the question, ResponseMoved with both answers, the refusals of `check_response`, NotApprover, and
    Unknown to whoever has no mandate of the party.
    """
    asked = f"answer {line_id} {party_id} {option} {seen} {document.written(response)}"
    with database.writing() as session:
        line = _line(session, line_id)
        _locked(session, person_id, line.sitting, party_id)
        sent = repeating.openly(session, person_id, request, asked)
        if (before := repeating.answered(sent)) is not None:
            return storage.version(session, line_id, party_id, before)
        chair = _chair(session, person_id, line.sitting, party_id)
        _check_current(session, chair, option, line.number)
        last = storage.latest(session, line_id, party_id)
        if (last.number if last else 0) != seen:
            raise ResponseMoved(yours=response, theirs=last.response if last else None)
        check_response(response, _asked(chair, line), on=bishkek_day(chair.at), confirmed=confirmed)
        row = _kept(chair, line, response, number=seen + 1)
        event = OptionAnswered(
            person_id, party_id, line_id, row.number, row.option, response.kind.value, row.digest
        )
        append(session, sitting_chain(line.sitting), event)
        repeating.keep_answer(sent, row.number)
        return row.answer()


def answer_rest(
    database: Database,
    person_id: str,
    sitting_id: str,
    *,
    party_id: str,
    kind: Literal[Kind.ACCEPT, Kind.REJECT],
    reason: Words | None,
    option: int,
    seen: int | None = None,
    request: str = "",
) -> int:
    """Answer all at once what the party has not answered of version `option`; return how many they were.

    `seen` is how many answers the party had given when its author looked, None where he did not count them.
    Raises RestMoved when there are more, NothingLeft, OptionMoved when another version was published, and
    what `answer` raises.
    """
    response = Response(kind, reason)
    asked = f"answer_rest {sitting_id} {party_id} {option} {seen} {document.written(response)}"
    with database.writing() as session:
        _locked(session, person_id, sitting_id, party_id)
        sent = repeating.openly(session, person_id, request, asked)
        if (before := repeating.answered(sent)) is not None:
            return before
        chair = _chair(session, person_id, sitting_id, party_id)
        _check_current(session, chair, option, None)
        if seen is not None and seen != (given := answers_given(session, sitting_id, party_id)):
            raise RestMoved(yours=seen, theirs=given)
        left = unanswered(session, chair.sitting, party_id, chair.option)
        if not left:
            raise NothingLeft(option=option)
        rows = [_answered(chair, line, response, number) for line, number in left]
        append(session, sitting_chain(sitting_id), _told(chair, kind, rows, [line for line, _ in left]))
        repeating.keep_answer(sent, len(rows))
        return len(rows)


def own(session: Session, person_id: str, line_id: str, party_id: str) -> Own:
    """Return what somebody who may answer for a party has before him; refused as an answer would be."""
    line = _line(session, line_id)
    sitting, place = sittings.admitted(session, person_id, line.sitting, Act.RESPOND)
    party = party_of(place, party_id)
    found = current(session, sitting)
    said = found.awards.get(line.number)
    if said is None:
        raise OptionSaysNothing(number=line.number)
    return Own(sitting, party, line, found, said, storage.latest(session, line_id, party_id))


def current(session: Session, sitting: Sitting) -> PublishedOption:
    """Return the newest version of the option; NoOption before the first."""
    found = options.latest(session, sitting.id)
    if found is None:
        raise NoOption
    return found


def answers_given(session: Session, sitting_id: str, party_id: str) -> int:
    """Return how many answers a party has given in a sitting, to every version of the option."""
    return sum(number for number, _ in storage.last_numbers(session, sitting_id, party_id).values())


def unanswered(
    session: Session, sitting: Sitting, party_id: str, option: PublishedOption
) -> list[tuple[Line, int]]:
    """Return the questions of a version that a party has not answered, each with its last answer's number."""
    last = storage.last_numbers(session, sitting.id, party_id)
    found = ((line, *last.get(line.id, (0, 0))) for line in lines.lines(session, sitting.id))
    return [
        (line, number)
        for line, number, answered in found
        if line.number in option.awards and answered != option.number
    ]


def _line(session: Session, line_id: str) -> Line:
    row = lines.line_row(session, line_id)
    if row is None or row.withdrawn_at is not None:
        raise Unknown(denied="responses.answer")
    return row.line()


def party_of(place: Standing, party_id: str) -> Party:
    """Return the party, to whoever lets its positions be filed: its answer binds it as a position does."""
    party = next((party for party in place.parties if party.id == party_id), None)
    if party is None:
        raise Unknown(denied="responses.answer")
    if not place.approves_for(party_id):
        raise NotApprover("responses.not_approver", denied="responses.answer")
    return party


def _locked(session: Session, person_id: str, sitting_id: str, party_id: str) -> None:
    """Judge the act under the sitting's lock, shared with other parties, and the party's own."""
    _, _, place = sittings.locked(session, person_id, sitting_id, Act.RESPOND, shared=True)
    party_of(place, party_id)
    session.get_one(InvitedRow, (sitting_id, party_id), with_for_update=True)


def _chair(session: Session, person_id: str, sitting_id: str, party_id: str) -> Chair:
    sitting, place = sittings.admitted(session, person_id, sitting_id, Act.RESPOND)
    party, found = party_of(place, party_id), current(session, sitting)
    return Chair(session, sitting, party, person_id, found, now(session))


def _check_current(session: Session, chair: Chair, option: int, number: int | None) -> None:
    """Raise OptionMoved unless this version is the newest, with what both say of a question."""
    if option == chair.option.number:
        return
    numbers = {"answered": option, "newest": chair.option.number}
    if number is None:
        raise OptionMoved(None, **numbers)
    before, after = _words_of(session, chair, option, number), chair.option.awards.get(number)
    raise OptionMoved(None, **numbers, yours=before, theirs=after)


def _words_of(session: Session, chair: Chair, option: int, number: int) -> OptionLine | None:
    row = option_storage.option_version(session, chair.sitting.id, option)
    return options.opened(row).awards.get(number) if row else None


def _asked(chair: Chair, line: Line) -> Asked:
    text, side = line.text, chair.party.side
    base = text.base_government if side == "government" else text.base_lsg
    figures = {number: award.figure for number, award in chair.option.awards.items()}
    return Asked(line.number, text.measure, base.figure, figures)


def _answered(chair: Chair, line: Line, response: Response, number: int) -> ResponseRow:
    check_response(response, _asked(chair, line), on=bishkek_day(chair.at))
    return _kept(chair, line, response, number=number + 1)


def _kept(chair: Chair, line: Line, response: Response, *, number: int) -> ResponseRow:
    check_versions(number - 1)
    written = document.written(response)
    row = ResponseRow(
        line=line.id,
        party=chair.party.id,
        number=number,
        option=chair.option.number,
        document=written,
        digest=sha256_of(written),
        person=chair.person,
        at=chair.at,
    )
    chair.session.add(row)
    chair.session.flush()
    return row


def _told(chair: Chair, kind: Kind, rows: list[ResponseRow], answered: list[Line]) -> RestAnswered:
    every = "".join(f"{row.line} {row.number} {row.digest}\n" for row in rows)
    return RestAnswered(
        person=chair.person,
        party=chair.party.id,
        option=chair.option.number,
        answer=kind.value,
        lines=len(rows),
        numbers=", ".join(str(line.number) for line in answered),
        digest=sha256_of(every),
    )
