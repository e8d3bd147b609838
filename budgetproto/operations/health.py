"""Whether the service can do its work now: database, schema, seal key, room on the disk."""

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from budgetproto.database import ConnectionFailure, Database, PoolExhausted
from budgetproto.database.migrations import present_revision
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.operations import storage
from budgetproto.operations.verification import unopenable

#: Everything that is checked, in the order in which it is told.
CHECKS: Final = ("database", "schema", "seal_key", "disk")
#: An answer holds for a second: whoever asks more often asks nothing of the database.
_HOLDS: Final = 1.0


@dataclass
class Health:
    """Looks at one installation."""

    database: Database
    key: SealKey
    folder: Path
    #: So many bytes must be free where the data lies.
    least_free: int
    _found: tuple[float, frozenset[str]] | None = None

    def faults(self) -> frozenset[str]:
        """Return the checks that fail now; none when the service is ready."""
        if self._found is None or time.monotonic() - self._found[0] > _HOLDS:
            self._found = time.monotonic(), frozenset(self._look())
        return self._found[1]

    def _look(self) -> Iterator[str]:
        try:
            yield from self._look_into_database()
        except (ConnectionFailure, PoolExhausted):
            yield "database"
        if self._free() < self.least_free:
            yield "disk"

    def _look_into_database(self) -> Iterator[str]:
        with self.database.reading() as session:
            if storage.revision(session) != present_revision():
                yield "schema"
            elif unopenable(session, self.key):
                yield "seal_key"

    def _free(self) -> int:
        return shutil.disk_usage(
            next(each for each in (self.folder, *self.folder.parents) if each.exists())
        ).free
