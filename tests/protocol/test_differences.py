"""What follows from the facts of one line, on the disputes of 2020."""

from dataclasses import replace
from fractions import Fraction

import pytest

from budgetproto.i18n import Named
from budgetproto.money import Som
from budgetproto.protocol.composed import ComposedLine, Standing
from budgetproto.protocol.differences import composed_line, money
from budgetproto.protocol.snapshot import Decision, Figure, LineOption, Outcome, Position
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.samples import CITIES, MINISTRY, UNION, make_line, million, words


def _line(number: int) -> ComposedLine:
    return composed_line(dispute_2020().lines[number - 1])


def test_stimulating_grants_differ_by_600_million() -> None:
    found = _line(1).difference
    assert found is not None
    assert (found.signed, found.absolute) == (million(600), million(600))


def test_a_share_of_zero_is_undefined() -> None:
    found = _line(1).difference
    assert found is not None
    assert found.share is None


def test_the_decision_on_stimulating_grants_gives_347_million_more() -> None:
    assert _line(1).extra_decided == Som(34_753_850_000)


def test_a_blank_position_makes_no_difference() -> None:
    assert _line(3).difference is None
    assert _line(3).missing == ("lsg",)


def test_a_zero_is_a_position_and_a_blank_is_none() -> None:
    assert _line(3).government.figure == Som(0)
    assert _line(3).lsg.figure is None


def test_a_smaller_figure_of_the_lsg_side_is_a_negative_difference() -> None:
    found = composed_line(make_line(1, million(9), million(7))).difference
    assert found is not None
    assert (found.signed, found.absolute, found.share) == (-million(2), million(2), Fraction(-2, 9))


def test_a_percentage_has_a_money_effect_through_its_base() -> None:
    # The share of revenue left to Bishkek: 12 % or 25 % of 15.42 billion soms (2022).
    line = make_line(1, 1200, 2500, measure="percentage", money_base=million(15_420))
    made = composed_line(line)
    assert made.government.money == Som(185_040_000_000)
    assert made.difference is not None
    assert (made.difference.signed, made.difference.money) == (1300, Som(200_460_000_000))


def test_a_percentage_without_a_base_has_no_money_effect() -> None:
    made = composed_line(make_line(1, 1200, 2500, measure="percentage"))
    assert made.difference is not None
    assert (made.difference.signed, made.difference.money) == (1300, None)


@pytest.mark.parametrize(
    ("base", "hundredths", "tyiyn"), [(5, 1000, 1), (5, 999, 0), (-5, 1000, -1), (15, 1000, 2)]
)
def test_money_of_a_percentage_is_rounded_half_away_from_zero(base: int, hundredths: int, tyiyn: int) -> None:
    line = make_line(1, measure="percentage", money_base=Som(base))
    assert money(line, hundredths) == Som(tyiyn)


def test_yes_is_not_one_hundredth_of_a_percentage_point() -> None:
    assert money(make_line(1, measure="percentage", money_base=million(1)), True) is None


def test_a_higher_contribution_of_the_lsg_side_costs_it() -> None:
    line = make_line(1, million(12), million(8), cost_sign=-1, option=LineOption(million(10)))
    assert composed_line(line).extra_computed == million(2)


def test_only_the_lead_party_counts() -> None:
    positions = (Position(MINISTRY, Som(0)), Position(UNION, million(5)), Position(CITIES, million(9)))
    line = make_line(1, positions=positions, lead_lsg=CITIES)
    assert composed_line(line).lsg.figure == million(9)


def test_without_a_lead_nobody_speaks_for_a_divided_side() -> None:
    positions = (Position(MINISTRY, Som(0)), Position(UNION, million(5)), Position(CITIES, million(9)))
    line = make_line(1, positions=positions, lead_lsg="", lsg_divided=True)
    assert composed_line(line).lsg.figure is None


@pytest.mark.parametrize("outcome", ["agreed", "partly_agreed", "not_agreed", "referred"])
def test_a_line_stands_where_the_decision_put_it(outcome: Outcome) -> None:
    line = make_line(1, Som(0), million(1), decision=Decision(outcome=outcome))
    assert composed_line(line).standing == outcome


@pytest.mark.parametrize(
    ("government", "lsg", "standing"),
    [
        (million(5), million(5), "not_in_dispute"),
        (million(5), million(6), "undecided"),
        (None, None, "undecided"),
        (True, True, "not_in_dispute"),
        (words("ооба", "да"), words("ооба", "да"), "not_in_dispute"),
    ],
)
def test_equal_positions_are_no_dispute(government: Figure, lsg: Figure, standing: Standing) -> None:
    assert composed_line(make_line(1, government, lsg)).standing == standing


def test_two_blanks_are_not_an_agreement() -> None:
    assert composed_line(replace(make_line(1), title=Named("бош"))).standing == "undecided"


def test_what_follows_from_a_made_up_figure_is_made_up() -> None:
    positions = (Position(MINISTRY, Som(0)), Position(UNION, million(5), illustrative=True))
    line = make_line(
        1, positions=positions, option=LineOption(million(3)), decision=Decision(decided=million(2))
    )
    made = composed_line(line)
    assert (made.government.illustrative, made.lsg.illustrative) == (False, True)
    assert (made.computed.illustrative, made.decided.illustrative) == (True, False)


def test_what_is_computed_from_a_made_up_envelope_is_made_up() -> None:
    line = make_line(1, Som(0), million(5), option=LineOption(million(3)))
    assert composed_line(line, illustrative_envelope=True).computed.illustrative
    assert not composed_line(line).computed.illustrative
