"""What running the service writes to the journal."""

from dataclasses import dataclass
from typing import ClassVar

from budgetproto.journal import Event


@dataclass(frozen=True)
class Restored(Event):
    """The database was made anew from a backup; what happened after the backup is not in it."""

    kind: ClassVar[str] = "operations.restored"
    made_at: str
    digest: str
