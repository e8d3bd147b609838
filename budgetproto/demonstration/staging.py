"""Stages a sitting of fixtures through the services alone, as its people would with their browsers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from budgetproto.accounts import passwords
from budgetproto.accounts import service as accounts
from budgetproto.accounts import storage as account_storage
from budgetproto.accounts.domain import Role
from budgetproto.database import Database, now
from budgetproto.demonstration.fixture import Fixture, confirmed, instrument, named, number
from budgetproto.disputes import filing, opening, options
from budgetproto.disputes import service as disputes
from budgetproto.disputes import storage as dispute_storage
from budgetproto.disputes.domain import Figure, Measure
from budgetproto.disputes.sealing import SealKey
from budgetproto.i18n import NO_NAME, Named, Words
from budgetproto.money import Som, Unit
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import Attendee, FollowUp, Group, Outcome, Speech, Votes
from budgetproto.proceedings.service import Recorded
from budgetproto.sittings import mandates
from budgetproto.sittings import service as sittings
from budgetproto.sittings import storage as sitting_storage
from budgetproto.sittings.domain import LsgFigure, Source, Stage
from budgetproto.sittings.procedure import change_setting
from budgetproto.sittings.service import NewSitting
from budgetproto.transfers import service as transfers
from budgetproto.transfers.reference import read_reference
from budgetproto.transfers.storage import find_kinds

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
_OPEN_FOR: Final = timedelta(days=7)


@dataclass(frozen=True)
class Account:
    """A demonstration account with its password, which is printed once and kept nowhere."""

    login: str
    name: str
    role: str
    password: str


@dataclass(frozen=True)
class Demonstration:
    """The finished sitting, one that is still collecting, and the accounts made for them."""

    finished: str
    collecting: str
    accounts: tuple[Account, ...] = ()


@dataclass
class _Cast:
    """Ids of people and parties by the keys of the file."""

    people: dict[str, str] = field(default_factory=dict)
    parties: dict[str, str] = field(default_factory=dict)
    speaks: dict[str, str] = field(default_factory=dict)


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
    tell("commands.progress.reference")
    transfers.load(database, read_reference())
    tell("commands.progress.accounts")
    cast, made = _cast(database, fixture, password)
    _procedure(database, fixture, cast.people["secretary"])
    tell("commands.progress.sitting")
    finished = _collecting(database, key, fixture, cast, number=numbers[1])
    _decided(database, key, fixture, cast, finished)
    collecting = _collecting(database, key, fixture, cast, number=numbers[2])
    return Demonstration(finished, collecting, made)


def _cast(database: Database, fixture: Fixture, password: str | None) -> tuple[_Cast, tuple[Account, ...]]:
    cast, made = _Cast(), []
    for party in fixture.values["parties"]:
        entered = accounts.add_party(
            database, key=party["key"], side=party["side"], name=fixture.body(party["body"])
        )
        cast.parties[party["key"]] = entered.id
    for person in fixture.people():
        if person["key"] in _WITHOUT_ACCOUNT:
            continue
        account = Account(person["key"], person["name"], person["role"], password or passwords.fresh())
        cast.people[person["key"]] = _account(database, account)
        made.append(account)
    for party in fixture.values["parties"]:
        cast.speaks[party["key"]] = cast.people[party["mandates"][0]["person"]]
    return cast, tuple(made)


def _account(database: Database, account: Account) -> str:
    with database.reading() as session:
        there = account_storage.person_row(session, account.login)
    if there is not None:
        return there.id
    entered = accounts.add_person(
        database,
        login=account.login,
        name=account.name,
        password=account.password,
        roles=_ROLES[account.role],
    )
    return entered.id


def _procedure(database: Database, fixture: Fixture, secretary: str) -> None:
    """Set the committee as the file has it: how many members there are decides the quorum."""
    quorum = fixture.values["settings"]["quorum"]
    members, source = str(quorum["members_total"]), named(quorum["source"])
    change_setting(database, secretary, "members_total", value=members, source=source)


def _collecting(database: Database, key: SealKey, fixture: Fixture, cast: _Cast, *, number: str) -> str:
    """Prepare a sitting and take it to collecting, with its terms acknowledged and fixed."""
    secretary = cast.people["secretary"]
    sitting = sittings.prepare_sitting(database, secretary, _new_sitting(database, fixture, number))
    for party in fixture.values["parties"]:
        sittings.invite_party(database, secretary, sitting, cast.parties[party["key"]])
        for mandate in party["mandates"]:
            _mandate(database, fixture, cast, sitting=sitting, party_key=party["key"], mandate=mandate)
    for item in fixture.values["agenda"]:
        proceedings.add_agenda_item(database, secretary, sitting, named(item["title"]))
    with database.reading() as session:
        kinds = {kind.code: kind.basis for kind in find_kinds(session)}
    for line in fixture.lines():
        text = fixture.line_text(line, kinds, cast.parties)
        disputes.add_line(database, secretary, sitting, text)
    terms = disputes.propose_terms(database, secretary, sitting, _terms(fixture))
    disputes.start_collecting(database, key, secretary, sitting)
    for party_key, person in cast.speaks.items():
        sittings.acknowledge_terms(
            database, person, sitting, party_id=cast.parties[party_key], number=terms.version
        )
    sittings.fix_terms(database, secretary, sitting, number=terms.version)
    return sitting


def _decided(database: Database, key: SealKey, fixture: Fixture, cast: _Cast, sitting: str) -> None:
    """File, open, compute, and hold the session to its end."""
    secretary = cast.people["secretary"]
    _file(database, key, fixture, cast, sitting)
    for party_key, person in cast.speaks.items():
        filing.declare_final(database, person, sitting, party_id=cast.parties[party_key])
    opening.open_positions(database, key, secretary, sitting)
    options.publish_option(database, secretary, sitting)
    sittings.take_step(database, secretary, sitting, Stage.IN_SESSION)
    proceedings.record_attendance(database, secretary, sitting, _attendees(fixture))
    _speeches(database, fixture, secretary, sitting)
    _decisions(database, fixture, secretary, sitting)
    for opinion in fixture.values.get("opinions", []):
        proceedings.give_opinion(
            database,
            cast.speaks[opinion["party"]],
            sitting,
            kind=opinion["kind"],
            author=fixture.body(opinion["party"]),
            words=confirmed(opinion["text"]),
        )
    proceedings.close_session(database, secretary, sitting)
    _follow_ups(database, fixture, secretary, sitting)


def _new_sitting(database: Database, fixture: Fixture, number: str) -> NewSitting:
    values = fixture.values["sitting"]
    with database.reading() as session:
        deadline = now(session) + _OPEN_FOR
    return NewSitting(
        number=number,
        title=named(values["title"]),
        draft_budget=named(values["draft_budget"]["title"]),
        draft_reference=fixture.cited(values["draft_budget"].get("source")),
        draft_submitted=None,
        budget_year=values["budget_year"],
        place=named(values["place"]),
        held_on=values.get("held_on"),
        deadline=deadline.replace(second=0, microsecond=0),
        unit=Unit[values["unit"].upper()],
        currency=named(values["currency"]),
        illustrative=values["illustrative"],
        note=named(values["note"]),
    )


def _mandate(
    database: Database,
    fixture: Fixture,
    cast: _Cast,
    *,
    sitting: str,
    party_key: str,
    mandate: dict[str, Any],
) -> None:
    person = next(each for each in fixture.people() if each["key"] == mandate["person"])
    mandates.enter_mandate(
        database,
        cast.people["secretary"],
        sitting,
        delegate=cast.people[mandate["person"]],
        party_id=cast.parties[party_key],
        capacity=named(person["position"]),
        paper=named(mandate["document"]),
    )


def _terms(fixture: Fixture) -> disputes.NewTerms:
    terms = fixture.values["terms"]
    return disputes.NewTerms(
        rule=terms["rule"],
        sources=tuple(
            Source(
                name=named(source["name"]),
                amount=Som.from_json(source["amount"]),
                year=source["year"],
                document=named(source["document"]),
                side=source.get("side"),
                illustrative=source["illustrative"],
            )
            for source in terms["sources"]
        ),
        quantum=Som.from_json(terms["quantum"]),
        kappa=0,
        lsg_figure=LsgFigure(terms["lsg_figure"]),
    )


def _file(database: Database, key: SealKey, fixture: Fixture, cast: _Cast, sitting: str) -> None:
    for number_, line in enumerate(fixture.lines(), start=1):
        line_id = _line_id(database, sitting, number_)
        for stated in line["positions"]:
            filing.file_position(
                database,
                key,
                cast.speaks[stated["party"]],
                line_id,
                party_id=cast.parties[stated["party"]],
                position=fixture.position(stated, line),
                seen=0,
                confirmed=True,
            )


def _attendees(fixture: Fixture) -> list[Attendee]:
    return [
        Attendee(
            group=Group(person["group"]),
            name=person["name"],
            role=named(person["position"]),
            body=fixture.body(person["body"]),
            mandate=_paper(fixture, person["key"]),
            present=person["present"],
            reason=named(person.get("absence_reason", {})),
        )
        for person in fixture.people()
        if person["group"] != "staff"
    ]


def _paper(fixture: Fixture, person: str) -> Named:
    every = (mandate for party in fixture.values["parties"] for mandate in party["mandates"])
    return next((named(each["document"]) for each in every if each["person"] == person), NO_NAME)


def _speeches(database: Database, fixture: Fixture, secretary: str, sitting: str) -> None:
    people = {person["key"]: person for person in fixture.people()}
    for item in fixture.values["agenda"]:
        for heard, keys in ((True, item["heard"]), (False, item["spoke"])):
            for key in keys:
                person = people[key]
                speech = Speech(heard, person["name"], named(person["position"]), Words(NO_NAME))
                proceedings.add_speech(database, secretary, sitting, item["number"], speech)


def _decisions(database: Database, fixture: Fixture, secretary: str, sitting: str) -> None:
    with database.reading() as session:
        option = options.latest(session, sitting)
    for number_, line in enumerate(fixture.lines(), start=1):
        decision = line["decision"]
        computed = option.awards[number_].figure if option else None
        recorded = Recorded(
            decided=_decided_figure(decision, line, computed),
            votes=Votes(
                decision["votes"]["for"], decision["votes"]["against"], decision["votes"]["abstained"]
            ),
            outcome=Outcome(decision["outcome"]),
            instrument=instrument(decision.get("instrument")),
            note=confirmed(decision["note"]),
        )
        line_id = _line_id(database, sitting, number_)
        proceedings.record_decision(database, secretary, line_id, recorded, version=0)


def _decided_figure(decision: dict[str, Any], line: dict[str, Any], computed: Figure) -> Figure:
    written = decision.get("figure")
    return computed if written == "option" else number(written, Measure(line["measure"]))


def _follow_ups(database: Database, fixture: Fixture, secretary: str, sitting: str) -> None:
    for number_, line in enumerate(fixture.lines(), start=1):
        line_id = _line_id(database, sitting, number_)
        for outcome in line.get("outcome", []):
            entered = FollowUp(
                kind=outcome["kind"],
                figure=number(outcome["figure"], Measure(line["measure"])),
                instrument=instrument(outcome.get("instrument")),
                on=outcome.get("date"),
                source=fixture.cited(outcome.get("source")),
                words=named(outcome["text"]),
            )
            proceedings.enter_follow_up(database, secretary, line_id, entered)


def _line_id(database: Database, sitting: str, number_: int) -> str:
    with database.reading() as session:
        return next(line.id for line in dispute_storage.lines(session, sitting) if line.number == number_)
