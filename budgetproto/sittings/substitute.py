"""A party's own people: a substitute with account and mandate in one act, new links among colleagues."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from budgetproto.accounts import keys, links, links_storage
from budgetproto.accounts import service as accounts
from budgetproto.accounts import storage as people
from budgetproto.accounts.deeds import Deed, NotOnYourself, TwoMustAgree
from budgetproto.accounts.domain import Party, Person
from budgetproto.accounts.keys import Touch
from budgetproto.accounts.links import NewLink
from budgetproto.accounts.rules import Rules
from budgetproto.accounts.service import LoginTaken
from budgetproto.database import Database, now, taken
from budgetproto.errors import NotPermitted, Refused, Unknown
from budgetproto.i18n import Language, Named
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.sittings import storage
from budgetproto.sittings.domain import (
    Act,
    Mandate,
    MandatePart,
    Sitting,
    Stage,
    Standing,
    WrongStage,
    stage_name,
)
from budgetproto.sittings.keys import SPEAKING
from budgetproto.sittings.mandates import put_mandate, require_approver
from budgetproto.sittings.service import admitted, locked
from budgetproto.sittings.storage import MandateRow

#: The stages in which a party names its own people; afterwards there is nothing to speak on.
_NAMED_IN: Final = SPEAKING | {Stage.PREPARING}


class OnlyForItsParty(NotPermitted):
    """Only a delegate of a party names another one."""

    message_key = "sittings.mandate_by_party_only"


class HasRole(Refused):
    """A colleague with a role besides gets a link from the secretary: it opens more than the party's own."""

    message_key = "sittings.delegate_has_role"


@dataclass(frozen=True)
class Substitute:
    """Who is to speak for a party beside its delegates, by which document and when."""

    name: str
    login: str
    capacity: Named
    paper: Named
    valid_from: date | None = None
    valid_to: date | None = None
    language: Language = "ky"


@dataclass(frozen=True)
class Colleague:
    """A delegate of the reader's party, and how far the account is in use."""

    mandate: Mandate
    login: str
    password_set: bool
    active: bool
    open_link: bool
    is_me: bool


def register(
    database: Database, rules: Rules, person_id: str, sitting_id: str, wanted: Substitute
) -> NewLink:
    """Make account, mandate and link of a substitute, all or nothing; the new account has no role."""
    with taken(LoginTaken(login=wanted.login)), database.writing() as session:
        _, sitting, place = locked(session, person_id, sitting_id, Act.SEE)
        own_party(sitting, place)
        person = accounts.enter(
            session, login=wanted.login, name=wanted.name, roles=frozenset(), language=wanted.language
        )
        put_mandate(session, person_id, as_delegate(session, sitting, place, person, wanted))
        return links.make(session, rules, person=person, by=person_id)


def renew_link(database: Database, rules: Rules, person_id: str, sitting_id: str, delegate: str) -> NewLink:
    """Make a new link for a colleague of one's party: he has no key that one has not."""
    with database.writing() as session:
        _, sitting, place = locked(session, person_id, sitting_id, Act.SEE)
        party = own_party(sitting, place)
        held = [each for each in _mandates(session, sitting_id, party) if each.person == delegate]
        colleague = people.person(session, delegate)
        if colleague is None or not held:
            raise Unknown(denied="sittings.sitting")
        if held[0].part.approves:
            require_approver(session, sitting, place, party.id)
        _check_colleague(session, person_id, colleague, party)
        link = links.make(session, rules, person=colleague, by=person_id)
        keys.tell(session, Touch(Deed.NEW_LINK.value, person_id, None, delegate))
        return link


def own_people(session: Session, person_id: str, sitting_id: str) -> tuple[Sitting, Party, list[Colleague]]:
    """Return a sitting, the party the reader may name people of, and its delegates."""
    sitting, place = admitted(session, person_id, sitting_id)
    party = own_party(sitting, place)
    mandates = _mandates(session, sitting_id, party)
    return sitting, party, [_colleague(session, each, person_id) for each in mandates]


def may_name(sitting: Sitting, place: Standing) -> bool:
    """Tell whether the reader may name people of a party now."""
    return bool(place.parties) and sitting.stage in _NAMED_IN


def own_party(sitting: Sitting, place: Standing) -> Party:
    """Return the party a delegate speaks for; raise for anybody else, and when it is too late."""
    if not place.parties:
        raise OnlyForItsParty(denied="sittings.enter_mandate")
    if sitting.stage not in _NAMED_IN:
        raise WrongStage(stage=stage_name(sitting.stage))
    return place.parties[0]


def as_delegate(
    session: Session, sitting: Sitting, place: Standing, person: Person, wanted: Substitute
) -> MandateRow:
    """Return the mandate of a substitute for the party of the one who names him, not stored yet."""
    party = own_party(sitting, place)
    texts = {"capacity": wanted.capacity, "document": wanted.paper}
    spread = {f"{name}_{code}": text for name, named in texts.items() for code, text in vars(named).items()}
    return MandateRow(
        sitting=sitting.id,
        person=person.id,
        party=party.id,
        valid_from=wanted.valid_from,
        valid_to=wanted.valid_to,
        part=_part(session, sitting, place, party).value,
        **spread,
    )


def _mandates(session: Session, sitting_id: str, party: Party) -> list[Mandate]:
    """Return the mandates of a party that have not ended."""
    every, today = storage.mandates(session, sitting_id), _today(session)
    return [each for each in every if each.party == party.id and not each.ends_before(today)]


def _part(session: Session, sitting: Sitting, place: Standing, party: Party) -> MandatePart:
    """Return the part of a substitute: that of the one who names him, but that he makes no approver of him.

    Whoever registers holds the new account's link, and with four eyes would be both pairs himself.
    """
    part, four_eyes = place.part(party.id), party.id in storage.four_eyes(session, sitting.id)
    if part.approves and not place.names_approvers(party.id, four_eyes=four_eyes):
        return MandatePart.AUTHOR
    return part


def _today(session: Session) -> date:
    return bishkek_day(now(session))


def _check_colleague(session: Session, person_id: str, colleague: Person, party: Party) -> None:
    """Raise unless a new password of the account opens nothing beyond what a delegate of the party has."""
    if colleague.id == person_id:
        raise NotOnYourself
    if colleague.roles:
        raise HasRole(person=colleague.name)
    if foreign := keys.foreign(session, person_id, colleague.id, prepared=False):
        raise TwoMustAgree(party=foreign[0].party.name)
    today = _today(session)
    for _, other, until in storage.mandates_of(session, colleague.id):
        # Where nothing is sealed yet something will be, and the password would still be known.
        if other != party and (until or today) >= today:
            raise TwoMustAgree(party=other.name)


def _colleague(session: Session, mandate: Mandate, reader: str) -> Colleague:
    row = session.get_one(people.PersonRow, mandate.person)
    open_links = links_storage.open_links(session, now(session), person=row.id)
    return Colleague(
        mandate=mandate,
        login=row.login,
        password_set=bool(row.password_hash) and not row.initial,
        active=row.active,
        open_link=bool(open_links),
        is_me=row.id == reader,
    )
