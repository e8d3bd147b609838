"""PURE: two composed protocols side by side: which lines are new, gone or changed, and what of them.

Both values are taken as they are; no figure is made here but the change from one sum to the other.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from budgetproto.i18n.languages import NO_NAME, Named, Words
from budgetproto.money import Som
from budgetproto.protocol.composed import STANDINGS, ComposedLine, Protocol, Stand
from budgetproto.protocol.differences import counted_position
from budgetproto.protocol.snapshot import Line, Sentence, Side, Votes

State = Literal["new", "gone", "changed", "same"]

#: What a field of a line holds; `None` is not stated.
Value = Stand | Som | Named | Words | Votes | Sentence | int | None

#: Of a line that stands on one side only these fields are told: the rest is in its protocol.
_OF_ONE: Final = ("government", "lsg", "computed", "decided", "outcome")


@dataclass(frozen=True)
class Change:
    """One field, on the one side and on the other."""

    field: str
    before: Value
    after: Value


@dataclass(frozen=True)
class ComparedLine:
    """A line on one side, on the other, or on both, with what changed of it."""

    before: Line | None
    after: Line | None
    changes: tuple[Change, ...]

    @property
    def state(self) -> State:
        """Whether the line is new, gone, changed or the same."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "gone"
        return "changed" if self.changes else "same"

    @property
    def line(self) -> Line:
        """The line as it stands later, or as it stood when it is gone."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - a compared line stands on one side at least
        return found


@dataclass(frozen=True)
class SumChange:
    """A sum of money on both sides and its change; `None` where no line has such a figure."""

    name: str
    before: Som | None
    after: Som | None

    @property
    def change(self) -> Som | None:
        """What was added; `None` unless there is a sum on both sides."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class CountChange:
    """A number of lines on both sides."""

    name: str
    before: int
    after: int


@dataclass(frozen=True)
class Comparison:
    """All lines of both sides, the sums and the numbers of lines before and after."""

    lines: tuple[ComparedLine, ...]
    sums: tuple[SumChange, ...]
    counts: tuple[CountChange, ...]

    def of(self, state: State) -> int:
        """Return how many lines are so."""
        return sum(line.state == state for line in self.lines)

    @property
    def differing(self) -> tuple[ComparedLine, ...]:
        """The lines that are not the same."""
        return tuple(line for line in self.lines if line.state != "same")


#: A line with what follows from it.
Pair = tuple[Line, ComposedLine]


def compare(before: Protocol, after: Protocol, kin: Iterable[tuple[int, int]] | None = None) -> Comparison:
    """Compare two protocols; `kin` are the numbers, before and after, of the lines on the same question.

    Without `kin` both are of one sitting, where the number of a line says which it is.
    """
    old, new = _by_number(before), _by_number(after)
    pairs = ((each, each) for each in old) if kin is None else kin
    known = {(one, other) for one, other in pairs if one in old and other in new}
    lines = (
        *(_compared(old[one], new[other]) for one, other in known),
        *(_compared(None, new[each]) for each in new if each not in {other for _, other in known}),
        *(_compared(old[each], None) for each in old if each not in {one for one, _ in known}),
    )
    return Comparison(
        tuple(sorted(lines, key=_place)),
        tuple(_sums(before, after)),
        tuple(_counts(before, after)),
    )


def _place(line: ComparedLine) -> tuple[int, bool, int]:
    """Return where a line stands: by its number as it is later, what is gone after what stands."""
    return line.line.number, line.after is None, line.before.number if line.before else 0


def _by_number(protocol: Protocol) -> dict[int, Pair]:
    return {line.number: (line, made) for line, made in protocol.pairs()}


def _compared(before: Pair | None, after: Pair | None) -> ComparedLine:
    old, new = _fields(before), _fields(after)
    told = (old or new).keys() if before and after else _OF_ONE
    changes = (Change(name, old.get(name), new.get(name)) for name in told)
    return ComparedLine(
        before[0] if before else None,
        after[0] if after else None,
        tuple(change for change in changes if change.before != change.after),
    )


def _fields(pair: Pair | None) -> Mapping[str, Value]:
    """Return everything of a line that is compared, in the order in which it is told."""
    if pair is None:
        return {}
    line, made = pair
    decision = line.decision
    return {
        "title": line.title,
        "kind": line.kind,
        "territory": _name(line.territory),
        "legal_basis": _name(line.legal_basis),
        "year": line.year,
        "recurring": Sentence("protocol.line.recurring" if line.recurring else "protocol.line.one_off"),
        "floor": _stand(Stand(line.floor)),
        "cap": _stand(Stand(line.cap)),
        "protected": Sentence("protocol.yes" if line.protected else "protocol.no"),
        "government": _stand(made.government),
        "government_reason": _reason(line, "government"),
        "lsg": Sentence("protocol.line.lsg_divided") if line.lsg_divided else _stand(made.lsg),
        "lsg_reason": _reason(line, "lsg"),
        "computed": _stand(made.computed),
        "proposed": _stand(made.proposed),
        "proposed_reason": decision.proposed_reason if decision else None,
        "decided": _stand(made.decided),
        "instrument": Sentence(decision.instrument) if decision and decision.instrument else None,
        "votes": decision.votes if decision else None,
        "outcome": Sentence(f"protocol.standing.{made.standing}"),
        "note": decision.note if decision else None,
    }


def _stand(stand: Stand) -> Stand | None:
    return None if stand.figure is None else stand


def _name(name: Named) -> Named | None:
    return None if name == NO_NAME else name


def _reason(line: Line, side: Side) -> Words | None:
    position = counted_position(line, side)
    return position.rationale if position else None


def _sums(before: Protocol, after: Protocol) -> Iterator[SumChange]:
    old, new = _sums_of(before), _sums_of(after)
    for name, som in old.items():
        yield SumChange(name, som, new[name])


def _sums_of(protocol: Protocol) -> Mapping[str, Som | None]:
    """Return the sums as composition made them; what no line has is no sum."""
    total, use = protocol.overall, protocol.envelope
    both = total.compared
    return {
        "government": _if(both.lines, both.government),
        "lsg": _if(both.lines, both.lsg),
        "signed": _if(both.lines, total.signed),
        "absolute": _if(both.lines, total.absolute),
        "computed": _if(both.computed_lines, both.computed),
        "decided": _if(both.decided_lines, both.decided),
        "extra_computed": _if(both.computed_lines, total.extra_computed),
        "extra_decided": _if(both.decided_lines, total.extra_decided),
        "envelope": use.total,
    }


def _if(lines: int, som: Som) -> Som | None:
    return som if lines else None


def _counts(before: Protocol, after: Protocol) -> Iterator[CountChange]:
    yield CountChange("lines", before.overall.lines, after.overall.lines)
    yield CountChange("compared", before.overall.compared.lines, after.overall.compared.lines)
    for standing in STANDINGS:
        one, other = before.count(standing), after.count(standing)
        if one or other:
            yield CountChange(standing, one, other)
