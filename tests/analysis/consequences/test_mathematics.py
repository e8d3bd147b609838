"""Consequences by territory: exact, nothing guessed, every sum of parts is the whole."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetproto.analysis.consequences.division import Divided, Gathered, gathered
from budgetproto.analysis.consequences.effects import Effects, Facts, Lens, effects, nearest, points
from budgetproto.analysis.consequences.parts import part, parted, vulnerable
from budgetproto.errors import BadInput
from budgetproto.i18n import Named
from budgetproto.money import Som
from budgetproto.protocol.by_territory import VARIANTS, Soms, Variant, line_soms
from budgetproto.protocol.composed import ComposedLine, Protocol
from budgetproto.protocol.composition import compose
from budgetproto.protocol.gains import gains
from budgetproto.protocol.snapshot import Decision, Known, Line, LineOption
from tests.protocol.samples import make_line, make_snapshot, million

OSH, TALAS, CITY = "41706255000000", "41707215000000", "41706255808000"
LENS = Lens("government", "balanced", 7_000)


def line(number: int, code: str, *figures: int | None) -> Line:
    """Return a line with what the law, both sides, the option and the decision say, in tyiyn."""
    law, government, lsg, option, decided = (None if each is None else Som(each) for each in figures)
    return replace(
        make_line(number, government, lsg, territory=Named(code, code, code)),
        territory_code=code,
        approved_last_year=None if law is None else Known(law),
        option=None if option is None else LineOption(option),
        decision=None if decided is None else Decision(decided=decided, outcome="agreed"),
    )


def protocol(*lines: Line) -> Protocol:
    return compose(make_snapshot(*lines))


def worked(*lines: Line, lens: Lens = LENS, facts: Facts | None = None) -> Effects:
    return effects(gathered(protocol(*lines).pairs()), lens, facts or Facts())


def test_a_territory_has_its_soms_under_every_variant_and_their_difference() -> None:
    found = worked(line(1, OSH, 90, 100, 200, 150, 160), line(2, OSH, None, 10, 20, 5, None))
    (row,) = found.rows
    assert row.soms == (90, 110, 220, 155, 160)
    assert (row.change, row.lines, row.all_lines) == (45, 2, 2)


def test_a_difference_is_over_the_lines_that_know_both_variants() -> None:
    lens = Lens("law", "balanced", 7_000)
    (row,) = worked(line(1, OSH, 90, 0, 0, 150, None), line(2, OSH, None, 0, 0, 5, None), lens=lens).rows
    assert (row.change, row.lines, row.all_lines) == (60, 1, 2)


def test_what_is_not_known_is_no_data_and_never_zero() -> None:
    (row,) = worked(line(1, OSH, None, None, None, None, None)).rows
    assert row.soms == (None,) * len(VARIANTS)
    assert (row.change, row.per_head, row.of_revenue, row.below_after) == (None,) * 4


def test_a_figure_that_saves_the_state_money_is_less_for_the_territory() -> None:
    saving = replace(line(1, OSH, None, 100, 50, 80, None), cost_sign=-1)
    (row,) = worked(saving).rows
    assert row.change == 20


def test_a_decision_that_was_voted_down_is_nobodys_gain() -> None:
    down = replace(line(1, OSH, None, 1, 2, 2, None), decision=Decision(decided=Som(9), outcome="not_agreed"))
    made = protocol(down).lines[0]
    assert line_soms(down, made)[VARIANTS.index("decided")] is None


def test_per_head_and_shares_are_to_the_nearest_and_symmetric() -> None:
    facts = Facts(population={OSH: 3}, revenue={OSH: 3_000})
    (row,) = worked(line(1, OSH, None, 100, 0, 90, None), facts=facts).rows
    assert (row.change, row.per_head, row.of_revenue) == (-10, -3, -33)


@given(st.integers(-(10**18), 10**18), st.integers(1, 10**15))
def test_the_nearest_is_never_more_than_half_away(amount: int, parts: int) -> None:
    found = nearest(amount, parts)
    assert found is not None
    assert abs(2 * (amount - found * parts)) <= parts
    assert nearest(-amount, parts) == -found


def test_shares_are_exact_where_64_bits_end() -> None:
    assert points(10**15, 10**15 - 1) == 10_000
    assert points(10**18, 3) == 3_333_333_333_333_333_333_333


def test_what_no_budget_has_is_refused() -> None:
    soms = Soms(np.array([[2**62 + 1] * 5], dtype=np.int64), np.ones((1, 5), dtype=np.bool_))
    nothing = Soms.of([])
    found = Gathered((OSH,), np.zeros(1, dtype=np.int64), soms, nothing, (), ())
    with pytest.raises(BadInput):
        effects(found, LENS, Facts())


def test_the_ten_worst_hit_come_first_and_equal_ones_by_code() -> None:
    lines = [line(n, f"417062550{n:05}", None, 100, 0, 100 - n // 2, None) for n in range(1, 15)]
    worst = worked(*reversed(lines)).worst()
    assert [row.change for row in worst] == [-7, -6, -6, -5, -5, -4, -4, -3, -3, -2]
    assert worst[1].territory < worst[2].territory


def test_the_threshold_is_a_share_of_the_mean_before_the_change() -> None:
    facts = Facts(population={OSH: 100, TALAS: 100}, revenue={OSH: 500, TALAS: 1_500})
    changed = [line(1, OSH, None, 200, 0, 190, None), line(2, TALAS, None, 0, 0, 9_000, None)]
    # the mean is (500 + 200 + 1,500) / 200 = 11; 63.63 per cent of it are 6.9993, above 690 / 100
    osh, talas = worked(*changed, lens=Lens("government", "balanced", 6_363), facts=facts).rows
    assert (osh.below_before, osh.below_after, osh.crossing) == (False, True, "newly_below")
    assert (talas.below_before, talas.below_after, talas.crossing) == (False, False, "")
    back = Lens("balanced", "government", 6_363)
    assert worked(*changed, lens=back, facts=facts).bar == 36  # 63.63 % of 55.95


def test_without_data_nobody_is_said_to_fall_below() -> None:
    facts = Facts(population={OSH: 100, TALAS: 100}, revenue={OSH: 500})
    rows = worked(line(1, OSH, None, 1, 1, 1, None), line(2, TALAS, None, 1, 1, 0, None), facts=facts).rows
    assert [row.below_after for row in rows] == [False, None]


def test_lines_of_no_one_territory_are_not_divided_unless_a_division_knows_how() -> None:
    republic = line(3, "", None, 100, 300, 200, None)
    apart = gathered(protocol(line(1, OSH, None, 1, 2, 2, None), republic).pairs())
    assert apart.territories == (OSH,)
    assert apart.undivided_lines == (3,)
    divided = gathered(protocol(republic).pairs(), [Halves()])
    assert (divided.territories, divided.undivided_lines) == ((OSH, TALAS), ())
    assert divided.labels == ("transfers.models.label.equalization",)
    assert [row.change for row in effects(divided, LENS, Facts()).rows] == [50, 50]
    assert len(divided.undivided.amounts) == 0


def test_what_a_division_leaves_over_is_part_of_the_whole() -> None:
    odd = gathered(protocol(line(3, "", None, 101, 300, 200, None)).pairs(), [Halves()])
    assert odd.undivided.amounts.tolist() == [[0, 1, 0, 0, 0]]
    assert odd.undivided_lines == ()


class Halves:
    """A division for tests: half to each of two territories."""

    def divided(self, line: Line, made: ComposedLine) -> Divided:
        money = line_soms(line, made)
        half = [None if each is None else each // 2 for each in money]
        return Divided((TALAS, OSH), Soms.of([half, half]), ("transfers.models.label.equalization",))


def test_gains_and_losses_stand_apart_and_net_to_the_change() -> None:
    rows = worked(line(1, OSH, None, 10, 0, 7, None), line(2, TALAS, None, 10, 0, 25, None)).rows
    whole = part("", rows, Facts(population={OSH: 6, TALAS: 6}))
    assert (whole.change, whole.gained, whole.lost, whole.absolute) == (12, 15, 3, 18)
    assert (whole.gaining, whole.losing, whole.per_head) == (1, 1, 1)


def test_vulnerable_groups_tell_where_they_are_more() -> None:
    facts = Facts({OSH: 100, TALAS: 100}, {}, {"children": {OSH: 40, TALAS: 20}, "disabled": {}})
    rows = worked(line(1, OSH, None, 10, 0, 7, None), line(2, TALAS, None, 10, 0, 25, None), facts=facts).rows
    (children,) = vulnerable(rows, facts)
    assert (children.members, children.share, children.per_member) == (60, 3_000, 0)
    assert (children.more.change, children.fewer.change) == (-3, 15)


FIGURE = st.none() | st.integers(0, 10**15)
LINES = st.lists(
    st.tuples(st.sampled_from([OSH, TALAS, CITY, ""]), st.tuples(*[FIGURE] * 5), st.sampled_from([1, -1])),
    max_size=12,
)


@settings(max_examples=60)
@given(
    LINES,
    st.dictionaries(st.sampled_from([OSH, TALAS, CITY]), st.sampled_from(["", "a", "b"])),
    st.sampled_from(VARIANTS),
    st.sampled_from(VARIANTS),
)
def test_parts_of_any_grouping_equal_the_whole(
    drawn: list[tuple[str, tuple[int | None, ...], int]],
    group_of: dict[str, str],
    against: Variant,
    variant: Variant,
) -> None:
    lines = [
        replace(line(number, code, *figures), cost_sign=sign)  # type: ignore[arg-type]
        for number, (code, figures, sign) in enumerate(drawn, start=1)
    ]
    made = protocol(*lines)
    found = gathered(made.pairs())
    rows = effects(found, Lens(against, variant, 7_000), Facts()).rows
    whole, parts = part("", rows, Facts()), parted(rows, group_of, Facts())
    assert sum(each.territories for each in parts) == whole.territories == len(found.territories)
    for name in ("gained", "lost", "absolute", "known", "gaining", "losing"):
        assert sum(getattr(each, name) for each in parts) == getattr(whole, name)
    assert sum(each.change or 0 for each in parts) == (whole.change or 0) == whole.gained - whole.lost
    place = VARIANTS.index(variant)
    by_line = [line_soms(each, composed)[place] or 0 for each, composed in made.pairs()]
    apart = found.undivided.amounts[:, place].sum()
    assert (whole.soms[place] or 0) + int(apart) == sum(by_line)


def test_the_paper_has_the_same_gains_from_the_same_place() -> None:
    lines = [line(1, OSH, 90, 100, 200, 150, 160), line(2, TALAS, None, 10, 20, 5, None)]
    on_paper = {gain.territory.ky: gain.change for gain in gains(protocol(*lines))}
    assert {row.territory: Som(row.change or 0) for row in worked(*lines).rows} == on_paper
    assert on_paper[OSH] == Som(50) < million(1)
