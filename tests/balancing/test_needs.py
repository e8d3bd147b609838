"""A claim above its need counts only up to it; the filed figure, and what all others get, suffer nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.balancing import Line, balance, bounded_by_need, check, midpoint, sentences
from budgetproto.balancing.option import Reason

#: Stimulating grants of 2020 in thousand soms: 0 in the draft, 600,000 asked, 599,699 approved for 2019.
GRANTS = Line("grants", 0, 600_000)
OTHER = Line("other", 0, 600_000)


@pytest.mark.parametrize(
    ("line", "cap"),
    [
        (replace(GRANTS, need=350_000), 350_000),
        (replace(GRANTS, need=600_000), None),
        (replace(GRANTS, need=700_000), None),
        (replace(GRANTS, government=400_000, need=350_000), 400_000),
        (replace(GRANTS, need=350_000, floor=380_000), 380_000),
        (replace(GRANTS, need=350_000, cap=300_000), 300_000),
        (replace(GRANTS, need=350_000, cap=500_000), 350_000),
        (replace(GRANTS, need=350_000, floor=500_000, cap=400_000), 400_000),
        (replace(GRANTS, government=700_000, need=350_000), None),
        (replace(GRANTS, lsg=None, need=350_000), None),
    ],
)
def test_a_need_caps_a_claim_between_the_government_and_the_law(line: Line, cap: int | None) -> None:
    found = bounded_by_need(line)
    assert found.cap == cap
    assert (found.need is None) == (found.cap == line.cap)


def test_where_raising_the_figure_saves_money_a_need_is_a_floor() -> None:
    share = Line("co-financing", 12_000, 8_000, cost_sign=-1, need=9_500)
    assert (bounded_by_need(share).floor, bounded_by_need(share).need) == (9_500, 9_500)
    assert bounded_by_need(replace(share, floor=9_800)).floor == 9_800
    assert bounded_by_need(replace(share, cap=9_000)).floor == 9_000
    assert bounded_by_need(replace(share, need=12_500)).floor == 12_000
    option = balance([share, OTHER], 604_000)
    assert option.lines[0].amount == 9_500
    assert sentences(option)[0][-1].key == "balancing.sentence.need_stated"


def test_the_claim_stays_whole_and_stops_at_its_need() -> None:
    option = balance([replace(GRANTS, need=250_000), OTHER], 600_000)
    capped, other = option.lines
    assert (capped.claim, capped.amount, other.amount) == (600_000, 250_000, 350_000)
    assert (capped.reason, capped.details["need"], capped.lsg) == (Reason.CAP, 250_000, 600_000)
    assert check(option) == ()
    [told] = [each for each in sentences(option)[0] if each.key == "balancing.sentence.need"]
    assert told.shown_as(money=int, raw=int) == {"need": 250_000, "filed": 600_000, "would_be": 350_000}


def test_a_need_that_the_money_does_not_reach_changes_nothing() -> None:
    plain = balance([GRANTS, OTHER], 600_000)
    option = balance([replace(GRANTS, need=350_000), OTHER], 600_000)
    assert [award.granted for award in option.lines] == [award.granted for award in plain.lines]
    assert option.lines[0].reason is Reason.FREE


def test_a_cap_of_the_law_below_the_need_is_told_as_the_law() -> None:
    option = balance([replace(GRANTS, need=250_000, cap=200_000), OTHER], 600_000)
    assert "need" not in option.lines[0].details
    assert sentences(option)[0][-1].key == "balancing.sentence.cap"


def test_a_protected_claim_is_paid_up_to_its_need() -> None:
    option = balance([replace(GRANTS, need=250_000, protected=True), OTHER], 300_000)
    assert [award.granted for award in option.lines] == [250_000, 50_000]


def test_a_percentage_is_capped_in_its_own_units() -> None:
    share = Line("share", 5_000, 7_000, need=6_025, money_per_unit=100, step=50)
    option = balance([share, OTHER], 10**6)
    assert option.lines[0].amount == 6_000, "the last whole step below 60.25 percent"


def test_the_midpoint_halves_what_was_filed() -> None:
    assert midpoint([replace(GRANTS, need=250_000)]).lines[0].amount == 300_000


def test_of_a_cut_a_need_says_nothing() -> None:
    lines = [Line("grants", 500, 600, need=550), Line("other", 500, 600)]
    assert [award.granted for award in balance(lines, -100).lines] == [50, 50]


@st.composite
def lines(draw: st.DrawFn) -> list[Line]:
    return [
        Line(
            f"line-{number}",
            government := draw(st.integers(0, 200)),
            government + draw(st.integers(-50, 300)),
            floor=draw(st.none() | st.integers(0, 400)),
            population=draw(st.integers(1, 50)),
        )
        for number in range(draw(st.integers(1, 6)))
    ]


@given(lines(), st.integers(0, 500), st.integers(0, 1_500), st.sampled_from("ABC"), st.sampled_from((1, 10)))
def test_a_need_never_raises_its_own_line_and_never_lowers_another(
    drawn: list[Line], need: int, envelope: int, rule: str, quantum: int
) -> None:
    """Figures are multiples of the quantum: a gap below it is settled before the others share."""
    first, *others = (_times(line, quantum) for line in drawn)
    plain = balance([first, *others], quantum * envelope, rule=rule, quantum=quantum)
    capped = replace(first, need=quantum * need)
    option = balance([capped, *others], quantum * envelope, rule=rule, quantum=quantum)
    assert check(option) == ()
    if plain.totals.granted is None or option.totals.granted is None:
        assert plain.totals.granted is option.totals.granted
        return
    before, after = ([award.granted or 0 for award in each.lines] for each in (plain, option))
    assert after[0] <= before[0]
    assert all(mine >= theirs for mine, theirs in zip(after[1:], before[1:], strict=True))


def _times(line: Line, factor: int) -> Line:
    government, lsg, floor = (
        None if each is None else factor * each for each in (line.government, line.lsg, line.floor)
    )
    return replace(line, government=government, lsg=lsg, floor=floor)
