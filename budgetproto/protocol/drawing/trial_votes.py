"""Trials that were put to the committee: which of them the option is, beside the terms; and every vote."""

from collections.abc import Iterator, Sequence

from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.drawing.house_style import BODY, FIGURE, FIGURE_BOLD, SUBSECTION
from budgetproto.protocol.drawing.paper import Paper, cell
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.snapshot import OptionVersion, Sentence
from budgetproto.protocol.trial_votes import TrialVote
from budgetproto.protocol.typesetting.tables import Cell


def draw_mark(paper: Paper) -> None:
    """Say that the option follows a decision of the committee and not the terms, where it does."""
    if said := mark(paper.protocol, paper.writer):
        paper.flow.text(said, BODY)


def mark(protocol: Protocol, writer: Writer) -> str:
    """Return the sentence that stands wherever the option does; nothing where it follows the terms."""
    adopted = protocol.facts.adopted
    if adopted is None:
        return ""
    values = (("rule", adopted.rule), ("on", adopted.on))
    return writer.sentence(Sentence("disputes.option.by_decision", values))


def draw_beside(paper: Paper, option: OptionVersion) -> None:
    """Draw the figures that the committee adopted beside those that the terms give."""
    if not option.under_terms:
        return
    writer = paper.writer
    lines = {line.number: line for line in paper.protocol.facts.lines}
    paper.flow.text(writer.message("disputes.option.beside"), SUBSECTION)
    titles = ("disputes.line", "disputes.option.adopted", "disputes.trial.terms")
    rows = []
    for each in option.under_terms:
        adopted = lines[each.line].option
        rows.append(
            (
                cell(f"№ {each.line}. {writer.name(lines[each.line].title)}"),
                cell(writer.figure(adopted.figure if adopted else None), FIGURE_BOLD),
                cell(writer.figure(each.figure), FIGURE),
            )
        )
    paper.table(paper.columns(56, 22, 22), [writer.message(key) for key in titles], rows, right=(1, 2))


def draw_votes(paper: Paper, votes: Sequence[TrialVote]) -> None:
    """Draw every trial that was voted, adopted or not; nothing where there is none."""
    if not votes:
        return
    writer = paper.writer
    paper.flow.text(writer.message("disputes.voted"), SUBSECTION)
    titles = (
        "disputes.trial",
        "disputes.trial.envelope",
        "proceedings.trial.question",
        "proceedings.votes",
        "proceedings.outcome",
    )
    rows = [tuple(_row(paper, vote)) for vote in votes]
    paper.table(paper.columns(19, 20, 23, 14, 24), [writer.message(key) for key in titles], rows)


def _row(paper: Paper, vote: TrialVote) -> Iterator[Cell]:
    writer = paper.writer
    rule = writer.message(f"balancing.rule.{vote.rule.lower()}")
    yield cell(f"№ {vote.number}. {vote.rule} — {rule}")
    money = writer.full(vote.envelope) if vote.envelope is not None else writer.say("front.no_source")
    yield cell(writer.joined((money, writer.name(vote.ground)), ". "))
    yield cell(writer.words(vote.question))
    present = Sentence("disputes.voted.present_of", (("present", vote.present), ("quorum", vote.quorum)))
    counted = f"{vote.for_} / {vote.against} / {vote.abstained}"
    yield cell(writer.joined((counted, writer.sentence(present)), ". "))
    outcome = writer.message(f"proceedings.trial.{'adopted' if vote.adopted else 'rejected'}")
    version = () if vote.version is None else (("number", vote.version),)
    became = writer.sentence(Sentence("disputes.option.version", version)) if version else ""
    yield cell(writer.joined((outcome, writer.day(vote.on), became, writer.words(vote.reason)), ". "))
