"""How near each rule comes to what negotiators of other parliaments agreed; writes docs/negotiated.md.

Run as `python -m docs.tables.negotiated`. On each figure the chamber that asks for less stands for the
Government, and the envelope is the money by which what they agreed exceeds the smaller figures: so the table
says how each rule *divides* the money, not how much of it there should be.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from statistics import mean
from typing import Final

from budgetproto.balancing import Line, balance

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "negotiated.md"
_TENTHS: Final = 10


@dataclass(frozen=True)
class Item:
    """One contested figure: what both chambers asked for and what they agreed, in tenths of the unit."""

    budget: str
    line: str
    first: int
    second: int
    agreed: int

    @property
    def low(self) -> int:
        """The smaller figure: the base, whichever chamber asked for it (method, 3.1, role-neutral)."""
        return min(self.first, self.second)

    @property
    def high(self) -> int:
        """The larger figure: what is claimed."""
        return max(self.first, self.second)

    @property
    def outside(self) -> bool:
        """Whether they agreed on something that neither had asked for."""
        return not self.low <= self.agreed <= self.high


def items() -> list[Item]:
    """Read the contested figures; a subtotal repeats its lines and is left out."""
    with (ROOT / "fixtures" / "negotiated_budgets.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["level"] != "subtotal" and row["agreed"]]
    read = (
        Item(
            f"{row['institution']}, {row['procedure']}",
            row["line_id"],
            *(_tenths(row[column]) for column in ("side_a", "side_b", "agreed")),
        )
        for row in rows
    )
    return [item for item in read if item.first != item.second]


def _tenths(written: str) -> int:
    figure = Fraction(written) * _TENTHS
    if figure.denominator != 1:
        raise ValueError(written)
    return int(figure)


def by_rule(rule: str) -> Callable[[Sequence[Item]], list[int]]:
    """Return the figures of a rule under the envelope that the negotiators had; each line is one resident."""

    def figures(group: Sequence[Item]) -> list[int]:
        envelope = sum(item.agreed - item.low for item in group)
        lines = [Line(item.line, item.low, item.high, population=1) for item in group]
        return [award.amount or 0 for award in balance(lines, envelope, rule=rule).lines]

    return figures


COLUMNS: Final[dict[str, Callable[[Sequence[Item]], list[int]]]] = {
    "A equal gap-closing": by_rule("A"),
    "B equal gain": by_rule("B"),
    "C equal shortfall": by_rule("C"),
    "D half and half": by_rule("D"),
    "M midpoint": by_rule("M"),
    "first chamber": lambda group: [item.first for item in group],
    "second chamber": lambda group: [item.second for item in group],
}


def misses(group: Sequence[Item], figures: Sequence[int]) -> list[Fraction]:
    """Return by what share of its gap each figure misses the agreed one; outcomes outside are left out."""
    return [
        abs(Fraction(figure - item.agreed, item.second - item.first))
        for item, figure in zip(group, figures, strict=True)
        if not item.outside
    ]


def shareable(group: Sequence[Item]) -> bool:
    """Whether a rule has anything to divide: one figure alone gets the envelope under every rule."""
    return len(group) > 1


def page() -> str:
    """Return the text of the page."""
    title = "# The rules against what negotiators agreed"
    return "\n\n".join([title, _HEAD, "\n".join(_table()), _TAIL]) + "\n"


def _table() -> Iterator[str]:
    yield "| budget | contested figures | outside both | " + " | ".join(COLUMNS) + " |"
    yield "|---|--:|--:|" + "--:|" * len(COLUMNS)
    every: dict[str, list[Fraction]] = {name: [] for name in COLUMNS}
    groups = [list(group) for _, group in groupby(items(), key=_problem)]
    for group in filter(shareable, groups):
        found = {name: misses(group, figures(group)) for name, figures in COLUMNS.items()}
        for name, shares in found.items():
            every[name] += shares
        yield _row(group[0].budget, group, found)
    divided = [item for group in filter(shareable, groups) for item in group]
    yield _row("**all of them**", divided, every)


def _problem(item: Item) -> str:
    """Return what shares one envelope: commitments and payments of one budget do not."""
    return f"{item.budget} {item.line}" if item.budget.startswith("European") else item.budget


def _row(name: str, group: Sequence[Item], found: dict[str, list[Fraction]]) -> str:
    shares = [f"{float(100 * mean(found[column])):.1f} %" if found[column] else "—" for column in COLUMNS]
    outside = sum(item.outside for item in group)
    return f"| {name} | {len(group)} | {outside} | " + " | ".join(shares) + " |"


_HEAD: Final = """\
`python -m docs.tables.negotiated` writes this page from `fixtures/negotiated_budgets.csv`; a test
compares them.

Mean absolute miss of each rule, as a share of the gap between the two chambers: 0 % is what they agreed,
100 % is as far off as the two chambers were from each other. On each figure the smaller request is the
base and the larger one the claim, whichever chamber made it; the envelope is the money by which the
agreed figures exceed the bases, so every rule divides the money that the negotiators divided. M and the
two chambers know no envelope. Rules that count residents count every line as one (the budgets have
none); E and F need what these budgets do not say: revenues of recipients, points of the sides."""

_TAIL: Final = """\
What it does not show. Few figures are contested with others under one envelope, and those come from two
budgets of one country; a subtotal repeats its lines and is left out. Each EU total is a question of its
own, and one question alone gets the whole envelope under every rule: such budgets say nothing about
dividing. An outcome that neither chamber had asked for is counted apart, since no rule here can reach
it. Where negotiators took one chamber's figure as it was, that chamber fits best, as after the fact
somebody always does. So the table is no proof that a rule is right; rule A is chosen for what it
promises, not for its fit."""

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
