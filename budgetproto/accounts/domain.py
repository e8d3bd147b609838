"""PURE: people, their roles, and the parties they may speak for."""

import ipaddress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Literal

from budgetproto.i18n.languages import Language, Named

Side = Literal["government", "lsg"]

SIDES: Final[tuple[Side, Side]] = ("government", "lsg")

#: Wrong passwords in a row from one address before an account rests for it, and for how many minutes.
FAILURES_ALLOWED: Final = 5
#: Wrong passwords from all addresses together, within as many minutes, before an account rests for everybody.
FAILURES_ALLOWED_IN_ALL: Final = 100
REST_MINUTES: Final = 15
#: The same for codes of a second factor: six digits bear fewer guesses.
CODES_ALLOWED_IN_ALL: Final = 20
#: Wrong links from one address.
LINKS_ALLOWED: Final = 20
#: So many files may be checked from one origin before it must wait.
CHECKS_ALLOWED: Final = 100
#: Hours after which everybody logs in anew where no setting of the procedure says otherwise.
SESSION_HOURS: Final = 12
#: Minutes for the second step of a log-in.
HALF_MINUTES: Final = 10


class Role(StrEnum):
    """What a person does in the committee; delegates of parties need no role, but a mandate."""

    SECRETARY = "secretary"
    CHAIR = "chair"
    MEMBER = "member"
    ANALYST = "analyst"
    OBSERVER = "observer"
    ADMINISTRATOR = "administrator"


#: Roles that serve the committee and so can never speak for a party.
COMMITTEE: Final = frozenset({Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.ADMINISTRATOR})
#: Who enters people, hands out links and changes roles.
MANAGERS: Final = frozenset({Role.SECRETARY, Role.ADMINISTRATOR})
#: Roles whose accounts need a second factor where the installation asks for one.
DECIDING: Final = frozenset({Role.SECRETARY, Role.CHAIR, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    id: str
    login: str
    name: str
    language: Language
    roles: frozenset[Role]


@dataclass(frozen=True)
class LogIn:
    """A log-in that holds: whose it is, how far it got, and when its person last gave password or code."""

    digest: str
    person: Person
    half: bool
    #: The password is one that the service has made: another one is set before anything else.
    initial: bool
    confirmed: datetime | None
    used: datetime
    has_factor: bool
    #: The moment it was looked at, by the database's clock.
    at: datetime


@dataclass(frozen=True)
class Account:
    """A person as the list of people shows him."""

    person: Person
    active: bool
    #: Whether the person has ever set a password.
    password_set: bool
    last_log_in: date | None
    second_factor: bool
    #: Whether the name was erased: the id alone is left.
    erased: bool = False


@dataclass(frozen=True)
class Party:
    """A body that can hold a mandate on one side."""

    id: str
    key: str
    side: Side
    name: Named


def folded_login(login: str) -> str:
    """Return the form in which log-in names are compared.

    >>> folded_login(" Министрлик ")
    'министрлик'
    """
    return login.strip().casefold()


def folded_origin(origin: str) -> str:
    """Return the network that counts as one origin: for IPv6 its first 64 bits, one per line.

    >>> folded_origin("192.0.2.7"), folded_origin("2001:db8::1"), folded_origin("::ffff:192.0.2.7")
    ('192.0.2.7', '2001:db8::/64', '192.0.2.7')
    """
    try:
        address = ipaddress.ip_address(origin)
    except ValueError:
        return origin
    if not isinstance(address, ipaddress.IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((int(address), 64), strict=False))


def origin_network(origin: str) -> str:
    """Return the network somebody works from, as coarse as recognising it allows.

    >>> origin_network("192.0.2.7"), origin_network("2001:db8:1:2::1"), origin_network("")
    ('192.0.2.0/24', '2001:db8:1::/48', '')
    """
    try:
        address = ipaddress.ip_address(origin)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            return str(ipaddress.ip_network((int(address), 48), strict=False))
        address = address.ipv4_mapped
    return str(ipaddress.ip_network((int(address), 24), strict=False))
