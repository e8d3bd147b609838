"""A substitute who has an account already: named by name and log-in name, by the party alone.

Whoever may name accounts could try out names. So nothing tells which of what was typed is wrong, only
somebody who knows both names reaches an account, and wrong ones are counted, those of new accounts too.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from budgetproto.accounts import attempts, links_storage
from budgetproto.accounts import storage as people
from budgetproto.accounts.access import note_denial
from budgetproto.accounts.domain import COMMITTEE, REST_MINUTES, Person
from budgetproto.accounts.service import LoginTaken
from budgetproto.database import Database, now
from budgetproto.errors import Refused, TooMany
from budgetproto.i18n.letters import folded
from budgetproto.sittings import storage
from budgetproto.sittings.domain import Act
from budgetproto.sittings.mandates import put_mandate
from budgetproto.sittings.service import locked
from budgetproto.sittings.substitute import Substitute, as_delegate, own_party


class NotToBeNamed(Refused):
    """No account of these names is free; which of the reasons holds is told to nobody."""

    message_key = "sittings.not_to_be_named"


class TooManyNames(TooMany):
    """Too many names were tried."""

    message_key = "sittings.too_many_names"


def name_existing(database: Database, person_id: str, sitting_id: str, wanted: Substitute) -> Person:
    """Let somebody who has an account speak for one's own party as well; return who it is."""
    with database.writing() as session:
        _, sitting, place = locked(session, person_id, sitting_id, Act.SEE)
        own_party(sitting, place)
        found = _free(session, sitting_id, wanted)
        if found is None:
            raise NotToBeNamed
        put_mandate(session, person_id, as_delegate(session, sitting, place, found, wanted))
        return found


@contextmanager
def names_counted(database: Database, person_id: str, *, origin: str) -> Iterator[None]:
    """Count every refusal that tells something of log-in names; raise TooManyNames after too many."""
    target = attempts.names_by(person_id, origin)
    with database.reading() as session:
        if attempts.resting(session, target):
            raise TooManyNames(minutes=REST_MINUTES)
    try:
        yield
    except (LoginTaken, NotToBeNamed):
        attempts.forget_old(database)
        with database.aside() as session:
            attempts.count(session, target)
            note_denial(session, person=person_id, asked="sittings.substitute")
        raise


def _free(session: Session, sitting_id: str, wanted: Substitute) -> Person | None:
    """Return the account of these names if it may become a delegate here.

    Nobody else may hold a link to it: with the mandate it becomes a key to the seal.
    """
    row = people.person_row(session, wanted.login)
    person = people.person(session, row.id) if row else None
    if row is None or person is None or row.initial or not row.password_hash:
        return None
    mandates = storage.mandate_rows(session, person.id)
    barred = (
        _letters(person.name) != _letters(wanted.name)
        or bool(person.roles & COMMITTEE)
        or any(each.sitting == sitting_id for each in mandates)
        or bool(links_storage.open_links(session, now(session), person=person.id))
        or bool(links_storage.open_requests(session, now(session), person=person.id))
    )
    return None if barred else person


def _letters(name: str) -> list[str]:
    return folded(name).split()
