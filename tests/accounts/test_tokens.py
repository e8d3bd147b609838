"""Tokens for programs: shown once, kept as a hash, for some things and some days, revoked at once."""

from datetime import timedelta

import pytest

from budgetproto.accounts import deeds, managing, own, service, storage, tokens, tokens_storage
from budgetproto.accounts.attempts import digest
from budgetproto.accounts.deeds import Deed, TwoMustAgree, WrongState
from budgetproto.accounts.domain import Person, Role
from budgetproto.accounts.scopes import Scope
from budgetproto.accounts.token_terms import TokenTerms
from budgetproto.accounts.tokens import (
    MOST,
    AskedTooOften,
    NewToken,
    NoScope,
    OtherScope,
    TooLong,
    TooManyTokens,
    WrongToken,
)
from budgetproto.accounts.tokens_storage import TokenRow
from budgetproto.database import Database, now
from budgetproto.errors import Unknown
from budgetproto.journal import SYSTEM
from budgetproto.journal.storage import entries
from tests.accounts.test_managing import RULES
from tests.factories import PASSWORD, make_person, make_scene

SITTINGS = frozenset({Scope.SITTINGS})


def made(database: Database, person: Person, *, scopes: frozenset[Scope] = SITTINGS) -> NewToken:
    return tokens.make(database, person.id, name="Эсептөө", wanted=scopes, days=30)


def admitted(database: Database, code: str, scope: Scope = Scope.SITTINGS) -> Person:
    return tokens.entrance(database, RULES, code, scope)


def row_of(database: Database, person: Person) -> TokenRow:
    with database.reading() as session:
        return tokens.held_by(session, person.id)[0]


def test_a_token_lets_its_person_in_and_is_kept_as_a_hash(database: Database) -> None:
    person = make_person(database)
    token = made(database, person)
    assert admitted(database, token.code) == person
    row = row_of(database, person)
    assert token.code not in repr(row.model_dump()) + repr(token)
    assert (row.asked, row.name, row.allowed) == (1, "Эсептөө", SITTINGS)


@pytest.mark.parametrize("code", [None, "", "bp_", "bp_" + "a" * 43])
def test_what_is_no_token_lets_nobody_in_and_writes_nothing(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, code: str | None
) -> None:
    monkeypatch.delattr(Database, "aside")
    with pytest.raises(WrongToken):
        tokens.entrance(sqlite_database, RULES, code, Scope.SITTINGS)


def test_a_token_is_for_its_scopes(sqlite_database: Database) -> None:
    token = made(sqlite_database, make_person(sqlite_database))
    with pytest.raises(OtherScope):
        admitted(sqlite_database, token.code, Scope.POSITIONS)


def test_a_token_that_is_over_lets_nobody_in(database: Database) -> None:
    person = make_person(database)
    token = made(database, person)
    with database.writing() as session:
        row = tokens_storage.tokens(session, person.id, now(session))[0]
        row.until = now(session) - timedelta(seconds=1)
        session.add(row)
    with pytest.raises(WrongToken):
        admitted(database, token.code)


@pytest.mark.parametrize("days", [0, 91, 10**9])
def test_nobody_makes_a_token_for_longer_than_the_setting(sqlite_database: Database, days: int) -> None:
    person = make_person(sqlite_database)
    with pytest.raises(TooLong, match="90"):
        tokens.make(sqlite_database, person.id, name="x", wanted=SITTINGS, days=days)


def test_a_token_for_nothing_is_refused_and_so_is_one_too_many(sqlite_database: Database) -> None:
    person = make_person(sqlite_database)
    with pytest.raises(NoScope):
        made(sqlite_database, person, scopes=frozenset())
    for _ in range(MOST):
        made(sqlite_database, person)
    with pytest.raises(TooManyTokens):
        made(sqlite_database, person)


def test_a_revoked_token_is_void_at_once_and_others_stay(database: Database) -> None:
    person, other = make_person(database), make_person(database)
    token, kept = made(database, person), made(database, person)
    row = next(each for each in _rows(database, person) if each.token_hash == digest(token.code))
    with pytest.raises(Unknown):
        tokens.revoke(database, other.id, row.id)
    tokens.revoke(database, person.id, row.id)
    with pytest.raises(WrongToken):
        admitted(database, token.code)
    assert admitted(database, kept.code) == person
    with database.reading() as session:
        told = [entry.kind for entry in entries(session, SYSTEM)][-3:]
    assert told == ["accounts.token_made", "accounts.token_made", "accounts.token_revoked"]


def test_a_token_asks_so_often_within_a_minute_and_is_told_how_long_to_wait(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "token_terms", lambda _: TokenTerms(days=90, requests=3))
    token = made(database, make_person(database))
    refused = 0
    for _ in range(8):  # a minute may end between two of them
        try:
            admitted(database, token.code)
        except AskedTooOften as error:
            refused += 1
            seconds = error.details["retry_after"]
            assert isinstance(seconds, int)
            assert 1 <= seconds <= 60
    assert refused >= 2


def test_whoever_is_put_out_of_service_has_no_token_when_back(database: Database) -> None:
    host = make_person(database, roles=frozenset({Role.ADMINISTRATOR}))
    person = make_person(database)
    token = made(database, person)
    deeds.do(database, RULES, host.id, person.id, Deed.DEACTIVATE)
    deeds.do(database, RULES, host.id, person.id, Deed.REACTIVATE)
    with pytest.raises(WrongToken):
        admitted(database, token.code)


@pytest.mark.parametrize("way", ["own", "command", "link"])
def test_a_new_password_voids_the_tokens(database: Database, way: str) -> None:
    host = make_person(database, roles=frozenset({Role.ADMINISTRATOR}))
    person = make_person(database)
    token = made(database, person)
    if way == "own":
        log_in = service.log_in(database, person.login, PASSWORD)
        with database.reading() as session:
            held = service.log_in_of(session, log_in)
        assert held is not None
        new = "төрт эски суу тегирмен"
        own.change_password(database, RULES, held, current=PASSWORD, new=new, origin="")
    elif way == "command":
        managing.set_initial_password(database, person.id, "төрт эски суу тегирмен")
    else:
        deeds.do(database, RULES, host.id, person.id, Deed.NEW_LINK)
    with pytest.raises(WrongToken):
        admitted(database, token.code)


def test_an_administrator_revokes_and_while_a_party_may_file_two_must_agree(database: Database) -> None:
    scene = make_scene(database)
    host = make_person(database, roles=frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(TwoMustAgree):
        deeds.do(database, RULES, host.id, scene.unionist.id, Deed.REVOKE_TOKENS)
    token = made(database, scene.outsider)
    deeds.do(database, RULES, host.id, scene.outsider.id, Deed.REVOKE_TOKENS)
    with pytest.raises(WrongToken):
        admitted(database, token.code)
    with pytest.raises(WrongState):
        deeds.do(database, RULES, host.id, scene.outsider.id, Deed.REVOKE_TOKENS)


def test_a_token_never_does_more_than_its_person_may_now(database: Database) -> None:
    person = make_person(database, roles=frozenset({Role.ANALYST}))
    token = made(database, person)
    assert admitted(database, token.code).roles == {Role.ANALYST}
    with database.writing() as session:
        storage.set_roles(session, person.id, ())
    assert admitted(database, token.code).roles == frozenset()


def _rows(database: Database, person: Person) -> list[TokenRow]:
    with database.reading() as session:
        return tokens.held_by(session, person.id)
