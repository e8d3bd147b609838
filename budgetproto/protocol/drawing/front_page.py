"""Page 1: what this is, and in plain words what is proposed, how much more, from what, and what is agreed."""

from collections.abc import Iterable, Iterator, Sequence

from budgetproto.i18n.formatting import NO_BREAK_SPACE
from budgetproto.protocol.composed import ComposedLine, Protocol, Standing, Totals
from budgetproto.protocol.drawing.house_style import (
    ANSWER,
    BODY,
    CELL,
    CELL_BOLD,
    FIGURE,
    NOTE,
    NUMBER,
    OVERLINE,
    SECTION,
    SUBSECTION,
    THIS_TEXT,
    TITLE,
    WARNING,
)
from budgetproto.protocol.drawing.paper import Paper, beside, cell, cells
from budgetproto.protocol.drawing.trial_votes import mark
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.fixed_terms import Source
from budgetproto.protocol.snapshot import Line
from budgetproto.protocol.typesetting.tables import Cell, Columns, Group, Table

#: The most lines that page 1 shows in brief.
BRIEF_LINES = 12
#: The most letters that page 1 shows of a title.
BRIEF_LETTERS = 90

#: What the heading over the lines needs, and the note below them that there are more, in points.
_AROUND_LINES, _AFTER_LINES = 30, 28


def draw_front_page(paper: Paper) -> None:
    """Draw page 1."""
    draw_head(paper, paper.writer.say("title"))
    draw_identity(paper)
    draw_answer(paper)
    _lines_in_brief(paper)


def answer(protocol: Protocol, writer: Writer) -> Iterator[str]:
    """Yield the sentences that answer a reader who reads only page 1."""
    for topic in topics(protocol, writer):
        yield from topic


def topics(protocol: Protocol, writer: Writer) -> Iterator[tuple[str, ...]]:
    """Yield the same sentences by what they are about: the sides, the option, the decisions, parliament."""
    yield tuple(_stated(protocol, writer))
    yield tuple(_proposed(protocol, writer))
    yield *_decided(protocol, writer), writer.say("front.standing", counts=counts(protocol, writer))
    yield tuple(_parliament(protocol, writer))


def draw_answer(paper: Paper) -> None:
    """Draw the answer, a paragraph for each topic, and the warning of what is made up."""
    paper.flow.text(paper.writer.say("front.in_short"), SECTION)
    for topic in topics(paper.protocol, paper.writer):
        paper.flow.text(" ".join(topic), ANSWER)
    if paper.protocol.illustrative:
        paper.flow.text(paper.writer.say("illustrative.warning"), WARNING)


def _stated(protocol: Protocol, writer: Writer) -> Iterator[str]:
    total = protocol.overall
    computed = sum(made.computed.figure is not None for made in protocol.lines)
    yield writer.say("front.proposed", lines=total.lines, computed=computed)
    if total.compared.lines:
        positions = writer.say(
            "front.positions",
            lines=total.compared.lines,
            government=writer.full(total.compared.government),
            lsg=writer.full(total.compared.lsg),
            signed=writer.full_more(total.signed),
            absolute=writer.marked(writer.full(total.absolute), total.illustrative_stated),
        )
        yield writer.with_words(positions, total.signed)
    if total.one_sided.lines:
        yield writer.say("front.one_sided", lines=total.one_sided.lines)


def _proposed(protocol: Protocol, writer: Writer) -> Iterator[str]:
    total = protocol.overall
    if total.compared.computed_lines:
        yield _more_proposed(total, writer)
    if by_decision := mark(protocol, writer):
        yield by_decision
    yield sources(protocol, writer)


def counts(protocol: Protocol, writer: Writer) -> str:
    """Return how many lines stand where, those that nobody needs to read left out."""
    return "; ".join(
        f"{writer.say(f'standing.{count.standing}')} — {count.lines}"
        for count in protocol.counts
        if count.lines or count.standing in _ALWAYS
    )


_ALWAYS: tuple[Standing, ...] = ("agreed", "partly_agreed", "not_agreed", "referred")


def _parliament(protocol: Protocol, writer: Writer) -> Iterator[str]:
    """Yield what parliament is to vote on, what follows if it does nothing, and how binding this is."""
    amending = protocol.count("agreed") + protocol.count("partly_agreed")
    unresolved = protocol.count("not_agreed") + protocol.count("referred") + protocol.count("undecided")
    points = (
        writer.say("front.vote.noted"),
        writer.say("front.vote.amending", lines=amending) if amending else "",
        writer.say("front.vote.unresolved", lines=unresolved) if unresolved else "",
    )
    yield writer.say("front.vote", points=writer.joined(points, "; "))
    compared = protocol.overall.compared
    if compared.lines:
        yield writer.say("front.if_nothing", government=writer.full(compared.government))
    if protocol.facts.legal_basis:
        yield writer.say("front.legal_basis", said=writer.name(protocol.facts.legal_basis.stated))


def sources(protocol: Protocol, writer: Writer) -> str:
    """Return the sources of the extra money, or that none is named."""
    envelope = protocol.facts.terms.envelope
    if protocol.envelope.total is None:
        return writer.say("front.no_source")
    named = "; ".join(_source(writer, source) for source in envelope)
    return writer.say("front.sources", total=writer.full(protocol.envelope.total), sources=named)


def _source(writer: Writer, source: Source) -> str:
    said = f"{writer.name(source.name)}{NO_BREAK_SPACE}— {writer.full(source.amount)}"
    return writer.marked(said, source.illustrative)


def _decided(protocol: Protocol, writer: Writer) -> Iterator[str]:
    total = protocol.overall
    if total.compared.decided_lines:
        yield more_decided(total, writer)
    if total.one_sided.decided_lines:
        yield writer.say(
            "front.decided_one_sided",
            lines=total.one_sided.decided_lines,
            decided=writer.full(total.one_sided.decided),
        )
    for part in total.instruments:
        yield writer.say(
            "front.instrument",
            instrument=writer.message(part.instrument),
            lines=part.lines,
            decided=writer.full(part.decided),
        )


def _more_proposed(total: Totals, writer: Writer) -> str:
    """Return what the option gives more; in words where no decision, which is told so, takes its place."""
    extra = writer.marked(writer.full(total.extra_computed), total.illustrative_computed)
    said = writer.say("front.more_proposed", extra=extra)
    return said if total.compared.decided_lines else writer.with_words(said, total.extra_computed)


def more_decided(total: Totals, writer: Writer) -> str:
    """Return what the LSG bodies would receive more by the decisions, in figures and in words."""
    extra = writer.marked(writer.full(total.extra_decided), total.illustrative_decided)
    return writer.with_words(writer.say("front.more_decided", extra=extra), total.extra_decided)


def draw_head(paper: Paper, title: str) -> None:
    """Draw whose document this is, what it is, and the number of the protocol."""
    sitting, say, flow = paper.protocol.facts.sitting, paper.writer.say, paper.flow
    flow.text(paper.writer.name(sitting.parliament.name), OVERLINE)
    flow.text(paper.writer.name(sitting.committee.name), OVERLINE)
    flow.text(title, TITLE)
    number = paper.protocol.facts.number
    flow.text(say("number", number=number) if number else say("draft").upper(), NUMBER)
    draw_correction(paper)
    flow.text(say("front.this_text"), THIS_TEXT)


def draw_correction(paper: Paper) -> None:
    """Draw which protocol this one replaces, what that one is told by, and why."""
    facts, say, flow = paper.protocol.facts, paper.writer.say, paper.flow
    if facts.replaces is None or facts.correction is None:
        return
    at, digest = facts.correction.at, facts.correction.fingerprint
    flow.text(say("replaces", number=facts.replaces, at=at), OVERLINE)
    flow.text(say("replaces.digest", digest=digest), NOTE)
    flow.text(paper.writer.label("replaces.reason", paper.writer.words(facts.correction.reason)), BODY)


def draw_identity(paper: Paper) -> None:
    """Draw what sitting it was: its name, place and time, the draft budget, the unit of amounts."""
    writer, facts = paper.writer, paper.protocol.facts
    say, sitting = writer.say, facts.sitting
    when = f"{writer.day(sitting.held_on)}, {writer.clock(sitting.started)} – {writer.clock(sitting.ended)}"
    draft = sitting.draft_budget
    submitted = draft.submitted and writer.say("front.submitted", on=draft.submitted)
    unit = writer.joined((writer.unit_name, _bracketed(writer.name(sitting.currency))), " ")
    conciliation = sitting.kind == "conciliation"
    kind = say("front.sitting") if conciliation else writer.message(f"sittings.kind.{sitting.kind}")
    rows = (
        (kind, writer.joined((writer.name(sitting.title), _unless_number(paper)))),
        (say("front.place_and_time"), writer.joined((writer.name(sitting.place), when))),
        (
            say("front.draft_budget"),
            writer.joined((writer.name(draft.title), draft.reference, submitted or "")),
        ),
        (say("front.unit"), unit),
    )
    columns = paper.columns(26, 74)
    groups = [
        Group((columns.row(paper.flow.press, (cell(named, CELL_BOLD), cell(said))),)) for named, said in rows
    ]
    paper.flow.table(Table(columns, (), groups))


def _bracketed(said: str) -> str:
    return f"({said})" if said else ""


def _lines_in_brief(paper: Paper) -> None:
    """Draw all lines in brief where page 1 has room for them, else those with the largest differences."""
    flow, every = paper.flow, len(paper.protocol.lines)
    columns = paper.columns(6, 28, 17, 17, 17, 16, 20)
    head = paper.head(columns, [paper.writer.say(f"column.{name}") for name in _BRIEF], right=(2, 3, 4, 5))
    room = flow.left - sum(row.height for row in head) - _AROUND_LINES
    groups = _brief_groups(paper, columns, range(every)) if every <= BRIEF_LINES else []
    if groups and _fitting(groups, room) == every:
        flow.text(paper.writer.say("front.lines"), SUBSECTION)
        flow.table(Table(columns, head, groups))
        return
    groups = _brief_groups(paper, columns, _largest(paper.protocol))
    if fitting := _fitting(groups, room - _AFTER_LINES):
        flow.text(paper.writer.say("front.largest_lines"), SUBSECTION)
        flow.table(Table(columns, head, groups[:fitting]))
        flow.text(paper.writer.say("front.other_lines", lines=every - fitting), NOTE)


def _unless_number(paper: Paper) -> str:
    """Return the sitting's code, unless the protocol bears it as its number."""
    facts = paper.protocol.facts
    return "" if facts.number == facts.sitting.code else facts.sitting.code


_BRIEF = ("number", "line", "government", "lsg", "computed", "decided", "result")


def _largest(protocol: Protocol) -> list[int]:
    """Return the places of the lines with the largest differences."""
    places = {line.number: place for place, line in enumerate(protocol.lines)}
    return [places[number] for number in protocol.by_size[:BRIEF_LINES]]


def _brief_groups(paper: Paper, columns: Columns, places: Iterable[int]) -> list[Group]:
    lines, made = paper.protocol.facts.lines, paper.protocol.lines
    rows = (_brief(paper.writer, lines[place], made[place]) for place in places)
    return [Group((columns.row(paper.flow.press, row),)) for row in rows]


def _brief(writer: Writer, line: Line, made: ComposedLine) -> tuple[Cell, ...]:
    return (
        cell(str(line.number)),
        cell(_brief_text(writer.name(line.title))),
        cells(map(_brief_text, writer.stated(made.government)), FIGURE),
        cells(map(_brief_text, lsg_stated(writer, line, made)), FIGURE),
        cells(map(_brief_text, writer.stand(made.computed)), FIGURE),
        cells(map(_brief_text, (*writer.stand(made.decided), instrument(writer, line))), FIGURE),
        beside(cell(writer.say(f"standing.{made.standing}"), CELL)),
    )


def lsg_stated(writer: Writer, line: Line, made: ComposedLine) -> tuple[str, ...]:
    """Return what the LSG side states, or that it is divided and nobody's figure counts."""
    return (writer.say("line.lsg_divided"),) if line.lsg_divided else writer.stated(made.lsg)


def _brief_text(said: str) -> str:
    """Shorten a long title or text to its beginning: page 1 is for the overview, the main table has it whole.

    >>> _brief_text("сап " * 30)[-9:]
    'сап сап …'
    """
    return said if len(said) <= BRIEF_LETTERS else f"{said[:BRIEF_LETTERS].rpartition(' ')[0]} …"


def instrument(writer: Writer, line: Line) -> str:
    """Return the form of the decided money when it is a special one, such as a loan."""
    return (
        f"({writer.message(line.decision.instrument)})" if line.decision and line.decision.instrument else ""
    )


def _fitting(groups: Sequence[Group], room: float) -> int:
    count = 0
    for group in groups:
        room -= group.height
        if room < 0:
            break
        count += 1
    return count
