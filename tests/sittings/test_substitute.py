"""A substitute: account and mandate in one act, by the party alone; new links among colleagues."""

from dataclasses import replace
from datetime import date

import pytest

from budgetproto.accounts import links, service, storage
from budgetproto.accounts.deeds import NotOnYourself, TwoMustAgree
from budgetproto.accounts.domain import Role
from budgetproto.accounts.rules import Rules
from budgetproto.accounts.secret_key import SecretKey
from budgetproto.accounts.service import LoginTaken
from budgetproto.database import Database
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import Named
from budgetproto.journal import SYSTEM, sitting_chain
from budgetproto.journal.storage import entries
from budgetproto.sittings import mandates, substitute
from budgetproto.sittings import service as sittings
from budgetproto.sittings import storage as sitting_storage
from budgetproto.sittings.substitute import HasRole, Substitute
from tests.factories import PASSWORD, Scene, make_scene
from tests.stated import new_sitting

RULES = Rules(SecretKey.derived("only for tests"))
CHOSEN = "төрт эски суу тегирмен"
WANTED = Substitute(
    name="Аида Осмонова",
    login="aida",
    capacity=Named("өкүл", "представитель"),
    paper=Named("ишеним кат", "доверенность"),
)


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database)


def test_a_substitute_speaks_for_the_party_with_a_password_nobody_else_knows(scene: Scene) -> None:
    database = scene.database
    link = substitute.register(database, RULES, scene.unionist.id, scene.sitting, WANTED)
    links.set_password(database, RULES, link.token, CHOSEN, origin="")
    assert service.log_in(database, "aida", CHOSEN)
    with database.reading() as session:
        assert sittings.standing(session, link.person.id, scene.sitting).parties == (scene.union,)
        assert link.person.roles == frozenset()
        kinds = [each.kind for each in entries(session, SYSTEM)][-3:]
        told = entries(session, sitting_chain(scene.sitting))[-1]
    assert kinds == ["accounts.person_added", "accounts.link_made", "accounts.link_used"]
    assert (told.kind, told.values()["person"]) == ("sittings.mandate_entered", scene.unionist.id)
    assert "Аида" not in told.payload


def test_nobody_but_a_delegate_of_the_party_registers_one(scene: Scene) -> None:
    for person in (scene.secretary, scene.chair):
        with pytest.raises(NotPermitted):
            substitute.register(scene.database, RULES, person.id, scene.sitting, WANTED)
    with pytest.raises(Unknown):
        substitute.register(scene.database, RULES, scene.outsider.id, scene.sitting, WANTED)


def test_a_substitute_of_the_ministry_is_none_of_the_union(scene: Scene) -> None:
    link = substitute.register(scene.database, RULES, scene.minister.id, scene.sitting, WANTED)
    with scene.database.reading() as session:
        assert sittings.standing(session, link.person.id, scene.sitting).parties == (scene.ministry,)


def test_a_name_that_is_taken_leaves_neither_mandate_nor_link(scene: Scene) -> None:
    """An account of the committee is never made a delegate: only new ones are."""
    for login in (scene.secretary.login, scene.mayor.login):
        with pytest.raises(LoginTaken):
            substitute.register(
                scene.database, RULES, scene.unionist.id, scene.sitting, replace(WANTED, login=login)
            )
    with scene.database.reading() as session:
        held = [each.person for each in sitting_storage.mandates(session, scene.sitting)]
        assert len(held) == 6
        assert scene.secretary.id not in held


def test_what_fails_half_way_makes_no_account(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(links, "make", broken)
    with pytest.raises(RuntimeError):
        substitute.register(scene.database, RULES, scene.unionist.id, scene.sitting, WANTED)
    with scene.database.reading() as session:
        assert storage.person_row(session, "aida") is None
        assert len(sitting_storage.mandates(session, scene.sitting)) == 6


def test_a_mandate_of_days_to_come_opens_nothing_yet(scene: Scene) -> None:
    later = replace(WANTED, valid_from=date(2199, 1, 1), valid_to=date(2199, 1, 2))
    link = substitute.register(scene.database, RULES, scene.unionist.id, scene.sitting, later)
    with scene.database.reading() as session:
        assert sittings.standing(session, link.person.id, scene.sitting).parties == ()


def test_a_colleague_hands_a_new_link_and_the_party_reads_it(scene: Scene) -> None:
    database = scene.database
    link = substitute.renew_link(database, RULES, scene.unionist.id, scene.sitting, scene.assistant.id)
    links.set_password(database, RULES, link.token, CHOSEN, origin="")
    assert service.log_in(database, scene.assistant.login, CHOSEN)
    with database.reading() as session:
        told = entries(session, sitting_chain(scene.sitting))[-1]
    assert told.kind == "sittings.key_touched"
    assert told.values()["agreed"] is None


def test_no_link_for_oneself_or_for_another_party(scene: Scene) -> None:
    with pytest.raises(NotOnYourself):
        substitute.renew_link(scene.database, RULES, scene.unionist.id, scene.sitting, scene.unionist.id)
    for person in (scene.mayor, scene.minister, scene.outsider):
        with pytest.raises(Unknown):
            substitute.renew_link(scene.database, RULES, scene.unionist.id, scene.sitting, person.id)


def test_a_colleague_with_a_role_besides_is_the_secretarys(scene: Scene) -> None:
    with scene.database.writing() as session:
        storage.set_roles(session, scene.assistant.id, {Role.ANALYST})
    with pytest.raises(HasRole):
        substitute.renew_link(scene.database, RULES, scene.unionist.id, scene.sitting, scene.assistant.id)


def test_the_party_sees_who_of_its_own_has_set_a_password(scene: Scene) -> None:
    substitute.register(scene.database, RULES, scene.unionist.id, scene.sitting, WANTED)
    with scene.database.reading() as session:
        _, party, people = substitute.own_people(session, scene.unionist.id, scene.sitting)
    assert party == scene.union
    assert {(each.login, each.password_set, each.open_link) for each in people} == {
        ("aida", False, True),
        (scene.unionist.login, True, False),
        (scene.assistant.login, True, False),
    }
    assert service.log_in(scene.database, scene.unionist.login, PASSWORD)


def test_a_colleague_who_speaks_for_another_party_elsewhere_is_taken_over_by_nobody(scene: Scene) -> None:
    """The other sitting is only prepared: nothing is sealed there yet, and the password would stay known."""
    database = scene.database
    other = sittings.prepare_sitting(database, scene.secretary.id, new_sitting())
    sittings.invite_party(database, scene.secretary.id, other, scene.ministry.id)
    mandates.enter_mandate(
        database,
        scene.secretary.id,
        other,
        delegate=scene.assistant.id,
        party_id=scene.ministry.id,
        capacity=Named("өкүл"),
        paper=Named("ишеним кат"),
    )
    with pytest.raises(TwoMustAgree):
        substitute.renew_link(database, RULES, scene.unionist.id, scene.sitting, scene.assistant.id)


def test_a_colleague_whose_mandate_was_revoked_is_none_any_more(scene: Scene) -> None:
    mandates.revoke_mandate(
        scene.database,
        scene.unionist.id,
        scene.sitting,
        delegate=scene.assistant.id,
        party_id=scene.union.id,
        reason="Кызматтан кетти",
    )
    with pytest.raises(Unknown):
        substitute.renew_link(scene.database, RULES, scene.unionist.id, scene.sitting, scene.assistant.id)
