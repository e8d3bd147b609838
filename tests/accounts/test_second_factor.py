"""The second factor: the vectors of RFC 6238, each code once, guesses counted, printed codes used up."""

import threading
from datetime import UTC, datetime

import pyotp
import pytest

from budgetproto.accounts import second_factor, second_factor_storage, service
from budgetproto.accounts.attempts import AccountResting
from budgetproto.accounts.domain import CODES_ALLOWED_IN_ALL, FAILURES_ALLOWED, Person
from budgetproto.accounts.rules import Rules
from budgetproto.accounts.second_factor import WrongCode, matching_step
from budgetproto.accounts.secret_key import SecretKey
from budgetproto.database import Database, now
from budgetproto.errors import SetUp
from budgetproto.journal import SYSTEM
from budgetproto.journal.storage import entries
from tests.factories import PASSWORD, make_person
from tests.statements import counted

RULES = Rules(SecretKey.derived("only for tests"))
#: The secret of RFC 6238, appendix B: "12345678901234567890" in base 32.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
#: Its moments and the last six digits of its SHA-1 codes.
VECTORS = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_the_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    assert matching_step(RFC_SECRET, code, at(seconds)) == seconds // 30


@pytest.mark.parametrize(("apart", "good"), [(-61, False), (-30, True), (0, True), (30, True), (61, False)])
def test_a_clock_may_differ_by_one_step(apart: int, good: bool) -> None:
    assert (matching_step(RFC_SECRET, "050471", at(1111111111 + apart)) is not None) is good


def secret_of(database: Database, person: Person) -> str:
    with database.reading() as session:
        return second_factor.waiting(session, RULES, person, service="x").secret.replace(" ", "")


def enrol(database: Database, person: Person) -> str:
    """Set up a second factor with the code before the present one; return the secret."""
    second_factor.start(database, RULES, person.id)
    secret = secret_of(database, person)
    second_factor.set_up(database, RULES, person.id, code_of(database, secret, -1), origin="")
    return secret


def code_of(database: Database, secret: str, apart: int = 0) -> str:
    with database.reading() as session:
        moment = now(session)
    return pyotp.TOTP(secret).generate_otp(int(moment.timestamp()) // 30 + apart)


def check(database: Database, person: Person, code: str, origin: str = "") -> type[Exception] | None:
    try:
        second_factor.check(database, RULES, person.id, code, origin=origin)
    except (WrongCode, AccountResting) as refusal:
        return type(refusal)
    return None


@pytest.fixture
def person(database: Database) -> Person:
    return make_person(database, login="aida")


def test_until_a_code_has_proven_the_app_nothing_is_asked(database: Database, person: Person) -> None:
    second_factor.start(database, RULES, person.id)
    with pytest.raises(WrongCode):
        second_factor.set_up(database, RULES, person.id, "000000", origin="")
    with database.reading() as session:
        assert not second_factor.is_set(session, person.id)
    token = service.log_in(database, "aida", PASSWORD)
    with database.reading() as session:
        assert service.who(session, token) == person


def test_with_a_second_factor_the_password_alone_opens_nothing(database: Database, person: Person) -> None:
    secret = enrol(database, person)
    half = service.log_in(database, "aida", PASSWORD)
    with database.reading() as session:
        assert service.who(session, half) is None
    assert check(database, person, code_of(database, secret)) is None
    whole = service.finish(database, half)
    with database.reading() as session:
        assert service.who(session, whole) == person
        assert service.log_in_of(session, half) is None


def test_a_log_in_tells_in_one_statement_whether_there_is_a_second_factor(
    database: Database, person: Person
) -> None:
    without = service.log_in(database, "aida", PASSWORD)
    secret = enrol(database, person)
    half = service.log_in(database, "aida", PASSWORD)
    assert check(database, person, code_of(database, secret)) is None
    tokens = (without, service.finish(database, half))
    for token in tokens:
        with database.reading() as session, counted() as statements:
            found = service.log_in_of(session, token)
        assert found is not None
        assert found.has_factor
        assert len([each for each in statements if "SELECT" in each]) == 1


def test_only_a_proven_second_factor_counts(database: Database, person: Person) -> None:
    token = service.log_in(database, "aida", PASSWORD)
    second_factor.start(database, RULES, person.id)
    with database.reading() as session:
        found = service.log_in_of(session, token)
    assert found is not None
    assert not found.has_factor


def test_a_code_is_taken_once_and_none_before_it(database: Database, person: Person) -> None:
    secret = enrol(database, person)
    code = code_of(database, secret, 1)
    assert check(database, person, code) is None
    assert check(database, person, code) is WrongCode
    assert check(database, person, code_of(database, secret)) is WrongCode


def test_of_the_same_code_used_twice_at_once_one_wins(database: Database, person: Person) -> None:
    secret = enrol(database, person)
    for code in (code_of(database, secret, 1), second_factor.print_codes(database, person.id)[0]):
        answers: list[object] = []

        def use(tried: str, told: list[object]) -> None:
            told.append(check(database, person, tried))

        threads = [threading.Thread(target=use, args=(code, answers)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(map(str, answers)) == sorted(map(str, [None, WrongCode, WrongCode, WrongCode]))


def test_after_five_wrong_codes_even_the_right_one_must_wait(database: Database, person: Person) -> None:
    secret = enrol(database, person)
    for _ in range(FAILURES_ALLOWED):
        assert check(database, person, "000000", "192.0.2.7") is WrongCode
    assert check(database, person, code_of(database, secret), "192.0.2.7") is AccountResting
    assert check(database, person, code_of(database, secret), "192.0.2.8") is None


def test_codes_guessed_from_many_origins_make_the_account_rest(database: Database, person: Person) -> None:
    secret = enrol(database, person)
    for number in range(CODES_ALLOWED_IN_ALL):
        assert check(database, person, "000000", f"198.51.100.{number}") is WrongCode
    assert check(database, person, code_of(database, secret), "192.0.2.8") is AccountResting


def test_ten_printed_codes_work_once_each_and_new_ones_replace_them(
    database: Database, person: Person
) -> None:
    enrol(database, person)
    first = second_factor.print_codes(database, person.id)
    assert len(set(first)) == 10
    assert check(database, person, first[0].upper().replace("-", " ")) is None
    assert check(database, person, first[0]) is WrongCode
    with database.reading() as session:
        assert second_factor_storage.codes_left(session, person.id) == 9
        assert first[1] not in str(
            session.connection().exec_driver_sql("SELECT * FROM account_paper_code").all()
        )
    second = second_factor.print_codes(database, person.id)
    assert check(database, person, first[1]) is WrongCode
    assert check(database, person, second[1]) is None


def test_a_printed_code_of_somebody_else_is_wrong(database: Database, person: Person) -> None:
    other = make_person(database)
    enrol(database, person)
    enrol(database, other)
    assert check(database, other, second_factor.print_codes(database, person.id)[0]) is WrongCode


def test_the_secret_lies_encrypted_for_its_owner_alone(database: Database, person: Person) -> None:
    secret = enrol(database, person)
    with database.reading() as session:
        row = second_factor_storage.factor_row(session, person.id)
        assert row is not None
        assert secret not in row.secret
        assert RULES.key.unlocked(row.secret, person=person.id) == secret
        with pytest.raises(SetUp):
            RULES.key.unlocked(row.secret, person="somebody-else")
        with pytest.raises(SetUp):
            SecretKey.derived("another installation").unlocked(row.secret, person=person.id)


def test_the_journal_tells_of_it_by_id_alone(database: Database, person: Person) -> None:
    enrol(database, person)
    second_factor.print_codes(database, person.id)
    second_factor.remove(database, person.id, required=False)
    with database.reading() as session:
        told = [
            (each.kind, each.values()["whom"]) for each in entries(session, SYSTEM) if "whom" in each.values()
        ]
    assert told == [
        ("accounts.second_factor_set", person.id),
        ("accounts.paper_codes_made", person.id),
        ("accounts.second_factor_removed", person.id),
    ]
