"""How many random trials each proof makes: a hundredth of its full number, or all (BUDGETPROTO_PROVE=1)."""

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.counts import PROVE

SEED = int(os.environ.get("BUDGETPROTO_SEED", "20201"))
_FACTOR = 100 if PROVE else 1
#: For a mutant it is enough that a trial fails: the smallest that does is not looked for.
_PHASES = (Phase.explicit, Phase.generate) if "MUTANT_UNDER_TEST" in os.environ else tuple(Phase)

#: What has been asked for in this run: name of the proof and its number of trials.
PROOFS: dict[str, int] = {}


def proof(trials: int, **strategies: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a property `trials` times (a hundred times as often in a full proof) with the printed seed."""

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        PROOFS[test.__name__] = trials * _FACTOR
        prepared = given(**strategies)(test)
        prepared = settings(
            max_examples=trials * _FACTOR,
            phases=_PHASES,
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
        )(prepared)
        return seed(SEED)(prepared)

    return decorate
