"""Make a new sitting from an earlier one: its identity, its parties, the lines somebody chose."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from budgetproto.database import Database, taken
from budgetproto.disputes import storage as disputes
from budgetproto.disputes.domain import Base, Line, LineText
from budgetproto.disputes.lines import many
from budgetproto.disputes.lines.many import NewLine, NothingChosen
from budgetproto.i18n import text
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.proceedings import storage
from budgetproto.proceedings.following import storage as following
from budgetproto.proceedings.rolling import decided_base, rolled_line
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, NotYours, Sitting
from budgetproto.sittings.events import SittingCloned
from budgetproto.sittings.service import NewSitting, NumberTaken
from budgetproto.transfers.domain import oblast_code


@dataclass(frozen=True)
class Offered:
    """A line of an earlier sitting, and its text as it would begin in the new one."""

    line: Line
    text: LineText

    @property
    def region(self) -> str:
        """The oblast or republican city the line is about, blank for the whole republic."""
        return oblast_code(self.line.text.territory) if self.line.text.territory else ""


def offered(
    session: Session, person_id: str, sitting_id: str, *, year: int | None = None
) -> tuple[Sitting, list[Offered]]:
    """Return an earlier sitting and its lines as they would begin in `year` (the next one unless said).

    Secretaries only: the decisions and what became of them are read along.
    """
    sitting, place = sittings.admitted(session, person_id, sitting_id)
    if Act.PREPARE not in place.acts:
        raise NotYours(denied="sittings.prepare")
    years = (year if year is not None else sitting.budget_year + 1) - sitting.budget_year
    decisions = storage.decisions(session, sitting_id)
    later = following.follow_ups(session, sitting_id)
    found = [
        Offered(
            line,
            rolled_line(
                line,
                decided_base(decisions.get(line.id), _decided_in(sitting, line)),
                later.get(line.id, []),
                years=years,
            ),
        )
        for line in disputes.lines(session, sitting_id)
    ]
    return sitting, found


def clone_sitting(
    database: Database, person_id: str, source_id: str, new: NewSitting, lines: Collection[str]
) -> str:
    """Make a new sitting from an earlier one, with the chosen `lines` of it; return its id.

    Its parties are invited again, in their order. Mandates, positions, votes, terms and sources of money are
    not taken over: each of them is somebody's act in one sitting.
    """
    with taken(NumberTaken(number=new.number)), database.writing() as session:
        source, found = offered(session, person_id, source_id, year=new.budget_year)
        chosen = [each for each in found if each.line.id in lines]
        if not chosen:
            raise NothingChosen
        made = sittings.enter_sitting(session, person_id, new, cloned_from=source_id)
        sittings.record(session, made, SittingCloned(person_id, source.number, len(chosen)))
        for party in sittings.invited_parties(session, source_id):
            sittings.invite(session, person_id, made, party.id)
        _enter(session, person_id, made, chosen)
        return made


def _enter(session: Session, person_id: str, sitting_id: str, chosen: Sequence[Offered]) -> None:
    _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.PREPARE)
    new = [NewLine(each.text, each.line.id) for each in chosen]
    many.enter_lines(session, person_id, sitting, new, how="cloned")


def _decided_in(sitting: Sitting, line: Line) -> Base:
    """Return where a decided figure comes from: the sitting and the number of the question in it."""
    source = text("proceedings.decided_in", "ky", sitting=sitting.number, number=line.number)
    ended = bishkek_day(sitting.ended_at) if sitting.ended_at else None
    made_up = sitting.illustrative or line.text.illustrative
    return replace(Base(), source=source, illustrative=made_up, as_of=ended)
