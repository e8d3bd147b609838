"""What one reader may see of a sitting's lines, and what there is to choose among them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from sqlmodel import Session

from budgetproto.analysis.entries import Entry, entries_of
from budgetproto.disputes import storage as disputes
from budgetproto.disputes.opened.values import MANY_SITTINGS, OpenValues
from budgetproto.i18n import NO_NAME, Named
from budgetproto.proceedings.following import storage as following
from budgetproto.protocol import service
from budgetproto.protocol.composed import STANDINGS, Standing
from budgetproto.protocol.service import Paper
from budgetproto.transfers.domain import oblast_code
from budgetproto.transfers.storage import names_of


@dataclass(frozen=True)
class Table:
    """All lines of a sitting; `closed` are the numbers of those whose positions are not open yet."""

    paper: Paper
    entries: tuple[Entry, ...]
    closed: tuple[int, ...]

    @cached_property
    def kinds(self) -> Mapping[str, Named]:
        """The kinds of transfers of these lines, by code."""
        return {entry.kind: entry.line.kind for entry in self.entries}

    @cached_property
    def regions(self) -> Mapping[str, Named]:
        """The regions of these lines, by code."""
        return {entry.region: entry.region_name for entry in self.entries}

    @cached_property
    def parties(self) -> Mapping[str, Named]:
        """The invited parties, by key."""
        return {party.code: party.name for party in self.paper.protocol.facts.parties}

    @property
    def sittings(self) -> Mapping[str, Named]:
        """The one sitting, by id."""
        return {entry.sitting: entry.sitting_name for entry in self.entries[:1]}

    @cached_property
    def outcomes(self) -> tuple[Standing, ...]:
        """The outcomes that lines of this sitting have."""
        return tuple(each for each in STANDINGS if self.paper.protocol.count(each))

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The budget years of these lines."""
        return tuple(sorted({entry.line.year for entry in self.entries}))


#: The lines of sittings in which nothing is sealed, for all who may read them.
TABLES: Final = OpenValues[Table](MANY_SITTINGS)


def table_of(session: Session, person_id: str, sitting_id: str) -> Table:
    """Return the lines of a sitting to whoever may read them; raise as `protocol.service.paper_of` does."""
    paper = service.paper_of(session, person_id, sitting_id)
    made = TABLES.get(session, paper.sitting, None, lambda: _made(session, paper))
    return made if made.paper is paper else replace(made, paper=paper)


def _made(session: Session, paper: Paper) -> Table:
    entered = disputes.lines(session, paper.sitting.id)
    codes = {oblast_code(line.text.territory) for line in entered if line.text.territory}
    entries = entries_of(
        paper.protocol,
        {line.number: line for line in entered},
        regions={code: name for code, name in names_of(session, codes).items() if name != NO_NAME},
        later=following.follow_ups(session, paper.sitting.id),
        appeared=following.appearances(session, paper.sitting.id),
        sitting=paper.sitting.id,
    )
    return Table(paper, entries, tuple(line.number for line in entered if line.opened_at is None))
