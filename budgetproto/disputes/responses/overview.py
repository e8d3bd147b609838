"""What pages and programs show of the answers, to whoever may read the opened positions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.disputes import service
from budgetproto.disputes.domain import Line
from budgetproto.disputes.figures.stands import LineView
from budgetproto.disputes.options import service as options
from budgetproto.disputes.options import storage as option_storage
from budgetproto.disputes.options.document import PublishedOption
from budgetproto.disputes.responses import storage
from budgetproto.disputes.responses.domain import Answer, Settled
from budgetproto.disputes.responses.rounds import (
    Answered,
    Change,
    PartyAnswer,
    Question,
    answers_in_round,
    changes,
)
from budgetproto.disputes.responses.service import answers_given, current, party_of
from budgetproto.disputes.responses.settling import settled
from budgetproto.disputes.service import views
from budgetproto.errors import Unknown
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Standing


@dataclass(frozen=True)
class Comparison:
    """Two versions of the option beside each other, with the answers to each, and every version there is."""

    sitting: Sitting
    before: PublishedOption
    after: PublishedOption
    changes: tuple[Change, ...]
    versions: tuple[int, ...]


@dataclass(frozen=True)
class Desk:
    """The questions of the newest version, each with what one party has answered.

    `given` is how many answers the party has given in all, to every version: any further one moves it.
    """

    sitting: Sitting
    party: Party
    option: PublishedOption
    rows: tuple[tuple[Answered, PartyAnswer], ...]
    given: int

    @property
    def left(self) -> int:
        """How many questions the party has not answered."""
        return sum(own.answer is None for _, own in self.rows)


@dataclass(frozen=True)
class History:
    """Every answer ever given on one question, the last one first."""

    sitting: Sitting
    line: Line
    parties: tuple[Party, ...]
    answers: tuple[Answer, ...]
    newest: int


def desk(session: Session, person_id: str, sitting_id: str, party_id: str) -> Desk:
    """Return what a party has answered and what is left, to whoever may answer for it."""
    sitting, place = sittings.admitted(session, person_id, sitting_id, Act.RESPOND)
    party, option = party_of(place, party_id), current(session, sitting)
    lines, decided = views(session, sitting_id), settled(session, sitting_id)
    found = answered(session, sitting, lines, option, decided)
    own = [(each, next(one for one in each.answers if one.party == party)) for each in found.values()]
    return Desk(sitting, party, option, tuple(own), answers_given(session, sitting_id, party_id))


def answered(
    session: Session,
    sitting: Sitting,
    lines: Sequence[LineView],
    option: PublishedOption,
    decided: Mapping[int, Settled],
) -> dict[int, Answered]:
    """Return the answers to a version by number of question, for somebody who has been admitted.

    `decided` is what has been decided so far, by number of question.
    """
    return answers_in_round(
        [Question(view.line, frozenset(view.positions)) for view in lines],
        sittings.invited_parties(session, sitting.id),
        storage.answers(session, sitting.id),
        option=option.number,
        figures={number: award.figure for number, award in option.awards.items()},
        settled=decided,
    )


def answered_on(session: Session, sitting: Sitting, line: Line) -> tuple[int, Answered] | None:
    """Return the newest version's number and the answers to it on a question; None where it says nothing."""
    option = options.latest(session, sitting.id)
    if option is None or line.number not in option.awards:
        return None
    view = service.view_of(session, line)
    found = answers_in_round(
        [Question(line, frozenset(view.positions))],
        sittings.invited_parties(session, sitting.id),
        storage.answers_on(session, line.id),
        option=option.number,
        figures={number: award.figure for number, award in option.awards.items()},
        settled=settled(session, sitting.id),
    )
    return option.number, found[line.number]


def every_answer(session: Session, person_id: str, sitting_id: str) -> tuple[Sitting, Standing, list[Answer]]:
    """Return every version of every answer to whoever may read the opened positions."""
    sitting, place = sittings.admitted(session, person_id, sitting_id, Act.READ_OPENED)
    return sitting, place, storage.answers(session, sitting_id)


def history(session: Session, person_id: str, line_id: str) -> History:
    """Return every answer on a question to whoever may read the opened positions."""
    sitting, _, line = service.line_of(session, person_id, line_id)
    sittings.admitted(session, person_id, sitting.id, Act.READ_OPENED)
    newest = option_storage.latest_option(session, sitting.id)
    return History(
        sitting,
        line,
        tuple(sittings.invited_parties(session, sitting.id)),
        tuple(reversed(storage.answers_on(session, line_id))),
        newest.number if newest else 0,
    )


def comparison(session: Session, person_id: str, sitting_id: str, *, before: int, after: int) -> Comparison:
    """Compare two versions of the option; Unknown where there is none of a number."""
    sitting, _ = sittings.admitted(session, person_id, sitting_id, Act.READ_OPENED)
    first, second = _version(session, sitting, before), _version(session, sitting, after)
    lines, decided = views(session, sitting_id), settled(session, sitting_id)
    one, other = (answered(session, sitting, lines, each, decided) for each in (first, second))
    made = changes(one, other, [view.line for view in lines])
    return Comparison(sitting, first, second, tuple(made), option_numbers(session, sitting_id))


def option_numbers(session: Session, sitting_id: str) -> tuple[int, ...]:
    """Return the numbers of all published versions of the option."""
    newest = option_storage.latest_option(session, sitting_id)
    return tuple(range(1, newest.number + 1)) if newest else ()


def _version(session: Session, sitting: Sitting, number: int) -> PublishedOption:
    row = option_storage.option_version(session, sitting.id, number)
    if row is None:
        raise Unknown
    return options.opened(row)
