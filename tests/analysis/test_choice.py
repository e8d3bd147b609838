"""What a reader chose: conditions, search without Kyrgyz letters, order both ways with blanks last."""

from dataclasses import replace
from itertools import pairwise

import pytest

from budgetproto.analysis.choice import Choice, chosen
from budgetproto.analysis.columns import BY_KEY, value
from budgetproto.analysis.entries import Entry, entries_of
from budgetproto.i18n import Named
from budgetproto.money import Som
from budgetproto.protocol.composition import compose
from tests.analysis.test_sums import ENTRIES
from tests.protocol.samples import make_line, make_snapshot, million


def entries(*differences: int | None) -> tuple[Entry, ...]:
    """Return lines on which the LSG side asks for so many millions more; `None`: it states nothing."""
    lines = (
        make_line(number, million(100), None if more is None else million(100 + more))
        for number, more in enumerate(differences, start=1)
    )
    return entries_of(compose(make_snapshot(*lines)))


def numbers(found: tuple[Entry, ...]) -> list[int]:
    return [entry.line.number for entry in found]


def test_the_size_of_a_difference_is_bounded_whatever_its_sign() -> None:
    found = chosen(entries(-50, 10, None, 70), Choice(least=million(50), most=million(60)), "ky")
    assert numbers(found) == [1]


def test_a_line_without_a_difference_is_within_no_bounds() -> None:
    assert numbers(chosen(entries(None, 5), Choice(least=Som(0)), "ky")) == [2]


@pytest.mark.parametrize("typed", ["озгон", "ӨЗГӨН", "Өзг туур", "ozgon"])
def test_words_are_found_with_russian_letters_in_any_case_and_order(typed: str) -> None:
    territory = Named("Өзгөн району", "Узгенский район", "Ozgon district")
    line = replace(make_line(1), territory=territory, title=Named("Туура-Суу мектеби"))
    found = chosen(entries_of(compose(make_snapshot(line, make_line(2)))), Choice(words=typed), "ky")
    assert numbers(found) == [1]


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("key", sorted(BY_KEY))
def test_every_column_sorts_both_ways_stably_with_blanks_last(key: str, order: str) -> None:
    found = chosen(ENTRIES, Choice(sort=key, order=order), "ky")
    assert sorted(numbers(found)) == numbers(ENTRIES)
    cells = [value(entry, key) for entry in found]
    stated = [cell for cell in cells if cell not in (None, "")]
    assert cells[: len(stated)] == stated
    for one, other in pairwise(found):
        if value(one, key) == value(other, key):
            assert one.line.number < other.line.number


def test_figures_sort_by_size_and_names_by_the_kyrgyz_alphabet() -> None:
    assert numbers(chosen(entries(30, None, -40, 10), Choice(sort="difference", order="desc"), "ky")) == [
        1,
        4,
        3,
        2,
    ]
    lines = (make_line(n, title=Named(name)) for n, name in enumerate(("Чүй", "Өзгөн", "Ош"), start=1))
    found = chosen(entries_of(compose(make_snapshot(*lines))), Choice(sort="title"), "ky")
    assert numbers(found) == [3, 2, 1]


def test_a_party_is_found_by_the_lines_on_which_it_states_a_position() -> None:
    lines = make_snapshot(make_line(1, million(1)), make_line(2, None, million(2)))
    assert numbers(chosen(entries_of(compose(lines)), Choice(party="union"), "ky")) == [2]
