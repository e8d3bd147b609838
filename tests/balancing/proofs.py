"""How many random trials each proof makes: a hundredth of its full number, or all (BUDGETPROTO_PROVE=1)."""

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.counts import PROVE

SEED = int(os.environ.get("BUDGETPROTO_SEED", "20201"))
#: Under a mutant a few trials are enough, and the smallest that fails is not looked for.
#: Whether one mutant of the mathematics is being tried: then it is enough to see that it differs.
MUTANT = "MUTANT_UNDER_TEST" in os.environ
_PHASES = (Phase.explicit, Phase.generate) if MUTANT else tuple(Phase)

#: What has been asked for in this run: name of the proof and its number of trials.
PROOFS: dict[str, int] = {}


def _number(trials: int) -> int:
    return max(trials // 10, 10) if MUTANT else trials * (100 if PROVE else 1)


def proof(trials: int, **strategies: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a property `trials` times (a hundred times as often in a full proof) with the printed seed."""

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        PROOFS[test.__name__] = _number(trials)
        prepared = given(**strategies)(test)
        prepared = settings(
            max_examples=_number(trials),
            phases=_PHASES,
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
        )(prepared)
        return seed(SEED)(prepared)

    return decorate
