"""A protocol's number is formed as the committee forms it, given once, and never given again."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from budgetproto.accounts.domain import Person, Role
from budgetproto.database import Database
from budgetproto.i18n import Named
from budgetproto.protocol import numbering
from budgetproto.protocol.numbering import NumberTaken
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act
from budgetproto.sittings.numbering import SchemeUnfit, check_scheme
from budgetproto.sittings.procedure import change_setting
from tests.factories import make_person
from tests.stated import new_sitting

SOURCE = Named("Номенклатура", "Номенклатура дел", "List of files")


@pytest.fixture
def secretary(database: Database) -> Person:
    return make_person(database, roles=frozenset({Role.SECRETARY}))


def numbered(database: Database, secretary: Person, *sitting_ids: str) -> list[str]:
    return [numbering.numbered(database, secretary.id, each, Act.PREPARE) for each in sitting_ids]


def prepared(database: Database, secretary: Person, count: int) -> list[str]:
    return [sittings.prepare_sitting(database, secretary.id, new_sitting()) for _ in range(count)]


def set_scheme(database: Database, secretary: Person, scheme: str) -> None:
    change_setting(database, secretary.id, "protocol_number", value=scheme, source=SOURCE)


def test_a_number_is_given_once_and_two_at_once_never_get_the_same(
    database: Database, secretary: Person
) -> None:
    set_scheme(database, secretary, "{running}-П/{year}")
    made = prepared(database, secretary, 5)
    with ThreadPoolExecutor(4) as pool:
        at_once = list(pool.map(lambda each: numbered(database, secretary, each)[0], [*made[:4], *made[:4]]))
    assert sorted(at_once[:4]) == [f"{number}-П/2020" for number in range(1, 5)]
    assert at_once[4:] == at_once[:4]
    assert numbered(database, secretary, made[4]) == ["5-П/2020"]
    for statement in ("DELETE FROM protocol_number", "UPDATE protocol_number SET number = 'x'"):
        with pytest.raises(DBAPIError), database.writing() as session:
            session.connection().execute(sa.text(statement))


def test_another_scheme_never_gives_a_number_that_was_given(sqlite_database: Database) -> None:
    secretary = make_person(sqlite_database, roles=frozenset({Role.SECRETARY}))
    one, other, third = prepared(sqlite_database, secretary, 3)
    (first,) = numbered(sqlite_database, secretary, one)
    set_scheme(sqlite_database, secretary, "{kind}-{running}/{budget_year}")
    assert numbered(sqlite_database, secretary, one, other) == [first, "ӨП-1/2020"]
    set_scheme(sqlite_database, secretary, "ӨП-1/{budget_year}{sitting}")
    assert numbered(sqlite_database, secretary, other) == ["ӨП-1/2020"]
    set_scheme(sqlite_database, secretary, "{running}")
    assert numbered(sqlite_database, secretary, third) == ["2"]


def test_a_number_that_is_taken_is_refused_where_nothing_counts(sqlite_database: Database) -> None:
    secretary = make_person(sqlite_database, roles=frozenset({Role.SECRETARY}))
    one, other = (
        sittings.prepare_sitting(sqlite_database, secretary.id, replace(new_sitting(), number=number))
        for number in ("7", "7/2020")
    )
    set_scheme(sqlite_database, secretary, "{sitting}/{year}")
    assert numbered(sqlite_database, secretary, one) == ["7/2020"]
    set_scheme(sqlite_database, secretary, "{sitting}")
    with pytest.raises(NumberTaken):
        numbered(sqlite_database, secretary, other)


@pytest.mark.parametrize(
    ("scheme", "key"),
    [
        ("{sitting", "braces"),
        ("{running:03}", "braces"),
        ("{{running}}", "letters"),
        ("{month}-{running}", "unknown_place"),
        ("{}", "unknown_place"),
        ("{sitting.id}", "unknown_place"),
        ("П/{year}", "not_unique"),
        ("", "not_unique"),
        ("{sitting}~1", "letters"),
        ("{sitting}<b>", "letters"),
        ("{running}" + "a" * 60, "too_long"),
    ],
)
def test_a_bad_scheme_is_refused_with_one_sentence(scheme: str, key: str) -> None:
    with pytest.raises(SchemeUnfit) as refusal:
        check_scheme(scheme)
    assert refusal.value.key == f"sittings.scheme.{key}"


@pytest.mark.parametrize(
    "scheme", ["{sitting}", "{sitting}/{year}", "{running}-П/{year}", "№ {running} ({kind})"]
)
def test_schemes_that_offices_use_are_taken(scheme: str) -> None:
    check_scheme(scheme)
