"""Acts on an account that is a key to the seal: never by one person alone."""

from datetime import timedelta

import pytest

from budgetproto.accounts import deeds, links, links_storage, managing
from budgetproto.accounts.deeds import Deed, OtherMustAgree, TwoMustAgree
from budgetproto.accounts.domain import Person, Role
from budgetproto.accounts.links import LinkWaits
from budgetproto.accounts.links_storage import RequestRow
from budgetproto.accounts.managing import HoldsMandate
from budgetproto.database import Database, now
from budgetproto.disputes import service as disputes
from budgetproto.errors import Unknown
from budgetproto.i18n import Named
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import check, entries
from budgetproto.sittings import mandates, substitute
from budgetproto.sittings.domain import Stage
from budgetproto.sittings.storage import mandate_rows
from tests.accounts.test_managing import RULES, choose
from tests.factories import Scene, make_person, make_scene

PAPER = Named("Ишеним кат № 7", "Доверенность № 7")


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database)


@pytest.fixture
def host(database: Database) -> Person:
    return make_person(database, name="Мирлан Абдыраев", roles=frozenset({Role.ADMINISTRATOR}))


@pytest.mark.parametrize("deed", [Deed.NEW_LINK, Deed.DEACTIVATE, Deed.END_LOG_INS])
def test_while_positions_may_be_sealed_nobody_alone_touches_a_delegates_account(
    scene: Scene, host: Person, deed: Deed
) -> None:
    for by in (scene.secretary, host):
        with pytest.raises(TwoMustAgree):
            deeds.do(scene.database, RULES, by.id, scene.unionist.id, deed)
    with pytest.raises(TwoMustAgree):
        deeds.do(scene.database, RULES, "system", scene.unionist.id, deed)


def test_a_mandate_of_a_sitting_that_is_prepared_needs_two_for_a_new_link_also_when_taken_back(
    database: Database, host: Person
) -> None:
    scene = make_scene(database, stage=Stage.PREPARING)
    for _ in range(2):
        for deed in (Deed.NEW_LINK, Deed.RESET_SECOND_FACTOR, Deed.DEACTIVATE):
            with pytest.raises(TwoMustAgree):
                deeds.do(database, RULES, scene.secretary.id, scene.unionist.id, deed)
        held = scene.union.id
        if not _revoked(database, scene.unionist):
            mandates.revoke_mandate(
                database,
                scene.secretary.id,
                scene.sitting,
                delegate=scene.unionist.id,
                party_id=held,
                reason="Ката",
            )
    asked = deeds.ask(database, scene.secretary.id, scene.unionist.id, Deed.NEW_LINK, "Телефону жок")
    link = deeds.agree(database, RULES, host.id, asked)
    assert link is not None
    choose(database, link)


def test_a_link_made_before_the_mandate_is_still_used_while_the_sitting_is_prepared(
    database: Database,
) -> None:
    scene = make_scene(database, stage=Stage.PREPARING)
    link = managing.invite(database, RULES, scene.secretary.id, login="aman", name="Аман Токтосунов")
    mandates.enter_mandate(
        database,
        scene.secretary.id,
        scene.sitting,
        delegate=link.person.id,
        party_id=scene.union.id,
        capacity=PAPER,
        paper=PAPER,
    )
    choose(database, link)


def _revoked(database: Database, person: Person) -> bool:
    with database.reading() as session:
        return all(row.revoked_on for row in mandate_rows(session, person.id))


def test_an_administrator_and_a_secretary_decide_together_and_the_party_reads_it(
    scene: Scene, host: Person
) -> None:
    asked = deeds.ask(scene.database, scene.secretary.id, scene.unionist.id, Deed.NEW_LINK, "Телефону жок")
    link = deeds.agree(scene.database, RULES, host.id, asked)
    assert link is not None
    choose(scene.database, link)
    with scene.database.reading() as session:
        told = entries(session, sitting_chain(scene.sitting))[-1]
        assert check(session, sitting_chain(scene.sitting)) is None
    assert told.kind == "sittings.key_touched"
    assert told.values() == {
        "person": scene.secretary.id,
        "agreed": host.id,
        "delegate": scene.unionist.id,
        "party": scene.union.id,
        "deed": "new_link",
    }


def test_the_two_are_an_administrator_and_a_secretary_and_not_one_person(scene: Scene, host: Person) -> None:
    database = scene.database
    both = make_person(database, roles=frozenset({Role.ADMINISTRATOR, Role.SECRETARY}))
    colleague = make_person(database, roles=frozenset({Role.SECRETARY}))
    asked = deeds.ask(database, scene.secretary.id, scene.unionist.id, Deed.NEW_LINK, "Себеп")
    for other in (scene.secretary, colleague):
        with pytest.raises(OtherMustAgree):
            deeds.agree(database, RULES, other.id, asked)
    own = deeds.ask(database, both.id, scene.unionist.id, Deed.NEW_LINK, "Себеп")
    with pytest.raises(OtherMustAgree):
        deeds.agree(database, RULES, both.id, own)
    assert deeds.agree(database, RULES, host.id, asked)
    with pytest.raises(Unknown):
        deeds.agree(database, RULES, host.id, asked)


def test_a_link_that_the_secretary_has_seen_opens_nothing_once_positions_may_be_sealed(
    database: Database,
) -> None:
    scene = make_scene(database, stage=Stage.PREPARING)
    link = managing.invite(database, RULES, scene.secretary.id, login="aida", name="Аида Осмонова")
    mandates.enter_mandate(
        database,
        scene.secretary.id,
        scene.sitting,
        delegate=link.person.id,
        party_id=scene.union.id,
        capacity=Named("өкүл"),
        paper=Named("ишеним кат"),
    )
    assert links.owner(database, link.token, origin="") == link.person
    disputes.start_collecting(database, scene.key, scene.secretary.id, scene.sitting)
    with pytest.raises(LinkWaits):
        choose(database, link)


def test_a_party_that_names_an_invited_person_is_not_opened_by_the_secretarys_link(scene: Scene) -> None:
    link = managing.invite(scene.database, RULES, scene.secretary.id, login="aida", name="Аида Осмонова")
    mandates.enter_mandate(
        scene.database,
        scene.unionist.id,
        scene.sitting,
        delegate=link.person.id,
        party_id=scene.union.id,
        capacity=Named("өкүл"),
        paper=Named("ишеним кат"),
    )
    with pytest.raises(LinkWaits):
        choose(scene.database, link)


def test_a_delegate_is_not_silenced_by_a_role(scene: Scene, host: Person) -> None:
    for by in (scene.secretary, host):
        with pytest.raises(HoldsMandate):
            managing.change_roles(scene.database, by.id, scene.mayor.id, frozenset({Role.MEMBER}))
    managing.change_roles(scene.database, host.id, scene.mayor.id, frozenset({Role.ANALYST}))


def test_a_request_grows_old_in_a_day(scene: Scene, host: Person) -> None:
    asked = deeds.ask(scene.database, scene.secretary.id, scene.unionist.id, Deed.NEW_LINK, "Себеп")
    with scene.database.writing() as session:
        row = session.get_one(RequestRow, asked)
        assert row.until - row.asked == timedelta(hours=24)
        row.until = now(session)
        session.add(row)
    with pytest.raises(Unknown):
        deeds.agree(scene.database, RULES, host.id, asked)


def test_the_secretary_does_not_revoke_what_a_party_hands_to_its_own(scene: Scene) -> None:
    database = scene.database
    link = substitute.renew_link(database, RULES, scene.unionist.id, scene.sitting, scene.assistant.id)
    with database.reading() as session:
        (row,) = links_storage.open_links(session, now(session), person=scene.assistant.id)
    with pytest.raises(TwoMustAgree):
        managing.revoke(database, scene.secretary.id, row.id)
    choose(database, link)
