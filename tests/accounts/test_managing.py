"""Links and acts on accounts: used once, by those who may, and never a way round the seal."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import select

from budgetproto.accounts import links, links_storage, managing, overview, service, storage
from budgetproto.accounts.attempts import AccountResting
from budgetproto.accounts.domain import LINKS_ALLOWED, Person, Role
from budgetproto.accounts.links import LinkNotGood, LinkWaits, NewLink
from budgetproto.accounts.links_storage import LinkRow, RequestRow
from budgetproto.accounts.managing import (
    Deed,
    HoldsMandate,
    LastAdministrator,
    NotOnYourself,
    OtherMustAgree,
    RoleNotYours,
    TwoMustAgree,
    WrongState,
)
from budgetproto.accounts.password_rules import PasswordGuessable
from budgetproto.accounts.rules import Rules
from budgetproto.accounts.secret_key import SecretKey
from budgetproto.accounts.service import LoginTaken, WrongLogIn
from budgetproto.database import Database, now
from budgetproto.disputes import service as disputes
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import Named
from budgetproto.journal import SYSTEM, sitting_chain
from budgetproto.journal.storage import check, entries
from budgetproto.sittings import mandates, substitute
from budgetproto.sittings.domain import Stage
from tests.factories import PASSWORD, Scene, make_person, make_scene

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
    made = managing.do(database, RULES, by.id, whom.id, Deed.NEW_LINK)
    assert made is not None
    return made


def test_the_invited_person_sets_the_password_and_logs_in(database: Database, secretary: Person) -> None:
    link = invite(database, secretary)
    with pytest.raises(WrongLogIn):
        service.log_in(database, "aida", "")
    choose(database, link)
    assert service.log_in(database, "aida", CHOSEN)


def test_a_link_has_256_bits_and_is_kept_as_its_hash_only(database: Database, secretary: Person) -> None:
    link = invite(database, secretary)
    assert len(link.token) == 52
    with database.reading() as session:
        kept = str(session.connection().exec_driver_sql("SELECT * FROM account_link").all())
    assert link.token not in kept
    assert link.code not in kept
    assert link.code not in repr(link)


def test_a_link_works_once_however_it_is_typed(database: Database, secretary: Person) -> None:
    link = invite(database, secretary)
    assert links.owner(database, f" {link.code.upper().replace('-', ' ')} ", origin="").login == "aida"
    choose(database, link)
    with pytest.raises(LinkNotGood):
        choose(database, link, "башка узун сырсөз сөз")


def test_of_the_same_link_used_twice_at_once_one_wins(database: Database, secretary: Person) -> None:
    link, answers = invite(database, secretary), list[str]()

    def use(password: str) -> None:
        try:
            choose(database, link, password)
            answers.append("set")
        except LinkNotGood:
            answers.append("refused")

    threads = [threading.Thread(target=use, args=(f"{CHOSEN} {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["refused", "refused", "refused", "set"]


def test_a_refused_password_leaves_the_link_good(database: Database, secretary: Person) -> None:
    link = invite(database, secretary)
    with pytest.raises(PasswordGuessable):
        choose(database, link, "aidaosmonova1")
    choose(database, link)


def test_a_link_is_void_when_it_is_old_revoked_or_followed_by_another(
    database: Database, secretary: Person
) -> None:
    old, revoked = invite(database, secretary, "old"), invite(database, secretary, "revoked")
    first = invite(database, secretary, "first")
    with database.writing() as session:
        for row in links_storage.open_links(session, now(session), person=old.person.id):
            assert row.until - row.made == timedelta(days=7)
            row.until = now(session)
            session.add(row)
    with database.reading() as session:
        (row,) = links_storage.open_links(session, now(session), person=revoked.person.id)
    managing.revoke(database, secretary.id, row.id)
    new_link(database, secretary, first.person)
    for link in (old, revoked, first):
        with pytest.raises(LinkNotGood):
            links.owner(database, link.token, origin="")


def test_guessed_links_make_their_origin_wait_and_no_other(database: Database, secretary: Person) -> None:
    link = invite(database, secretary)
    for _ in range(LINKS_ALLOWED):
        with pytest.raises(LinkNotGood):
            links.owner(database, "a" * 52, origin="192.0.2.7")
    with pytest.raises(AccountResting):
        links.owner(database, link.token, origin="192.0.2.7")
    assert links.owner(database, link.token, origin="192.0.2.8")


def test_a_new_link_ends_log_ins_and_keeps_the_password_until_another_is_set(
    database: Database, secretary: Person
) -> None:
    person = make_person(database, login="aida")
    token = service.log_in(database, "aida", PASSWORD)
    link = new_link(database, secretary, person)
    with database.reading() as session:
        assert service.who(session, token) is None
    assert service.log_in(database, "aida", PASSWORD)
    choose(database, link)
    with pytest.raises(WrongLogIn):
        service.log_in(database, "aida", PASSWORD)


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
            managing.do(database, RULES, secretary.id, administrator.id, deed)


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
        managing.do(database, RULES, administrator.id, administrator.id, Deed.DEACTIVATE)


def test_of_two_administrators_who_put_each_other_out_one_stays(
    database: Database, administrator: Person
) -> None:
    other = make_person(database, roles=frozenset({Role.ADMINISTRATOR}))
    answers: list[str] = []

    def put_out(by: Person, whom: Person) -> None:
        try:
            managing.do(database, RULES, by.id, whom.id, Deed.DEACTIVATE)
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
    managing.do(database, RULES, secretary.id, person.id, Deed.DEACTIVATE)
    with database.reading() as session:
        assert service.who(session, token) is None
    with pytest.raises(WrongLogIn):
        service.log_in(database, "aida", PASSWORD)
    with pytest.raises(WrongState):
        managing.do(database, RULES, secretary.id, person.id, Deed.NEW_LINK)
    managing.do(database, RULES, secretary.id, person.id, Deed.REACTIVATE)
    assert service.log_in(database, "aida", PASSWORD)


def test_a_name_is_erased_from_an_account_out_of_service_and_nowhere_kept(
    database: Database, secretary: Person, administrator: Person
) -> None:
    person = make_person(database, login="aida", name="Аида Осмонова")
    with pytest.raises(WrongState):
        managing.erase_name(database, administrator.id, person.id)
    managing.do(database, RULES, secretary.id, person.id, Deed.DEACTIVATE)
    with pytest.raises(NotPermitted):
        managing.erase_name(database, secretary.id, person.id)
    managing.erase_name(database, administrator.id, person.id)
    with database.reading() as session:
        kept = str(session.connection().exec_driver_sql("SELECT * FROM account_person").all())
        told = str(entries(session, SYSTEM))
    assert "Аида" not in kept + told
    assert "aida" not in kept + told
    with pytest.raises(WrongState):
        managing.do(database, RULES, secretary.id, person.id, Deed.REACTIVATE)


def test_people_are_found_by_folded_words(database: Database, secretary: Person) -> None:
    make_person(database, login="sat", name="Өмүрбек Сатыбалдиев")
    with database.reading() as session:
        found = overview.listed(session, secretary.id, "сатыб омур")
        none = overview.listed(session, secretary.id, "сатыб жок")
    assert [each.person.login for each in found.accounts] == ["sat"]
    assert none.accounts == ()


# A mandate is a key to the seal


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database)


@pytest.fixture
def host(database: Database) -> Person:
    return make_person(database, name="Мирлан Абдыраев", roles=frozenset({Role.ADMINISTRATOR}))


@pytest.mark.parametrize("deed", [Deed.NEW_LINK, Deed.DEACTIVATE])
def test_while_positions_may_be_sealed_nobody_alone_touches_a_delegates_account(
    scene: Scene, host: Person, deed: Deed
) -> None:
    for by in (scene.secretary, host):
        with pytest.raises(TwoMustAgree):
            managing.do(scene.database, RULES, by.id, scene.unionist.id, deed)
    with pytest.raises(TwoMustAgree):
        managing.do(scene.database, RULES, "system", scene.unionist.id, deed)


def test_while_a_sitting_is_prepared_a_delegate_is_like_everybody(database: Database) -> None:
    scene = make_scene(database, stage=Stage.PREPARING)
    choose(database, new_link(database, scene.secretary, scene.unionist))


def test_an_administrator_and_a_secretary_decide_together_and_the_party_reads_it(
    scene: Scene, host: Person
) -> None:
    asked = managing.ask(scene.database, scene.secretary.id, scene.unionist.id, Deed.NEW_LINK, "Телефону жок")
    link = managing.agree(scene.database, RULES, host.id, asked)
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
    asked = managing.ask(database, scene.secretary.id, scene.unionist.id, Deed.NEW_LINK, "Себеп")
    for other in (scene.secretary, colleague):
        with pytest.raises(OtherMustAgree):
            managing.agree(database, RULES, other.id, asked)
    own = managing.ask(database, both.id, scene.unionist.id, Deed.NEW_LINK, "Себеп")
    with pytest.raises(OtherMustAgree):
        managing.agree(database, RULES, both.id, own)
    assert managing.agree(database, RULES, host.id, asked)
    with pytest.raises(Unknown):
        managing.agree(database, RULES, host.id, asked)


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
    asked = managing.ask(scene.database, scene.secretary.id, scene.unionist.id, Deed.NEW_LINK, "Себеп")
    with scene.database.writing() as session:
        row = session.get_one(RequestRow, asked)
        assert row.until - row.asked == timedelta(hours=24)
        row.until = now(session)
        session.add(row)
    with pytest.raises(Unknown):
        managing.agree(scene.database, RULES, host.id, asked)


def test_what_is_kept_of_a_link_tells_who_made_it(database: Database, secretary: Person) -> None:
    link = invite(database, secretary)
    choose(database, link)
    with database.reading() as session:
        row = session.exec(select(LinkRow)).one()
        told = [(each.kind, each.values().get("person")) for each in entries(session, SYSTEM)][-2:]
    assert (row.made_by, row.used is not None) == (secretary.id, True)
    assert told == [("accounts.link_made", secretary.id), ("accounts.link_used", secretary.id)]


def test_the_secretary_does_not_revoke_what_a_party_hands_to_its_own(scene: Scene) -> None:
    database = scene.database
    link = substitute.renew_link(database, RULES, scene.unionist.id, scene.sitting, scene.assistant.id)
    with database.reading() as session:
        (row,) = links_storage.open_links(session, now(session), person=scene.assistant.id)
    with pytest.raises(TwoMustAgree):
        managing.revoke(database, scene.secretary.id, row.id)
    choose(database, link)


def test_a_party_reads_that_the_log_ins_of_its_delegate_were_ended(scene: Scene) -> None:
    managing.end_log_ins(scene.database, scene.secretary.id, scene.unionist.id)
    with scene.database.reading() as session:
        told = entries(session, sitting_chain(scene.sitting))[-1].values()
    assert (told["deed"], told["party"], told["person"]) == (
        "end_log_ins",
        scene.union.id,
        scene.secretary.id,
    )
