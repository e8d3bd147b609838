"""The second check finds what is wrong in an option that was tampered with."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from budgetproto.balancing import Award, Limit, Line, Option, Stage, balance, check

LINES = [
    Line("a", 1_000, 1_600),
    Line("b", 2_000, 2_400),
    Line("c", 300, 500, floor=450),
    Line("d", 500, 400),
]
OPTION = balance(LINES, 500)


def _moved(option: Option, *, up: int, down: int, by: int = 1) -> Option:
    """Carry money from one line to another, with all sums kept."""
    lines = list(option.lines)
    lines[up], lines[down] = _raised(lines[up], by), _raised(lines[down], -by)
    return replace(option, lines=tuple(lines))


def _raised(award: Award, by: int) -> Award:
    return replace(award, granted=(award.granted or 0) + by, amount=(award.amount or 0) + by)


def test_an_honest_option_holds() -> None:
    assert check(OPTION) == ()


@pytest.mark.parametrize("pair", [(0, 1), (1, 0)])
def test_one_unit_carried_from_line_to_line_breaks_the_certificate(pair: tuple[int, int]) -> None:
    assert "certificate" in check(_moved(OPTION, up=pair[0], down=pair[1]))


def test_a_line_below_its_floor_is_found() -> None:
    assert "bounds: c" in check(_moved(OPTION, up=0, down=2))


def with_proof(option: Option, **changes: Any) -> Option:
    """Return the option with something else in its proof."""
    return replace(option, certificates=(replace(option.certificates[0], **changes),))


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (lambda option: replace(option, envelope=501), "sum"),
        (lambda option: replace(option, undistributed=1), "sum"),
        (lambda option: replace(option, totals=replace(option.totals, granted=1)), "totals"),
        (
            lambda option: replace(option, lines=(replace(option.lines[0], amount=1), *option.lines[1:])),
            "figure: a",
        ),
        (
            lambda option: with_proof(option, last_taken=None),
            "certificate",
        ),
        (lambda option: with_proof(option, total=0), "certificate"),
        (lambda option: replace(option, quantum=7), "step: a"),
    ],
)
def test_a_changed_figure_is_found(tamper: Callable[[Option], Option], found: str) -> None:
    assert found in check(tamper(OPTION))


def test_figures_where_nothing_may_be_recommended_are_found() -> None:
    infeasible = balance(LINES, 10)
    lines = (replace(infeasible.lines[0], amount=5), *infeasible.lines[1:])
    assert check(replace(infeasible, lines=lines)) == ("figures without a recommendation",)


def test_what_a_recipient_is_said_to_get_is_the_sum_of_its_lines() -> None:
    told = [Line("a", 0, 100, territory="R", population=5, own_revenue=10)]
    option = balance(told, 50, rule="E")
    assert check(option) == ()
    group = option.recipients[0]
    moved = replace(option, recipients=(replace(group, granted=(group.granted or 0) + 1),))
    assert "recipient: R" in check(moved)


def test_what_a_limit_is_said_to_let_through_is_the_sum_of_its_lines() -> None:
    told = [Line("a", 0, 100, region="R"), Line("b", 0, 100, region="S")]
    option = balance(told, 100, limits=[Limit("R", region="R", most=30)])
    assert check(option) == ()
    held = option.envelopes[0]
    for changed in (replace(held, granted=31), replace(held, most=29)):
        assert "limit: R" in check(replace(option, envelopes=(changed,)))


def test_a_line_that_begins_on_the_grid_takes_no_part_in_the_broken_first_steps() -> None:
    told = [Line("a", 3, 20), Line("b", 10, 40), Line("c", 4, 18)]
    option = balance(told, 7, quantum=10)
    assert option.certificates[0].stage is Stage.FIRST
    assert check(option) == ()
