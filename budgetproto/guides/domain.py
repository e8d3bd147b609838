"""PURE: the seats at a sitting and how many steps the guide of each has; the catalogues hold the words."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Guide:
    """The guide for one seat; its sentences are `guides.<seat>`, `.purpose`, and `.1`, `.1.text` and on."""

    seat: str
    steps: int

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The message keys of each step: its heading and its text.

        >>> Guide("chair", 1).keys
        (('guides.chair.1', 'guides.chair.1.text'),)
        """
        headings = (f"guides.{self.seat}.{number}" for number in range(1, self.steps + 1))
        return tuple((heading, f"{heading}.text") for heading in headings)


#: In the order in which the seats act.
GUIDES: Final = (
    Guide("secretary", 10),
    Guide("ministry", 8),
    Guide("association", 9),
    Guide("chair", 6),
    Guide("analyst", 6),
    Guide("expert", 4),
)
#: What helps every seat when something goes wrong.
TROUBLE: Final = Guide("trouble", 4)
