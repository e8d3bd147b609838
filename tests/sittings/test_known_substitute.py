"""A party names somebody who has an account already, and learns nothing of accounts by trying names."""

from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from budgetproto.accounts import links, managing, storage
from budgetproto.accounts.domain import CODES_ALLOWED_IN_ALL, FAILURES_ALLOWED, Role
from budgetproto.accounts.managing import NameNeeded
from budgetproto.accounts.rules import Rules
from budgetproto.accounts.secret_key import SecretKey
from budgetproto.accounts.service import LoginTaken
from budgetproto.accounts.storage import PersonRow
from budgetproto.database import Database
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import Named
from budgetproto.journal import ACCESS, sitting_chain
from budgetproto.journal.storage import entries
from budgetproto.sittings import service as sittings
from budgetproto.sittings import substitute
from budgetproto.sittings.domain import Stage
from budgetproto.sittings.known_substitute import NotToBeNamed, TooManyNames, name_existing, names_counted
from budgetproto.sittings.storage import SittingRow
from budgetproto.sittings.substitute import Substitute
from tests.factories import Scene, make_person, make_scene

RULES = Rules(SecretKey.derived("only for tests"))
WANTED = Substitute("Бөтөн Киши", "", Named("өкүл", "представитель"), Named("ишеним кат", "доверенность"))


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database)


def name(scene: Scene, person: str, *, login: str, name: str = WANTED.name) -> str:
    return name_existing(scene.database, person, scene.sitting, replace(WANTED, login=login, name=name)).id


def test_an_account_that_is_free_speaks_for_the_party_from_then_on(scene: Scene) -> None:
    named = name(scene, scene.unionist.id, login=scene.outsider.login.upper(), name="бөтөн  киши")
    assert named == scene.outsider.id
    with scene.database.reading() as session:
        assert sittings.standing(session, named, scene.sitting).parties == (scene.union,)
        told = entries(session, sitting_chain(scene.sitting))[-1]
    assert (told.kind, told.values()["delegate"]) == ("sittings.mandate_entered", named)


def test_every_account_that_is_not_free_gets_one_and_the_same_refusal(scene: Scene) -> None:
    database = scene.database
    member = make_person(database, roles=frozenset({Role.MEMBER}))
    linked = make_person(database)
    with database.writing() as session:
        links.make(session, RULES, person=linked, by=scene.secretary.id)
    away = make_person(database)
    put_away(database, away.id)
    fresh = make_person(database)
    with database.writing() as session:
        row = session.get_one(PersonRow, fresh.id)
        row.initial = True
        session.add(row)
    barred = (scene.secretary, scene.mayor, scene.assistant, scene.unionist, member, linked, away, fresh)
    tried = [(person.login, person.name) for person in barred]
    tried += [("nobody", "Эч Ким"), (scene.outsider.login, "Башка Ат")]
    for login, called in tried:
        with pytest.raises(NotToBeNamed) as refused:
            name(scene, scene.unionist.id, login=login, name=called)
        assert refused.value.details == {}
    with database.reading() as session:
        assert storage.person(session, scene.outsider.id)
        assert sittings.standing(session, scene.outsider.id, scene.sitting).parties == ()


def test_nobody_but_a_delegate_names_one(scene: Scene) -> None:
    with pytest.raises(NotPermitted):
        name(scene, scene.secretary.id, login=scene.outsider.login)
    with pytest.raises(Unknown):
        name(scene, scene.outsider.id, login=scene.outsider.login)


def test_names_that_are_tried_out_are_counted_for_new_accounts_too(scene: Scene) -> None:
    wanted = replace(WANTED, login="nobody")
    for attempt in range(FAILURES_ALLOWED):
        taken = replace(WANTED, login=scene.mayor.login)
        with pytest.raises((NotToBeNamed, LoginTaken)), counted(scene):
            if attempt % 2:
                name_existing(scene.database, scene.unionist.id, scene.sitting, wanted)
            else:
                substitute.register(scene.database, RULES, scene.unionist.id, scene.sitting, taken)
    with pytest.raises(TooManyNames), counted(scene):
        name(scene, scene.unionist.id, login=scene.outsider.login)
    with names_counted(scene.database, scene.minister.id, origin="192.0.2.7"):
        pass
    with scene.database.reading() as session:
        told = [each.values() for each in entries(session, ACCESS)]
    assert {"person": scene.unionist.id, "asked": "sittings.substitute", "times": 0} in told


def test_who_changes_his_address_is_stopped_all_the_same(scene: Scene) -> None:
    for place in range(CODES_ALLOWED_IN_ALL):
        with pytest.raises(NotToBeNamed), counted(scene, origin=f"192.0.2.{place}"):
            name(scene, scene.unionist.id, login="nobody")
    with pytest.raises(TooManyNames), counted(scene, origin="198.51.100.1"):
        name(scene, scene.unionist.id, login="nobody")


def counted(scene: Scene, *, origin: str = "192.0.2.7") -> AbstractContextManager[None]:
    return names_counted(scene.database, scene.unionist.id, origin=origin)


# The name stays until the protocol that is to tell it is issued


def test_a_name_is_not_erased_before_the_protocol_that_tells_it_is_issued(scene: Scene) -> None:
    database = scene.database
    administrator = make_person(database, roles=frozenset({Role.ADMINISTRATOR}))
    for person in (scene.assistant, scene.chair):
        put_away(database, person.id)
        with pytest.raises(NameNeeded) as refused:
            managing.erase_name(database, administrator.id, person.id)
        assert refused.value.details["sittings"] == number(scene)
    put_away(database, scene.outsider.id)
    managing.erase_name(database, administrator.id, scene.outsider.id)
    with database.writing() as session:
        row = session.get_one(SittingRow, scene.sitting)
        row.stage = Stage.ISSUED.value
        session.add(row)
    for person in (scene.assistant, scene.chair):
        managing.erase_name(database, administrator.id, person.id)


def put_away(database: Database, person_id: str) -> None:
    with database.writing() as session:
        row = session.get_one(PersonRow, person_id)
        row.active = False
        session.add(row)


def number(scene: Scene) -> str:
    with scene.database.reading() as session:
        return session.get_one(SittingRow, scene.sitting).number
