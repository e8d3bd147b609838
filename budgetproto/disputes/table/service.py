"""Make the table of a sitting's lines for one reader: never more of a sealed line than is his."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.disputes.domain import Figure
from budgetproto.disputes.figures.stands import counted, difference, sides_heard
from budgetproto.disputes.opened.values import OpenValues
from budgetproto.disputes.positions import filing
from budgetproto.disputes.table import storage
from budgetproto.disputes.table.choice import SHORT, WHOLE_REPUBLIC, Choice
from budgetproto.disputes.table.domain import (
    AFTER,
    BEFORE,
    Entered,
    Entry,
    Kinds,
    Status,
    compared,
    matches,
    ordered,
    sorts,
)
from budgetproto.disputes.table.storage import Summary
from budgetproto.i18n import DEFAULT, Language, Named
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Standing, may
from budgetproto.transfers.storage import kind_names, names_of

#: What a code of five digits lacks to be that of an oblast.
_ENDING: Final = "000000000"
#: The tables of sittings in which nothing is sealed.
TABLES: Final = OpenValues["Table"](32)


@dataclass(frozen=True)
class Table:
    """The lines of a sitting as one reader chose to see them: the rows of one page, and what there is.

    `parties` are those whose filings the reader may know, a column each; `versions` says that these are his
    own and told with their numbers. `found` counts the lines on all pages, `summary` those of the sitting.
    `oblasts` names what lines can be chosen by as to where they are, None for the whole republic; `ignored`
    names parameters with which nothing in this sitting can be chosen.
    """

    sitting: Sitting
    place: Standing
    choice: Choice
    entries: tuple[Entry, ...]
    found: int
    summary: Summary
    kinds: Kinds
    oblasts: Mapping[str, Named | None]
    statuses: tuple[Status, ...]
    parties: tuple[Party, ...]
    versions: bool
    opened: bool
    ignored: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages the lines found fill, one at least."""
        return max(1, -(-self.found // self.choice.size))


@dataclass(frozen=True)
class _Desk:
    """Whose filings one reader may know of: his own parties' with versions, the secretary's yes or no."""

    parties: tuple[Party, ...] = ()
    versions: Mapping[str, Mapping[str, int]] | None = None
    pairs: frozenset[tuple[str, str]] = frozenset()

    def filed(self, line: str) -> tuple[int, ...]:
        """Return what each column of a line tells."""
        if self.versions is not None:
            return tuple(self.versions[party.id].get(line, 0) for party in self.parties)
        return tuple(int((line, party.id) in self.pairs) for party in self.parties)

    def status(self, line: Entered, filed: tuple[int, ...]) -> Status | None:
        """Tell whether a line still waits for one of his parties, or, to the secretary, for a side."""
        if not self.parties:
            return None
        if self.versions is not None:
            return Status.FILED if all(filed) else Status.MISSING
        said = (party.id for party, yes in zip(self.parties, filed, strict=True) if yes)
        return Status.FILED if len(sides_heard(line, said, self.parties)) == 2 else Status.MISSING


def table(
    session: Session, person_id: str, sitting_id: str, choice: Choice, language: Language = DEFAULT
) -> Table:
    """Return the lines a reader chose, sorted as his language sorts; raise Unknown to strangers."""
    sitting, place = sittings.admitted(session, person_id, sitting_id)
    return table_for(session, sitting, place, choice, language)


def short_table(session: Session, sitting: Sitting, place: Standing) -> Table:
    """Return the beginning of the table, for the page of the sitting."""
    return table_for(session, sitting, place, Choice(size=SHORT))


def table_for(
    session: Session, sitting: Sitting, place: Standing, choice: Choice, language: Language = DEFAULT
) -> Table:
    """Return the table to somebody admitted to the sitting: the same to all who may read what is open."""
    if not may(place, Act.READ_OPENED, sitting.stage):
        return _made(session, sitting, place, choice, language, opened=False)

    def made() -> Table:
        return _made(session, sitting, place, choice, language, opened=True)

    return replace(TABLES.get(session, sitting, (choice, language), made), place=place)


def _made(
    session: Session, sitting: Sitting, place: Standing, choice: Choice, language: Language, *, opened: bool
) -> Table:
    desk = _Desk() if opened else _desk(session, sitting, place)
    summary = storage.summary(session, sitting.id)
    statuses = AFTER if opened else BEFORE if desk.parties else ()
    choice, ignored = _possible(choice, summary, statuses, opened=opened)
    view = _View(session, sitting, desk, summary, kind_names(session), language, opened)
    entries, found = view.page(choice)
    if not entries and choice.page > 1:
        # There is no such page: the first one tells what there is.
        choice, ignored = replace(choice, page=1), (*ignored, "page")
        entries, found = view.page(choice)
    return Table(
        sitting=sitting,
        place=place,
        choice=choice,
        entries=tuple(entries),
        found=found,
        summary=summary,
        kinds=view.kinds,
        oblasts=_oblasts(session, summary),
        statuses=statuses,
        parties=desk.parties,
        versions=desk.versions is not None,
        opened=opened,
        ignored=ignored,
    )


@dataclass(frozen=True)
class _View:
    """How one reader sees the lines of one sitting."""

    session: Session
    sitting: Sitting
    desk: _Desk
    summary: Summary
    kinds: Kinds
    language: Language
    opened: bool

    def page(self, choice: Choice) -> tuple[list[Entry], int]:
        """Return the rows of one page and how many there are on all; the database pages where it can."""
        lines = storage.entered(self.session, self.sitting.id, choice, paged=choice.plain)
        entries = self._compared(lines) if self.opened else [self._sealed(line) for line in lines]
        if choice.plain:
            return entries, self.summary.found(choice)
        kept = [entry for entry in entries if self._wanted(entry, choice.status, choice.searched)]
        kept = ordered(kept, self.kinds, choice.sort, descending=choice.descending, language=self.language)
        return kept[choice.first : choice.first + choice.size], len(kept)

    def _wanted(self, entry: Entry, status: str, words: list[str]) -> bool:
        return status in ("", entry.status) and (not words or matches(entry.line, self.kinds, words))

    def _sealed(self, line: Entered) -> Entry:
        filed = self.desk.filed(line.id)
        return Entry(line, self.desk.status(line, filed), filed)

    def _compared(self, lines: list[Entered]) -> list[Entry]:
        figures = storage.figures(self.session, self.sitting.id, lines)
        parties = tuple(sittings.invited_parties(self.session, self.sitting.id))
        return [_compared(line, figures[line.id], parties) for line in lines]


def _desk(session: Session, sitting: Sitting, place: Standing) -> _Desk:
    """Return whose filings the reader may know of while positions are sealed."""
    if place.parties:
        own = {
            party.id: filing.filed_lines(session, place.person, sitting.id, party.id)
            for party in place.parties
        }
        return _Desk(place.parties, versions=own)
    if may(place, Act.START_COLLECTING, sitting.stage):
        parties = tuple(sittings.invited_parties(session, sitting.id))
        return _Desk(parties, pairs=filing.filed_yes_no(session, place.person, sitting.id))
    return _Desk()


def _possible(
    choice: Choice, summary: Summary, statuses: tuple[Status, ...], *, opened: bool
) -> tuple[Choice, tuple[str, ...]]:
    """Drop what chooses nothing in this sitting for this reader; return the rest and the names of those."""
    possible: dict[str, frozenset[str]] = {
        "kind": frozenset(summary.kinds),
        "territory": frozenset(map(_oblast, summary.oblasts)),
        "measure": frozenset(summary.measures),
        "status": frozenset(statuses),
        "sort": sorts(opened=opened, statuses=bool(statuses)),
    }
    bad = tuple(
        name
        for name, values in possible.items()
        if getattr(choice, name) and getattr(choice, name) not in values
    )
    plain = {name: getattr(Choice(), name) for name in bad}
    return replace(choice, **plain, descending=choice.descending and "sort" not in bad), bad


def _compared(line: Entered, stated: Mapping[str, Figure], parties: tuple[Party, ...]) -> Entry:
    if line.opened_at is None:
        return Entry(line, Status.CLOSED)
    found = counted(stated, parties, lead_government=line.lead_government, lead_lsg=line.lead_lsg)
    status = compared(found.government, found.lsg, lsg_divided=found.lsg_divided)
    gap = difference(found.government, found.lsg)
    return Entry(line, status, (), found.government, found.lsg, found.lsg_divided, gap)


def _oblasts(session: Session, summary: Summary) -> dict[str, Named | None]:
    codes = [_oblast(each) for each in summary.oblasts]
    names = names_of(session, codes) if len(codes) > 1 else {}
    return {
        code: None if code == WHOLE_REPUBLIC else names.get(code, Named(code, code, code)) for code in codes
    }


def _oblast(beginning: str | None) -> str:
    return WHOLE_REPUBLIC if beginning is None else beginning + _ENDING
