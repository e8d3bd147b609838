"""How often a proof repeats itself: a hundredth in ordinary runs, in full under `make prove`."""

import os
from typing import Final

import pytest

PROVE: Final = os.environ.get("BUDGETPROTO_PROVE") == "1"
#: Whether what takes longest is made too, as `make long` does.
LONG: Final = os.environ.get("BUDGETPROTO_LONG") == "1"

#: Marks what takes minutes.
by_make_long: Final = pytest.mark.skipif(not LONG, reason="takes minutes: made by `make long`")


def scaled(full: int) -> int:
    """Return `full` when proving, a hundredth of it (one at least) otherwise."""
    return full if PROVE else max(1, full // 100)
