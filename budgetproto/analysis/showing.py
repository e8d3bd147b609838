"""The table as a page writes it: the cells of a line, the cells of a row of sums, heads that sort."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from budgetproto.analysis.columns import Part
from budgetproto.analysis.entries import Entry, Later
from budgetproto.analysis.sums import Sum
from budgetproto.i18n import text
from budgetproto.i18n.formatting import DASH
from budgetproto.protocol.composed import Stand
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.routes import TONES
from budgetproto.protocol.snapshot import Votes

#: Columns that are no figures: they are sorted from A to Z first, figures from the largest.
_WORDS: Final[frozenset[str]] = frozenset({"number", "title", "outcome"})
_ADDRESS: Final = re.compile(r"https?://[^\s,;]+")


@dataclass(frozen=True)
class Shown:
    """One cell: what it says, what stands below, a tint that makes it a tag, the address of its source."""

    words: str
    more: tuple[str, ...] = ()
    tone: str = ""
    link: str = ""


@dataclass(frozen=True)
class Head:
    """The head of a column: its name, how it is sorted now ("" if it is not), how a click would sort it."""

    part: str
    sorted: str
    sort: Mapping[str, str]


def heads(parts: Sequence[Part], *, sort: str, order: str) -> tuple[Head, ...]:
    """Return the heads of the question and of these columns."""
    return tuple(_head(part, sort=sort or "number", order=order or "asc") for part in ("number", *parts))


def cells(entry: Entry, parts: Sequence[Part], writer: Writer) -> tuple[Shown, ...]:
    """Return the cells of one line."""
    return tuple(_cell(entry, part, writer) for part in parts)


def sum_cells(sums: Mapping[str, Sum], parts: Sequence[Part], writer: Writer) -> tuple[Shown, ...]:
    """Return the cells of a row of sums, empty where nothing is added up."""
    return tuple(sum_cell(sums[part], part, writer) if part in sums else Shown("") for part in parts)


def sum_cell(found: Sum, key: str, writer: Writer) -> Shown:
    """Return one sum; a sum over some of the lines only says over how many."""
    written = writer.more(found.money) if key == "difference" else writer.money(found.money)
    if found.lines in (0, found.all):
        return Shown(written)
    return Shown(written, (writer.say("totals.of_lines", lines=found.lines, all=found.all),))


def _head(part: str, *, sort: str, order: str) -> Head:
    first, other = ("asc", "desc") if part in _WORDS else ("desc", "asc")
    now = order if sort == part else ""
    wanted = {"sort": part, "order": other if now == first else first}
    return Head(part, {"asc": "ascending", "desc": "descending", "": ""}[now], wanted)


def _cell(entry: Entry, part: Part, writer: Writer) -> Shown:
    if part == "lsg" and entry.line.lsg_divided:
        return Shown(writer.message("analysis.divided"), tone="attention")
    if part in _STANDS:
        return _stand(_STANDS[part](entry), writer)
    match part:
        case "computed":
            return _computed(entry, writer)
        case "adopted":
            return _later(entry.adopted, writer)
        case "executed":
            return _later(entry.executed, writer)
        case "distance":
            return Shown(writer.money(entry.distance))
        case "distance_midpoint":
            return Shown(writer.money(entry.distance_midpoint))
        case "outcome":
            return _outcome(entry, writer)
        case _:
            return _difference(entry, part, writer)


#: The columns that are a figure and nothing else.
_STANDS: Final[Mapping[str, Callable[[Entry], Stand]]] = {
    "draft": lambda entry: entry.draft,
    "government": lambda entry: entry.made.government,
    "lsg": lambda entry: entry.made.lsg,
    "midpoint": lambda entry: entry.midpoint,
    "proposed": lambda entry: entry.made.proposed,
    "decided": lambda entry: entry.made.decided,
}


def _stand(stand: Stand, writer: Writer) -> Shown:
    said, *more = writer.stand(stand)
    return Shown(said, tuple(each for each in more if each))


def _difference(entry: Entry, part: Part, writer: Writer) -> Shown:
    found = entry.made.difference
    if found is None:
        return Shown(DASH)
    if part == "difference_absolute":
        return Shown(writer.money(found.money_absolute))
    *signed, share = writer.difference(found)
    return Shown(share if part == "difference_share" else " ".join(signed))


def _computed(entry: Entry, writer: Writer) -> Shown:
    shown, option = _stand(entry.made.computed, writer), entry.line.option
    if option is None:
        return shown
    rate = () if option.rate is None else (writer.say("line.rate", rate=option.rate),)
    return Shown(shown.words, (*shown.more, *rate, writer.message(f"balancing.reason.{option.reason}")))


def _later(later: Later, writer: Writer) -> Shown:
    shown = _stand(later.stand, writer)
    address = _ADDRESS.search(later.source)
    how = (writer.message(f"disputes.instrument.{later.instrument}"),) if later.instrument else ()
    source = (later.source,) if later.source and not address else ()
    return Shown(shown.words, (*shown.more, *how, *source), link=address[0] if address else "")


def _outcome(entry: Entry, writer: Writer) -> Shown:
    votes = entry.line.decision.votes if entry.line.decision else None
    said = writer.message(f"analysis.standing.{entry.made.standing}")
    counted = (_votes(votes, writer),) if votes else ()
    return Shown(said, counted, tone=TONES[entry.made.standing])


def _votes(votes: Votes, writer: Writer) -> str:
    counted = {"in_favour": votes.for_, "against": votes.against, "abstained": votes.abstained}
    return text("analysis.votes", writer.language, **counted)
