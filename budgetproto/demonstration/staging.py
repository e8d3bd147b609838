"""Stages a sitting of fixtures in an installation: reference data, accounts, then the sitting itself."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from budgetproto.accounts import passwords
from budgetproto.accounts import service as accounts
from budgetproto.accounts import storage as account_storage
from budgetproto.accounts.bodies import service as bodies
from budgetproto.accounts.bodies.standing import people_of
from budgetproto.accounts.domain import Role
from budgetproto.accounts.naming import SYSTEM as THE_SERVICE
from budgetproto.database import Database
from budgetproto.demonstration.fixture import Fixture, named
from budgetproto.demonstration.holding import Cast, held, prepared
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.journal.domain import sha256_of
from budgetproto.proceedings.participation import listing
from budgetproto.sittings import storage as sitting_storage
from budgetproto.sittings.procedure import change_setting
from budgetproto.transfers import service as transfers
from budgetproto.transfers.reference import read_reference

_ROLES: Final = {
    "secretary": frozenset({Role.SECRETARY}),
    "chair": frozenset({Role.CHAIR, Role.MEMBER}),
    "member": frozenset({Role.MEMBER}),
    "negotiator": frozenset[Role](),
    "observer": frozenset({Role.OBSERVER}),
    "analyst": frozenset({Role.ANALYST}),
}
#: People of the file who get an account: one committee member is enough to look round.
_WITHOUT_ACCOUNT: Final = frozenset(f"member_{number}" for number in range(3, 10))


@dataclass(frozen=True)
class Account:
    """A demonstration account with its password, which is printed once and kept nowhere."""

    login: str
    name: str
    role: str
    password: str


@dataclass(frozen=True)
class Demonstration:
    """The finished sitting, one that is still collecting, the accounts made for them, the annual report."""

    finished: str
    collecting: str
    accounts: tuple[Account, ...] = ()
    report: str = ""


def stage(
    database: Database,
    key: SealKey,
    fixture: Fixture,
    *,
    password: str | None,
    tell: Callable[[str], None] = lambda _: None,
) -> Demonstration:
    """Load the reference data and stage the file's sitting twice: decided, and collecting positions.

    Safe to call again: what is there stays, and accounts get no new password. `password` is one for all
    accounts instead of fresh ones; `tell` is called with the message key of each part as it begins.
    """
    numbers = {kind: f"{fixture.values['sitting']['budget_year']}-{kind}" for kind in (1, 2)}
    with database.reading() as session:
        there = {each.number: each.id for each in sitting_storage.sittings(session)}
    if set(numbers.values()) <= there.keys():
        return Demonstration(there[numbers[1]], there[numbers[2]])
    cast, made = _ready(database, fixture, password, tell)
    _people_of_bodies(database, fixture, cast)
    finished = prepared(database, key, fixture, cast, number=numbers[1])
    held(database, key, fixture, cast, finished)
    collecting = prepared(database, key, fixture, cast, number=numbers[2])
    return Demonstration(finished, collecting, made)


def stage_sitting(
    database: Database,
    key: SealKey,
    fixture: Fixture,
    *,
    password: str | None,
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[str, tuple[Account, ...]]:
    """Stage one sitting to its decisions under its own key as number; return its id and the new accounts.

    Safe to call again: what is there stays.
    """
    with database.reading() as session:
        there = {each.number: each.id for each in sitting_storage.sittings(session)}
    if fixture.key in there:
        return there[fixture.key], ()
    cast, made = _ready(database, fixture, password, tell)
    sitting = prepared(database, key, fixture, cast, number=fixture.key)
    held(database, key, fixture, cast, sitting)
    return sitting, made


def _ready(
    database: Database, fixture: Fixture, password: str | None, tell: Callable[[str], None]
) -> tuple[Cast, tuple[Account, ...]]:
    """Load what the sitting refers to, and make the accounts of its people."""
    tell("commands.progress.reference")
    reference = read_reference()
    transfers.load(database, replace(reference, kinds=(*reference.kinds, *fixture.kinds())))
    tell("commands.progress.accounts")
    cast, made = _cast(database, fixture, password)
    with database.reading() as session:
        fresh = not sitting_storage.sittings(session)
    if fresh:
        # A committee that has sat keeps its own settings, whatever is staged beside it.
        _procedure(database, fixture, cast.people["secretary"])
        _must_invite(database, fixture, cast)
    tell("commands.progress.sitting")
    return cast, made


def _people_of_bodies(database: Database, fixture: Fixture, cast: Cast) -> None:
    """Let who speaks for each party act for it outside sittings too, where nobody does yet."""
    for party in fixture.values["parties"]:
        body, document = cast.parties[party["key"]], party["mandates"][0]["document"]
        with database.reading() as session:
            if people_of(session, body):
                continue
            login = account_storage.person(session, cast.speaks[party["key"]])
        asked = bodies.ask_first(
            database,
            cast.people["secretary"],
            party_id=body,
            login=login.login if login else "",
            document=named(document).text("ky"),
            digest=sha256_of(named(document).text("ky")),
        )
        bodies.agree_first(database, THE_SERVICE, asked)


def _must_invite(database: Database, fixture: Fixture, cast: Cast) -> None:
    """Put on the list whom the committee has bound itself to invite."""
    for told in fixture.values.get("must_invite", []):
        listing.bind(
            database,
            cast.people["secretary"],
            party=cast.parties[told["party"]],
            beside=cast.parties[told["beside"]],
            listed=True,
            basis=named(told["basis"]),
        )


def _cast(database: Database, fixture: Fixture, password: str | None) -> tuple[Cast, tuple[Account, ...]]:
    cast, made = Cast(), []
    for party in fixture.values["parties"]:
        cast.parties[party["key"]] = _party(database, fixture, party)
    for person in fixture.people():
        if person["key"] in _WITHOUT_ACCOUNT:
            continue
        account = Account(person["key"], person["name"], person["role"], password or passwords.fresh())
        cast.people[person["key"]], new = _account(database, account)
        made += [account] if new else []
    for party in fixture.values["parties"]:
        cast.speaks[party["key"]] = cast.people[party["mandates"][0]["person"]]
    return cast, tuple(made)


def _party(database: Database, fixture: Fixture, party: dict[str, Any]) -> str:
    with database.reading() as session:
        there = {each.key: each.id for each in account_storage.parties(session)}
    if party["key"] in there:
        return there[party["key"]]
    name = fixture.body(party["body"])
    return accounts.add_party(database, key=party["key"], side=party["side"], name=name).id


def _account(database: Database, account: Account) -> tuple[str, bool]:
    """Return the id of an account, and whether it was made now: one that is there keeps its password."""
    with database.reading() as session:
        there = account_storage.person_row(session, account.login)
    if there is not None:
        return there.id, False
    entered = accounts.add_person(
        database,
        login=account.login,
        name=account.name,
        password=account.password,
        roles=_ROLES[account.role],
    )
    return entered.id, True


def _procedure(database: Database, fixture: Fixture, secretary: str) -> None:
    """Set the committee as the file has it: how many members there are decides the quorum."""
    quorum = fixture.values["settings"]["quorum"]
    members, source = str(quorum["members_total"]), named(quorum["source"])
    change_setting(database, secretary, "members_total", value=members, source=source)
