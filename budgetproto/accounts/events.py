"""What happens to accounts, for the journal; failed log-ins go to the access chain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from budgetproto.i18n import Language, Sentence, text
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
class PartyEntered(Event):
    """Somebody entered a body that can hold a mandate."""

    kind: ClassVar[str] = "accounts.party_entered"
    person: str
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


@dataclass(frozen=True)
class _OnAccount:
    """Something was done to an account: who did it, and whose it is."""

    refers: ClassVar[frozenset[str]] = frozenset({"person", "whom", "agreed"})
    person: str
    whom: str


@dataclass(frozen=True)
class LinkMade(_OnAccount, Event):
    """A link to set a password was made; `agreed` is the second of two who decided on it."""

    kind: ClassVar[str] = "accounts.link_made"
    agreed: str | None = None


@dataclass(frozen=True)
class LinkUsed(_OnAccount, Event):
    """Somebody set his password with a link that `person` had made."""

    kind: ClassVar[str] = "accounts.link_used"


@dataclass(frozen=True)
class LinkRevoked(_OnAccount, Event):
    """A link was revoked before it was used."""

    kind: ClassVar[str] = "accounts.link_revoked"


@dataclass(frozen=True)
class PasswordChanged(_OnAccount, Event):
    """A password was changed."""

    kind: ClassVar[str] = "accounts.password_changed"


@dataclass(frozen=True)
class RolesChanged(_OnAccount, Event):
    """Roles were changed; `before` and `after` name them, separated by spaces."""

    kind: ClassVar[str] = "accounts.roles_changed"
    before: str
    after: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the roles by their names."""
        named = {place: _roles(str(values[place]), language) for place in ("before", "after")}
        return {**values, **named}


@dataclass(frozen=True)
class Deactivated(_OnAccount, Event):
    """An account was put out of service."""

    kind: ClassVar[str] = "accounts.deactivated"
    agreed: str | None = None


@dataclass(frozen=True)
class Reactivated(_OnAccount, Event):
    """An account was put back into service."""

    kind: ClassVar[str] = "accounts.reactivated"
    agreed: str | None = None


@dataclass(frozen=True)
class NameErased(_OnAccount, Event):
    """A name was erased; the id stays."""

    kind: ClassVar[str] = "accounts.name_erased"


@dataclass(frozen=True)
class LogInsEnded(_OnAccount, Event):
    """Log-ins were ended by their owner, or by somebody else; `agreed` is the second of two who decided."""

    kind: ClassVar[str] = "accounts.log_ins_ended"
    agreed: str | None = None

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell of old entries too, which had no second person."""
        del language
        return {"agreed": None, **values}


@dataclass(frozen=True)
class SecondFactorSet(_OnAccount, Event):
    """A second factor was set up."""

    kind: ClassVar[str] = "accounts.second_factor_set"


@dataclass(frozen=True)
class SecondFactorRemoved(_OnAccount, Event):
    """A second factor was removed by its owner, or by somebody who resets it."""

    kind: ClassVar[str] = "accounts.second_factor_removed"
    agreed: str | None = None


@dataclass(frozen=True)
class PaperCodesMade(_OnAccount, Event):
    """New printed codes were made; the older ones are void."""

    kind: ClassVar[str] = "accounts.paper_codes_made"


@dataclass(frozen=True)
class PaperCodeUsed(_OnAccount, Event):
    """A printed code was used."""

    kind: ClassVar[str] = "accounts.paper_code_used"


@dataclass(frozen=True)
class AgreementAsked(_OnAccount, Event):
    """An act on an account that opens something sealed waits for a second person."""

    kind: ClassVar[str] = "accounts.agreement_asked"
    deed: str
    reason: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the act by its name."""
        del language
        return {**values, "deed": Sentence(f"accounts.deed.{values['deed']}")}


@dataclass(frozen=True)
class _OfScopes:
    """Something about a token for programs: what it may be used for, separated by spaces."""

    person: str
    scopes: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the scopes by their names."""
        named = (text(f"accounts.scope.{scope}", language) for scope in str(values["scopes"]).split())
        return {**values, "scopes": "; ".join(named)}


@dataclass(frozen=True)
class TokenMade(_OfScopes, Event):
    """Somebody made a token for a program, to hold for some days."""

    kind: ClassVar[str] = "accounts.token_made"
    days: int


@dataclass(frozen=True)
class TokenRevoked(_OfScopes, Event):
    """Somebody revoked a token of his own."""

    kind: ClassVar[str] = "accounts.token_revoked"


@dataclass(frozen=True)
class TokensRevoked(_OnAccount, Event):
    """Somebody else revoked every token of an account."""

    kind: ClassVar[str] = "accounts.tokens_revoked"
    agreed: str | None = None


def _roles(names: str, language: Language) -> str | None:
    """Return the names of roles in words; nothing is told by a dash."""
    return ", ".join(text(f"accounts.role.{name}", language) for name in names.split()) or None
