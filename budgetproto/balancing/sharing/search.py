"""PURE: where something that rises with a total passes a limit: few looks, each of them exact."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Seen(NamedTuple):
    """By how much a total passes the limit (not above zero: it does not), and the least total like it."""

    over: int
    since: int


def last_within(look: Callable[[int], Seen], *, low: int, high: int, step: int = 1) -> int:
    """Return the largest total from `low` to `high` that does not pass the limit; `low` where each does.

    What is looked at may stay the same for `step` totals and then change; it never falls.

    >>> last_within(lambda total: Seen(total // 3 - 5, total // 3 * 3), low=0, high=100, step=3)
    17
    """
    under, over = look(low), look(high)
    if over.over <= 0:
        return high
    bracket = _Bracket(low, max(over.since, low), 1 - 2 * min(under.over, 0), 2 * over.over - 1)
    while bracket.high - bracket.low > 1:
        bracket.learn(at := bracket.next(step), look(at))
    return bracket.low


@dataclass
class _Bracket:
    """Two totals with the limit between them; `below` and `above` say how far from it they are, twice.

    The next look is where the chord crosses the limit. Of an end that stays the distance is halved (the
    Illinois rule), and every fourth look halves the bracket: so it closes soon whatever is looked at.
    """

    low: int
    high: int
    below: int
    above: int
    looks: int = 0
    moved: str = ""

    def next(self, step: int) -> int:
        """Return the total to look at: just below the upper end where one change may be all there is."""
        self.looks += 1
        if self.looks % 4 == 0:
            return (self.low + self.high) // 2
        if self.high - self.low <= step:
            return self.high - 1
        on_chord = self.low + (self.high - self.low) * self.below // (self.below + self.above)
        return min(max(on_chord, self.low + step), self.high - 1)

    def learn(self, total: int, seen: Seen) -> None:
        """Move the end that the look has passed."""
        if seen.over <= 0:
            self.low, self.below = total, 1 - 2 * seen.over
            self.above = max(self.above // 2, 1) if self.moved == "low" else self.above
            self.moved = "low"
        else:
            self.high, self.above = max(seen.since, self.low + 1), 2 * seen.over - 1
            self.below = max(self.below // 2, 1) if self.moved == "high" else self.below
            self.moved = "high"
