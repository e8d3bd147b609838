"""Every page in a real browser, in Russian."""

import pytest

from budgetproto.i18n import Language
from tests.journeys.looking import (
    looks,
    path,
    test_every_page_is_looked_at,
    test_nobody_scrolls_a_page_sideways,
    test_the_accessibility_scan_finds_nothing,
)

pytestmark = pytest.mark.browser

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
