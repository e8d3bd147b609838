"""What a limit that holds makes of its lines: a problem of their own, and one for all others."""

from dataclasses import replace

from hypothesis import assume
from hypothesis import strategies as st

from budgetproto.balancing import Limit, Line, Option, Status, balance
from budgetproto.balancing.errors import LimitContradictory, LimitUnfillable
from tests.balancing.proofs import proof
from tests.balancing.test_limits import granted, problems


def attempt(lines: list[Line], envelope: int, limits: list[Limit], rule: str) -> Option:
    """Return the option where every limit can be kept and the whole envelope is shared."""
    try:
        option = balance(lines, envelope, rule=rule, limits=limits)
    except (LimitUnfillable, LimitContradictory):
        assume(condition=False)
        raise
    assume(option.status is Status.COMPLETE)
    return option


@proof(200, problem=problems, rule=st.sampled_from("ABCD"))
def test_inside_a_limit_that_holds_its_lines_share_its_bound_as_if_they_were_alone(
    problem: tuple[list[Line], list[Limit], int], rule: str
) -> None:
    lines, limits, envelope = problem
    regions = [limit for limit in limits if limit.kind is None]
    option = attempt(lines, envelope, regions, rule)
    got = dict(zip((line.line for line in lines), granted(option), strict=True))
    for limit, told in zip(regions, option.envelopes, strict=True):
        if told.held:
            inside = [line for line in lines if limit.covers(line)]
            bound = limit.least if told.held == "least" else limit.most
            alone = balance(inside, bound, rule=rule)
            assert granted(alone) == [got[line.line] for line in inside]
            assert alone.rate == told.rate


@proof(200, problem=problems, rule=st.sampled_from("ABCD"))
def test_lines_that_no_limit_holds_share_what_is_left_as_if_they_were_alone(
    problem: tuple[list[Line], list[Limit], int], rule: str
) -> None:
    lines, limits, envelope = problem
    option = attempt(lines, envelope, limits, rule)
    held = {name for told in option.envelopes if told.held for name in told.lines}
    got = dict(zip((line.line for line in lines), granted(option), strict=True))
    others = [line for line in lines if line.line not in held]
    assume(others)
    alone = balance(others, sum(got[line.line] for line in others), rule=rule)
    assert granted(alone) == [got[line.line] for line in others]
    assert alone.rate == option.rate


@proof(200, problem=problems, rule=st.sampled_from("ABCD"))
def test_a_bound_that_the_bounds_inside_it_imply_adds_nothing(
    problem: tuple[list[Line], list[Limit], int], rule: str
) -> None:
    """A region may get what its two kinds may get together, and must get what these must."""
    lines, limits, envelope = problem
    lines = [replace(line, region="a") for line in lines]
    kinds = {limit.kind or "y": limit for limit in limits if limit.region == "a"}
    inner = [replace(limit, name=kind, region="a", kind=kind) for kind, limit in kinds.items()]
    inner = [limit for limit in inner if any(limit.covers(line) for line in lines)]
    most = sum(
        sum(line.lsg or 0 for line in lines if line.kind == kind)
        if kind not in kinds or kinds[kind].most is None
        else kinds[kind].most or 0
        for kind in "xy"
    )
    least = sum(limit.least or 0 for limit in inner)
    option = attempt(lines, envelope, inner, rule)
    under = attempt(lines, envelope, [*inner, Limit("all", region="a", least=least, most=most)], rule)
    assert granted(under) == granted(option)
    assert under.rate == option.rate
    assert [told.held for told in under.envelopes] == [*(told.held for told in option.envelopes), None]
