"""The worked cases of fixtures/transfer_models.toml come out to the tyiyn; one test per case."""

from fractions import Fraction

import pytest

from budgetproto.transfers.modelling.cases import Case, read_cases
from budgetproto.transfers.models import MODEL_CODES, Result
from budgetproto.transfers.reference import read_sources

CASES = read_cases()
each_case = pytest.mark.parametrize("case", CASES, ids=[case.key for case in CASES])


@each_case
def test_every_figure_of_the_case_comes_out(case: Case) -> None:
    result = case.result()
    assert dict(zip(result.territories, result.money.tolist(), strict=True)) == case.expected
    lacking = dict(zip(result.territories, result.beside.get("shortfall", result.money), strict=True))
    assert {code: lacking[code] for code in case.shortfall} == case.shortfall
    assert {name: _found(case, result, name) for name in case.in_common} == case.in_common


@each_case
def test_the_case_names_its_sources_and_says_what_is_made_up(case: Case) -> None:
    assert set(case.sources) <= read_sources().keys()
    assert all((case.title.ky, case.title.ru, case.title.en))
    assert case.illustrative or "PROJECT" not in case.sources
    assert "PROJECT" in case.sources or not case.illustrative or case.note.ky


def test_each_model_has_a_case_that_a_real_document_stands_behind() -> None:
    real = {case.parameters.model for case in CASES if case.sources != ("PROJECT",)}
    assert real == set(MODEL_CODES)


def _found(case: Case, result: Result, name: str) -> object:
    """Return a figure in common, written as the case writes it."""
    expected = case.in_common[name]
    if name == "total":
        found: object = result.total
    else:
        found = int(result.beside[name].sum()) if name in result.beside else result.facts[name]
    if not isinstance(expected, str):
        return found
    wanted = Fraction(expected) if name == "coverage" else case.tyiyn(expected)
    return expected if found == wanted else found
