"""What holds for every option of rule A, on random lines of every kind."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import assume
from hypothesis import strategies as st

from budgetproto.balancing import (
    Line,
    Option,
    Reason,
    Status,
    balance,
    check,
    from_document,
    midpoint,
    sentences,
    summary,
    to_document,
)
from budgetproto.balancing.claims import to_claim
from budgetproto.balancing.sharing.rate import exact_rate
from tests.balancing.oracles import Problem, problems, water_level
from tests.balancing.proofs import proof

_figures = st.one_of(st.none(), st.integers(0, 40), st.integers(0, 4).map(lambda tens: 10 * tens))


def _lines(most: int = 7) -> st.SearchStrategy[list[Line]]:
    """Draw lines of every kind: missing, agreed, released, reversed, protected, bounded, stepped."""
    return st.lists(
        st.builds(
            Line,
            line=st.text("abcdef", min_size=1, max_size=3),
            government=_figures,
            lsg=_figures,
            floor=st.one_of(st.none(), st.none(), st.integers(-5, 50)),
            cap=st.one_of(st.none(), st.none(), st.integers(-5, 50)),
            protected=st.sampled_from([False, False, False, True]),
            cost_sign=st.sampled_from([1, 1, -1]),
            money_per_unit=st.sampled_from([1, 1, 1, 0, 3, Fraction(2, 3)]),
            step=st.sampled_from([None, None, None, 1, 4]),
            priority_lsg=st.sampled_from([0, 0, 5_000, 10_000]),
            priority_government=st.sampled_from([0, 0, 3_333]),
            population=st.one_of(st.none(), st.integers(1, 3)),
            own_revenue=st.one_of(st.none(), st.integers(0, 3)),
        ),
        max_size=most,
        unique_by=lambda line: line.line,
    )


_settings = {
    "lines": _lines(),
    "envelope": st.integers(0, 200),
    "quantum": st.sampled_from([1, 1, 4, 10]),
    "kappa": st.sampled_from([0, 0, 1_000, 137]),
}


def _computed(lines: list[Line], envelope: int, quantum: int, kappa: int) -> Option:
    return balance(lines, envelope, quantum=quantum, kappa=kappa, on_conflict="hold_at_floor")


@proof(400, **_settings)
def test_every_option_checks_out(lines: list[Line], envelope: int, quantum: int, kappa: int) -> None:
    assert check(_computed(lines, envelope, quantum, kappa)) == ()


@proof(200, **_settings)
def test_granted_and_undistributed_are_the_envelope(
    lines: list[Line], envelope: int, quantum: int, kappa: int
) -> None:
    option = _computed(lines, envelope, quantum, kappa)
    assume(option.status is not Status.INFEASIBLE)
    assert sum(award.granted or 0 for award in option.lines) + option.undistributed == envelope
    assert option.undistributed >= 0


@proof(200, **_settings)
def test_no_figure_passes_its_floor_or_cap(
    lines: list[Line], envelope: int, quantum: int, kappa: int
) -> None:
    option = _computed(lines, envelope, quantum, kappa)
    for line, award in zip(lines, option.lines, strict=True):
        if award.amount is None or award.reason in {Reason.NO_POSITION, Reason.CONFLICT}:
            continue
        assert line.floor is None or award.amount >= line.floor
        assert line.cap is None or award.amount <= line.cap


@proof(200, **_settings, order=st.randoms())
def test_the_order_of_the_lines_changes_nothing(
    lines: list[Line], envelope: int, quantum: int, kappa: int, order: object
) -> None:
    shuffled = list(lines)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    one, two = (_computed(given, envelope, quantum, kappa) for given in (lines, shuffled))
    assert sorted(one.lines, key=lambda award: award.line) == sorted(two.lines, key=lambda award: award.line)
    assert (one.rate, one.totals, one.undistributed) == (two.rate, two.totals, two.undistributed)


@proof(200, **_settings)
def test_an_option_is_read_back_as_it_was_written(
    lines: list[Line], envelope: int, quantum: int, kappa: int
) -> None:
    option = _computed(lines, envelope, quantum, kappa)
    assert from_document(to_document(option)) == option


@proof(200, **_settings)
def test_no_float_stands_in_an_option_or_its_sentences(
    lines: list[Line], envelope: int, quantum: int, kappa: int
) -> None:
    option = _computed(lines, envelope, quantum, kappa)
    assert not list(_floats(to_document(option)))
    said = [*summary(option), *(sentence for found in sentences(option) for sentence in found)]
    assert not any(isinstance(value, float) for sentence in said for value in sentence.values.values())


@proof(100, **_settings)
def test_lines_without_positions_change_no_other_line(
    lines: list[Line], envelope: int, quantum: int, kappa: int
) -> None:
    added = [*lines, Line("no lsg", 7, None), Line("no government", None, 7), Line("agreed", 7, 7)]
    one, two = (_computed(given, envelope, quantum, kappa) for given in (lines, added))
    assert [award.granted for award in one.lines] == [award.granted for award in two.lines[: len(lines)]]
    assert one.rate == two.rate


@proof(100, lines=_lines(), envelope=st.integers(0, 150), quantum=st.sampled_from([1, 10]))
def test_one_quantum_more_never_lowers_a_line_while_no_line_moves_by_steps(
    lines: list[Line], envelope: int, quantum: int
) -> None:
    plain = [
        replace(
            line, step=None, money_per_unit=1, government=_on_grid(line.government), lsg=_on_grid(line.lsg)
        )
        for line in lines
        if line.floor is None and line.cap is None
    ]
    one, two = (_computed(plain, given, quantum, 0) for given in (envelope, envelope + quantum))
    assume(one.status is not Status.INFEASIBLE)
    rises = [(b.granted or 0) - (a.granted or 0) for a, b in zip(one.lines, two.lines, strict=True)]
    assert min(rises, default=0) >= 0
    assert sum(rises) in {0, quantum}


@proof(100, **_settings)
def test_the_midpoint_grants_half_of_every_free_gap_to_the_quantum(
    lines: list[Line], envelope: int, quantum: int, kappa: int
) -> None:
    option = midpoint(lines, quantum=quantum, on_conflict="hold_at_floor")
    assert check(option) == ()
    for award in option.lines:
        if award.reason is Reason.FREE and award.granted is not None:
            assert 2 * abs(2 * award.granted - (award.claim or 0)) <= 2 * quantum + 2 * quantum


@proof(200, problem=problems(lines=6))
def test_the_common_rate_is_the_exact_water_level(problem: Problem) -> None:
    claims = [
        replace(
            to_claim(Line(str(place), 0, size), kappa=0),
            lower=problem.lower[place],
            upper=problem.upper[place],
            shift=problem.shift[place],
        )
        for place, size in enumerate(problem.claims)
    ]
    rate = exact_rate(claims, problem.total)
    assume(rate is not None)
    at_rate = [min(max(claim.wanted(rate or Fraction(0)), claim.lower), claim.upper) for claim in claims]
    assert at_rate == water_level(problem)


def _on_grid(figure: int | None) -> int | None:
    return None if figure is None else 10 * figure


def _floats(value: object) -> list[float]:
    if isinstance(value, float):
        return [value]
    if isinstance(value, dict):
        return [found for inner in value.values() for found in _floats(inner)]
    if isinstance(value, list):
        return [found for inner in value for found in _floats(inner)]
    return []
