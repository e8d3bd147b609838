"""Who was there: members and quorum, delegations, associations, the invited, the absent, the mandates."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import get_args

from budgetproto.protocol.drawing.house_style import BODY, NOTE, SECTION, SUBSECTION, WARNING
from budgetproto.protocol.drawing.paper import Paper, cell, cells
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.snapshot import Attendee, Group, Mandate, Party
from budgetproto.protocol.typesetting.tables import Cell


def draw_attendance(paper: Paper) -> None:
    """Draw the members and the quorum, the people present and absent, and the parties' mandates."""
    writer, flow = paper.writer, paper.flow
    attendance = paper.protocol.facts.attendance
    flow.text(writer.say("attendance.title"), SECTION)
    if attendance.illustrative:
        flow.text(writer.say("attendance.illustrative"), WARNING)
    flow.text(_members(paper), BODY)
    flow.text(_quorum(paper), BODY)
    for key, name in (("role.chair", attendance.chair), ("role.secretary", attendance.secretary)):
        if name:
            flow.text([("bold", f"{writer.say(key)}:"), ("text", name)], BODY)
    _people(paper)
    _parties(paper)


def _members(paper: Paper) -> str:
    attendance = paper.protocol.facts.attendance
    return paper.writer.say(
        "attendance.members", total=attendance.members_total, present=attendance.members_present
    )


def _quorum(paper: Paper) -> str:
    writer, attendance = paper.writer, paper.protocol.facts.attendance
    if attendance.quorum is None:
        return writer.say("attendance.no_quorum_set")
    key = "attendance.quorum_reached" if paper.protocol.quorum_reached else "attendance.quorum_missed"
    source = writer.name(attendance.quorum_source)
    said = writer.say(key, quorum=attendance.quorum)
    return f"{said} {writer.label('source', source)}." if source else said


def _people(paper: Paper) -> None:
    writer = paper.writer
    people = paper.protocol.facts.attendance.people
    by_group = [[person for person in people if person.group == group] for group in get_args(Group)]
    if not people:
        return
    rows = chain.from_iterable(_group_rows(writer, group) for group in by_group)
    titles = [writer.say(f"column.{name}") for name in ("person", "role", "mandate", "presence")]
    paper.flow.text(writer.say("attendance.people"), SUBSECTION)
    paper.table(paper.columns(28, 32, 22, 20), titles, rows)


def _group_rows(writer: Writer, people: Sequence[Attendee]) -> Iterator[tuple[Cell, ...]]:
    for person in people:
        presence = writer.say("present" if person.present else "absent")
        yield (
            cell(person.name),
            cells(_capacity(writer, person)),
            cell(writer.name(person.mandate)),
            cell(writer.joined((presence, writer.name(person.reason)), ": ")),
        )


def _capacity(writer: Writer, person: Attendee) -> tuple[str, ...]:
    """Say on whose behalf a person came, and as what, once when both say the same."""
    said = (writer.say(f"group.{person.group}"), writer.joined(map(writer.name, (person.role, person.body))))
    return tuple(dict.fromkeys(said))


def _parties(paper: Paper) -> None:
    writer, parties = paper.writer, paper.protocol.facts.parties
    if not parties:
        return
    titles = [writer.say(f"column.{name}") for name in ("side", "party", "person", "mandate")]
    paper.flow.text(writer.say("attendance.parties"), SUBSECTION)
    rows = chain.from_iterable(_party_rows(writer, party) for party in parties)
    paper.table(paper.columns(16, 28, 28, 28), titles, rows)
    paper.flow.text(writer.say("attendance.mandates_note"), NOTE)


def _party_rows(writer: Writer, party: Party) -> Iterator[tuple[Cell, ...]]:
    side, name = writer.say(f"side.{party.side}"), writer.name(party.name)
    if not party.mandates:
        yield cell(side), cell(name), cell(writer.say("attendance.no_mandate"), span=2)
    for mandate in party.mandates:
        person = writer.joined((mandate.person, writer.name(mandate.role)))
        yield (
            cell(side),
            cell(name),
            cell(person),
            cells((writer.name(mandate.document), _validity(writer, mandate))),
        )


def _validity(writer: Writer, mandate: Mandate) -> str:
    if mandate.valid_from is None and mandate.valid_to is None:
        return ""
    return writer.say("attendance.valid", since=mandate.valid_from, until=mandate.valid_to)
