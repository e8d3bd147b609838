"""The people of bodies: who is put on a list, admitted to it, and acts for the body outside sittings."""

from typing import Final

from budgetproto.accounts.bodies import service
from budgetproto.accounts.bodies.standing import people_of
from budgetproto.accounts.bodies.storage import rows
from budgetproto.accounts.domain import Party, Person, Role
from budgetproto.accounts.naming import SYSTEM as THE_SERVICE
from budgetproto.database import Database
from tests.factories import Scene, make_person

#: The hash of the document by which the first person of a body is entered.
DIGEST: Final = "a" * 64


def stand(database: Database, party: Party, first: Person, *others: Person) -> None:
    """Put people on the list of a body: the first by two managers, the others by the first; twice is once."""
    with database.reading() as session:
        there = people_of(session, party.id)
    if there:
        return
    secretary = make_person(database, roles=frozenset({Role.SECRETARY}))
    asked = service.ask_first(
        database,
        secretary.id,
        party_id=party.id,
        login=first.login,
        document="Кат № 1",
        digest=DIGEST,
    )
    service.agree_first(database, THE_SERVICE, asked)
    for each in others:
        service.admit(database, first.id, party_id=party.id, login=each.login, name=each.name)


def stand_all(scene: Scene) -> None:
    """Let every delegate of a scene act for his body outside sittings too."""
    stand(scene.database, scene.ministry, scene.minister, scene.deputy)
    stand(scene.database, scene.health, scene.doctor)
    stand(scene.database, scene.union, scene.unionist, scene.assistant)
    stand(scene.database, scene.cities, scene.mayor)


def ask(scene: Scene, person: Person, *, by: str = "", party: Party | None = None) -> str:
    return service.ask_first(
        scene.database,
        by or scene.secretary.id,
        party_id=(party or scene.union).id,
        login=person.login,
        document="Кат № 5",
        digest=DIGEST,
    )


def admit(scene: Scene, by: Person, whom: Person | None = None) -> None:
    """Admit somebody, the assistant unless said otherwise, to the list of the union."""
    one = whom or scene.assistant
    service.admit(scene.database, by.id, party_id=scene.union.id, login=one.login, name=one.name)


def acting(database: Database, party: Party) -> tuple[str, ...]:
    with database.reading() as session:
        return people_of(session, party.id)


def entry_of(database: Database, party: Party, person: Person) -> str:
    with database.reading() as session:
        return rows(session, party=party.id, person=person.id)[-1].id
