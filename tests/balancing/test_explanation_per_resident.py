"""What is said under the rules that count residents: money of one resident, never a common share."""

from fractions import Fraction

import pytest

from budgetproto.balancing import Line, Reason, balance, per_resident, sentences, summary, told_reason

RICH = Line("1", 0, 400, territory="K", population=1, own_revenue=2_000)
POOR = Line("2", 0, 800, territory="T", population=3, own_revenue=1_500)


def test_a_recipient_above_the_common_level_is_told_why_it_gets_nothing() -> None:
    option = balance([RICH, POOR], 600, rule="E")
    first, second = ([each.key.rpartition(".")[2] for each in told] for told in sentences(option))
    assert (first, second) == (["pair", "above_level"], ["pair"])


def test_a_recipient_that_gets_nothing_for_want_of_whole_steps_is_not_said_to_be_above() -> None:
    twins = [Line(name, 0, 100, territory=name, population=1, own_revenue=0) for name in ("first", "second")]
    option = balance(twins, 10, rule="E", quantum=10)
    assert [award.granted for award in option.lines] == [10, 0]
    assert not any(each.key.endswith("above_level") for told in sentences(option) for each in told)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("A", None),
        ("B", ("gain", Fraction(150))),
        ("C", ("shortfall", Fraction(150))),
        ("E", ("level", Fraction(700))),
    ],
)
def test_the_common_rate_is_money_of_one_resident(rule: str, expected: tuple[str, Fraction] | None) -> None:
    told = per_resident(balance([RICH, POOR], 600, rule=rule))
    assert told == expected


@pytest.mark.parametrize(
    ("envelope", "expected"),
    [(500, ("gain", Fraction(125))), (600, ("gain", Fraction(200))), (1_000, ("shortfall", Fraction(50)))],
)
def test_half_and_half_gains_below_the_halves_and_falls_short_above_them(
    envelope: int, expected: tuple[str, Fraction]
) -> None:
    assert per_resident(balance([RICH, POOR], envelope, rule="D")) == expected


def test_a_cut_and_a_missing_envelope_have_no_common_money() -> None:
    raised = [Line("1", 400, 500, floor=0, population=1), Line("2", 800, 900, floor=0, population=3)]
    assert per_resident(balance(raised, -300, rule="B")) is None
    assert per_resident(balance([RICH, POOR], None, rule="B")) is None


@pytest.mark.parametrize(("rule", "key"), [("A", "no_free_line"), ("B", "no_free_line_per_resident")])
def test_where_every_claim_is_met_no_line_is_left_to_the_rule(rule: str, key: str) -> None:
    option = balance([RICH, POOR], 5_000, rule=rule)
    assert summary(option)[0].key == f"balancing.sentence.{key}"
    assert per_resident(option) is None


@pytest.mark.parametrize(
    ("reason", "rule", "told"),
    [
        (Reason.FREE, "A", "FREE"),
        (Reason.FREE, "M", "FREE"),
        (Reason.FREE, "C", "free_per_resident"),
        (Reason.FREE, "E", "free_level"),
        (Reason.CAP, "C", "CAP"),
    ],
)
def test_what_a_line_without_a_limit_follows_is_the_rules(reason: Reason, rule: str, told: str) -> None:
    assert told_reason(reason, rule) == told
