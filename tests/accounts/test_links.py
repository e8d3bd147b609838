"""A link sets a password once, by its owner alone, and is kept as a hash."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import select

from budgetproto.accounts import links, links_storage, managing, service
from budgetproto.accounts.attempts import AccountResting
from budgetproto.accounts.domain import LINKS_ALLOWED, Person, Role
from budgetproto.accounts.links import LinkNotGood
from budgetproto.accounts.links_storage import LinkRow
from budgetproto.accounts.password_rules import PasswordGuessable
from budgetproto.accounts.service import WrongLogIn
from budgetproto.database import Database, now
from budgetproto.journal import SYSTEM
from budgetproto.journal.storage import entries
from tests.accounts.test_managing import CHOSEN, choose, invite, new_link
from tests.factories import PASSWORD, make_person


@pytest.fixture
def secretary(database: Database) -> Person:
    return make_person(database, roles=frozenset({Role.SECRETARY}))


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


def test_what_is_kept_of_a_link_tells_who_made_it(database: Database, secretary: Person) -> None:
    link = invite(database, secretary)
    choose(database, link)
    with database.reading() as session:
        row = session.exec(select(LinkRow)).one()
        told = [(each.kind, each.values().get("person")) for each in entries(session, SYSTEM)][-2:]
    assert (row.made_by, row.used is not None) == (secretary.id, True)
    assert told == [("accounts.link_made", secretary.id), ("accounts.link_used", secretary.id)]
