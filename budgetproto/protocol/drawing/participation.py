"""The associations' part in each question: invited in time, came, spoke, opinion; what the duty rests on."""

from collections.abc import Iterator
from typing import Final, get_args

from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.drawing.house_style import BODY, LIST, NOTE, SECTION, SUBSECTION
from budgetproto.protocol.drawing.paper import Paper, cell, cells
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.participation import (
    Asked,
    Association,
    Bound,
    Heard,
    Obligation,
    Participation,
    Question,
    Review,
)
from budgetproto.protocol.snapshot import Sentence
from budgetproto.protocol.typesetting.tables import Cell

_BOUND: Final = "proceedings.must_invite.bound"


def draw_participation(paper: Paper) -> None:
    """Draw the record of participation; nothing where the sitting has no such duty."""
    found = paper.protocol.facts.participation
    if found is None:
        return
    writer, flow = paper.writer, paper.flow
    flow.text(writer.message("proceedings.participation.title"), SECTION)
    asked = {obligation.asked for obligation in found.obligations}
    term = writer.say("participation.term", days=found.days) if "invited" in asked else ""
    flow.text(writer.joined((term, _source(writer, found)), " "), BODY)
    for question in found.questions:
        if not question.touches:
            flow.text(untouched(writer, question), LIST)
    for question in found.questions:
        for said in absent(writer, question):
            flow.text(said, LIST)
    rows = [participation_cells(paper, question, each) for question, each in parts(paper.protocol)]
    if rows:
        heads = [writer.say("column.number"), writer.message("proceedings.participation.association")]
        heads += [writer.message(f"proceedings.participation.column.{asked}") for asked in get_args(Asked)]
        paper.table(paper.columns(6, 26, 18, 16, 16, 18), heads, rows)
    if any(question.expertise for question in found.questions):
        flow.text(writer.message("proceedings.participation.column.expertise"), SUBSECTION)
    for question in found.questions:
        for said in reviewed(writer, question):
            flow.text(said, LIST)
    for said in waived(writer, found):
        flow.text(said, BODY)
    flow.text(writer.message("proceedings.participation.bases"), SUBSECTION)
    for obligation in found.obligations:
        flow.text(
            [("bold", f"{_column(writer, obligation)}:"), ("text", basis(writer, obligation, found))], NOTE
        )
    for each in found.bound:
        flow.text([("bold", f"{writer.message(_BOUND)}:"), ("text", bound(writer, each))], NOTE)


def parts(protocol: Protocol) -> Iterator[tuple[Question, Association]]:
    """Yield each association's part in each question that touches local communities."""
    found = protocol.facts.participation
    for question in found.questions if found else ():
        yield from ((question, each) for each in question.associations)


def participation_cells(paper: Paper, question: Question, association: Association) -> tuple[Cell, ...]:
    """Return one association's part in one question as a row."""
    writer = paper.writer
    answers = (cells(_answer(writer, heard)) for heard in association.heard)
    return (cell(str(question.number)), cell(writer.name(association.name)), *answers)


def untouched(writer: Writer, question: Question) -> str:
    """Say why a question touches no local community."""
    said = writer.message("proceedings.participation.touches.no")
    return writer.joined((f"{question.number}. {said}", question.why), ": ")


def absent(writer: Writer, question: Question) -> Iterator[str]:
    """Say of each association that had to be invited and was not by what act it had to be."""
    for each in question.missed:
        said = writer.message("proceedings.must_invite.missed")
        yield f"{question.number}. {said}: {bound(writer, each)}"


def bound(writer: Writer, found: Bound) -> str:
    """Say who has to be invited and by what act."""
    return writer.joined((writer.name(found.name), writer.name(found.basis)), ". ")


def reviewed(writer: Writer, question: Question) -> Iterator[str]:
    """Say which draft a question is about, and each review of it that is handed in."""
    found = question.expertise
    if found is None:
        return
    if not found.draft:
        key = "unknown_draft" if found.draft is None else "no_draft"
        yield f"{question.number}. {writer.message(f'proceedings.participation.expertise.{key}')}"
        return
    draft = writer.say("participation.draft", number=found.draft, title=found.title)
    none = "" if found.reviews else writer.message("proceedings.participation.expertise.none")
    yield writer.joined((f"{question.number}. {draft}", none), ". ")
    for review in found.reviews:
        yield from _review(writer, review)


def _review(writer: Writer, review: Review) -> Iterator[str]:
    """Say what a review advises, who wrote it with which interests, and what the body replied, if it did."""
    by = writer.label("participation.by", writer.name(review.by))
    verdict = writer.message(f"expertise.verdict.{review.verdict}")
    yield writer.joined((writer.day(review.on), by, verdict, review.conclusion), ". ")
    for expert in review.experts:
        said = expert.interests or writer.message("expertise.interests.none")
        named = writer.joined((writer.message("expertise.expert"), expert.name), ": ")
        yield f"{named}. {writer.message('expertise.interests')}: {said}"
    replied = writer.message("expertise.replies")
    for reply in review.replies:
        stance = writer.message(f"expertise.stance.{reply.stance}")
        yield f"{replied}: {writer.joined((writer.day(reply.on), stance, reply.text), '. ')}"
    # what was printed before the paper told the experts says nothing of a reply either
    if review.experts and not review.replies:
        yield f"{replied}: {writer.message('expertise.replies.none')}"


def waived(writer: Writer, found: Participation) -> Iterator[str]:
    """Say that the protocol is issued with something open, on whose decision, and why."""
    if found.waiver is None:
        return
    yield writer.joined((writer.say("participation.waived", at=found.waiver.at), found.waiver.by), " ")
    yield writer.label("signatures.because", writer.words(found.waiver.reason))


def basis(writer: Writer, obligation: Obligation, found: Participation) -> str:
    """Return the article an obligation rests on; else that none was found, and a draft amendment."""
    if said := writer.name(obligation.article):
        return said
    key = f"proceedings.participation.amendment.{obligation.asked}"
    draft = writer.sentence(Sentence(key, (("days", found.days),)))
    return writer.sentence(Sentence("proceedings.participation.no_article", (("draft", draft),)))


def _answer(writer: Writer, heard: Heard) -> tuple[str, ...]:
    known = writer.message(f"proceedings.participation.answer.{heard.known}")
    on = writer.day(heard.on) if heard.on else ""
    return known, writer.joined((on, heard.why), ". ")


def _column(writer: Writer, obligation: Obligation) -> str:
    return writer.message(f"proceedings.participation.column.{obligation.asked}")


def _source(writer: Writer, found: Participation) -> str:
    source = writer.name(found.source)
    return f"{writer.label('source', source)}." if source else ""
