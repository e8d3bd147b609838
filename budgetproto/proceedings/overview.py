"""What the pages of the proceedings show: agenda, attendance with quorum, decisions in three columns."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from budgetproto.disputes import service
from budgetproto.disputes import storage as disputes
from budgetproto.disputes.domain import Figure, Line
from budgetproto.disputes.figures.stands import LineView
from budgetproto.disputes.options import service as options
from budgetproto.disputes.options.voted import VotedTrial
from budgetproto.disputes.responses import overview as responses
from budgetproto.disputes.responses.domain import Standing as AnswerStanding
from budgetproto.disputes.responses.rounds import Answered
from budgetproto.errors import Unknown
from budgetproto.i18n import Named
from budgetproto.proceedings import storage
from budgetproto.proceedings.domain import AgendaItem, Attendee, Decision, Opinion, members_present
from budgetproto.proceedings.settled import settled
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Standing, may
from budgetproto.sittings.procedure import procedure_of


@dataclass(frozen=True)
class Roll:
    """Who was expected and who is there, and whether that is a quorum."""

    people: tuple[Attendee, ...]
    present: int
    quorum: int
    members: int
    quorum_source: Named

    @property
    def reached(self) -> bool:
        """Tell whether enough members are present."""
        return self.present >= self.quorum


@dataclass(frozen=True)
class Ruling:
    """One line with its three columns: computed, proposed by the chair, decided."""

    line: Line
    computed: Figure
    decision: Decision
    #: The vote by which a trial became the option; None where the computed figure follows the terms.
    vote: VotedTrial | None = None
    #: What the parties answer to the computed figure; None where the option says nothing of the line.
    answered: Answered | None = None

    @property
    def agreed_by_both(self) -> bool:
        """Tell whether both sides accept a computed figure without reserve."""
        accepted = self.answered is not None and self.answered.standing is AnswerStanding.ACCEPTED
        return accepted and self.computed is not None


def agenda(session: Session, person_id: str, sitting_id: str) -> tuple[Sitting, Standing, list[AgendaItem]]:
    """Return the agenda to whoever may see the sitting."""
    sitting, place = sittings.admitted(session, person_id, sitting_id)
    return sitting, place, storage.agenda(session, sitting_id)


def agenda_item(session: Session, person_id: str, sitting_id: str, number: int) -> tuple[Sitting, AgendaItem]:
    """Return one question of the agenda to whoever may record on it."""
    sitting, _ = sittings.admitted(session, person_id, sitting_id, Act.RECORD)
    found = next((item for item in storage.agenda(session, sitting_id) if item.number == number), None)
    if found is None:
        raise Unknown
    return sitting, found


def roll(
    session: Session, person_id: str, sitting_id: str, act: Act = Act.SEE
) -> tuple[Sitting, Standing, Roll]:
    """Return the attendance to whoever may do `act` in the sitting."""
    sitting, place = sittings.admitted(session, person_id, sitting_id, act)
    people = tuple(storage.attendees(session, sitting_id))
    rules = procedure_of(session, sitting_id)
    found = Roll(
        people=people,
        present=members_present(people),
        quorum=rules.quorum,
        members=rules.members_total,
        quorum_source=rules.source("quorum_share"),
    )
    return sitting, place, found


def ruling(session: Session, person_id: str, line_id: str, act: Act) -> tuple[Sitting, Ruling]:
    """Return the three columns of a line to whoever may do `act` in its sitting."""
    sitting, place, line = service.line_of(session, person_id, line_id)
    sittings.admitted(session, place.person, sitting.id, act)
    return sitting, _rulings(session, sitting, [line])[0]


def ruling_of(session: Session, sitting: Sitting, line: Line) -> Ruling:
    """Return the three columns of a line, for somebody who has been admitted."""
    return _rulings(session, sitting, [line])[0]


def rulings(session: Session, sitting: Sitting, place: Standing) -> list[Ruling]:
    """Return the three columns of every line; none to whoever may not read the opened positions."""
    if not may(place, Act.READ_OPENED, sitting.stage):
        return []
    return _rulings(session, sitting, disputes.lines(session, sitting.id))


def decisions(session: Session, person_id: str, sitting_id: str) -> tuple[Sitting, Standing, list[Ruling]]:
    """Return the three columns of every line to whoever may read the opened positions."""
    sitting, place = sittings.admitted(session, person_id, sitting_id, Act.READ_OPENED)
    return sitting, place, rulings(session, sitting, place)


def opinions(session: Session, person_id: str, sitting_id: str) -> tuple[Sitting, Standing, list[Opinion]]:
    """Return opinions and dissents to whoever may read the opened positions."""
    sitting, place = sittings.admitted(session, person_id, sitting_id, Act.READ_OPENED)
    return sitting, place, storage.opinions(session, sitting_id)


def _rulings(session: Session, sitting: Sitting, lines: list[Line]) -> list[Ruling]:
    published = options.latest(session, sitting.id)
    recorded: Mapping[str, Decision] = storage.decisions(session, sitting.id)
    computed = {number: award.figure for number, award in published.awards.items()} if published else {}
    vote = published.vote if published else None
    views, decided = _views(session, lines), settled(session, sitting.id)
    answers = responses.answered(session, sitting, views, published, decided) if published else {}
    return [
        Ruling(
            line,
            computed.get(line.number),
            recorded.get(line.id, Decision()),
            vote,
            answers.get(line.number),
        )
        for line in lines
    ]


def _views(session: Session, lines: list[Line]) -> list[LineView]:
    """Return the lines with their opened positions: one alone, or all of a sitting."""
    if len(lines) == 1:
        return [service.view_of(session, lines[0])]
    return service.views(session, lines[0].sitting) if lines else []
