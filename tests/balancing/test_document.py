"""The document of an option: the agreed names, plain JSON, and the way back."""

import json
from typing import Any

import pytest

from budgetproto.balancing import Line, balance, check, from_document, midpoint, to_document

LINES = [Line("a", 1_000, 1_600), Line("b", 35, 50, money_per_unit=9, step=1), Line("c", 300, None)]


def test_the_document_has_the_agreed_names() -> None:
    document = to_document(balance(LINES, 300))
    assert {"rule", "envelope", "effective_envelope", "rate", "lines", "totals", "certificate"} <= set(
        document
    )
    line = {"line", "government", "lsg", "claim", "granted", "amount", "rate", "reason"}
    assert line <= set(document["lines"][0])


def test_a_rate_is_a_fraction_written_as_text() -> None:
    document = to_document(balance([Line("a", 0, 300), Line("b", 0, 300)], 600))
    assert (document["rate"], document["lines"][0]["rate"]) == ("1/1", "1/1")


@pytest.mark.parametrize("option", [balance(LINES, 300), balance(LINES, None), midpoint(LINES)])
def test_the_document_survives_json(option: Any) -> None:
    assert from_document(json.loads(json.dumps(to_document(option)))) == option


def test_an_infeasible_option_survives_with_its_emergency_table() -> None:
    option = balance([Line("a", 0, 100, floor=60)], 5)
    assert from_document(json.loads(json.dumps(to_document(option)))) == option


def test_an_option_of_the_first_engine_is_read_as_it_was_stored() -> None:
    """Its document had one proof, and said nothing of what a rule puts into the kernel."""
    option = balance(LINES, 300)
    stored = to_document(option)
    del stored["certificates"], stored["recipients"], stored["envelopes"], stored["certificate"]["pool"]
    for line in stored["lines"]:
        del line["slope"], line["offset"], line["pool"]
    found = from_document(stored)
    assert found.certificates == option.certificates
    assert [line.amount for line in found.lines] == [line.amount for line in option.lines]
    assert check(found) == ()


@pytest.mark.parametrize("broken", [{}, {"rule": "A"}])
def test_something_else_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not the document"):
        from_document(broken)
