"""Amounts are exact, and what is typed is read as one certain number or refused."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from budgetproto.i18n import LANGUAGES, Language, formatting
from budgetproto.money import Som, Unit, UnreadableNumber, parse_percentage
from budgetproto.money.som import LARGEST_TYIYN

THOUSAND = Unit.THOUSAND_SOMS
REFUSALS = {"money.ambiguous", "money.not_a_number", "money.too_fine", "money.too_large"}

#: Equalization transfers of the republican budget, in thousand soms, as three languages print them.
PRINTED = ("12 606 778,3", "12\u00a0606\u00a0778,3", "12\u202f606\u202f778,3", "12,606,778.3", "12606778,3")


@pytest.mark.parametrize("typed", PRINTED)
def test_one_printed_figure_is_one_amount_however_its_groups_are_parted(typed: str) -> None:
    assert Som.parse(typed, THOUSAND) == Som(1_260_677_830_000)


@pytest.mark.parametrize(
    ("typed", "tyiyn"),
    [
        ("600 000,0", 60_000_000_000),
        ("347 538,5", 34_753_850_000),
        ("0", 0),
        ("0,0", 0),
        (" 744000 ", 74_400_000_000),
        ("-12,5", -1_250_000),
        ("\u221212,5", -1_250_000),
        ("- 12,5", -1_250_000),
        ("1,50", 150_000),
        ("1,234.5", 123_450_000),
        ("1,234,567", 123_456_700_000),
        ("1 234.5", 123_450_000),
    ],
)
def test_an_amount_in_thousand_soms_is_read_to_the_tyiyn(typed: str, tyiyn: int) -> None:
    assert Som.parse(typed, THOUSAND) == Som(tyiyn)


@pytest.mark.parametrize(
    ("typed", "unit", "tyiyn"),
    [
        ("1234,56", Unit.SOM, 123_456),
        ("2 200", Unit.MILLION_SOMS, 220_000_000_000),
        ("0,0001", Unit.MILLION_SOMS, 10_000),
    ],
)
def test_every_unit_has_its_own_decimals(typed: str, unit: Unit, tyiyn: int) -> None:
    assert Som.parse(typed, unit) == Som(tyiyn)


@pytest.mark.parametrize("typed", ["1.234", "12,606", "1,000", "-1.234", "\u2212600,000", "1234.567"])
def test_one_separator_before_three_digits_is_ambiguous_and_refused(typed: str) -> None:
    assert _refusal(typed) == "money.ambiguous"


@pytest.mark.parametrize("typed", ["12,55", "0,01", "1 234,56", "12 606 778,315", "1,234,567.89"])
def test_a_figure_finer_than_the_unit_is_refused_and_never_rounded(typed: str) -> None:
    assert _refusal(typed) == "money.too_fine"


@pytest.mark.parametrize(
    "typed",
    [
        "алты жүз", "6OO", "12 млн", "1e6", "1,2,3", "1.234.567", "12 34", "1 2345", "1 234 56", "--5", "+5",
        "5-", "-", ",", ".5", "5,", "1,234 567", "1 234,567,890", "٣", "１２", "NaN", "Infinity", "600\t000",
        "1'000", "1_000", "0x10", "600\u2009000",
    ],
)  # fmt: skip
def test_what_is_not_one_number_is_refused(typed: str) -> None:
    assert _refusal(typed) == "money.not_a_number"


@pytest.mark.parametrize("typed", ["9000000000001", "1" + "0" * 18, "9" * 40])
def test_more_than_every_budget_is_refused(typed: str) -> None:
    assert _refusal(typed) == "money.too_large"


def test_a_refusal_repeats_what_was_typed() -> None:
    with pytest.raises(UnreadableNumber) as refusal:
        Som.parse(" 12,606 ", THOUSAND)
    assert refusal.value.details == {"typed": "12,606"}


@given(steps=st.integers(-(10**11), 10**11), unit=st.sampled_from(Unit), language=st.sampled_from(LANGUAGES))
def test_what_a_language_prints_is_read_back_as_the_same_amount(
    steps: int, unit: Unit, language: Language
) -> None:
    amount = Som(steps * unit.tyiyn // 10**unit.decimals)
    assume(abs(amount.tyiyn) <= LARGEST_TYIYN)
    assert Som.parse(formatting.amount(amount, unit, language), unit) == amount


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_with_a_sentence(typed: str) -> None:
    outcome = _outcome(typed)
    assert outcome in REFUSALS if isinstance(outcome, str) else outcome.tyiyn % 10_000 == 0


@given(st.lists(st.integers(-(10**15), 10**15)))
def test_a_total_is_the_sum_of_its_parts_to_the_tyiyn(parts: list[int]) -> None:
    assert Som.total(Som(part) for part in parts) == Som(sum(parts))


@given(st.integers(-LARGEST_TYIYN, LARGEST_TYIYN))
def test_the_wire_form_is_read_back_as_the_same_amount(tyiyn: int) -> None:
    assert Som.from_json(Som(tyiyn).to_json()) == Som(tyiyn)


@pytest.mark.parametrize(
    "wire",
    ["1", "1.5", "1.005", "1,50", " 1.50", "1.50 ", "+1.50", "1e2", "", "1 000.00", "\u22121.50", "١.٥٠"],
)
def test_another_wire_form_is_refused(wire: str) -> None:
    with pytest.raises(UnreadableNumber) as refusal:
        Som.from_json(wire)
    assert refusal.value.key == "money.not_wire_form"


@pytest.mark.parametrize("tyiyn", [1.0, Decimal(1), Fraction(1), True, "1", None])
def test_no_other_number_carries_money(tyiyn: object) -> None:
    with pytest.raises(TypeError):
        Som(tyiyn)  # type: ignore[arg-type]


def test_a_sum_of_the_largest_amounts_is_exact() -> None:
    assert Som.total([Som(LARGEST_TYIYN)] * 5_000) == Som(5_000 * LARGEST_TYIYN)


def test_an_amount_beyond_every_budget_cannot_be_stated() -> None:
    with pytest.raises(UnreadableNumber) as refusal:
        Som.parse("10000000000,1", Unit.THOUSAND_SOMS)
    assert refusal.value.key == "money.too_large"


def test_a_percentage_above_a_thousand_cannot_be_stated() -> None:
    with pytest.raises(UnreadableNumber) as refusal:
        parse_percentage("1000,01")
    assert refusal.value.key == "money.percentage_too_large"


def test_an_amount_is_not_added_to_a_bare_number() -> None:
    with pytest.raises(TypeError):
        Som(1) + 1  # type: ignore[operator]


def test_amounts_are_ordered_by_size() -> None:
    assert sorted([Som(3), Som(-5), Som(0)]) == [Som(-5), Som(0), Som(3)]


@pytest.mark.parametrize(
    ("typed", "hundredths"),
    [("35,5 %", 3550), ("35.5", 3550), ("100", 10_000), ("-2,25%", -225), ("0", 0), ("1 000", 100_000)],
)
def test_a_percentage_is_read_to_a_hundredth_of_a_point(typed: str, hundredths: int) -> None:
    assert parse_percentage(typed) == hundredths


@pytest.mark.parametrize(
    ("typed", "key"),
    [("35,555", "money.ambiguous"), ("1 235,555", "money.too_fine"), ("%", "money.not_a_number")],
)
def test_a_percentage_that_is_not_certain_is_refused(typed: str, key: str) -> None:
    with pytest.raises(UnreadableNumber) as refusal:
        parse_percentage(typed)
    assert refusal.value.key == key


def _outcome(typed: str) -> Som | str:
    try:
        return Som.parse(typed, THOUSAND)
    except UnreadableNumber as refusal:
        return refusal.key


def _refusal(typed: str) -> str:
    with pytest.raises(UnreadableNumber) as refusal:
        Som.parse(typed, THOUSAND)
    return refusal.value.key
