"""PURE: whose money a line is: that of its territory, as a division says, or nobody's in particular."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from budgetproto.protocol.by_territory import VARIANTS, Soms, line_soms
from budgetproto.protocol.composed import ComposedLine
from budgetproto.protocol.snapshot import Line
from budgetproto.transfers.models.arrays import IntArray, total

Pair = tuple[Line, ComposedLine]


@dataclass(frozen=True, eq=False)
class Divided:
    """A line parted among territories, a row of `soms` for each; `labels` are sentences to go with it."""

    territories: tuple[str, ...]
    soms: Soms
    labels: tuple[str, ...]


class Division(Protocol):
    """Something that knows how the money of a line is parted among territories, such as a model."""

    def divided(self, line: Line, made: ComposedLine) -> Divided | None:
        """Return the parts of a line, None where it knows none: then the line stays undivided."""


@dataclass(frozen=True, eq=False)
class Gathered:
    """The money of every territory, row by row, and that of the lines which are not divided among them.

    `unit_of` numbers the territory of each row; `labels` are sentences that go with divided lines. Beside
    the lines nobody divides, `undivided` has what a division leaves over of a line, such as its rounding.
    """

    territories: tuple[str, ...]
    unit_of: IntArray
    soms: Soms
    undivided: Soms
    undivided_lines: tuple[int, ...]
    labels: tuple[str, ...]


def gathered(pairs: Iterable[Pair], divisions: Sequence[Division] = ()) -> Gathered:
    """Gather the money of lines by territory; what no division parts is told apart and never guessed."""
    rows: list[tuple[str, tuple[int | None, ...]]] = []
    parts: list[Divided] = []
    rests: list[tuple[int | None, ...]] = []
    apart: dict[int, tuple[int | None, ...]] = {}
    for line, made in pairs:
        money = line_soms(line, made)
        if line.territory_code:
            rows.append((line.territory_code, money))
        elif found := next((each for by in divisions if (each := by.divided(line, made))), None):
            parts.append(found)
            rests.append(_rest(money, found))
        elif any(each is not None for each in money):
            apart[line.number] = money
    codes = [code for code, _ in rows] + [code for part in parts for code in part.territories]
    territories = tuple(sorted(set(codes)))
    place = {code: number for number, code in enumerate(territories)}
    return Gathered(
        territories=territories,
        unit_of=np.array([place[code] for code in codes], dtype=np.int64),
        soms=_joined([Soms.of([money for _, money in rows]), *(part.soms for part in parts)]),
        undivided=Soms.of([*apart.values(), *(rest for rest in rests if any(rest))]),
        undivided_lines=tuple(apart),
        labels=tuple(dict.fromkeys(label for part in parts for label in part.labels)),
    )


def _rest(money: Sequence[int | None], found: Divided) -> tuple[int | None, ...]:
    """Return what a division leaves over of the money of a line, variant by variant."""
    shared = [total(found.soms.amounts[:, place]) for place in range(len(VARIANTS))]
    known = [bool(column.any()) for column in found.soms.known.T]
    return tuple(
        None if whole is None else whole - (part if there else 0)
        for whole, part, there in zip(money, shared, known, strict=True)
    )


def _joined(parts: Sequence[Soms]) -> Soms:
    amounts = np.concatenate([part.amounts for part in parts])
    return Soms(amounts, np.concatenate([part.known for part in parts]))
