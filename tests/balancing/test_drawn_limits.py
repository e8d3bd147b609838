"""Whatever lines, limits and quantum are drawn: an option that a second pair of eyes confirms, or a no."""

import random
from typing import Any

import pytest

from budgetproto.balancing import Limit, Line, Unbalanceable, balance, check
from tests.counts import scaled

SEED = 2026
_PLACES: dict[str, dict[str, Any]] = {
    "X": {"region": "X"},
    "Y": {"region": "Y"},
    "a": {"kind": "a"},
    "Xa": {"region": "X", "kind": "a"},
}

_PEOPLE = {"X": (31, 400), "Y": (12, 90)}


def drawn_line(chance: random.Random, name: str) -> Line:
    """Draw a line with a bound here and there, one in five a percentage."""
    government = chance.randint(0, 3_000)
    lsg = government + chance.randint(-500, 3_000)
    about: dict[str, Any] = {"region": (region := chance.choice("XY")), "kind": chance.choice("ab")}
    population, own_revenue = _PEOPLE[region]
    people: dict[str, Any] = {"population": population, "own_revenue": own_revenue}
    if chance.random() < 0.2:
        worth = chance.choice([7, 13])
        return Line(name, government // 10, lsg // 10, money_per_unit=worth, **about, **people)
    floor = chance.randint(0, 3_000) if chance.random() < 0.3 else None
    cap = max(floor or 0, chance.randint(0, 6_000)) if chance.random() < 0.3 else None
    protected = chance.random() < 0.1
    return Line(name, government, lsg, floor=floor, cap=cap, protected=protected, **about, **people)


def drawn_limits(chance: random.Random, lines: list[Line]) -> list[Limit]:
    """Draw limits of regions, of a kind, and of a kind inside a region, where there are such lines."""
    made = []
    for name, place in _PLACES.items():
        least, room = chance.randint(0, 2_500), chance.randint(0, 2_000)
        sides: dict[str, Any] = {"least": least if chance.random() < 0.6 else None}
        sides["most"] = least + room if chance.random() < 0.6 else None
        there = any(all(getattr(line, key) == value for key, value in place.items()) for line in lines)
        if there and chance.random() < 0.4:
            made.append(Limit(name, **sides, **place))
    return made


@pytest.mark.parametrize("rule", ["A", "B", "C", "D", "E"])
def test_every_option_holds_and_nothing_but_a_refusal_is_raised(rule: str) -> None:
    chance, held = random.Random(f"{SEED}{rule}"), 0
    for _ in range(scaled(60_000)):
        lines = [drawn_line(chance, str(number)) for number in range(chance.randint(1, 6))]
        limits, envelope = drawn_limits(chance, lines), chance.randint(-500, 6_000)
        try:
            option = balance(
                lines, envelope, rule=rule, quantum=chance.choice([1, 7, 100, 1_000]), limits=limits
            )
        except Unbalanceable:
            continue
        assert check(option) == (), (lines, limits, envelope)
        held += 1
    assert held


def test_a_limit_that_no_whole_quanta_keep_is_refused() -> None:
    lines = [Line("a", 0, 1_000, region="O"), Line("b", 0, 1_000, region="N")]
    with pytest.raises(Unbalanceable, match="limits_too_narrow"):
        balance(lines, 50, quantum=100, limits=[Limit("O", region="O", least=50)])


def test_under_half_and_half_a_floor_beside_the_grid_stands_where_it_is() -> None:
    lines = [
        Line("a", 858, 2_374, population=5),
        Line("b", 62, 2_664, floor=1_837, population=3),
    ]
    option = balance(lines, 2_000, rule="D", quantum=7)
    assert [award.granted for award in option.lines] == [220, 1_775]
    assert check(option) == ()
