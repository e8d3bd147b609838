"""What happens to the lists of who acts for a body, for the chain of the system."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from budgetproto.i18n import Language, Sentence
from budgetproto.journal import Event


@dataclass(frozen=True)
class _OfBody:
    """Somebody (`person`) did something with a person (`whom`) of a body."""

    refers: ClassVar[frozenset[str]] = frozenset({"person", "whom", "party", "agreed"})
    person: str
    whom: str
    party: str


@dataclass(frozen=True)
class FirstPersonAsked(_OfBody, Event):
    """A manager entered the first person of a body; `digest` is the hash of the document."""

    kind: ClassVar[str] = "accounts.first_person_asked"
    document: str
    digest: str


@dataclass(frozen=True)
class FirstPersonEntered(_OfBody, Event):
    """The second one agreed to the first person of a body."""

    kind: ClassVar[str] = "accounts.first_person_entered"
    agreed: str
    digest: str


@dataclass(frozen=True)
class FirstPersonDeclined(_OfBody, Event):
    """A manager declined what another one had entered."""

    kind: ClassVar[str] = "accounts.first_person_declined"


@dataclass(frozen=True)
class BodyPersonAdmitted(_OfBody, Event):
    """Somebody of a body admitted another one."""

    kind: ClassVar[str] = "accounts.body_person_admitted"


@dataclass(frozen=True)
class BodyPersonLetGo(_OfBody, Event):
    """Somebody of a body took another one, or himself, off its list."""

    kind: ClassVar[str] = "accounts.body_person_let_go"
    reason: str


@dataclass(frozen=True)
class StandingTouched(_OfBody, Event):
    """Something was done to the account of somebody who acts for a body."""

    kind: ClassVar[str] = "accounts.standing_touched"
    agreed: str | None
    deed: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell what was done by its name."""
        del language
        return {**values, "deed": Sentence(f"accounts.deed.{values['deed']}")}
