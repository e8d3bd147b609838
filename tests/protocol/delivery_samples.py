"""An issued protocol for the tests of what becomes of it."""

from dataclasses import replace

from budgetproto.protocol.snapshot import Snapshot
from tests.protocol.disputes_2020 import dispute_2020

NUMBER = "2020-1"


def issued_2020() -> Snapshot:
    """Return the facts of the sitting of 2020 under a number."""
    return replace(dispute_2020(), number=NUMBER)
