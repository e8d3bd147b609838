"""Who acts for a body outside sittings: the secretariat alone gives nobody its name, whatever it tries."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.accounts import deeds, managing
from budgetproto.accounts.bodies import service
from budgetproto.accounts.bodies.domain import (
    Entry,
    HasPeople,
    LastOfBody,
    NobodyCalled,
    NoPasswordYet,
    NotFree,
    NotToBeAdmitted,
    TooManyNames,
    WaitsAlready,
)
from budgetproto.accounts.bodies.standing import people_of
from budgetproto.accounts.deeds import Deed, OtherMustAgree, TwoMustAgree
from budgetproto.accounts.domain import FAILURES_ALLOWED, Person, Role
from budgetproto.accounts.links import LinkNotGood
from budgetproto.accounts.managing import HoldsMandate
from budgetproto.database import Database
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import LANGUAGES, Language, Named, text
from budgetproto.journal import SYSTEM
from budgetproto.journal.storage import entries
from budgetproto.sittings.domain import Stage
from tests.accounts.test_managing import RULES, choose
from tests.bodies import DIGEST, acting, admit, ask, entry_of, stand
from tests.factories import Scene, make_party, make_person, make_scene
from tests.journeys.test_accounts import let_time_pass
from tests.journeys.visitor import Visitor, said, shown
from tests.staged import Staged, master, staged

__all__ = ["master", "staged"]


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database, stage=Stage.PREPARING, terms=False)


@pytest.fixture
def host(database: Database) -> Person:
    return make_person(database, name="Канат Хостов", roles=frozenset({Role.ADMINISTRATOR}))


def test_the_first_person_is_entered_by_an_administrator_and_a_secretary(scene: Scene, host: Person) -> None:
    other = make_person(scene.database, roles=frozenset({Role.SECRETARY}))
    asked = ask(scene, scene.unionist)
    for one in (scene.secretary, other):
        with pytest.raises(OtherMustAgree):
            service.agree_first(scene.database, one.id, asked)
    for one in (scene.unionist, scene.chair, scene.outsider):
        with pytest.raises(Unknown):
            service.agree_first(scene.database, one.id, asked)
    assert acting(scene.database, scene.union) == ()
    service.agree_first(scene.database, host.id, asked)
    assert acting(scene.database, scene.union) == (scene.unionist.id,)
    with scene.database.reading() as session:
        told = [each.values() for each in entries(session, SYSTEM, kind="accounts.first_person_entered")]
    assert told == [
        {
            "person": scene.secretary.id,
            "agreed": host.id,
            "whom": scene.unionist.id,
            "party": scene.union.id,
            "digest": DIGEST,
        }
    ]
    with pytest.raises(Unknown):
        service.agree_first(scene.database, host.id, asked)


def test_only_a_body_without_people_gets_one_from_outside(scene: Scene, host: Person) -> None:
    asked = ask(scene, scene.unionist)
    with pytest.raises(WaitsAlready):
        ask(scene, scene.assistant)
    service.agree_first(scene.database, host.id, asked)
    with pytest.raises(HasPeople):
        ask(scene, scene.assistant)
    service.decline_first(scene.database, host.id, ask(scene, scene.mayor, party=scene.cities))
    assert ask(scene, scene.mayor, party=scene.cities)


def test_its_own_people_alone_admit_and_let_go_and_the_last_one_stays(scene: Scene, host: Person) -> None:
    stand(scene.database, scene.union, scene.unionist)
    for who in (scene.secretary, host, scene.assistant, scene.minister, scene.mayor):
        with pytest.raises(NotPermitted):
            service.admit(
                scene.database,
                who.id,
                party_id=scene.union.id,
                login=scene.assistant.login,
                name=scene.assistant.name,
            )
    own = {"party_id": scene.union.id}
    first = entry_of(scene.database, scene.union, scene.unionist)
    with pytest.raises(LastOfBody):
        service.let_go(scene.database, scene.unionist.id, **own, entry_id=first, why="Кетти")
    admit(scene, scene.unionist)
    with pytest.raises(NotToBeAdmitted):
        admit(scene, scene.unionist)
    with pytest.raises(NotPermitted):
        service.let_go(scene.database, scene.secretary.id, **own, entry_id=first, why="Кетти")
    service.let_go(scene.database, scene.assistant.id, **own, entry_id=first, why="Кетти")
    assert acting(scene.database, scene.union) == (scene.assistant.id,)
    with pytest.raises(Unknown):
        service.let_go(scene.database, scene.assistant.id, **own, entry_id=first, why="Кетти")


def test_who_can_not_be_put_on_a_list_is_told_to_managers_and_to_a_delegate_in_one_sentence(
    scene: Scene,
) -> None:
    stand(scene.database, scene.union, scene.unionist)
    link = managing.invite(scene.database, RULES, scene.secretary.id, login="fresh", name="Жаңы Киши")
    for whom, refusal in (
        (link.person, NoPasswordYet),
        (replace(link.person, login="nobody-called-so"), NobodyCalled),
        (scene.chair, NotFree),
        (scene.minister, NotFree),
    ):
        with pytest.raises(refusal):
            ask(scene, whom, party=scene.cities)
        with pytest.raises(NotToBeAdmitted):
            admit(scene, scene.unionist, whom)
    choose(scene.database, link)
    with pytest.raises(NotToBeAdmitted):
        admit(scene, scene.unionist, replace(link.person, name="Башка Киши"))
    admit(scene, scene.unionist, link.person)


def test_names_are_not_tried_out(scene: Scene) -> None:
    stand(scene.database, scene.union, scene.unionist)
    stranger = replace(scene.assistant, name="Башка Киши")
    counted = partial(service.names_counted, scene.database, scene.unionist.id, origin="192.0.2.7")
    for _ in range(FAILURES_ALLOWED):
        with pytest.raises(NotToBeAdmitted), counted():
            admit(scene, scene.unionist, stranger)
    with pytest.raises(TooManyNames), counted():
        admit(scene, scene.unionist)
    with scene.database.reading() as session:
        assert people_of(session, scene.union.id) == (scene.unionist.id,)


def test_a_link_that_was_out_when_somebody_was_put_on_the_list_opens_nothing(scene: Scene) -> None:
    stand(scene.database, scene.union, scene.unionist)
    colleague = make_person(scene.database, login="colleague")
    kept = deeds.do(scene.database, RULES, scene.secretary.id, colleague.id, Deed.NEW_LINK)
    admit(scene, scene.unionist, colleague)
    assert kept is not None
    with pytest.raises(LinkNotGood):
        choose(scene.database, kept)


def test_the_account_of_who_acts_for_a_body_is_touched_by_two_and_told(database: Database) -> None:
    host = make_person(database, roles=frozenset({Role.ADMINISTRATOR}))
    secretary = make_person(database, roles=frozenset({Role.SECRETARY}))
    union, person = make_party(database), make_person(database)
    stand(database, union, person)
    for deed in (Deed.NEW_LINK, Deed.DEACTIVATE, Deed.RESET_SECOND_FACTOR):
        for one in (host, secretary):
            with pytest.raises(TwoMustAgree):
                deeds.do(database, RULES, one.id, person.id, deed)
    with pytest.raises(HoldsMandate):
        managing.change_roles(database, host.id, person.id, frozenset({Role.MEMBER}))
    asked = deeds.ask(database, secretary.id, person.id, Deed.NEW_LINK, "Телефону жок")
    assert deeds.agree(database, RULES, host.id, asked)
    with database.reading() as session:
        [told] = entries(session, SYSTEM, kind="accounts.standing_touched")
    assert told.values() == {
        "person": secretary.id,
        "agreed": host.id,
        "whom": person.id,
        "party": union.id,
        "deed": "new_link",
    }


@given(st.booleans(), st.booleans())
def test_an_entry_stands_from_the_agreement_until_its_end(agreed: bool, ended: bool) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    entry = Entry("e", "p", "x", "y", at, since=at if agreed else None, ended=at if ended else None)
    assert entry.stands is (agreed and not ended)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_reads_who_acts_for_each_body_and_who_entered_him(
    staged: Staged, language: Language
) -> None:
    page = shown(staged.visitor("analyst", language).get("/bodies"))
    union = staged.person("union")
    assert union.name in page
    assert text("accounts.bodies.first", language) in page
    assert text("accounts.bodies.entered_by", language) in page
    assert "SHA-256" in page
    assert text("accounts.bodies.do.admit", language) not in page


def test_a_body_gets_its_first_person_and_admits_a_colleague_on_the_pages(staged: Staged) -> None:
    host = make_person(staged.database, roles=frozenset({Role.ADMINISTRATOR}))
    party, first = (
        make_party(staged.database, name=Named("Жаңы бирлик", "Новый союз")),
        make_person(staged.database),
    )
    colleague = make_person(staged.database, login="colleague", name="Кесиптеш Биринчи")
    secretary = staged.visitor("secretary", "ky")
    typed = {"login": "nobody-called-so", "document": "Кат № 5", "scan": (BytesIO(b"scan"), "scan.pdf")}
    address = f"/bodies/{party.id}/first"
    refused = secretary.fill(address, **typed)
    assert refused.status_code == 422
    assert said("accounts.bodies.nobody_called", login="nobody-called-so") in shown(refused)
    assert 'value="Кат № 5"' in refused.text
    typed = {"login": first.login, "document": "Кат № 5", "scan": (BytesIO(b"scan"), "scan.pdf")}
    assert secretary.fill(address, **typed).status_code == 303
    asked = entry_of(staged.database, party, first)
    assert secretary.send("/bodies/agree", entry=asked).status_code == 422
    assert "Кат № 5" not in shown(staged.visitor("analyst").get("/bodies"))
    other = Visitor(staged.app, host, language="ky")
    assert said("accounts.agree") in shown(other.get("/bodies"))
    assert other.send("/bodies/agree", entry=asked).status_code == 303
    assert "Кат № 5" in shown(staged.visitor("analyst").get("/bodies"))
    own = Visitor(staged.app, first, language="ky")
    assert (
        own.fill(f"/bodies/{party.id}/admit", login=colleague.login, name=colleague.name).status_code == 303
    )
    assert staged.visitor("analyst").get(f"/bodies/{party.id}/admit").status_code == 403
    gone = entry_of(staged.database, party, colleague)
    leaving = f"/bodies/{party.id}/let-go/{gone}"
    assert own.fill(leaving, why="Иштен кетти").status_code == 303
    assert "Иштен кетти" in shown(staged.visitor("analyst").get("/bodies"))
    let_time_pass(staged.database, "confirmed")
    for page in (f"/bodies/{party.id}/admit", leaving):
        assert own.get(page).headers["Location"].startswith("/account/confirm?")
