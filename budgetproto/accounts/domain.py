"""PURE: people, their roles, and the parties they may speak for."""

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from budgetproto.i18n.languages import Language, Named

Side = Literal["government", "lsg"]

SIDES: Final[tuple[Side, Side]] = ("government", "lsg")

#: Shortest password taken (OWASP ASVS 5.0, 6.2.1 asks for 8 and recommends 15).
SHORTEST_PASSWORD: Final = 12
#: Wrong passwords in a row from one address before an account rests for it, and for how many minutes.
FAILURES_ALLOWED: Final = 5
#: Wrong passwords from all addresses together, within as many minutes, before an account rests for everybody.
FAILURES_ALLOWED_IN_ALL: Final = 100
REST_MINUTES: Final = 15
#: Hours after which everybody logs in anew where no setting of the procedure says otherwise.
SESSION_HOURS: Final = 12


class Role(StrEnum):
    """What a person does in the committee; delegates of parties need no role, but a mandate."""

    SECRETARY = "secretary"
    CHAIR = "chair"
    MEMBER = "member"
    ANALYST = "analyst"
    OBSERVER = "observer"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    id: str
    login: str
    name: str
    language: Language
    roles: frozenset[Role]


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
