"""How often all lines are looked at until the rate is found: floats aim well, or the answer comes late."""

import random
from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

from budgetproto.balancing.kernel import filling
from budgetproto.balancing.kernel.continuous import Continuous
from budgetproto.balancing.kernel.ladder import Ladder


def drawn_ladder(number: int) -> tuple[Ladder, int]:
    """Draw up to 400 lines, small or large, every other time with shifts, and a total they can take."""
    chance = random.Random(number)
    count, largest = chance.choice([1, 2, 5, 30, 400]), chance.choice([3, 1_000, 10**9])
    claims = [chance.randint(1, largest) for _ in range(count)]
    lower = [chance.randint(0, claim) if chance.random() < 0.3 else 0 for claim in claims]
    upper = [
        chance.randint(low, claim) if chance.random() < 0.3 else claim
        for low, claim in zip(lower, claims, strict=True)
    ]
    shift = np.array([chance.randint(-2_000, 2_000) for _ in range(count)]) if number % 2 else None
    columns = [np.array(each, np.int64) for each in (claims, lower, upper)]
    return Ladder(columns[0], columns[1], columns[2], shift), chance.randint(sum(lower), sum(upper))


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count the looks at whole levels and at those without steps."""
    counted = Counter[str]()

    def counting(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object) -> object:
            counted[name] += 1
            return real(*given)

        return call

    monkeypatch.setattr(filling._Search, "_look", counting("whole", filling._Search._look))
    monkeypatch.setattr(Continuous, "at", counting("guess", Continuous.at))
    return counted


@pytest.mark.parametrize(
    ("start", "whole", "guesses", "most"),
    [
        (None, 114, 345, 2),
        (0.0, 215, 215, 20),
        (0.5, 136, 340, 16),
        (1.0, 245, 219, 24),
        (-3.0, 1_020, 110, 34),
        (20.0, 1_780, 110, 42),
    ],
)
def test_from_wherever_the_search_starts_it_soon_arrives(
    looked: Counter[str], start: float | None, whole: int, guesses: int, most: int
) -> None:
    longest = 0
    for number in range(120):
        ladder, total = drawn_ladder(number)
        before = looked["whole"]
        filling.pour(ladder, total, np.arange(len(ladder)), start=start)
        longest = max(longest, looked["whole"] - before)
    assert looked["whole"] <= whole
    assert looked["guess"] <= guesses
    assert longest <= most
