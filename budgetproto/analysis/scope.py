"""The lines of every sitting that somebody may read, authorised one by one at the moment of asking."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlmodel import Session

from budgetproto.accounts.domain import Person
from budgetproto.analysis.entries import Entry
from budgetproto.analysis.table import Table, table_of
from budgetproto.i18n import Named, every_language
from budgetproto.money import Unit
from budgetproto.protocol.composed import STANDINGS, Standing
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Stage, may

_BEFORE_OPENING = frozenset({Stage.PREPARING, Stage.COLLECTING})


@dataclass(frozen=True)
class Scope:
    """The tables of some sittings in one currency; `readable` are all that the reader may choose among.

    Nothing of a sitting the reader may not read is in it: no line, no number, no count.
    """

    readable: tuple[Sitting, ...]
    tables: tuple[Table, ...]

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All lines, sitting after sitting."""
        return tuple(entry for table in self.tables for entry in table.entries)

    @property
    def unit(self) -> Unit:
        """The unit that writes the amounts of all these sittings: the smallest of theirs."""
        units = [table.paper.sitting.unit for table in self.tables]
        return min(units, key=lambda unit: unit.tyiyn, default=Unit.THOUSAND_SOMS)

    @property
    def whole(self) -> bool:
        """Tell whether everything in these sittings is open, so that what is made of it may be kept."""
        return not any(table.closed for table in self.tables)

    @cached_property
    def kinds(self) -> Mapping[str, Named]:
        """The kinds of transfers of these lines, by code."""
        return _merged(table.kinds for table in reversed(self.tables))

    @cached_property
    def regions(self) -> Mapping[str, Named]:
        """The regions of these lines, by code."""
        return _merged(table.regions for table in reversed(self.tables))

    @cached_property
    def parties(self) -> Mapping[str, Named]:
        """The invited parties, by key."""
        return _merged(table.parties for table in reversed(self.tables))

    @cached_property
    def sittings(self) -> Mapping[str, Named]:
        """The sittings the reader may read, by id, named by number."""
        return {each.id: _numbered(each) for each in self.readable}

    @cached_property
    def outcomes(self) -> tuple[Standing, ...]:
        """The outcomes that these lines have."""
        found = {outcome for table in self.tables for outcome in table.outcomes}
        return tuple(each for each in STANDINGS if each in found)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The budget years of these lines."""
        return tuple(sorted({year for table in self.tables for year in table.years}))

    def told(self) -> tuple[Named, ...]:
        """Tell which sittings these are, as of when, what in them is closed, what is left out."""
        said = [sentence for table in self.tables for sentence in _about(table)]
        unit = self.unit
        others = [each.number for each in self.readable if each.unit.currency != unit.currency]
        if others and self.tables:
            said.append(every_language("analysis.note.currency", numbers=", ".join(others)))
        if any(table.paper.protocol.illustrative for table in self.tables):
            said.append(every_language("analysis.note.illustrative"))
        return tuple(said)


def scope_of(session: Session, person: Person, sitting_ids: Sequence[str] = ()) -> Scope:
    """Return the lines of the sittings named, of all that the person may read when none of those is named.

    Sittings in another currency than the first one are left out: soms and dollars have no sum.
    """
    readable = tuple(_readable(session, person))
    named = [each for each in readable if each.id in sitting_ids] or readable
    chosen = [each for each in named if each.unit.currency == named[0].unit.currency]
    return Scope(readable, tuple(table_of(session, person.id, each.id) for each in chosen))


def _readable(session: Session, person: Person) -> Iterable[Sitting]:
    """Yield the sittings that are opened and that the person may read now."""
    for sitting in sittings.sittings_of(session, person):
        place = sittings.standing(session, person.id, sitting.id)
        if sitting.stage not in _BEFORE_OPENING and may(place, Act.READ_OPENED, sitting.stage):
            yield sitting


def _about(table: Table) -> Iterable[Named]:
    facts = table.paper.protocol.facts
    yield every_language("analysis.note.sitting", number=facts.sitting.code, title=facts.sitting.title)
    yield every_language("analysis.note.head", digest=facts.head.digest)
    yield every_language("analysis.note.head_at", at=facts.head.at)
    if table.closed:
        yield every_language("analysis.note.closed", lines=", ".join(map(str, table.closed)))


def _merged(names: Iterable[Mapping[str, Named]]) -> dict[str, Named]:
    found: dict[str, Named] = {}
    for each in names:
        found |= each
    return found


def _numbered(sitting: Sitting) -> Named:
    name = f"№ {sitting.number}"
    return Named(name, name, name)
