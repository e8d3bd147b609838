"""What the public may read about a place today: gathered from published protocols and nothing else.

No sitting that is not public in all is looked at: neither its lines nor how many there are.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlmodel import Session

from budgetproto.analysis.entries import Entry, Later, entries_of
from budgetproto.database import now
from budgetproto.disputes.domain import Line
from budgetproto.errors import Unknown
from budgetproto.i18n import Named
from budgetproto.money import Unit
from budgetproto.proceedings.following import storage as following
from budgetproto.proceedings.following.domain import Appearance, FollowUp
from budgetproto.protocol.composed import Stand
from budgetproto.protocol.delivery import publishing
from budgetproto.protocol.delivery.publishing import Listed, Published
from budgetproto.reporting.domain import Stated
from budgetproto.reporting.places import storage
from budgetproto.reporting.places.domain import WITHOUT_PAGE, Question, Source, Year, years_of
from budgetproto.transfers import service as transfers
from budgetproto.transfers import storage as territories
from budgetproto.transfers.domain import Territory
from budgetproto.transfers.over_time import made_of, went_on_as

#: What a place's page is written in where no protocol says otherwise.
_USUAL = Unit.THOUSAND_SOMS


@dataclass(frozen=True)
class Place:
    """A place with its questions, those beside them, and which protocols there are to read.

    `before` are the units it was made of, `after` what became of it; `former` are the questions about the
    units before, `wider` those about what it lies in: neither enters a sum of the place.
    """

    territory: Territory
    above: tuple[Territory, ...]
    before: tuple[Territory, ...]
    after: tuple[Territory, ...]
    years: tuple[Year, ...]
    former: tuple[Question, ...]
    wider: tuple[Question, ...]
    names: Mapping[str, Named]
    unit: Unit
    read: tuple[Listed, ...]
    in_totals: tuple[Listed, ...]
    #: When the newest of what is told here was issued or entered; the beginning of the day where nothing is.
    as_of: datetime

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of everything that is told of the place."""
        told = self.territory, self.above, self.years, self.wider, self.unit.key, self.as_of
        joined = self.before, self.after, self.former
        public = tuple((each.number, each.scope, each.replaced_by) for each in (*self.read, *self.in_totals))
        return hashlib.sha256(repr((told, joined, public)).encode()).hexdigest()

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions about the place itself, the newest year first."""
        return tuple(each for year in self.years for each in year.questions)

    @property
    def whole(self) -> Year:
        """All years together."""
        return Year(None, self.questions)

    @property
    def illustrative(self) -> bool:
        """Whether a figure is made up."""
        every = (*self.questions, *self.former, *self.wider)
        return any(one.illustrative for each in every for one in each.stated)

    @property
    def beside(self) -> tuple[tuple[str, tuple[Question, ...]], ...]:
        """The questions that enter no sum, by why they stand here; those of which there are any."""
        both = (("former", self.former), ("wider", self.wider))
        return tuple((why, questions) for why, questions in both if questions)


@dataclass(frozen=True)
class Listing:
    """Places to choose among, in what they lie in, with how many published questions each has."""

    found: tuple[Territory, ...]
    above: Mapping[str, Territory]
    counts: Mapping[str, int]
    protocols: int


def place(session: Session, soate: str) -> Place:
    """Return what is public about a place; raise Unknown where there is no page for the code."""
    territory = transfers.require_territory(session, soate)
    if territory.kind in WITHOUT_PAGE:
        raise Unknown
    above, changes = _above(session, territory), territories.all_changes(session)
    before = _known(session, made_of(soate, changes))
    public = publishing.by_sitting(session)
    read = {sitting: each for sitting, each in public.items() if each.scope == "all"}
    codes = {each.soate for each in (territory, *above, *before)}
    lines = storage.lines_about(session, list(read), codes)
    ids = [line.id for line in lines]
    later, appeared = following.follow_ups_of(session, ids), following.appearances_of(session, ids)
    found, units = _questions(session, read, lines, later, appeared)
    moments = [each.issued_at for each in read.values()]
    moments += [each.at for entered in later.values() for each in entered if each.at]
    moments += [each.at for each in appeared.values() if each.at]
    return Place(
        territory=territory,
        above=above,
        before=before,
        after=_known(session, went_on_as(soate, changes)),
        years=years_of(each for each in found if each.territory == soate),
        former=_about(found, before),
        wider=_about(found, above),
        names={each.soate: each.name for each in (*above, *before)},
        unit=min(units, key=lambda unit: unit.tyiyn, default=_USUAL),
        read=_ordered(read.values()),
        in_totals=_ordered(each for each in public.values() if each.scope != "all"),
        as_of=max(moments, default=_this_day(session)),
    )


def listing(session: Session, *, words: str = "", within: str = "") -> Listing:
    """Return the places whose names have these words, those within a territory, or the highest ones."""
    if words.strip():
        found = territories.find_territories(session, words=words)
    elif within:
        top = transfers.require_territory(session, within)
        found = list(_below(session, top))
    else:
        found = territories.find_territories(session, level=1)
    kept = tuple(each for each in found if each.kind not in WITHOUT_PAGE)
    above = territories.territories_of(session, (each.parent for each in kept if each.parent))
    public = publishing.by_sitting(session)
    read = [sitting for sitting, each in public.items() if each.scope == "all"]
    return Listing(kept, above, storage.counted(session, read), len(read))


def _this_day(session: Session) -> datetime:
    return now(session).replace(hour=0, minute=0, second=0, microsecond=0)


def _below(session: Session, top: Territory) -> Iterator[Territory]:
    """Yield what lies directly in a territory, each followed by what lies in it."""
    for each in territories.find_territories(session, parent=top.soate):
        yield each
        if each.kind not in WITHOUT_PAGE:
            yield from territories.find_territories(session, parent=each.soate)


def _known(session: Session, codes: Iterable[str]) -> tuple[Territory, ...]:
    """Return the territories of these codes that are known, in the order of the codes."""
    found = territories.territories_of(session, codes)
    return tuple(found[code] for code in sorted(found))


def _about(found: Iterable[Question], places: Iterable[Territory]) -> tuple[Question, ...]:
    codes = {each.soate for each in places}
    return tuple(each for each in found if each.territory in codes)


def _above(session: Session, territory: Territory) -> tuple[Territory, ...]:
    """Return what the place lies in, the highest first; a parent that is its own ends the chain."""
    found: list[Territory] = []
    parent = territory.parent
    while parent and parent not in {each.soate for each in found}:
        each = territories.find_territory(session, parent)
        if each is None:
            break
        found.append(each)
        parent = each.parent
    return tuple(reversed(found))


def _questions(
    session: Session,
    read: Mapping[str, Listed],
    lines: Sequence[Line],
    later: Mapping[str, Sequence[FollowUp]],
    appeared: Mapping[str, Appearance],
) -> tuple[list[Question], set[Unit]]:
    """Return the questions on these lines as their published protocols have them, and the units of those."""
    found, units = list[Question](), set[Unit]()
    for sitting, listed in read.items():
        here = {line.number: line for line in lines if line.sitting == sitting}
        if here:
            protocol = publishing.published(session, listed.number)
            units.add(protocol.protocol.facts.sitting.unit)
            entries = entries_of(protocol.protocol, here, later=later, appeared=appeared, sitting=sitting)
            told = tuple(_question(protocol, entry) for entry in entries if entry.line.number in here)
            # what people wrote later, as sources and texts, is gone over for names too
            found += protocol.bare(told)
    return found, units


def _question(published: Published, entry: Entry) -> Question:
    """Return a question as its published protocol has it, with what became of it later."""
    made = entry.made
    stands = made.lsg, made.computed, made.decided, entry.adopted.stand, entry.executed.stand
    return Question(
        protocol=published.number,
        number=entry.line.number,
        year=entry.line.year,
        title=entry.line.title,
        kind=entry.line.kind,
        territory=entry.territory,
        stated=tuple(map(_stated, stands)),
        law=_source(entry.adopted),
        treasury=_source(entry.executed),
        read=Source(entry.appeared.source, on=entry.appeared.on) if entry.appeared else Source(),
        reading=entry.appeared.reading or 0 if entry.appeared else 0,
        divided=entry.line.lsg_divided,
        replaced_by=published.replaced_by,
    )


def _stated(stand: Stand) -> Stated:
    return Stated(stand.figure, stand.money, stand.illustrative)


def _source(later: Later) -> Source:
    return Source(later.source, later.article, later.on)


def _ordered(listed: Iterable[Listed]) -> tuple[Listed, ...]:
    return tuple(sorted(listed, key=lambda each: each.number))
