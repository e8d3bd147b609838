"""A form keeps what was typed and tells what cannot be read."""

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from budgetproto.errors import Problem
from budgetproto.money import Som, Unit
from budgetproto.money.fields import AmountField, PercentageField


class Figures(Form):
    figure = AmountField("sum")
    in_som = AmountField("sum", unit=Unit.SOM)
    share = PercentageField("share")


def sent(**typed: str) -> Any:
    return Figures(MultiDict(typed), meta={"unit": Unit.THOUSAND_SOMS})


def test_an_amount_is_read_in_the_unit_of_the_form() -> None:
    assert sent(figure="347 538,5").figure.data == Som(34_753_850_000)


def test_a_field_may_have_a_unit_of_its_own() -> None:
    assert sent(in_som="1234,50").in_som.data == Som(123_450)


def test_an_amount_without_a_unit_is_refused_by_the_program() -> None:
    with pytest.raises(TypeError, match="figure has no unit"):
        Figures(MultiDict({"figure": "1"}))


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_amount_is_none_and_no_fault(blank: str) -> None:
    form = sent(figure=blank)
    assert form.validate()
    assert form.figure.data is None


def test_a_zero_is_a_figure() -> None:
    assert sent(figure="0").figure.data == Som(0)


def test_an_unreadable_amount_stays_as_it_was_typed() -> None:
    form = sent(figure="12,606")
    assert not form.validate()
    assert form.figure.data is None
    assert form.figure._value() == "12,606"


def test_an_unreadable_amount_is_a_problem_with_its_sentence() -> None:
    form = sent(figure="алты жүз")
    form.validate()
    assert form.figure.errors == [Problem("money.not_a_number", {"typed": "алты жүз"}, form_field="figure")]


@pytest.mark.parametrize(
    ("tyiyn", "unit", "shown"),
    [
        (1_260_677_830_000, Unit.THOUSAND_SOMS, "12 606 778,3"),
        (0, Unit.THOUSAND_SOMS, "0,0"),
        (-1_250_000, Unit.THOUSAND_SOMS, "-12,5"),
        (123_400_000, Unit.MILLION_SOMS, "1,2340"),
        (5, Unit.SOM, "0,05"),
    ],
)
def test_a_stored_amount_is_offered_in_a_form_that_reads_back(tyiyn: int, unit: Unit, shown: str) -> None:
    form = Figures(data={"figure": Som(tyiyn)}, meta={"unit": unit})
    assert form.figure._value() == shown
    assert Som.parse(shown, unit) == Som(tyiyn)


@pytest.mark.parametrize(("typed", "hundredths"), [("35,5", 3550), ("35,5 %", 3550), ("", None), ("0", 0)])
def test_a_percentage_is_hundredths_of_a_point(typed: str, hundredths: int | None) -> None:
    assert sent(share=typed).share.data == hundredths


@pytest.mark.parametrize(("hundredths", "shown"), [(3550, "35,50"), (5, "0,05"), (-200, "-2"), (0, "0")])
def test_a_stored_percentage_is_offered_in_a_form_that_reads_back(hundredths: int, shown: str) -> None:
    form = Figures(data={"share": hundredths}, meta={"unit": Unit.SOM})
    assert form.share._value() == shown
    assert sent(share=shown).share.data == hundredths
