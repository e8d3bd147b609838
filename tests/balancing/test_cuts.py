"""A cut: what has to be saved is shared by the same rule, each line down to its floor."""

from fractions import Fraction

import pytest
from hypothesis import strategies as st

from budgetproto.balancing import (
    Limit,
    Line,
    Option,
    Reason,
    Status,
    balance,
    check,
    from_document,
    sentences,
    summary,
    to_document,
)
from budgetproto.balancing.errors import NoRuleForCuts
from tests.balancing.proofs import proof
from tests.balancing.test_invariants import _lines
from tests.balancing.test_rules import known


def amounts(option: Option) -> list[int | None]:
    """Return the recommended figures."""
    return [award.amount for award in option.lines]


def test_every_line_gives_up_the_same_share_of_what_can_be_cut() -> None:
    lines = [Line("roads", 1_000, 1_600, floor=400), Line("schools", 2_000, 2_400, floor=1_800)]
    option = balance(lines, -400)
    assert amounts(option) == [700, 1_900]
    assert (option.cut, option.envelope, option.rate, check(option)) == (True, 400, Fraction(1, 2), ())


def test_a_line_without_a_floor_can_be_cut_to_nothing() -> None:
    assert amounts(balance([Line("roads", 1_000, 1_600)], -250)) == [750]


def test_a_protected_line_is_not_cut() -> None:
    option = balance([Line("pay", 500, 600, protected=True), Line("roads", 1_000, 1_600)], -250)
    assert amounts(option) == [500, 750]
    assert option.lines[0].reason is Reason.PROTECTED


def test_a_line_at_its_floor_gives_up_nothing() -> None:
    option = balance([Line("pay", 500, 600, floor=500), Line("roads", 1_000, 1_600)], -250)
    assert amounts(option) == [500, 750]
    assert option.lines[0].reason is Reason.UNCUT


def test_a_floor_above_the_government_is_paid_and_makes_the_cut_deeper() -> None:
    option = balance([Line("pay", 500, 600, floor=550), Line("roads", 1_000, 1_600)], -250)
    assert amounts(option) == [550, 700]
    assert option.effective_envelope == 300
    assert option.lines[0].reason is Reason.FLOOR


def test_a_release_is_the_first_to_be_saved() -> None:
    option = balance([Line("parks", 500, 400), Line("roads", 1_000, 1_600)], -250)
    assert amounts(option) == [400, 850]
    assert option.lines[0].reason is Reason.RELEASED


def test_a_release_that_is_more_than_the_cut_leaves_money_to_share() -> None:
    option = balance([Line("parks", 500, 400), Line("roads", 1_000, 1_600)], -40)
    assert (amounts(option), option.cut) == ([400, 1_060], False)


def test_a_line_that_saves_by_rising_rises_to_its_cap_at_most() -> None:
    share = Line("share", 100, 50, cost_sign=-1, cap=200)
    option = balance([share, Line("roads", 100, 160)], -100)
    assert amounts(option) == [150, 50]


def test_a_line_that_saves_by_rising_and_has_no_cap_gives_up_nothing() -> None:
    assert amounts(balance([Line("share", 100, 50, cost_sign=-1), Line("roads", 100, 160)], -50)) == [100, 50]


def test_what_cannot_be_cut_is_named() -> None:
    option = balance([Line("roads", 1_000, 1_600, floor=900)], -250)
    assert (option.status, option.undistributed) == (Status.UNDISTRIBUTED, 150)
    assert [each.key.rpartition(".")[2] for each in summary(option)][1:] == ["cut_missing", "check"]


def test_limits_bound_the_cut_of_a_region() -> None:
    lines = [Line("a", 1_000, 1_600, region="Ош"), Line("b", 1_000, 1_600, region="Нарын")]
    option = balance(lines, -400, limits=[Limit("Ош", region="Ош", least=-100)])
    assert amounts(option) == [900, 700]
    assert check(option) == ()


def test_each_line_says_in_words_of_a_cut_why_it_stands_there() -> None:
    lines = [
        Line("pay", 500, 600, protected=True),
        Line("parks", 500, 400),
        Line("law", 500, 600, floor=550),
        Line("gone", 30, 60),
        Line("share", 100, 50, cost_sign=-1),
    ]
    told = [told[-1].key.rpartition(".")[2] for told in sentences(balance(lines, -90))]
    assert told == ["cut_protected", "cut_released", "cut_floor_above", "cut_full", "uncut"]


def test_the_sentences_speak_of_a_cut() -> None:
    option = balance([Line("roads", 1_000, 1_600), Line("schools", 1_000, 1_200)], -400)
    assert summary(option)[0].key == "balancing.sentence.cut_rate"
    assert sentences(option)[0][0].key == "balancing.sentence.cut_pair"


def test_to_lift_the_poorest_says_nothing_of_a_cut() -> None:
    with pytest.raises(NoRuleForCuts) as refused:
        balance([Line("roads", 1_000, 1_600)], -400, rule="E")
    assert refused.value.details == {"rule": "E"}


@proof(
    300,
    lines=_lines().map(known),
    envelope=st.integers(-200, -1),
    quantum=st.sampled_from([1, 1, 4, 10]),
    rule=st.sampled_from("ABCD"),
)
def test_every_cut_checks_out_and_raises_nobody_but_by_law(
    lines: list[Line], envelope: int, quantum: int, rule: str
) -> None:
    option = balance(lines, envelope, rule=rule, quantum=quantum, on_conflict="hold_at_floor")
    assert check(option) == ()
    assert from_document(to_document(option)) == option
    for line, award in zip(lines, option.lines, strict=True):
        if option.cut and award.granted is not None and award.granted < 0:
            assert line.floor is not None or line.cap is not None
