"""Hands that also look: every page is scanned when somebody comes to it first, wide and narrow."""

import re
from dataclasses import dataclass, field
from typing import Final

from tests.browser import DESKTOP, SMALLEST, resize, scan, sideways
from tests.journeys.hands import Hands

#: Ids and numbers in an address: pages that differ in them alone are one page.
_NAMES: Final = re.compile(r"/[a-z0-9]{26}(?=/|$)|/\d+(?=/|$)")


@dataclass(frozen=True)
class Looking(Hands):
    """Hands that look at every page they come to first, wide and narrow; `seen` is shared by everybody."""

    seen: set[str] = field(default_factory=set)

    def go(self, path: str) -> None:
        super().go(path)
        self._look()

    def press(self, selector: str) -> None:
        super().press(selector)
        self._look()

    def follow(self, words: str) -> None:
        """Follow the first link of the page with these words."""
        self.press(f'main a:has-text("{words}") >> nth=0')

    def _look(self) -> None:
        page = _NAMES.sub("/…", self.here())
        if page in self.seen:
            return
        self.seen.add(page)
        for size in (SMALLEST, DESKTOP):
            resize(self.page, size)
            assert sideways(self.page) == 0, (page, size)
            assert scan(self.page) == [], (page, size)
