"""Promise, law and treasury: three differences that agree, and shares no question can make up for."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.disputes.domain import Figure
from budgetproto.i18n import Named, Words
from budgetproto.money import Som
from budgetproto.reporting.domain import UNSTATED, Difference, Promise, Stated, Taken, followed, summed

AMOUNTS = st.integers(-(10**15), 10**15).map(Som)
STATED = st.one_of(st.none(), AMOUNTS).map(lambda som: Stated(som, som))


def promise(
    promised: Stated, adopted: Stated, executed: Stated = UNSTATED, *, draft: Stated = UNSTATED
) -> Promise:
    return Promise(1, "decision", draft, promised, adopted, executed)


PROMISES = st.lists(
    st.builds(promise, AMOUNTS.map(lambda som: Stated(som, som)), STATED, STATED, draft=STATED)
)


@given(st.builds(promise, STATED, STATED, STATED))
def test_where_all_three_are_known_the_third_difference_is_the_sum_of_the_others(each: Promise) -> None:
    known = None not in (each.promised.money, each.adopted.money, each.executed.money)
    if each.to_law is not None and each.to_treasury is not None:
        assert known
        assert each.in_all == each.to_law + each.to_treasury
    else:
        assert not known


@given(PROMISES)
def test_every_promise_is_counted_once_and_shares_stay_between_nothing_and_all(found: list[Promise]) -> None:
    share = followed(found)
    assert sum(count for _, count in share.taken) == len(found)
    assert Som(0) <= share.given <= share.asked
    assert all(part is None or 0 <= part <= 1 for part in (share.by_count, share.by_money))


@given(PROMISES, PROMISES)
def test_one_sitting_never_takes_from_another(one: list[Promise], other: list[Promise]) -> None:
    parts, both = (followed(one), followed(other)), followed(one + other)
    assert both.asked == parts[0].asked + parts[1].asked
    assert both.given == parts[0].given + parts[1].given


@given(PROMISES)
def test_what_is_followed_wholly_by_every_question_is_followed_wholly_by_money(found: list[Promise]) -> None:
    share = followed(found)
    if share.count("whole") == len(found):
        assert share.given == share.asked


@pytest.mark.parametrize(
    ("draft", "promised", "adopted", "taken"),
    [
        (Som(100), Som(200), Som(200), "whole"),
        (Som(100), Som(200), Som(250), "whole"),
        (Som(100), Som(200), Som(150), "part"),
        (Som(100), Som(200), Som(100), "none"),
        (Som(100), Som(200), Som(50), "none"),
        (Som(200), Som(100), Som(150), "part"),
        (Som(200), Som(100), Som(0), "whole"),
        (Som(100), Som(100), Som(90), "none"),
        (None, Som(200), Som(150), "none"),
        (Som(0), Som(200), None, "unknown"),
        (5_000, 7_000, 6_000, "part"),
        (False, True, True, "whole"),
        (False, True, False, "none"),
        (None, Words(Named("а")), Words(Named("а")), "by_people"),
    ],
)
def test_the_law_follows_a_promise(draft: Figure, promised: Figure, adopted: Figure, taken: Taken) -> None:
    assert promise(Stated(promised), Stated(adopted), draft=Stated(draft)).taken == taken


def test_more_on_one_question_does_not_make_up_for_less_on_another() -> None:
    def about(adopted: int) -> Promise:
        return promise(*(Stated(Som(n), Som(n)) for n in (200, adopted)), draft=Stated(Som(100), Som(100)))

    share = followed([about(300), about(100)])
    assert (share.by_count, share.by_money) == (Fraction(1, 2), Fraction(1, 2))


def test_without_anything_known_no_share_is_told() -> None:
    share = followed([promise(Stated(Som(5), Som(5)), Stated())])
    assert (share.by_count, share.by_money) == (None, None)


def test_a_sum_tells_how_many_questions_it_counts_and_whether_one_of_them_is_made_up() -> None:
    real = promise(Stated(Som(5), Som(5)), Stated(Som(8), Som(8)))
    made_up = promise(Stated(Som(9), Som(9), illustrative=True), Stated(Som(7), Som(7)))
    unknown = promise(Stated(Som(5), Som(5), illustrative=True), Stated())
    found = [summed(each, lambda one: one.to_law) for each in ([unknown], [real, unknown], [real, made_up])]
    assert found == [
        Difference(0, Som(0)),
        Difference(1, Som(3)),
        Difference(2, Som(1), illustrative=True),
    ]


def test_a_share_tells_whether_one_of_the_figures_it_rests_on_is_made_up() -> None:
    real = promise(Stated(Som(5), Som(5)), Stated(Som(5), Som(5)), draft=Stated(Som(1), Som(1)))
    made_up = promise(
        Stated(Som(5), Som(5)), Stated(Som(5), Som(5)), draft=Stated(Som(1), Som(1), illustrative=True)
    )
    not_in_money = promise(Stated(5_000), Stated(6_000, illustrative=True), draft=Stated(4_000))
    unknown = promise(Stated(Som(5), Som(5), illustrative=True), UNSTATED)
    executed = promise(Stated(Som(5), Som(5)), Stated(Som(5), Som(5)), Stated(Som(9), illustrative=True))
    marks = [
        (share.known_made_up, share.counted_made_up)
        for share in (
            followed(each) for each in ([real, unknown, executed], [real, made_up], [real, not_in_money])
        )
    ]
    assert marks == [(False, False), (True, True), (True, False)]
