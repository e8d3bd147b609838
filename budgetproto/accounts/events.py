"""What happens to accounts, for the journal; failed log-ins go to the access chain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from budgetproto.i18n import Language, Sentence
from budgetproto.i18n.catalogue import keys
from budgetproto.journal import Event


@dataclass(frozen=True)
class PersonAdded(Event):
    """An account was made."""

    kind: ClassVar[str] = "accounts.person_added"
    person: str


@dataclass(frozen=True)
class PartyAdded(Event):
    """A body was entered that can hold a mandate."""

    kind: ClassVar[str] = "accounts.party_added"
    party: str


@dataclass(frozen=True)
class LoggedIn(Event):
    """Somebody logged in."""

    kind: ClassVar[str] = "accounts.logged_in"
    person: str


@dataclass(frozen=True)
class LogInFailed(Event):
    """A wrong password was given for an account."""

    kind: ClassVar[str] = "accounts.log_in_failed"
    person: str


@dataclass(frozen=True)
class AccessDenied(Event):
    """Somebody asked for what they may not see; `times` counts further tries of the minute before."""

    kind: ClassVar[str] = "accounts.access_denied"
    person: str
    asked: str
    times: int

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell by its name what was asked for; what has no name any more is told by its code."""
        key = f"accounts.asked.{values['asked']}"
        named = Sentence(key) if key in keys("accounts", language) else values["asked"]
        return {**values, "asked": named}
