"""The search for the largest total within a limit, against looking at every total."""

import random
from bisect import bisect_right

from hypothesis import strategies as st

from budgetproto.balancing.sharing.search import Seen, last_within
from tests.balancing.proofs import proof

#: What is there at each total: by how much it rises, and for how many totals it stays.
_stairs = st.lists(
    st.tuples(st.sampled_from([0, 1, 1, 5, 1_000]), st.integers(1, 12)), min_size=1, max_size=40
)


def found(stairs: list[tuple[int, int]], limit: int, step: int) -> tuple[int, int, int]:
    """Return what the search finds, what looking everywhere finds, and how many looks the search took."""
    heights, since, height = list[int](), list[int](), 0
    for rise, wide in stairs:
        height += rise
        since += [len(heights)] * wide
        heights += [height] * wide
    looks = list[int]()

    def look(total: int) -> Seen:
        looks.append(total)
        return Seen(heights[total] - limit, since[total])

    got = last_within(look, low=0, high=len(heights) - 1, step=step)
    return got, max(bisect_right(heights, limit) - 1, 0), len(looks)


@proof(400, stairs=_stairs, limit=st.integers(-3, 6_000), step=st.integers(1, 14))
def test_the_search_finds_what_looking_at_every_total_finds(
    stairs: list[tuple[int, int]], limit: int, step: int
) -> None:
    got, expected, _ = found(stairs, limit, step)
    assert got == expected


@proof(200, stairs=_stairs, limit=st.integers(-3, 6_000), step=st.integers(1, 14))
def test_every_fourth_look_halves_what_is_left(stairs: list[tuple[int, int]], limit: int, step: int) -> None:
    totals = sum(wide for _, wide in stairs)
    assert found(stairs, limit, step)[2] <= 2 + 4 * (1 + totals.bit_length())


def test_a_straight_slope_of_a_million_millions_takes_a_handful_of_looks() -> None:
    looks = list[int]()

    def look(total: int) -> Seen:
        looks.append(total)
        return Seen(total // 3 - 10**11, total)

    assert last_within(look, low=0, high=10**12) == 3 * 10**11 + 2
    assert len(looks) <= 8


def test_four_hundred_drawn_stairs_take_few_looks() -> None:
    looks = 0
    for number in range(400):
        chance = random.Random(number)
        stairs = [
            (chance.choice([0, 1, 1, 5, 1_000]), chance.randint(1, 300)) for _ in range(chance.randint(1, 60))
        ]
        limit = chance.randint(0, sum(rise for rise, _ in stairs))
        got, expected, taken = found(stairs, limit, chance.choice([1, 1, 7, 100]))
        assert got == expected
        looks += taken
    assert looks <= 3_695
