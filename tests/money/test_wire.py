"""On the wire an amount is a text of soms with two decimals."""

from typing import Any

import pytest
from marshmallow import Schema, ValidationError

from budgetproto.errors import Problem
from budgetproto.money import Som
from budgetproto.money.wire import SomField


class Line(Schema):
    figure = SomField(allow_none=True)


def test_an_amount_is_written_as_text_with_two_decimals() -> None:
    assert Line().dump({"figure": Som(1_260_677_830_000)}) == {"figure": "12606778300.00"}


def test_a_missing_amount_is_null_and_not_zero() -> None:
    assert Line().dump({"figure": None}) == {"figure": None}
    assert Line().load({"figure": None}) == {"figure": None}


def test_a_text_of_soms_is_read() -> None:
    assert Line().load({"figure": "-1234.50"}) == {"figure": Som(-123_450)}


@pytest.mark.parametrize("sent", [1234.5, 1234, True, "1234.5", "1 234.50", "1.005", "", [], {}])
def test_anything_else_is_refused_with_its_place(sent: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        Line().load({"figure": sent})
    (fault,) = _faults(refusal.value)
    assert isinstance(fault, Problem)
    assert (fault.key, fault.form_field) == ("money.not_wire_form", "figure")


def test_an_amount_beyond_every_budget_is_refused() -> None:
    with pytest.raises(ValidationError) as refusal:
        Line().load({"figure": "9000000000000001.00"})
    (fault,) = _faults(refusal.value)
    assert fault.key == "money.too_large"


def _faults(refusal: ValidationError) -> list[Any]:
    messages: Any = refusal.messages
    return list(messages["figure"])
