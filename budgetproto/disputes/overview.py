"""What the pages of a sitting's lines show to one reader: never more of a sealed line than is his."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.database import now
from budgetproto.disputes import filing, service, storage
from budgetproto.disputes.domain import SECOND_TERM_STAGES, Line, LineView
from budgetproto.disputes.filing import OwnPosition
from budgetproto.disputes.sealing import SealKey
from budgetproto.i18n import Named, Sentence
from budgetproto.sittings import service as sittings
from budgetproto.sittings import storage as sitting_storage
from budgetproto.sittings.domain import Act, Sitting, Stage, Standing, may
from budgetproto.sittings.page import Check
from budgetproto.transfers.storage import find_kinds, find_territory


@dataclass(frozen=True)
class Board:
    """The lines of a sitting as one reader sees them.

    `own` holds, for each of the reader's parties, the lines it has filed on with the version. `filed` says
    which party has filed on which line, and is for the secretary alone; so are the `finals` of parties that
    are not the reader's. `views` holds the opened positions, empty while none may be read.
    """

    sitting: Sitting
    place: Standing
    lines: tuple[Line, ...]
    parties: tuple[Party, ...]
    own: Mapping[str, Mapping[str, int]]
    filed: frozenset[tuple[str, str]] | None
    finals: Mapping[str, bool]
    views: tuple[LineView, ...]
    kinds: Mapping[str, Named]
    due: bool

    @property
    def closed(self) -> tuple[Line, ...]:
        """The lines whose positions are not open yet."""
        return tuple(line for line in self.lines if line.opened_at is None)


@dataclass(frozen=True)
class Card:
    """One line as one reader sees it: his parties' own positions, and every position once they are open."""

    sitting: Sitting
    place: Standing
    line: Line
    parties: tuple[Party, ...]
    own: tuple[OwnPosition, ...]
    view: LineView | None
    kinds: Mapping[str, Named]
    territory: Named | None
    may_file: bool
    may_edit: bool


def board(session: Session, sitting: Sitting, place: Standing) -> Board:
    """Return the lines of a sitting to somebody admitted to it."""
    secretary = may(place, Act.START_COLLECTING, sitting.stage)
    invited = sitting_storage.invited(session, sitting.id)
    opened = may(place, Act.READ_OPENED, sitting.stage)
    own = {
        party.id: filing.filed_lines(session, place.person, sitting.id, party.id) for party in place.parties
    }
    return Board(
        sitting=sitting,
        place=place,
        lines=tuple(storage.lines(session, sitting.id)),
        parties=tuple(party for party, _ in invited),
        own=own,
        filed=filing.filed_yes_no(session, place.person, sitting.id) if secretary else None,
        finals={party.id: final for party, final in invited if secretary or place.speaks_for(party.id)},
        views=tuple(service.views(session, sitting.id)) if opened else (),
        kinds=kind_names(session),
        due=now(session) >= sitting.deadline,
    )


def card(session: Session, key: SealKey, person_id: str, line_id: str) -> Card:
    """Return one line to somebody admitted to its sitting; raise Unknown to others."""
    sitting, place, line = service.line_of(session, person_id, line_id)
    own = [_own(session, key, place, line, party) for party in place.parties]
    return Card(
        sitting=sitting,
        place=place,
        line=line,
        parties=tuple(sittings.invited_parties(session, sitting.id)),
        own=tuple(each for each in own if each) if sitting.stage is not Stage.PREPARING else (),
        view=_opened(session, sitting, place, line),
        kinds=kind_names(session),
        territory=territory_name(session, line.text.territory),
        may_file=line.opened_at is None and may(place, Act.FILE_POSITION, sitting.stage),
        may_edit=may(place, Act.PREPARE, sitting.stage),
    )


def checks(view: Board) -> tuple[Check, ...]:
    """Return what the lines need before the next step; what other parties do is for the secretary only."""
    if view.sitting.stage is Stage.PREPARING:
        return (Check(Sentence("disputes.check.lines", (("lines", len(view.lines)),)), bool(view.lines)),)
    if view.sitting.stage is Stage.COLLECTING:
        return (*_own_checks(view), *_finals_check(view))
    if view.sitting.stage in SECOND_TERM_STAGES:
        return (Check(Sentence("disputes.check.all_open"), not view.closed),)
    return ()


def kind_names(session: Session) -> dict[str, Named]:
    """Return the names of the kinds of transfers by code."""
    return {kind.code: kind.name for kind in find_kinds(session)}


def territory_name(session: Session, code: str | None) -> Named | None:
    """Return the name of a territory, None when there is none with this code."""
    found = find_territory(session, code) if code else None
    return found.name if found else None


def _own(session: Session, key: SealKey, place: Standing, line: Line, party: Party) -> OwnPosition | None:
    if storage.wrapped_key(session, line.sitting) is None:
        return None
    return filing.own_position(session, key, place.person, line.id, party.id)


def _opened(session: Session, sitting: Sitting, place: Standing, line: Line) -> LineView | None:
    """Return the positions of a line that is open, to whoever may read them."""
    if line.opened_at is None or not may(place, Act.READ_OPENED, sitting.stage):
        return None
    return next(view for view in service.views(session, sitting.id) if view.line.id == line.id)


def _own_checks(view: Board) -> list[Check]:
    """Tell each of the reader's parties on how many lines it has filed, and whether that is final."""
    told = []
    for party in view.place.parties:
        filed = len(view.own[party.id])
        values = (("party", party.name), ("filed", filed), ("lines", len(view.lines)))
        told.append(Check(Sentence("disputes.check.own_filed", values), filed == len(view.lines)))
        final = view.finals.get(party.id, False)
        told.append(Check(Sentence("disputes.check.own_final", (("party", party.name),)), final))
    return told


def _finals_check(view: Board) -> list[Check]:
    if view.filed is None:
        return []
    return [Check(Sentence("disputes.check.due"), view.due or all(view.finals.values()))]
