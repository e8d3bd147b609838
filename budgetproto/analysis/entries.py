"""What the table is made of: each line with what follows from it, where it belongs, what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, get_args

from budgetproto.disputes.domain import Line as EnteredLine
from budgetproto.i18n import LANGUAGES, NO_NAME, Named, every_language
from budgetproto.money import Som
from budgetproto.proceedings.following.domain import Appearance, FollowUp
from budgetproto.protocol.composed import ComposedLine, Protocol, Stand
from budgetproto.protocol.differences import money
from budgetproto.protocol.snapshot import Figure, Line
from budgetproto.transfers.domain import oblast_code

#: What the sides have stated on a line: both, one of them, none, associations that differ, or not open yet.
Status = Literal["both", "one_sided", "neither", "divided", "not_open"]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)

#: The region of lines about the whole republic, and of those about a group of territories.
REPUBLIC: Final = "republic"
SEVERAL: Final = "several"


#: No figure at all.
NOTHING: Final = Stand()


@dataclass(frozen=True)
class Later:
    """What became of a line: the newest figure of its kind, in words, with its source, article and day."""

    stand: Stand = NOTHING
    instrument: str = ""
    words: Named = NO_NAME
    source: str = ""
    article: str = ""
    on: date | None = None


#: Nothing is known yet of what became of a line.
NOT_KNOWN: Final = Later()


@dataclass(frozen=True)
class Entry:
    """One line of the table; `kind`, `territory` and `region` are codes, empty when they are not known.

    `sitting` is the id of its sitting, empty where there is but one.
    """

    line: Line
    made: ComposedLine
    status: Status
    id: str = ""
    kind: str = ""
    territory: str = ""
    region: str = REPUBLIC
    region_name: Named = NO_NAME
    lead_government: Named = NO_NAME
    lead_lsg: Named = NO_NAME
    adopted: Later = NOT_KNOWN
    executed: Later = NOT_KNOWN
    #: At which reading of the budget it appeared, or that it did not; None where nobody entered it.
    appeared: Appearance | None = None
    sitting: str = ""
    sitting_name: Named = NO_NAME

    @property
    def draft(self) -> Stand:
        """What the submitted draft budget has: the Government's base figure, which is public."""
        base = next((base for base in self.line.bases if base.side == "government"), None)
        return _stand(self.line, base.figure, illustrative=base.illustrative) if base else NOTHING

    @property
    def midpoint(self) -> Stand:
        """The middle between both sides, for comparison."""
        option = self.line.option
        return (
            _stand(self.line, option.midpoint, illustrative=self.made.computed.illustrative)
            if option
            else NOTHING
        )

    @property
    def distance(self) -> Som | None:
        """How far the balanced option lies from what was adopted by law."""
        return _distance(self.adopted.stand, self.made.computed)

    @property
    def distance_midpoint(self) -> Som | None:
        """How far the middle between both sides lies from what was adopted by law."""
        return _distance(self.adopted.stand, self.midpoint)

    @property
    def compared(self) -> bool:
        """Tell whether both sides have a figure in money, so that the line counts in the sums of both."""
        return self.made.government.money is not None and self.made.lsg.money is not None


def entries_of(
    protocol: Protocol,
    lines: Mapping[int, EnteredLine] | None = None,
    *,
    regions: Mapping[str, Named] | None = None,
    later: Mapping[str, Sequence[FollowUp]] | None = None,
    appeared: Mapping[str, Appearance] | None = None,
    sitting: str = "",
) -> tuple[Entry, ...]:
    """Return the lines of a protocol in their order.

    `lines` are the lines as they were entered, by number, `regions` the names of regions by code, `later`
    what became of the lines, by id, `appeared` at which reading; `sitting` is the id of the sitting.
    """
    names = {party.code: party.name for party in protocol.facts.parties}
    entered, number = lines or {}, f"№ {protocol.facts.sitting.code}"
    made = (
        _entry(line, made, entered.get(line.number), parties=names, regions=regions or {}, later=later or {})
        for line, made in protocol.pairs()
    )
    read, name = appeared or {}, Named(*[number] * 3)
    return tuple(
        replace(each, appeared=read.get(each.id), sitting=sitting, sitting_name=name) for each in made
    )


def made_up(entry: Entry) -> Named | None:
    """Name what of a line is made up (positions, option, answers, decision), `None` when nothing is."""
    line, made = entry.line, entry.made
    decided = made.decided.illustrative or (line.decision is not None and line.decision.illustrative)
    parts = {
        "analysis.illustrative.positions": any(position.illustrative for position in line.positions),
        "analysis.illustrative.option": made.computed.illustrative,
        "analysis.illustrative.answers": any(answer.illustrative for answer in line.answers),
        "analysis.illustrative.decision": decided,
    }
    told = [every_language(key) for key, true in parts.items() if true]
    if not told:
        return None
    joined = Named(*(", ".join(part.text(language) for part in told) for language in LANGUAGES))
    return every_language("analysis.illustrative", what=joined)


def _entry(
    line: Line,
    made: ComposedLine,
    entered: EnteredLine | None,
    *,
    parties: Mapping[str, Named],
    regions: Mapping[str, Named],
    later: Mapping[str, Sequence[FollowUp]],
) -> Entry:
    text, became = (entered.text, later.get(entered.id, ())) if entered else (None, ())
    territory = text.territory or "" if text else ""
    region = _region(territory, line)
    return Entry(
        line=line,
        made=made,
        status=_status(line, made, opened=entered is None or entered.opened_at is not None),
        id=entered.id if entered else "",
        kind=text.kind if text else "",
        territory=territory,
        region=region,
        region_name=regions.get(region) or every_language(_REGIONS.get(region, "analysis.region.several")),
        lead_government=parties.get(line.lead_government, NO_NAME),
        lead_lsg=parties.get(line.lead_lsg, NO_NAME),
        adopted=_later(line, became, "adopted"),
        executed=_later(line, became, "executed"),
    )


_REGIONS: Final = {REPUBLIC: "analysis.whole_republic", SEVERAL: "analysis.region.several"}


def _region(territory: str, line: Line) -> str:
    if territory:
        return oblast_code(territory)
    return SEVERAL if line.territory != NO_NAME else REPUBLIC


def _stand(line: Line, figure: Figure, *, illustrative: bool) -> Stand:
    return Stand(figure, money(line, figure), illustrative and figure is not None)


def _distance(one: Stand, other: Stand) -> Som | None:
    return None if one.money is None or other.money is None else abs(one.money - other.money)


def _status(line: Line, made: ComposedLine, *, opened: bool) -> Status:
    if not opened:
        return "not_open"
    if line.lsg_divided:
        return "divided"
    missing: dict[int, Status] = {0: "both", 1: "one_sided", 2: "neither"}
    return missing[len(made.missing)]


def _later(line: Line, became: Sequence[FollowUp], kind: str) -> Later:
    newest = next((each for each in reversed(became) if each.kind == kind), None)
    if newest is None:
        return NOT_KNOWN
    stand = Stand(newest.figure, money(line, newest.figure))
    return Later(
        stand,
        newest.instrument.value if newest.instrument else "",
        newest.words,
        newest.source,
        newest.article,
        newest.on,
    )
