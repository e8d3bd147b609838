"""Every page in a real browser, in Russian."""

import pytest

from budgetproto.i18n import Language
from tests.counts import LONG
from tests.journeys.looking import (
    looks,
    path,
    test_every_page_is_looked_at,
    test_nobody_scrolls_a_page_sideways,
    test_the_accessibility_scan_finds_nothing,
)

#: More than `make test` has time for: `make long` looks at them, as every run for a change does.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not LONG, reason="every page in Russian is looked at by `make long`"),
]

__all__ = [
    "looks",
    "path",
    "test_every_page_is_looked_at",
    "test_nobody_scrolls_a_page_sideways",
    "test_the_accessibility_scan_finds_nothing",
]


@pytest.fixture(scope="module")
def language() -> Language:
    """Read Russian."""
    return "ru"
