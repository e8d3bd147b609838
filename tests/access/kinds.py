"""The kinds of rules that addresses have: who is answered, who is refused, and to whom there is nothing."""

from dataclasses import dataclass
from typing import Final

from budgetproto.accounts.domain import Role
from budgetproto.accounts.scopes import Scope
from budgetproto.sittings.domain import Act, Stage

#: In the scenes of these stages the delegates act for their bodies outside sittings too; in the others they
#: have their mandates alone.
ACTING: Final = frozenset({Stage.COLLECTING, Stage.IN_SESSION})
KEEPERS: Final = frozenset({Role.SECRETARY, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Open:
    """Everybody, strangers included."""


@dataclass(frozen=True)
class Hidden:
    """Nobody, until the installation's settings name a network or a token."""


@dataclass(frozen=True)
class LoggedIn:
    """Everybody with an account; what the page lists is judged row by row elsewhere.

    `naming` says that the form names a thing of the sender's own, which an empty form does not.
    """

    naming: bool = False


@dataclass(frozen=True)
class OfRole:
    """Whoever has one of these roles; others get 403, and 404 to whom the page is not `known`.

    `naming` says that the form names what is to be done, which an empty form does not.
    """

    roles: frozenset[Role]
    known: frozenset[Role] | None = None
    naming: bool = False


@dataclass(frozen=True)
class OfRegister:
    """Whoever has a role in the committee or a mandate today: the register of draft acts is open to them.

    What is `kept` only its keepers do; the other readers get 403. One `commissions` an expertise for the
    committee, as its chair or as a keeper, or for an association one acts for. What only a `submitted` draft
    has is not there in these tests: none of their drafts was.
    """

    kept: bool = False
    commissions: bool = False
    submitted: bool = False


@dataclass(frozen=True)
class Doing:
    """Whoever may do this act in the sitting, in the stages that the act belongs to.

    `own` is for acts of a party: whoever does not speak for the party named gets 404. `on` is the act that
    the page with the form needs itself, and that is asked for first. `within` are the stages of the act in
    which this way of doing it is there.
    """

    act: Act
    own: bool = False
    on: Act = Act.SEE
    within: frozenset[Stage] = frozenset(Stage)


@dataclass(frozen=True)
class Sealed:
    """Only a delegate of the party named, whatever the stage; everybody else gets the one 404.

    `waiting` says that the page is there only while something waits in the party.
    """

    waiting: bool = False


@dataclass(frozen=True)
class OfParty:
    """A rule of one party: its own approver sets it, and the secretary while the sitting is prepared."""


@dataclass(frozen=True)
class OfDelegate:
    """Whoever speaks for some party of the sitting, in these stages; others who see the sitting get 403."""

    stages: frozenset[Stage]


@dataclass(frozen=True)
class Revoking:
    """Whoever may revoke mandates of the party `named`; without the person's name there is none to revoke.

    Its own delegates may while the party may speak, else the secretary.
    """

    named: bool


@dataclass(frozen=True)
class OfReport:
    """The own people of an annual report until it is filed; to everybody else there is none.

    Whom a report is open to is tried at every address in tests/access/test_annual_reports.py.
    """


@dataclass(frozen=True)
class OfExpertise:
    """Whoever may know of an expertise; nobody in the scenes of these tests has one.

    To whom it is open is tried in tests/coordination/test_expertise_service.py.
    """


@dataclass(frozen=True)
class OfBody:
    """Whoever acts for the union outside sittings; everybody else gets 403.

    `naming` says that the address names somebody of its list, which that of an attempt does not.
    """

    naming: bool = False


@dataclass(frozen=True)
class OfToken:
    """A program with a token for this scope, as far as the rule lets in the person behind it."""

    scope: Scope
    rule: "LoggedIn | Doing | Sealed | OfRegister | OfReport"


Rule = (
    OfToken
    | Open
    | Hidden
    | OfRegister
    | OfParty
    | LoggedIn
    | OfRole
    | Doing
    | Sealed
    | OfDelegate
    | Revoking
    | OfReport
    | OfExpertise
    | OfBody
)
