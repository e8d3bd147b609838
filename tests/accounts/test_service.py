"""Log-ins: one answer for every wrong try, rest after five, tokens kept as hashes only."""

import hashlib
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from budgetproto.accounts import attempts, passwords, service, storage
from budgetproto.accounts.attempts import AccountResting
from budgetproto.accounts.domain import FAILURES_ALLOWED, FAILURES_ALLOWED_IN_ALL, Role
from budgetproto.accounts.password_rules import PasswordTooShort
from budgetproto.accounts.service import LoginTaken, WrongLogIn
from budgetproto.accounts.storage import AttemptRow, LogInRow, PersonRow
from budgetproto.database import Database, now
from budgetproto.journal import ACCESS, SYSTEM
from budgetproto.journal.storage import entries
from tests.factories import PASSWORD, make_party, make_person


def refusal(
    database: Database, login: str, password: str, origin: str = ""
) -> tuple[type[Exception], str, str]:
    with pytest.raises((WrongLogIn, AccountResting)) as caught:
        service.log_in(database, login, password, origin=origin)
    return type(caught.value), caught.value.key, str(caught.value.details)


def guesses(database: Database, login: str, count: int) -> set[type[Exception]]:
    """Guess from as many origins; return the kinds of answers."""
    origins = (f"198.51.100.{number}" for number in range(count))
    return {refusal(database, login, "wrong-password", origin)[0] for origin in origins}


def keys_of(login: str) -> tuple[str, str]:
    """Return the hashes under which a name's wrong passwords from everywhere and from no origin count."""
    target = attempts.password_of(login, "")
    return target.everywhere, target.here


def who(database: Database, token: str | None) -> str | None:
    with database.reading() as session:
        person = service.who(session, token)
        return person.login if person else None


def test_the_right_pair_logs_in(database: Database) -> None:
    make_person(database, login="Министрлик")
    assert who(database, service.log_in(database, " министрлик ", PASSWORD)) == "министрлик"


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer_to_the_rest_and_beyond(
    database: Database,
) -> None:
    make_person(database, login="union")
    tries = range(FAILURES_ALLOWED + 3)
    known = [refusal(database, "union", "wrong-password") for _ in tries]
    unknown = [refusal(database, "nobody", "wrong-password") for _ in tries]
    assert known == unknown
    assert known[FAILURES_ALLOWED - 1][0] is WrongLogIn
    assert known[FAILURES_ALLOWED][0] is AccountResting


def test_an_unknown_name_costs_a_hash_as_well(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str | None] = []
    matches = passwords.matches

    def counted(password_hash: str | None, password: str) -> bool:
        checked.append(password_hash)
        return matches(password_hash, password)

    monkeypatch.setattr(passwords, "matches", counted)
    refusal(database, "nobody", "wrong-password")
    assert checked == [None]


def test_without_a_kept_hash_a_real_one_is_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []

    class Hasher:
        def hash(self, password: str) -> str:
            return f"hash of {password}"

        def verify(self, password_hash: str, password: str) -> bool:
            verified.append(password_hash)
            return bool(password)

    passwords._nobody.cache_clear()
    monkeypatch.setattr(passwords, "HASHER", Hasher())
    assert not passwords.matches(None, "anything")
    passwords._nobody.cache_clear()
    assert verified[0].startswith("hash of ")


def test_after_five_wrong_passwords_even_the_right_one_must_wait(database: Database) -> None:
    make_person(database, login="union")
    for _ in range(FAILURES_ALLOWED):
        refusal(database, "union", "wrong-password")
    assert refusal(database, "union", PASSWORD)[0] is AccountResting


def test_the_rest_ends(database: Database) -> None:
    make_person(database, login="union")
    for _ in range(FAILURES_ALLOWED):
        refusal(database, "union", "wrong-password")
    with database.writing() as session:
        row = session.get_one(AttemptRow, keys_of("union")[1])
        assert row.resting_until is not None
        assert timedelta(minutes=14) < row.resting_until - now(session) <= timedelta(minutes=15)
        row.resting_until = now(session)
        session.add(row)
    assert who(database, service.log_in(database, "union", PASSWORD)) == "union"


def test_four_wrong_passwords_and_a_right_one_begin_the_count_anew(database: Database) -> None:
    make_person(database, login="union")
    for _ in range(2):
        for _ in range(FAILURES_ALLOWED - 1):
            refusal(database, "union", "wrong-password")
        service.log_in(database, "union", PASSWORD)


def test_guesses_made_at_the_same_time_count_one_by_one(database: Database) -> None:
    """The right guess was begun before five wrong ones were counted; it is answered like a wrong one."""
    make_person(database, login="union")
    asked = service._asked(database, "union")
    for _ in range(FAILURES_ALLOWED):
        service._count_failure(database, asked)
    with pytest.raises(WrongLogIn):
        service._start(database, asked)
    assert refusal(database, "union", PASSWORD)[0] is AccountResting


def test_who_guesses_at_one_origin_shuts_nobody_out_at_another(database: Database) -> None:
    make_person(database, login="union")
    for _ in range(FAILURES_ALLOWED):
        refusal(database, "union", "wrong-password", "192.0.2.7")
    assert refusal(database, "union", PASSWORD, "192.0.2.7")[0] is AccountResting
    token = service.log_in(database, "union", PASSWORD, origin="192.0.2.8")
    assert who(database, token) == "union"
    assert refusal(database, "union", PASSWORD, "192.0.2.7")[0] is AccountResting


def test_the_addresses_of_one_line_are_one_origin(database: Database) -> None:
    make_person(database, login="union")
    for number in range(FAILURES_ALLOWED):
        refusal(database, "union", "wrong-password", f"2001:db8::{number}")
    assert refusal(database, "union", PASSWORD, "2001:db8::ffff")[0] is AccountResting
    assert service.log_in(database, "union", PASSWORD, origin="2001:db8:0:1::1")


def test_very_many_guesses_from_many_origins_make_the_account_rest_for_everybody(
    database: Database,
) -> None:
    make_person(database, login="union")
    assert guesses(database, "union", FAILURES_ALLOWED_IN_ALL) == {WrongLogIn}
    assert guesses(database, "nobody", FAILURES_ALLOWED_IN_ALL) == {WrongLogIn}
    answers = {login: refusal(database, login, PASSWORD, "192.0.2.8") for login in ("union", "nobody")}
    assert answers["union"][0] is AccountResting
    assert answers["union"] == answers["nobody"]


def test_guesses_from_many_origins_begin_anew_after_a_quarter_of_an_hour(database: Database) -> None:
    make_person(database, login="union")
    guesses(database, "union", FAILURES_ALLOWED_IN_ALL - 1)
    with database.writing() as session:
        row = session.get_one(AttemptRow, keys_of("union")[0])
        row.last -= timedelta(minutes=16)
        session.add(row)
    guesses(database, "union", 2)
    assert service.log_in(database, "union", PASSWORD, origin="192.0.2.8")


def test_failures_from_many_threads_are_all_counted(database: Database) -> None:
    make_person(database, login="union")
    service_count = 4
    failures: list[BaseException] = []

    def guess() -> None:
        try:
            service.log_in(database, "union", "wrong-password")
        except WrongLogIn:
            pass
        except BaseException as unexpected:  # the thread's failure is the test's
            failures.append(unexpected)

    threads = [threading.Thread(target=guess) for _ in range(service_count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with database.reading() as session:
        rows = [session.get_one(AttemptRow, key) for key in keys_of("union")]
        assert [row.failures for row in rows] == [service_count, service_count]


def test_failed_and_good_log_ins_stand_in_the_access_chain(database: Database) -> None:
    person = make_person(database, login="union")
    refusal(database, "union", "wrong-password")
    service.log_in(database, "union", PASSWORD)
    refusal(database, "nobody", "wrong-password")
    with database.reading() as session:
        told = [(each.kind, each.values()["person"]) for each in entries(session, ACCESS)]
    assert told == [
        ("accounts.log_in_failed", person.id),
        ("accounts.logged_in", person.id),
        ("accounts.access_denied", "-"),
    ]


def test_guessed_names_do_not_flood_the_access_chain_and_are_not_kept(database: Database) -> None:
    for number in range(20):
        refusal(database, f"guess-{number}", "wrong-password")
    with database.reading() as session:
        assert len(entries(session, ACCESS)) == 1
        names = session.connection().exec_driver_sql("SELECT * FROM account_attempt").all()
    assert "guess-7" not in str(names)


def test_wrong_passwords_of_long_ago_are_forgotten(database: Database) -> None:
    refusal(database, "nobody", "wrong-password")
    with database.writing() as session:
        for row in [session.get_one(AttemptRow, key) for key in keys_of("nobody")]:
            row.last -= timedelta(minutes=16)
            session.add(row)
    refusal(database, "somebody-else", "wrong-password")
    with database.reading() as session:
        assert [session.get(AttemptRow, key) for key in keys_of("nobody")] == [None, None]


def test_logging_out_ends_that_log_in_alone(database: Database) -> None:
    make_person(database, login="union")
    first, second = (service.log_in(database, "union", PASSWORD) for _ in range(2))
    service.log_out(database, first)
    assert (who(database, first), who(database, second)) == (None, "union")
    service.log_out(database, first)


def test_a_log_in_ends_after_a_sitting_day(database: Database) -> None:
    make_person(database, login="union")
    token = service.log_in(database, "union", PASSWORD)
    with database.writing() as session:
        row = session.get_one(LogInRow, hashlib.sha256(token.encode()).hexdigest())
        assert row.until - row.since == timedelta(hours=12)
        row.until = now(session)
        session.add(row)
    assert who(database, token) is None


def test_the_token_is_kept_as_its_hash_only(database: Database) -> None:
    make_person(database, login="union")
    token = service.log_in(database, "union", PASSWORD)
    with database.reading() as session:
        rows = str(session.connection().exec_driver_sql("SELECT * FROM account_log_in").all())
        assert token not in rows
        assert hashlib.sha256(token.encode()).hexdigest() in rows
    assert who(database, hashlib.sha256(token.encode()).hexdigest()) is None


@pytest.mark.parametrize("token", [None, "", "x" * 43])
def test_a_strangers_token_is_nobody(database: Database, token: str | None) -> None:
    assert who(database, token) is None


def test_a_new_password_ends_every_log_in_and_the_rest(database: Database) -> None:
    make_person(database, login="union")
    token = service.log_in(database, "union", PASSWORD)
    for _ in range(FAILURES_ALLOWED):
        refusal(database, "union", "wrong-password")
    guesses(database, "union", FAILURES_ALLOWED_IN_ALL - FAILURES_ALLOWED)
    service.set_password(database, "union", "another-password")
    assert who(database, token) is None
    assert who(database, service.log_in(database, "union", "another-password")) == "union"


def test_a_password_changed_while_the_old_one_was_hashed_starts_no_log_in(database: Database) -> None:
    make_person(database, login="union")
    asked = service._asked(database, "union")
    service.set_password(database, "union", "another-password")
    with pytest.raises(WrongLogIn):
        service._start(database, asked)


def test_a_person_put_out_of_service_is_nobody_at_once(database: Database) -> None:
    person = make_person(database, login="union")
    token = service.log_in(database, "union", PASSWORD)
    with database.writing() as session:
        row = session.get_one(PersonRow, person.id)
        row.active = False
        session.add(row)
    assert who(database, token) is None
    assert refusal(database, "union", PASSWORD)[0] is WrongLogIn


def test_roles_are_those_held_now(database: Database) -> None:
    roles = frozenset({Role.CHAIR, Role.MEMBER})
    person = make_person(database, roles=roles)
    with database.reading() as session:
        found = storage.person(session, person.id)
    assert found is not None
    assert found == replace(person, roles=roles)


def test_a_name_is_taken_whatever_its_letters_case(database: Database) -> None:
    make_person(database, login="Министрлик")
    with pytest.raises(LoginTaken):
        make_person(database, login="МИНИСТРЛИК")


def test_a_short_password_is_refused(database: Database) -> None:
    with pytest.raises(PasswordTooShort):
        make_person(database, password="eleven-char")
    make_person(database, login="union")
    with pytest.raises(PasswordTooShort):
        service.set_password(database, "union", "short")


def test_the_password_is_kept_as_an_argon2id_hash_only(database: Database) -> None:
    make_person(database)
    with database.reading() as session:
        rows = str(session.connection().exec_driver_sql("SELECT * FROM account_person").all())
    assert PASSWORD not in rows
    assert "$argon2id$" in rows


def test_people_and_parties_enter_the_system_chain_by_id_and_never_by_name(database: Database) -> None:
    person, party = make_person(database, name="Асель Токтогулова"), make_party(database)
    with database.reading() as session:
        told = entries(session, SYSTEM)
    assert [each.values() for each in told] == [{"person": person.id}, {"party": party.id}]
    assert "Асель" not in str(told)


def test_fresh_passwords_differ_and_hold_no_letters_that_look_alike() -> None:
    made = {passwords.fresh() for _ in range(1_000)}
    assert len(made) == 1_000
    assert not set("01lo") & set("".join(made))
    assert {len(each) for each in made} == {23}


def test_of_two_accounts_made_at_once_with_one_name_the_second_is_refused_in_words(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_person(database, login="aida")
    monkeypatch.setattr("budgetproto.accounts.storage.person_row", lambda *_: None)
    with pytest.raises(LoginTaken):
        make_person(database, login="aida")
