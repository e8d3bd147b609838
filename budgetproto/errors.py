"""The families of refusals: each carries a message key and details, no sentence and no status code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar


class ConciliationError(Exception):
    """Something a person asked for cannot be done; `message_key` names the sentence that says why."""

    message_key: ClassVar[str] = "errors.unexpected"

    def __init__(self, message_key: str | None = None, **details: object) -> None:
        self.key = message_key or type(self).message_key
        self.details = details
        super().__init__(self.key, details)


class Unknown(ConciliationError):
    """The thing does not exist, or this person may not know that it exists: the same answer for both."""

    message_key = "errors.unknown"


class NotKnown(ConciliationError):
    """Whoever asks has not shown who he is: a program without a token that holds."""

    message_key = "errors.not_known"


class NotPermitted(ConciliationError):
    """The person sees the thing but may not do this to it."""

    message_key = "errors.not_permitted"


class Refused(ConciliationError):
    """The act is understood and a rule of the sitting forbids it now."""

    message_key = "errors.refused"


class Unreadable(Refused):
    """A file that was handed in is not of the kind that is asked for, or is damaged."""

    message_key = "errors.unreadable"


class Stale(ConciliationError):
    """Somebody else's version came first; `theirs` and `yours` in the details hold both texts."""

    message_key = "errors.stale"


class VersionMissing(ConciliationError):
    """An edit does not say which version its author has seen."""

    message_key = "errors.version_missing"


class TooMany(ConciliationError):
    """Too many attempts; `minutes` or `retry_after` (in seconds) in the details says how long to wait."""

    message_key = "errors.too_many"


class SetUp(ConciliationError):
    """The installation is incomplete: a key, a setting or a file is missing."""

    message_key = "errors.set_up"


@dataclass(frozen=True)
class Problem:
    """One fault of an input: what is wrong (`key`, `details`) and where it stands."""

    key: str
    details: Mapping[str, object] = field(default_factory=dict)
    file: str | None = None
    row: int | None = None
    column: str | None = None
    form_field: str | None = None


class BadInput(ConciliationError):
    """The input has faults; all of them are listed, nothing of it was taken."""

    message_key = "errors.bad_input"

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems
