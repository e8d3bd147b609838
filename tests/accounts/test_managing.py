"""Links and acts on accounts: used once, by those who may, and never a way round the seal."""

import threading

import pytest

from budgetproto.accounts import deeds, links, managing, overview, service, storage
from budgetproto.accounts.deeds import (
    Deed,
    LastAdministrator,
    NotOnYourself,
    WrongState,
)
from budgetproto.accounts.domain import Person, Role
from budgetproto.accounts.links import NewLink
from budgetproto.accounts.managing import RoleNotYours
from budgetproto.accounts.rules import Rules
from budgetproto.accounts.secret_key import SecretKey
from budgetproto.accounts.service import LoginTaken, WrongLogIn
from budgetproto.database import Database
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.journal import SYSTEM
from budgetproto.journal.storage import entries
from tests.factories import PASSWORD, make_person

RULES = Rules(SecretKey.derived("only for tests"))
CHOSEN = "төрт эски суу тегирмен"


@pytest.fixture
def secretary(database: Database) -> Person:
    return make_person(database, roles=frozenset({Role.SECRETARY}))


@pytest.fixture
def administrator(database: Database) -> Person:
    return make_person(database, roles=frozenset({Role.ADMINISTRATOR}))


def invite(
    database: Database, by: Person, login: str = "aida", roles: frozenset[Role] = frozenset()
) -> NewLink:
    return managing.invite(database, RULES, by.id, login=login, name="Аида Осмонова", roles=roles)


def choose(database: Database, link: NewLink, password: str = CHOSEN) -> None:
    links.set_password(database, RULES, link.token, password, origin="")


def new_link(database: Database, by: Person, whom: Person) -> NewLink:
    made = deeds.do(database, RULES, by.id, whom.id, Deed.NEW_LINK)
    assert made is not None
    return made


def test_a_taken_name_is_told_and_nothing_is_made(database: Database, secretary: Person) -> None:
    invite(database, secretary)
    with pytest.raises(LoginTaken):
        invite(database, secretary)


def test_only_secretaries_and_administrators_know_of_people(database: Database) -> None:
    for roles in (frozenset[Role](), frozenset(Role) - {Role.SECRETARY, Role.ADMINISTRATOR}):
        stranger = make_person(database, roles=roles)
        with pytest.raises(Unknown):
            invite(database, stranger)
        with database.reading() as session, pytest.raises(Unknown):
            overview.listed(session, stranger.id)


def test_a_secretary_makes_no_administrator_and_touches_none(
    database: Database, secretary: Person, administrator: Person
) -> None:
    with pytest.raises(RoleNotYours):
        invite(database, secretary, roles=frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(RoleNotYours):
        managing.change_roles(
            database, secretary.id, make_person(database).id, frozenset({Role.ADMINISTRATOR})
        )
    for deed in Deed:
        with pytest.raises(NotPermitted):
            deeds.do(database, RULES, secretary.id, administrator.id, deed)


def test_nobody_gives_himself_a_role(database: Database, administrator: Person) -> None:
    with pytest.raises(RoleNotYours):
        managing.change_roles(
            database, administrator.id, administrator.id, administrator.roles | {Role.SECRETARY}
        )


def test_the_last_administrator_stays(database: Database, administrator: Person) -> None:
    managing.invite(
        database,
        RULES,
        administrator.id,
        login="never-came",
        name="Келбеген Киши",
        roles=frozenset({Role.ADMINISTRATOR}),
    )
    with pytest.raises(LastAdministrator):
        managing.change_roles(database, administrator.id, administrator.id, frozenset())
    with pytest.raises(NotOnYourself):
        deeds.do(database, RULES, administrator.id, administrator.id, Deed.DEACTIVATE)


def test_of_two_administrators_who_put_each_other_out_one_stays(
    database: Database, administrator: Person
) -> None:
    other = make_person(database, roles=frozenset({Role.ADMINISTRATOR}))
    answers: list[str] = []

    def put_out(by: Person, whom: Person) -> None:
        try:
            deeds.do(database, RULES, by.id, whom.id, Deed.DEACTIVATE)
            answers.append("done")
        except (LastAdministrator, Unknown):
            answers.append("refused")

    pairs = ((administrator, other), (other, administrator))
    threads = [threading.Thread(target=put_out, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["done", "refused"]


def test_roles_are_changed_and_told_by_their_codes(database: Database, secretary: Person) -> None:
    person = make_person(database, roles=frozenset({Role.ANALYST}))
    managing.change_roles(database, secretary.id, person.id, frozenset({Role.MEMBER, Role.CHAIR}))
    with database.reading() as session:
        found = storage.person(session, person.id)
        told = entries(session, SYSTEM)[-1].values()
    assert found is not None
    assert found.roles == {Role.MEMBER, Role.CHAIR}
    assert told == {"person": secretary.id, "whom": person.id, "before": "analyst", "after": "chair member"}


def test_an_account_out_of_service_opens_nothing_until_it_is_back(
    database: Database, secretary: Person
) -> None:
    person = make_person(database, login="aida")
    token = service.log_in(database, "aida", PASSWORD)
    deeds.do(database, RULES, secretary.id, person.id, Deed.DEACTIVATE)
    with database.reading() as session:
        assert service.who(session, token) is None
    with pytest.raises(WrongLogIn):
        service.log_in(database, "aida", PASSWORD)
    with pytest.raises(WrongState):
        deeds.do(database, RULES, secretary.id, person.id, Deed.NEW_LINK)
    deeds.do(database, RULES, secretary.id, person.id, Deed.REACTIVATE)
    assert service.log_in(database, "aida", PASSWORD)


def test_a_name_is_erased_from_an_account_out_of_service_and_nowhere_kept(
    database: Database, secretary: Person, administrator: Person
) -> None:
    person = make_person(database, login="aida", name="Аида Осмонова")
    with pytest.raises(WrongState):
        managing.erase_name(database, administrator.id, person.id)
    deeds.do(database, RULES, secretary.id, person.id, Deed.DEACTIVATE)
    with pytest.raises(NotPermitted):
        managing.erase_name(database, secretary.id, person.id)
    managing.erase_name(database, administrator.id, person.id)
    with database.reading() as session:
        kept = str(session.connection().exec_driver_sql("SELECT * FROM account_person").all())
        told = str(entries(session, SYSTEM))
    assert "Аида" not in kept + told
    assert "aida" not in kept + told
    with pytest.raises(WrongState):
        deeds.do(database, RULES, secretary.id, person.id, Deed.REACTIVATE)


def test_people_are_found_by_folded_words(database: Database, secretary: Person) -> None:
    make_person(database, login="sat", name="Өмүрбек Сатыбалдиев")
    with database.reading() as session:
        found = overview.listed(session, secretary.id, "сатыб омур")
        none = overview.listed(session, secretary.id, "сатыб жок")
    assert [each.person.login for each in found.accounts] == ["sat"]
    assert none.accounts == ()
