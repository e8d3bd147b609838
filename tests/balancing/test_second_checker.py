"""The checker that lies in every box and the one of this room share no code, and say the same."""

import json
from random import Random
from typing import Any

from budgetproto.balancing import Unbalanceable, balance, check, from_document, to_document
from budgetproto.protocol.box import verify_box
from tests.balancing.golden import case


def test_both_checkers_pass_every_option_and_tell_of_every_figure_that_was_moved() -> None:
    random, seen = Random(20201), 0
    for number in range(600):
        drawn = case(number)
        try:
            option = balance(drawn.lines, drawn.envelope, **dict(drawn.stated))
        except Unbalanceable:
            continue
        document = json.loads(json.dumps(to_document(option)))
        assert list(verify_box.broken(document)) == []
        awards = [each for each in document["lines"] if each["granted"] is not None]
        if awards:
            _move(random.choice(awards), document, by=document["quantum"] * random.choice((-1, 1)))
            assert bool(list(verify_box.broken(document))) == bool(check(from_document(document)))
            seen += 1
    assert seen > 200


def _move(award: dict[str, int], document: dict[str, Any], *, by: int) -> None:
    """Give a line more or less, with sums and figures that fit."""
    award["granted"] += by
    if award["in_money"]:
        award["amount"] += by * award["cost_sign"]
    document["totals"]["granted"] += by
    document["undistributed"] -= by
