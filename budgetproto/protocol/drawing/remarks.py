"""Remarks under a line: the option in sentences, limits, what was tried before, notes on the decision."""

from collections.abc import Iterator
from typing import get_args

from budgetproto.disputes.parameters.prices import Prices, told_prices
from budgetproto.i18n import told_in_unit
from budgetproto.i18n.languages import NO_NAME
from budgetproto.protocol.composed import ComposedLine
from budgetproto.protocol.drawing.answers import answers_on
from budgetproto.protocol.drawing.paper import Paper, party_name
from budgetproto.protocol.drawing.reasons import known
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.snapshot import Attempt, Decision, Line, LineOption, OpinionKind

Remark = tuple[str, str]


def remarks(paper: Paper, line: Line, made: ComposedLine) -> Iterator[Remark]:
    """Yield label and text of each remark."""
    yield from _in_words(paper.writer, made)
    yield from _opinions(paper, line)
    yield from _option(paper, line)
    yield from answers_on(paper, line, made)
    yield from _limits(paper.writer, line)
    yield from _known(paper.writer, line)
    if not any(position.vulnerable_groups for position in line.positions):
        yield paper.writer.say("position.vulnerable_groups"), paper.writer.say("position.vulnerable_unsaid")
    yield paper.writer.say("history.title"), history(paper.writer, line)
    if line.decision:
        yield from _decision(paper.writer, line.decision)


def _in_words(writer: Writer, made: ComposedLine) -> Iterator[Remark]:
    money = made.difference.money if made.difference else None
    if money is not None and (words := writer.in_words(money)):
        yield writer.say("line.difference_in_words"), words


def _opinions(paper: Paper, line: Line) -> Iterator[Remark]:
    """Yield whose dissents and opinions there are on the line: the annexes have them whole."""
    writer = paper.writer
    for kind in get_args(OpinionKind):
        found = [
            each for each in paper.protocol.facts.opinions if (each.kind, each.line) == (kind, line.number)
        ]
        whose = "; ".join(writer.joined((writer.name(each.author), each.person)) for each in found)
        if found:
            yield writer.say(f"opinions.{kind}"), writer.say(f"annexes.{kind}_of", whose=whose)


def history(writer: Writer, line: Line) -> str:
    """Return what was tried before the sitting, in words also when it was nothing."""
    return " ".join(_attempt(writer, attempt) for attempt in line.history) or writer.say("history.none")


def _option(paper: Paper, line: Line) -> Iterator[Remark]:
    writer = paper.writer
    if line.option:
        said = explanation(writer, line.option)
        if said:
            yield writer.say("option.title"), said
    for option in line.divided_options:
        said = writer.joined((writer.figure(option.figure), explanation(writer, option)), ". ")
        yield writer.say("option.for_party", party=party_name(paper, option.party)), said


def explanation(writer: Writer, option: LineOption) -> str:
    """Return the sentences that explain the option of one line, with the midpoint as a reference."""
    said = [writer.sentence(sentence) for sentence in option.sentences]
    if option.midpoint is not None:
        said.append(writer.say("option.midpoint", midpoint=writer.figure(option.midpoint)))
    return " ".join(said)


def _limits(writer: Writer, line: Line) -> Iterator[Remark]:
    said = writer.joined(
        (
            writer.label("limit.floor", writer.figure(line.floor)) if line.floor is not None else "",
            writer.label("limit.cap", writer.figure(line.cap)) if line.cap is not None else "",
            writer.say("limit.protected") if line.protected else "",
            line.limit_basis and writer.label("legal_basis", line.limit_basis),
        ),
        "; ",
    )
    if said:
        yield writer.say("limit.title"), said
    if line.money_base is not None and line.measure == "percentage":
        yield writer.say("line.money_base"), writer.money(line.money_base)
    if line.parameter != NO_NAME:
        yield writer.say("line.parameter"), writer.name(line.parameter)
    if line.prices is not None:
        yield writer.say("line.prices"), " ".join(_priced(writer, line.prices))


def _priced(writer: Writer, prices: Prices) -> Iterator[str]:
    """Yield what the values of a parameter cost, as the terms fix it."""
    for each in told_prices(prices):
        yield told_in_unit(each.key, each.values, writer.unit, writer.language)


def _known(writer: Writer, line: Line) -> Iterator[Remark]:
    """Yield last year's figures and the documented need, which stand beside the positions."""
    figures = {
        "approved_last_year": line.approved_last_year,
        "executed": line.executed,
        "documented_need": line.documented_need,
    }
    for name, figure in figures.items():
        if figure is not None:
            yield writer.say(f"line.{name}"), known(writer, figure)


def _attempt(writer: Writer, attempt: Attempt) -> str:
    kind = writer.message(attempt.kind) if attempt.kind else ""
    when = writer.day(attempt.on) if attempt.on else ""
    opening = writer.joined((when, kind, writer.name(attempt.by)))
    offered = writer.figure(attempt.figure) if attempt.figure is not None else ""
    said = writer.joined((opening, writer.words(attempt.words)), ": ")
    source = writer.joined((offered, writer.name(attempt.source)), "; ")
    return f"{said} ({source})" if source else said


def _decision(writer: Writer, decision: Decision) -> Iterator[Remark]:
    if decision.proposed_reason:
        yield writer.say("decision.proposed_reason"), writer.words(decision.proposed_reason)
    if decision.note:
        yield writer.say("decision.note"), writer.words(decision.note)
