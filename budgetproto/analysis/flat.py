"""The same lines for programs: a row per line and figure, keys instead of names, and their dictionary."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from budgetproto.analysis.entries import STATUSES, Entry
from budgetproto.exchange import Cell, Column, Kind, Sheet, exact_decimal
from budgetproto.i18n import LANGUAGES, Named, Words, every_language
from budgetproto.protocol.answers import ANSWER_KINDS, Answer
from budgetproto.protocol.composed import STANDINGS, Protocol, Stand
from budgetproto.protocol.differences import counted_position, money
from budgetproto.protocol.snapshot import Figure, Line, Position, Side

#: What a row can be about, in the order of the rows of a line.
FIGURES: Final = (
    "base", "position", "difference", "difference_absolute", "computed", "midpoint", "response", "proposed",
    "decided", "adopted", "executed",
)  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One figure of one line: which it is, who states it, and whether the sums count it.

    `response` is the kind of an answer to the option; only a counter-proposal has a figure.
    """

    figure: str
    stand: Stand
    side: Side | str = ""
    party: str = ""
    counted: bool = True
    source: str = ""
    response: str = ""


_Value = Callable[[Protocol, Entry, Fact], Cell]


def flat_sheet(protocol: Protocol, entries: Sequence[Entry]) -> Sheet:
    """Return a row for every figure of these lines; what nobody stated has no row."""
    return Sheet(
        title=every_language("analysis.flat.title"),
        columns=flat_columns(),
        rows=list(flat_rows(protocol, entries)),
        held=1,
    )


def flat_columns() -> tuple[Column, ...]:
    """Return the columns, headed by their keys."""
    return tuple(
        Column(key, Named(*[key] * 3), kind, for_programs=True) for key, (kind, _) in _COLUMNS.items()
    )


def flat_rows(protocol: Protocol, entries: Iterable[Entry]) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows one by one."""
    sides = {party.code: party.side for party in protocol.facts.parties}
    for entry in entries:
        for fact in facts(entry, sides):
            yield tuple(value(protocol, entry, fact) for _, value in _COLUMNS.values())


def dictionary_sheet(more: Sequence[str] = ()) -> Sheet:
    """Return what each column and each code of the flat table means, in three languages.

    `more` are columns of text that another file of the same rows has besides.
    """
    codes = {
        "figure": FIGURES,
        "status": STATUSES,
        "outcome": STANDINGS,
        "measure": _MEASURES,
        "side": _SIDES,
        "response": _RESPONSES,
    }
    rows: list[tuple[Cell, ...]] = [
        (key, "", kind, *_in_three(every_language(f"analysis.flat.{key}")))
        for key, kind in {
            **{key: kind for key, (kind, _) in _COLUMNS.items()},
            **dict.fromkeys(more, "text"),
        }.items()
    ]
    for column, values in codes.items():
        rows += [(column, code, "code", *_in_three(_meaning(column, code))) for code in values]
    keys = ("column", "code", "type", *LANGUAGES)
    return Sheet(
        title=every_language("analysis.dictionary.title"),
        columns=tuple(Column(key, Named(*[key] * 3), for_programs=True) for key in keys),
        rows=rows,
        held=2,
    )


def facts(entry: Entry, sides: Mapping[str, Side]) -> Iterator[Fact]:
    """Yield the figures of a line that are stated, with every position, be it a text alone."""
    line, made = entry.line, entry.made
    for base in line.bases:
        yield Fact(
            "base",
            _stand(line, base.figure, illustrative=base.illustrative),
            base.side,
            source=base.source.ky,
        )
    for position in line.positions:
        yield _position(line, position, sides)
    if made.difference is not None:
        signed, absolute = made.difference.signed, made.difference.absolute
        yield Fact("difference", Stand(signed, made.difference.money))
        yield Fact("difference_absolute", Stand(absolute, made.difference.money_absolute))
    later = {"adopted": entry.adopted, "executed": entry.executed}
    yield from _stated({"computed": made.computed, "midpoint": entry.midpoint})
    yield from (_response(line, answer, sides) for answer in line.answers if answer.kind != "none")
    yield from _stated({"proposed": made.proposed, "decided": made.decided})
    for name, became in later.items():
        if became.stand.figure is not None:
            yield Fact(name, became.stand, source=became.source)


def _stated(stands: Mapping[str, Stand]) -> Iterator[Fact]:
    return (Fact(name, stand) for name, stand in stands.items() if stand.figure is not None)


def _response(line: Line, answer: Answer, sides: Mapping[str, Side]) -> Fact:
    return Fact(
        "response",
        Stand(answer.figure, money(line, answer.figure), answer.illustrative),
        sides.get(answer.party, ""),
        answer.party,
        counted=answer.counts,
        response=answer.kind,
    )


def _position(line: Line, position: Position, sides: Mapping[str, Side]) -> Fact:
    counted = [counted_position(line, side) for side in _SIDES]
    return Fact(
        "position",
        _stand(line, position.figure, illustrative=position.illustrative),
        sides.get(position.party, ""),
        position.party,
        counted=any(each is not None and each.party == position.party for each in counted),
        source=position.source.ky,
    )


def _stand(line: Line, figure: Figure, *, illustrative: bool) -> Stand:
    return Stand(figure, money(line, figure), illustrative and figure is not None)


def _exact(protocol: Protocol, _: Entry, fact: Fact) -> str | None:
    som = fact.stand.money
    return None if som is None else exact_decimal(som, protocol.facts.sitting.unit)


def _tyiyn(_: Protocol, __: Entry, fact: Fact) -> int | None:
    return None if fact.stand.money is None else fact.stand.money.tyiyn


def _points(_: Protocol, entry: Entry, fact: Fact) -> int | None:
    figure = fact.stand.figure
    return figure if entry.line.measure == "percentage" and type(figure) is int else None


def _answer(_: Protocol, __: Entry, fact: Fact) -> str | None:
    match fact.stand.figure:
        case bool() as answer:
            return "yes" if answer else "no"
        case Words() as words:
            return words.text.text("ky")
    return None


_SIDES: Final[tuple[Side, ...]] = ("government", "lsg")
_RESPONSES: Final = tuple(kind for kind in ANSWER_KINDS if kind != "none")
_MEASURES: Final = ("amount", "percentage", "yes_no", "text")

_COLUMNS: Final[dict[str, tuple[Kind, _Value]]] = {
    "sitting": ("text", lambda p, _, __: p.facts.sitting.code),
    "currency": ("text", lambda p, _, __: p.facts.sitting.unit.currency),
    "unit": ("text", lambda p, _, __: p.facts.sitting.unit.key),
    "line": ("integer", lambda _, e, __: e.line.number),
    "year": ("year", lambda _, e, __: e.line.year),
    "kind": ("text", lambda _, e, __: e.kind),
    "territory": ("text", lambda _, e, __: e.territory),
    "region": ("text", lambda _, e, __: e.region),
    "measure": ("text", lambda _, e, __: e.line.measure),
    "recurring": ("integer", lambda _, e, __: int(e.line.recurring)),
    "status": ("text", lambda _, e, __: e.status),
    "outcome": ("text", lambda _, e, __: e.made.standing),
    "figure": ("text", lambda _, __, f: f.figure),
    "side": ("text", lambda _, __, f: f.side),
    "party": ("text", lambda _, __, f: f.party),
    "counted": ("integer", lambda _, __, f: int(f.counted)),
    "value": ("amount", lambda _, __, f: f.stand.money),
    "exact": ("text", _exact),
    "tyiyn": ("integer", _tyiyn),
    "percentage": ("percentage", _points),
    "hundredths": ("integer", _points),
    "answer": ("text", _answer),
    "response": ("text", lambda _, __, f: f.response),
    "illustrative": ("integer", lambda _, __, f: int(f.stand.illustrative)),
    "source": ("text", lambda _, __, f: f.source),
}


def _meaning(column: str, code: str) -> Named:
    beginnings = {
        "figure": "analysis.flat.figure.",
        "status": "analysis.status.",
        "outcome": "analysis.standing.",
        "measure": "disputes.measure.",
        "side": "web.side.",
        "response": "protocol.answers.",
    }
    return every_language(beginnings[column] + code)


def _in_three(named: Named) -> tuple[str, str, str]:
    return named.ky, named.ru, named.en
