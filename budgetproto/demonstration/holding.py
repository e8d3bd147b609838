"""Takes a sitting of fixtures through its stages by the services alone, as people would by browser."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from budgetproto.database import Database, now
from budgetproto.demonstration.fixture import Fixture, confirmed, instrument, named, number
from budgetproto.disputes import service as disputes
from budgetproto.disputes import storage as dispute_storage
from budgetproto.disputes.domain import Figure, Measure
from budgetproto.disputes.lines import many
from budgetproto.disputes.lines.many import NewLine
from budgetproto.disputes.options import service as options
from budgetproto.disputes.positions import filing, opening
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.disputes.responses import service as responses
from budgetproto.disputes.terms import proposing
from budgetproto.i18n import NO_NAME, Named, Words
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.money import Som, Unit
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import Attendee, Group, Outcome, Speech, Votes
from budgetproto.proceedings.following import service as following
from budgetproto.proceedings.following.domain import Assignment, FollowUp
from budgetproto.proceedings.participation import service as participation
from budgetproto.proceedings.participation.domain import Answer, Entered, Question
from budgetproto.proceedings.participation.storage import EVERY_ITEM
from budgetproto.proceedings.service import Recorded
from budgetproto.sittings import mandates, settling
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import LsgFigure, Source, Stage
from budgetproto.sittings.service import NewSitting
from budgetproto.transfers.storage import find_kinds

_OPEN_FOR: Final = timedelta(days=7)


@dataclass
class Cast:
    """Ids of people and parties by the keys of the file, and who speaks for each party."""

    people: dict[str, str] = field(default_factory=dict)
    parties: dict[str, str] = field(default_factory=dict)
    speaks: dict[str, str] = field(default_factory=dict)


def prepared(database: Database, key: SealKey, fixture: Fixture, cast: Cast, *, number: str) -> str:
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
    texts = [fixture.line_text(line, kinds, cast.parties) for line in fixture.lines()]
    for lines in _parts([NewLine(text) for text in texts]):
        many.add_lines(database, secretary, sitting, lines, how="spreadsheet")
    terms = proposing.propose_terms(database, secretary, sitting, _terms(fixture))
    disputes.start_collecting(database, key, secretary, sitting)
    for party_key, person in cast.speaks.items():
        settling.acknowledge_terms(
            database, person, sitting, party_id=cast.parties[party_key], number=terms.version
        )
    settling.fix_terms(database, secretary, sitting, number=terms.version)
    return sitting


def held(database: Database, key: SealKey, fixture: Fixture, cast: Cast, sitting: str) -> None:
    """File, open, compute, and hold the session to its end."""
    secretary = cast.people["secretary"]
    _file(database, key, fixture, cast, sitting)
    for party_key, person in cast.speaks.items():
        filing.declare_final(database, person, sitting, party_id=cast.parties[party_key])
    opening.open_positions(database, key, secretary, sitting)
    options.publish_option(database, secretary, sitting)
    sittings.take_step(database, secretary, sitting, Stage.IN_SESSION)
    proceedings.record_attendance(database, secretary, sitting, _attendees(fixture, cast))
    _speeches(database, fixture, secretary, sitting)
    _participation(database, fixture, cast, sitting)
    _responses(database, fixture, cast, sitting)
    _decisions(database, fixture, secretary, sitting)
    for opinion in fixture.values.get("opinions", []):
        proceedings.give_opinion(
            database,
            cast.speaks[opinion["party"]],
            sitting,
            kind=opinion["kind"],
            author=fixture.body(opinion["party"]),
            words=confirmed(opinion["text"]),
            party=cast.parties[opinion["party"]],
        )
    proceedings.close_session(database, secretary, sitting)
    _assignments(database, fixture, cast, sitting)
    _follow_ups(database, fixture, secretary, sitting)


def _parts(lines: list[NewLine]) -> Iterator[list[NewLine]]:
    """Return the lines in parts that may be entered by one act each."""
    for first in range(0, len(lines), many.MOST_LINES):
        yield lines[first : first + many.MOST_LINES]


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
    cast: Cast,
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


def _terms(fixture: Fixture) -> proposing.NewTerms:
    terms = fixture.values["terms"]
    return proposing.NewTerms(
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


def _file(database: Database, key: SealKey, fixture: Fixture, cast: Cast, sitting: str) -> None:
    for line_id, line in zip(_line_ids(database, sitting), fixture.lines(), strict=True):
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


def _attendees(fixture: Fixture, cast: Cast) -> list[Attendee]:
    return [
        Attendee(
            group=Group(person["group"]),
            name=person["name"],
            role=named(person["position"]),
            body=fixture.body(person["body"]),
            mandate=_paper(fixture, person["key"]),
            present=person["present"],
            reason=named(person.get("absence_reason", {})),
            party=cast.parties.get(person["body"], ""),
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


def _participation(database: Database, fixture: Fixture, cast: Cast, sitting: str) -> None:
    """Enter of each association when it was invited, and what the record of the session does not know."""
    secretary = cast.people["secretary"]
    with database.reading() as session:
        today = bishkek_day(now(session))
    for item in fixture.values["agenda"]:
        if why := item.get("untouched"):
            participation.judge_touching(database, secretary, sitting, item["number"], touches=False, why=why)
    for told in fixture.values.get("participation", []):
        days = told.get("days_before")
        participation.enter(
            database,
            secretary,
            sitting,
            item=EVERY_ITEM,
            party=cast.parties[told["party"]],
            question=Question(told["question"]),
            entered=Entered(Answer(told["answer"]), told["why"], today - timedelta(days) if days else None),
        )


def _responses(database: Database, fixture: Fixture, cast: Cast, sitting: str) -> None:
    """Answer the option where the file has answers; elsewhere nobody answers."""
    with database.reading() as session:
        option = options.latest(session, sitting)
    for line_id, line in zip(_line_ids(database, sitting), fixture.lines(), strict=True):
        for said in line.get("responses", []):
            responses.answer(
                database,
                cast.speaks[said["party"]],
                line_id,
                party_id=cast.parties[said["party"]],
                response=fixture.response(said, line),
                option=option.number if option else 0,
                seen=0,
                confirmed=True,
            )


def _decisions(database: Database, fixture: Fixture, secretary: str, sitting: str) -> None:
    with database.reading() as session:
        option = options.latest(session, sitting)
    ids = _line_ids(database, sitting)
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
        line_id = ids[number_ - 1]
        proceedings.record_decision(database, secretary, line_id, recorded, version=0)


def _decided_figure(decision: dict[str, Any], line: dict[str, Any], computed: Figure) -> Figure:
    written = decision.get("figure")
    return computed if written == "option" else number(written, Measure(line["measure"]))


def _assignments(database: Database, fixture: Fixture, cast: Cast, sitting: str) -> None:
    for line_id, line in zip(_line_ids(database, sitting), fixture.lines(), strict=True):
        if (given := line.get("assignment")) is None:
            continue
        assigned = Assignment(
            owner=named(given["owner"]),
            due=given["due"],
            reading=given["reading"],
            party=cast.parties[given["party"]],
            task=named(given["task"]),
        )
        following.assign(database, cast.people["secretary"], line_id, assigned)


def _follow_ups(database: Database, fixture: Fixture, secretary: str, sitting: str) -> None:
    for line_id, line in zip(_line_ids(database, sitting), fixture.lines(), strict=True):
        for outcome in line.get("outcome", []):
            entered = FollowUp(
                kind=outcome["kind"],
                figure=number(outcome["figure"], Measure(line["measure"])),
                instrument=instrument(outcome.get("instrument")),
                on=outcome.get("date"),
                source=fixture.cited(outcome.get("source")),
                words=named(outcome["text"]),
            )
            following.enter_follow_up(database, secretary, line_id, entered)


def _line_ids(database: Database, sitting: str) -> list[str]:
    """Return the ids of the lines in the order of the file."""
    with database.reading() as session:
        return [line.id for line in dispute_storage.lines(session, sitting)]
