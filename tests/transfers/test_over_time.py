"""Figures recast to the units of another year: nothing is lost, nothing is guessed, cycles are refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.transfers.domain import Change, ChangeKind, Indicator
from budgetproto.transfers.over_time import Dated, Recast, lineage, parted, recast

OLD, NEW = date(2021, 12, 31), date(2025, 12, 31)


def change(
    soate: str, kind: ChangeKind, successor: str | None = None, *, on: date | None = date(2023, 1, 1)
) -> Change:
    return Change(soate, kind, f"law on {soate}", on, successor=successor)


def figures(on: date = OLD, **amounts: int) -> list[Dated]:
    return [Dated(code, amount, on) for code, amount in amounts.items()]


def people(soate: str, count: int, *, on: date = date(2023, 6, 1)) -> Indicator:
    return Indicator(soate, "population", count, on, "a count")


def apart(found: Recast) -> list[tuple[str, int, str]]:
    return [(each.soate, each.amount, each.why) for each in found.apart]


MERGER = (change("a", "merged", "c"), change("b", "merged", "c"))
SPLIT = (change("a", "split", "a"), change("a", "split", "b"))


def test_mergers_add_up_and_say_which_law_did_it() -> None:
    found = recast(figures(a=3, b=4, x=9), NEW, MERGER)
    assert found.figures == {"c": 7, "x": 9}
    assert [(step.was, step.onto, step.kind, step.on) for step in found.steps] == [
        ("a", (("c", 3),), "merged", date(2023, 1, 1)),
        ("b", (("c", 4),), "merged", date(2023, 1, 1)),
    ]


def test_changes_follow_one_another_through_the_years() -> None:
    later = change("c", "renamed", "d", on=date(2024, 5, 1))
    assert recast(figures(a=3, b=4), NEW, (*MERGER, later)).figures == {"d": 7}
    assert recast(figures(a=3, b=4), date(2023, 12, 31), (*MERGER, later)).figures == {"c": 7}


def test_changes_of_one_day_follow_one_another_too() -> None:
    found = recast(figures(a=5), NEW, (change("b", "renamed", "c"), change("a", "merged", "b")))
    assert found.figures == {"c": 5}


@pytest.mark.parametrize("kind", ["renamed", "rank"])
def test_a_new_name_or_rank_keeps_the_code_unless_a_new_one_is_known(kind: ChangeKind) -> None:
    assert recast(figures(a=5), NEW, [change("a", kind)]).figures == {"a": 5}
    assert recast(figures(a=5), NEW, [change("a", kind, "b")]).figures == {"b": 5}


def test_a_split_is_parted_by_residents_counted_after_it() -> None:
    before = people("a", 1_000, on=date(2020, 1, 1))
    found = recast(figures(a=100), NEW, SPLIT, [before, people("a", 2), people("b", 1)])
    assert found.figures == {"a": 67, "b": 33}
    assert found.steps[0].people == (2, 1)


def test_a_split_without_residents_stands_apart() -> None:
    found = recast(figures(a=100), NEW, SPLIT, [people("a", 2)])
    assert found.figures == {}
    assert apart(found) == [("a", 100, "no_share")]


def test_a_later_figure_goes_back_to_the_earlier_units_by_the_residents_they_had() -> None:
    before = [people("a", 3, on=date(2022, 1, 1)), people("b", 1, on=date(2022, 1, 1))]
    found = recast(figures(NEW, c=8), OLD, MERGER, before)
    assert found.figures == {"a": 6, "b": 2}
    assert found.steps[0].back
    assert recast(figures(NEW, a=5, b=6), OLD, SPLIT).figures == {"a": 11}


def test_what_was_merged_and_is_apart_again_is_no_circle() -> None:
    back = (change("c", "split", "a", on=date(2024, 1, 1)), change("c", "split", "b", on=date(2024, 1, 1)))
    counted = [people("a", 1, on=date(2024, 2, 1)), people("b", 1, on=date(2024, 2, 1))]
    assert recast(figures(a=3, b=4), NEW, (*MERGER, *back), counted).figures == {"a": 4, "b": 3}


def test_changes_of_one_day_in_a_circle_are_refused_with_all_that_leads_there() -> None:
    circle = (change("a", "merged", "b"), change("b", "merged", "a"), change("x", "merged", "a"))
    found = recast(figures(a=1, b=2, x=3, y=4), NEW, circle)
    assert found.figures == {"y": 4}
    assert apart(found) == [("a", 1, "cycle"), ("b", 2, "cycle"), ("x", 3, "cycle")]


@pytest.mark.parametrize(
    ("known", "why"),
    [
        (change("a", "merged"), "no_successor"),
        (change("a", "merged", "b", on=None), "no_day"),
        (change("a", "merged", on=None), "no_day"),
    ],
)
def test_a_change_of_which_too_little_is_known_leaves_the_figure_apart(known: Change, why: str) -> None:
    found = recast(figures(a=1, y=2), NEW, [known])
    assert (found.figures, apart(found)) == ({"y": 2}, [("a", 1, why)])


def test_within_its_own_year_a_figure_needs_no_knowledge_of_changes_without_a_day() -> None:
    found = recast(figures(date(2021, 4, 1), a=1), OLD, [change("a", "merged", on=None)])
    assert found.figures == {"a": 1}


def test_a_sum_of_which_a_part_is_not_known_names_the_part() -> None:
    stays = change("c", "merged", "c")
    assert recast(figures(a=3), NEW, MERGER).lacking == {"c": {"b"}}
    assert recast(figures(a=3, b=4), NEW, (*MERGER, stays)).lacking == {"c": {"c"}}
    assert recast(figures(a=3, b=4), NEW, MERGER).lacking == {}
    later = change("c", "renamed", "d", on=date(2024, 5, 1))
    assert recast(figures(a=3), NEW, (*MERGER, later)).lacking == {"d": {"b"}}


def test_a_newer_figure_of_the_later_unit_is_not_added_to_what_was_carried_to_it() -> None:
    found = recast([*figures(date(2022, 12, 31), a=3, b=4), *figures(date(2023, 7, 1), c=9)], NEW, MERGER)
    assert found.figures == {"c": 9}
    assert apart(found) == [("c", 7, "newer_figure")]


def test_two_figures_of_one_unit_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="one figure"):
        recast([*figures(a=1), *figures(NEW, a=2)], NEW, ())


def test_the_history_of_a_unit_reaches_back_and_forward() -> None:
    later = change("c", "renamed", "d", on=date(2024, 5, 1))
    every = (later, *MERGER, change("x", "split", "y"))
    assert lineage("d", every) == (*MERGER, later)
    assert lineage("a", every) == (MERGER[0], later)
    assert lineage("q", every) == ()


CODES = st.sampled_from("abcdef")
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2026, 12, 31))
CHANGES = st.lists(
    st.builds(
        Change,
        soate=CODES,
        kind=st.sampled_from(["renamed", "merged", "split", "rank"]),
        source=st.just("drawn"),
        on=DAYS | st.sampled_from([date(2022, 1, 1), date(2023, 1, 1)]),
        successor=st.none() | CODES,
    ),
    max_size=12,
)
POPULATION = st.lists(
    st.builds(
        Indicator,
        soate=CODES,
        kind=st.just("population"),
        value=st.integers(0, 10**9),
        on=st.dates(date(2020, 1, 1), date(2026, 12, 31)),
        source=st.just("drawn"),
    ),
    max_size=12,
)
FIGURES = st.dictionaries(
    CODES, st.tuples(st.integers(-(10**15), 10**15), st.dates(date(2019, 1, 1), date(2027, 12, 31)))
)


@given(FIGURES, CHANGES, POPULATION, st.dates(date(2019, 1, 1), date(2027, 12, 31)))
def test_no_tyiyn_is_lost_whatever_changed(
    drawn: dict[str, tuple[int, date]], changes: list[Change], population: list[Indicator], to: date
) -> None:
    given_figures = [Dated(code, amount, on) for code, (amount, on) in drawn.items()]
    found = recast(given_figures, to, changes, population)
    after = sum(found.figures.values()) + sum(each.amount for each in found.apart)
    assert after == sum(each.amount for each in given_figures)
    assert found.lacking.keys() <= found.figures.keys()


@given(st.integers(-(10**15), 10**15), st.lists(st.integers(1, 10**9), min_size=1, max_size=8))
def test_parts_add_up_and_none_is_a_tyiyn_off_its_share(amount: int, weights: list[int]) -> None:
    parts, whole = parted(amount, weights), sum(weights)
    assert sum(parts) == amount
    assert all(
        abs(part * whole - amount * weight) < whole for part, weight in zip(parts, weights, strict=True)
    )
