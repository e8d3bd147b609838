"""What the balancing says of 1,200 drawn problems changes only on purpose."""

import pytest

from budgetproto.balancing import Limit, Line, Unbalanceable, alternatives
from tests.balancing.golden import COUNT, KEPT, case, digest
from tests.balancing.proofs import MUTANT

TOGETHER = 40
SAID = KEPT.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("first", range(0, COUNT // 3 if MUTANT else COUNT, TOGETHER))
def test_everything_that_is_said_of_a_problem_is_what_was_said(first: int) -> None:
    numbers = range(first, first + TOGETHER)
    assert [f"{number} {digest(case(number))}" for number in numbers] == SAID[first : first + TOGETHER]


def test_where_no_rule_can_the_first_rule_says_why() -> None:
    lines = [Line("a", 0, 1_000, region="O"), Line("b", 0, 1_000, region="N")]
    with pytest.raises(Unbalanceable, match="limits_too_narrow"):
        alternatives(lines, 50, quantum=100, limits=[Limit("O", region="O", least=50)])
