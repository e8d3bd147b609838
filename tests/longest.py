"""The files that take longest begin first: one that began last would keep a single worker busy at the end."""

from pathlib import Path
from typing import Final

import pytest

HERE: Final = Path(__file__).parent
#: From a minute and a half down to twenty seconds.
LONGEST: Final = (
    "proofs/test_sealed_attempts.py",
    "proofs/test_interface.py",
    "proofs/test_races.py",
    "access/test_matrix.py",
    "proofs/test_crashes.py",
    "journeys/test_staleness.py",
    "journeys/test_autosave.py",
    "journeys/test_weight.py",
    "journeys/test_every_page.py",
    "operations/test_restoring.py",
    "journeys/test_without.py",
    "protocol/test_archival.py",
)


def longest_first(items: list[pytest.Item]) -> None:
    """Put the tests of the longest files first, the others after them in their order."""
    places = {HERE / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))
