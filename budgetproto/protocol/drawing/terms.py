"""The terms of the sitting and the option computed from them: rule, envelope by source, who acknowledged."""

from collections.abc import Iterator, Sequence

from budgetproto.protocol.drawing.caps import draw_caps
from budgetproto.protocol.drawing.groups import draw_limits, draw_shares
from budgetproto.protocol.drawing.house_style import (
    BODY,
    CELL_BOLD,
    EXACT,
    FIGURE,
    FIGURE_BOLD,
    SECTION,
    SUBSECTION,
)
from budgetproto.protocol.drawing.paper import Paper, cell, party_name
from budgetproto.protocol.drawing.trial_votes import draw_beside, draw_mark, draw_votes
from budgetproto.protocol.fixed_terms import Acknowledgement, Source
from budgetproto.protocol.option_parts import Lifted, Served
from budgetproto.protocol.typesetting.tables import Cell

#: The rules whose names the catalogue has; another letter is printed as it stands.
NAMED_RULES = frozenset("ABCDEFM")


def draw_terms(paper: Paper) -> None:
    """Draw the rule, the envelope, the acknowledgements, and which version of the option is printed."""
    writer, flow, terms = paper.writer, paper.flow, paper.protocol.facts.terms
    flow.text(writer.say("terms.title"), SECTION)
    flow.text(writer.say("terms.rule", rule=rule_name(paper, terms.rule)), BODY)
    flow.text(writer.say("terms.quantum", quantum=writer.full(terms.quantum)), BODY)
    flow.text(writer.say(f"terms.lsg_{terms.lsg_figure}"), BODY)
    if terms.kappa:
        flow.text(writer.say("terms.kappa", kappa=writer.figure(terms.kappa)), BODY)
    if terms.growth is not None:
        flow.text(writer.say("terms.growth", growth=terms.growth), BODY)
    _envelope(paper)
    draw_limits(paper, terms.groups)
    _indicators(paper)
    _fixing(paper)
    _procedure(paper)
    _extensions(paper)
    _option(paper)


def rule_name(paper: Paper, rule: str) -> str:
    """Return the letter of a rule with its name."""
    return f"{rule} — {paper.writer.say(f'rule.{rule.lower()}')}" if rule in NAMED_RULES else rule


def _envelope(paper: Paper) -> None:
    writer, flow, use = paper.writer, paper.flow, paper.protocol.envelope
    flow.text(writer.say("terms.envelope"), SUBSECTION)
    if use.total is None:
        flow.text(writer.say("front.no_source"), BODY)
        return
    titles = [writer.say(f"column.{name}") for name in _TITLES]
    paper.table(paper.columns(32, 9, 26, 17, 18), titles, _sources(paper), right=(4,))
    for key, left in (("terms.left_computed", use.left_computed), ("terms.left_decided", use.left_decided)):
        if left is not None:
            flow.text(writer.say(key, left=writer.full(left)), BODY)


_TITLES = ("source", "year", "document", "asserted_by", "amount")


def _sources(paper: Paper) -> Iterator[tuple[Cell, ...]]:
    writer = paper.writer
    for source in paper.protocol.facts.terms.envelope:
        yield (
            cell(writer.marked(writer.name(source.name), source.illustrative)),
            cell(str(source.year)),
            cell(writer.name(source.document)),
            cell(_asserting(paper, source)),
            cell(writer.money(source.amount), FIGURE),
        )
    yield (
        cell(writer.say("total"), CELL_BOLD, span=4),
        cell(writer.money(paper.protocol.envelope.total), FIGURE_BOLD),
    )


def _asserting(paper: Paper, source: Source) -> str:
    return paper.writer.say(f"side.{source.side}") if source.side else ""


def _indicators(paper: Paper) -> None:
    """Draw what a rule that counts residents goes by, each value with its source."""
    writer, found = paper.writer, paper.protocol.facts.terms.indicators
    if not found:
        return
    paper.flow.text(writer.message("sittings.pinned"), SUBSECTION)
    titles = [
        writer.message(f"sittings.pinned.{name}") for name in ("territory", "indicator", "value", "source")
    ]
    rows = [
        (
            cell(f"{writer.name(each.name)} ({each.territory})"),
            cell(writer.message(f"transfers.indicator.{each.indicator}")),
            cell(writer.counted(each.value), FIGURE),
            cell(writer.joined((each.source, writer.day(each.on)))),
        )
        for each in found
    ]
    paper.table(paper.columns(32, 22, 18, 28), titles, rows, right=(2,))


def _fixing(paper: Paper) -> None:
    writer, flow, terms = paper.writer, paper.flow, paper.protocol.facts.terms
    flow.text(writer.say("terms.acknowledged"), SUBSECTION)
    if not terms.acknowledged:
        flow.text(writer.say("terms.not_acknowledged"), BODY)
    for acknowledgement in terms.acknowledged:
        flow.text(_acknowledgement(paper, acknowledgement), BODY)
    if terms.digest:
        flow.text(writer.say("terms.fixed", at=terms.fixed_at), BODY)
        flow.text(terms.digest, EXACT)


def _acknowledgement(paper: Paper, acknowledgement: Acknowledgement) -> str:
    writer = paper.writer
    return writer.joined(
        (party_name(paper, acknowledgement.party), acknowledgement.person, writer.moment(acknowledgement.at))
    )


def _procedure(paper: Paper) -> None:
    """Draw the settings that decide in this sitting, as its terms found them."""
    writer, flow, rules = paper.writer, paper.flow, paper.protocol.facts.terms.procedure
    if rules:
        flow.text(writer.say("terms.procedure"), SUBSECTION)
    for rule in rules:
        said, source = f"{writer.name(rule.name)}: {writer.name(rule.stated)}", writer.name(rule.source)
        flow.text(writer.joined((said, source and f"({source})"), " "), BODY)


def _extensions(paper: Paper) -> None:
    """Draw each time the deadline for filing was put off, with its reason."""
    writer, flow, extensions = paper.writer, paper.flow, paper.protocol.facts.terms.extensions
    if extensions:
        flow.text(writer.say("terms.extensions"), SUBSECTION)
    for each in extensions:
        flow.text(
            writer.say(
                "terms.extended", before=each.before, after=each.after, at=each.at, reason=each.reason
            ),
            BODY,
        )


def _option(paper: Paper) -> None:
    writer, flow, option = paper.writer, paper.flow, paper.protocol.facts.option
    flow.text(writer.say("option.title"), SUBSECTION)
    if option is None:
        flow.text(writer.say("option.none"), BODY)
        draw_votes(paper, paper.protocol.facts.trial_votes)
        return
    rule = rule_name(paper, option.rule)
    flow.text(writer.say("option.version", version=option.version, rule=rule, engine=option.engine), BODY)
    draw_mark(paper)
    if option.rate is not None:
        flow.text(writer.say("option.rate", rate=option.rate), BODY)
    if option.per_resident is not None:
        label = writer.message(f"disputes.option.per_resident.{option.per_resident.what}")
        flow.text(f"{label}: {writer.in_soms(option.per_resident.money)}.", BODY)
    for sentence in option.sentences:
        flow.text(writer.sentence(sentence), BODY)
    draw_shares(paper, option.groups)
    if option.recipients:
        _recipients(paper, option.recipients)
    draw_caps(paper, option.caps)
    if option.emergency:
        _emergency(paper, option.emergency)
    draw_beside(paper, option)
    draw_votes(paper, paper.protocol.facts.trial_votes)


def _recipients(paper: Paper, recipients: Sequence[Lifted]) -> None:
    """Draw who is lifted by equalization, from which revenue per resident to which."""
    writer = paper.writer
    paper.flow.text(writer.message("disputes.option.recipients"), SUBSECTION)
    keys = (
        "sittings.pinned.territory",
        "transfers.indicator.population",
        "disputes.option.recipients.before",
        "balancing.table.granted",
        "disputes.option.recipients.after",
    )
    rows = [
        (
            cell(writer.name(each.name)),
            cell(writer.counted(each.population), FIGURE),
            cell(writer.in_soms(each.before), FIGURE),
            cell(writer.full(each.granted), FIGURE),
            cell(writer.in_soms(each.after), FIGURE),
        )
        for each in recipients
    ]
    paper.table(
        paper.columns(36, 16, 16, 16, 16), [writer.message(key) for key in keys], rows, right=range(1, 5)
    )


def _emergency(paper: Paper, served: Sequence[Served]) -> None:
    """Draw who would be served first where the floors exceed the envelope: a table beside, no option."""
    writer = paper.writer
    titles = {line.number: line.title for line in paper.protocol.facts.lines}
    paper.flow.text(writer.message("disputes.option.emergency"), SUBSECTION)
    paper.flow.text(writer.message("disputes.option.emergency.what"), BODY)
    columns = [writer.message(f"balancing.table.{name}") for name in ("line", "tier", "need", "granted")]
    rows = [
        (
            cell(f"№ {each.line}. {writer.name(titles[each.line])}"),
            cell(writer.message(f"balancing.table.tier_{each.tier}")),
            cell(writer.money(each.need), FIGURE),
            cell(writer.money(each.granted), FIGURE),
        )
        for each in served
    ]
    paper.table(paper.columns(40, 24, 18, 18), columns, rows, right=(2, 3))
