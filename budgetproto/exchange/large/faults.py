"""The faults of a large file: the first ones with their places, the others counted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from budgetproto.errors import Problem

#: So many faults are told; a file that is wrong in every row would fill the memory with them.
MOST_TOLD: Final = 1_000


@dataclass
class Faults:
    """What is wrong with one file; all faults are counted, the first `MOST_TOLD` kept."""

    file: str | None = None
    told: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, key: str, row: int | None = None, column: str | None = None, **details: object) -> None:
        """Count a fault, and keep it while there is room."""
        self.count += 1
        if len(self.told) < MOST_TOLD:
            self.told.append(Problem(key, details, self.file, row, column))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Count faults that were made elsewhere."""
        for problem in problems:
            self.count += 1
            if len(self.told) < MOST_TOLD:
                self.told.append(problem)

    @property
    def untold(self) -> int:
        """How many more there are than those kept."""
        return self.count - len(self.told)

    def in_order(self) -> list[Problem]:
        """Return those kept in the order of the rows."""
        return sorted(self.told, key=lambda each: each.row or 0)
