"""What the pages of a sitting's lines show to one reader: never more of a sealed line than is his."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.accounts.storage import people_names
from budgetproto.database import now
from budgetproto.disputes import service
from budgetproto.disputes.domain import Line
from budgetproto.disputes.figures.stands import LineView
from budgetproto.disputes.lines.lineage import Relative, relatives
from budgetproto.disputes.lines.lineage_storage import withdrawn_lines
from budgetproto.disputes.positions import filing
from budgetproto.disputes.positions import storage as position_storage
from budgetproto.disputes.positions.attachments import service as attachments
from budgetproto.disputes.positions.attachments.values import Attachment
from budgetproto.disputes.positions.own import OwnPosition, own_position
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.disputes.table.service import Table, short_table
from budgetproto.i18n import Named
from budgetproto.sittings import service as sittings
from budgetproto.sittings import storage as sitting_storage
from budgetproto.sittings.domain import Act, Sitting, Stage, Standing, may
from budgetproto.transfers.storage import find_territory, kind_names


@dataclass(frozen=True)
class Board:
    """What the page of a sitting shows of its lines to one reader, and what it counts.

    `own` says on how many lines each of the reader's parties has filed. The `finals` of parties that are not
    the reader's are for the secretary alone.
    """

    sitting: Sitting
    place: Standing
    table: Table
    parties: tuple[Party, ...]
    own: Mapping[str, int]
    finals: Mapping[str, bool]
    withdrawn: tuple[Line, ...]
    due: bool

    @property
    def lines(self) -> int:
        """How many lines the sitting has."""
        return self.table.summary.lines

    @property
    def closed(self) -> int:
        """On how many of them the positions are not open yet."""
        return self.table.summary.closed


@dataclass(frozen=True)
class Card:
    """One line as one reader sees it: his parties' own positions, and every position once they are open."""

    sitting: Sitting
    place: Standing
    line: Line
    parties: tuple[Party, ...]
    own: tuple[OwnPosition, ...]
    view: LineView | None
    attachments: Mapping[str, list[Attachment]]
    kinds: Mapping[str, Named]
    territory: Named | None
    people: Mapping[str, Named]
    may_edit: bool
    relatives: tuple[Relative, ...] = ()


def board(session: Session, sitting: Sitting, place: Standing) -> Board:
    """Return the lines of a sitting to somebody admitted to it."""
    secretary = may(place, Act.START_COLLECTING, sitting.stage)
    invited = sitting_storage.invited(session, sitting.id)
    collecting = sitting.stage is Stage.COLLECTING
    own = place.parties if collecting else ()
    return Board(
        sitting=sitting,
        place=place,
        table=short_table(session, sitting, place),
        parties=tuple(party for party, _ in invited),
        own={party.id: len(filing.filed_lines(session, place.person, sitting.id, party.id)) for party in own},
        finals={party.id: final for party, final in invited if secretary or place.speaks_for(party.id)},
        withdrawn=tuple(withdrawn_lines(session, sitting.id)),
        due=now(session) >= sitting.deadline,
    )


def card(session: Session, key: SealKey, person_id: str, line_id: str) -> Card:
    """Return one line to somebody admitted to its sitting; raise Unknown to others."""
    sitting, place, line = service.line_of(session, person_id, line_id)
    view, stands = _opened(session, sitting, place, line), line.withdrawn is None
    own = [_own(session, key, place, line, party) for party in place.parties if stands]
    return Card(
        sitting=sitting,
        place=place,
        line=line,
        parties=tuple(sittings.invited_parties(session, sitting.id)),
        own=tuple(each for each in own if each) if sitting.stage is not Stage.PREPARING else (),
        view=view,
        people=_signers(session, view),
        attachments=attachments.readable(session, key, sitting, place, line),
        kinds=kind_names(session),
        territory=territory_name(session, line.text.territory),
        may_edit=stands and may(place, Act.PREPARE, sitting.stage),
        relatives=tuple(relatives(session, person_id, line)),
    )


def territory_name(session: Session, code: str | None) -> Named | None:
    """Return the name of a territory, None when there is none with this code."""
    found = find_territory(session, code) if code else None
    return found.name if found else None


def _own(session: Session, key: SealKey, place: Standing, line: Line, party: Party) -> OwnPosition | None:
    if position_storage.wrapped_key(session, line.sitting) is None:
        return None
    return own_position(session, key, place.person, line.id, party.id)


def _opened(session: Session, sitting: Sitting, place: Standing, line: Line) -> LineView | None:
    """Return the positions of a line that is open, to whoever may read them."""
    if line.opened_at is None or not may(place, Act.READ_OPENED, sitting.stage):
        return None
    return service.view_of(session, line)


def _signers(session: Session, view: LineView | None) -> Mapping[str, Named]:
    """Return the names of who wrote and who approved the opened positions."""
    stated = [opened.position for opened in view.positions.values()] if view else []
    signers = {each for position in stated for each in (position.written_by, position.approved_by) if each}
    return people_names(session, signers) if signers else {}
