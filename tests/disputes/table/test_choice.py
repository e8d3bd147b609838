"""What a reader asked of the table stands in its address; what means nothing is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.disputes.domain import Measure
from budgetproto.disputes.table.choice import SIZES, Choice, chosen
from budgetproto.disputes.table.domain import SORTS, Status

choices = st.builds(
    Choice,
    kind=st.sampled_from(["", "equalization", "targeted"]),
    territory=st.sampled_from(["", "republic", "41702000000000"]),
    measure=st.sampled_from(["", *Measure]),
    status=st.sampled_from(["", *Status]),
    words=st.sampled_from(["", "жол", "№ 12", "өз көл"]),
    sort=st.sampled_from(sorted(SORTS)),
    descending=st.booleans(),
    page=st.integers(1, 999),
    size=st.sampled_from(SIZES),
)


@given(choices)
def test_an_address_brings_back_the_choice_it_was_made_of(choice: Choice) -> None:
    assert chosen(choice.query()) == (choice, ())


def test_the_plain_table_has_a_plain_address() -> None:
    assert Choice().query() == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("colour", "red"),
        ("size", "7"),
        ("size", "500000000000000000000000000"),
        ("page", "0"),
        ("page", "-1"),
        ("page", "²"),
        ("page", "1000000000"),
        ("sort", "--number"),
        ("sort", "id"),
        ("measure", "metres"),
        ("status", "sealed"),
        ("words", "ж" * 201),
    ],
)
def test_what_means_nothing_is_named_and_left_out(name: str, value: str) -> None:
    assert chosen({name: value}) == (Choice(), (name,))


def test_a_blank_field_of_the_form_is_no_parameter() -> None:
    assert chosen({"kind": "", "words": "  ", "status": ""}) == (Choice(), ())


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=12), max_size=6))
def test_no_address_breaks_the_table(address: dict[str, str]) -> None:
    choice, bad = chosen(address)
    assert choice.size in SIZES
    assert choice.page >= 1
    assert set(bad) <= set(address)
