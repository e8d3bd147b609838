"""PURE: who stands for a body, how he came to it, and what keeps somebody from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from budgetproto.accounts.domain import COMMITTEE, Party, Person
from budgetproto.errors import Refused, TooMany


class HasPeople(Refused):
    """Only the first person of a body is entered from outside: the others are admitted by its own people."""

    message_key = "accounts.bodies.has_people"


class WaitsAlready(Refused):
    """Somebody is entered for the body already and waits for the second who agrees."""

    message_key = "accounts.bodies.waits_already"


class StandsAlready(Refused):
    """The person stands for the body already."""

    message_key = "accounts.bodies.stands_already"


class NobodyCalled(Refused):
    """No account in service has this log-in name."""

    message_key = "accounts.bodies.nobody_called"


class NotToBeAdmitted(Refused):
    """No account of these names is free; which of the reasons holds is told to nobody."""

    message_key = "accounts.bodies.not_to_be_admitted"


class TooManyNames(TooMany):
    """Too many names were tried."""

    message_key = "accounts.bodies.too_many_names"


class NoPasswordYet(Refused):
    """Who has not set a password of his own yet cannot be told from whoever holds his link."""

    message_key = "accounts.bodies.no_password_yet"


class NotFree(Refused):
    """The person serves the committee, or speaks for the other side."""

    message_key = "accounts.bodies.not_free"


class LastOfBody(Refused):
    """Somebody stands for the body as long as anybody of it does."""

    message_key = "accounts.bodies.last_of_body"


class NotOfBody(Refused):
    """Outside sittings only those who stand for a body act in its name, whatever mandate another one has."""

    message_key = "accounts.bodies.not_of_body"


@dataclass(frozen=True)
class Entry:
    """A person on the list of a body.

    A `first` person was asked for by one manager with a document, whose hash is kept, and `agreed` to by
    another; until then `since` is None. All others were admitted by somebody of the body (`by`).
    """

    id: str
    party: str
    person: str
    by: str
    asked: datetime
    first: bool = False
    agreed: str | None = None
    document: str = ""
    digest: str = ""
    since: datetime | None = None
    ended: datetime | None = None
    ended_by: str | None = None
    why: str = ""

    @property
    def stands(self) -> bool:
        """Tell whether the person is on the list now."""
        return self.since is not None and self.ended is None


def check_free(person: Person, party: Party, spoken_for: Iterable[Party]) -> None:
    """Raise NotFree for who serves the committee or speaks for a body of the other side."""
    if person.roles & COMMITTEE or any(each.side != party.side for each in spoken_for):
        raise NotFree(person=person.name)
