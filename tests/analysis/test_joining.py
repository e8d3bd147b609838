"""Two sets of lines side by side: joined by descent or by kind and place, and their sums that close."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from budgetproto.analysis.entries import Entry, entries_of
from budgetproto.analysis.joining import Pair, changes, joined
from budgetproto.money import Som
from budgetproto.protocol.composition import compose
from tests.protocol.samples import make_line, make_snapshot, million

GRANT, TAX = "stimulating_grant", "revenue_share"


def entry(
    number: int, government: int | None, *, line: str = "", kind: str = "", territory: str = ""
) -> Entry:
    figure = None if government is None else million(government)
    (made,) = entries_of(compose(make_snapshot(make_line(number, figure, million(9)))))
    return replace(made, id=line, kind=kind, territory=territory, region="41706000000000")


def told(pairs: tuple[Pair, ...]) -> list[tuple[str, int | None, int | None]]:
    return [
        (
            pair.state,
            pair.before.line.number if pair.before else None,
            pair.after.line.number if pair.after else None,
        )
        for pair in pairs
    ]


def test_lines_of_one_descent_are_joined_whatever_they_are_called() -> None:
    before, after = [entry(1, 5, line="a")], [entry(7, 6, line="c", kind=TAX)]
    assert told(joined(before, after, {"c": "b", "b": "a"}, "government")) == [("changed", 1, 7)]


def test_two_lines_made_from_a_third_are_the_same_question() -> None:
    made_from = {"b": "a", "c": "a"}
    pairs = joined([entry(1, 5, line="b")], [entry(2, 5, line="c")], made_from, "government")
    assert told(pairs) == [("same", 1, 2)]


def test_the_only_lines_of_a_kind_and_a_place_are_joined() -> None:
    before = [entry(1, 5, line="a", kind=GRANT, territory="41706"), entry(2, 5, line="b", kind=GRANT)]
    after = [entry(3, 6, line="c", kind=GRANT, territory="41706")]
    assert told(joined(before, after, {}, "government")) == [("changed", 1, 3), ("gone", 2, None)]


def test_two_of_a_kind_in_one_place_are_not_guessed() -> None:
    before = [entry(1, 5, line="a", kind=GRANT), entry(2, 5, line="b", kind=GRANT)]
    pairs = joined(before, [entry(3, 5, line="c", kind=GRANT)], {}, "government")
    assert told(pairs) == [("new", None, 3), ("gone", 1, None), ("gone", 2, None)]


def test_a_figure_that_is_no_longer_stated_is_a_change_without_an_amount() -> None:
    (pair,) = joined([entry(1, 5, line="a")], [entry(1, None, line="a")], {}, "government")
    assert (pair.state, pair.change) == ("changed", None)


def test_the_largest_change_stands_first() -> None:
    before = [entry(1, 5, line="a"), entry(2, 5, line="b"), entry(3, 5, line="c")]
    after = [entry(1, 6, line="a"), entry(2, 1, line="b"), entry(3, 5, line="c")]
    assert [pair.shown.line.number for pair in joined(before, after, {}, "government")] == [2, 1, 3]


SETS = st.lists(st.tuples(st.none() | st.integers(0, 9), st.sampled_from("abcdef")), max_size=6)


@given(SETS, SETS)
def test_what_was_and_what_changed_come_to_what_is(
    before: list[tuple[int | None, str]], after: list[tuple[int | None, str]]
) -> None:
    earlier, later = (
        [entry(number, amount, line=line) for number, (amount, line) in enumerate(lines, start=1)]
        for lines in (before, after)
    )
    pairs = joined(earlier, later, {}, "government")
    sums = changes(pairs)
    assert sum(pair.before is not None for pair in pairs) == len(before)
    assert sum(pair.after is not None for pair in pairs) == len(after)
    assert sums.after == sums.before + sums.change + sums.added - sums.dropped
    assert sums.before == Som.total(million(amount) for amount, _ in before if amount is not None)
