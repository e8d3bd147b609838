"""The end: signatures, and what the reader needs to check the paper."""

from collections.abc import Iterable
from typing import Final

from budgetproto.protocol.drawing.equality import compared
from budgetproto.protocol.drawing.house_style import BODY, EXACT, LIST, NOTE, SECTION, SUBSECTION
from budgetproto.protocol.drawing.paper import Paper
from budgetproto.protocol.drawing.written import Place
from budgetproto.protocol.snapshot import Level, Opinion, Signatory

#: Room for a signature by hand, in points.
_SIGNATURE_HEIGHT = 92
#: How far the signature of the service reaches, in a word.
_LEVELS: Final[dict[Level, str]] = {"B-B": "alone", "B-T": "stamped", "B-LTA": "lasting"}


def draw_opinion(paper: Paper, opinion: Opinion) -> None:
    """Draw one opinion under whose it is, on which line."""
    paper.flow.text(_opinion_title(paper, opinion), SUBSECTION)
    for paragraph in paper.writer.words(opinion.words).split("\n"):
        paper.flow.text(paragraph, BODY)


def _opinion_title(paper: Paper, opinion: Opinion) -> str:
    writer = paper.writer
    line = "" if opinion.line is None else writer.say("opinions.line", number=opinion.line)
    author = writer.joined((writer.name(opinion.author), opinion.person, line))
    return f"{writer.say(f'opinions.{opinion.kind}')}: {author}"


def draw_signatures(paper: Paper) -> None:
    """Draw a place for each signature: signed, with remarks, or refused with the reason."""
    flow, say = paper.flow, paper.writer.say
    flow.text(say("signatures.title"), SECTION)
    if without := paper.protocol.facts.issued_open:
        flow.text(say("signatures.issued_open", places=without.numbers), BODY)
        flow.text(paper.writer.label("signatures.because", paper.writer.words(without.reason)), BODY)
    for signatory in paper.protocol.facts.signatories:
        flow.together(_SIGNATURE_HEIGHT)
        _draw_signature(paper, signatory)
    if digest := paper.protocol.facts.signed_text:
        flow.text(say("signing.fingerprint"), NOTE)
        flow.text(digest, EXACT)
    if level := paper.protocol.facts.service_level:
        flow.text(say(f"service_level.{_LEVELS[level]}"), NOTE)


def _draw_signature(paper: Paper, signatory: Signatory) -> None:
    writer, flow = paper.writer, paper.flow
    who = writer.joined(map(writer.name, (signatory.position, signatory.body)))
    flow.text([("bold", f"{writer.say(f'role.{signatory.role}')}:"), ("text", who)], BODY)
    if signatory.state == "open":
        signature_line(paper, signatory.name)
        _boxes(paper)
    else:
        flow.text(signatory.name, LIST)
        flow.text(writer.say(f"signatures.{signatory.state}"), LIST)
        _draw_confirmation(paper, signatory)
    if signatory.remark:
        flow.text(writer.label("signatures.remark", writer.words(signatory.remark)), LIST)
    flow.gap(14)


def _draw_confirmation(paper: Paper, signatory: Signatory) -> None:
    """Draw when and how a place was answered, and an earlier refusal."""
    say, flow = paper.writer.say, paper.flow
    if signatory.at:
        flow.text(say("signing.at", at=signatory.at), LIST)
    if signatory.way:
        flow.text(say(f"signing.way.{signatory.way}"), LIST)
    if signatory.refused_at:
        flow.text(say("signing.refused_before", at=signatory.refused_at), LIST)
    if signatory.refused_words:
        said = paper.writer.words(signatory.refused_words)
        flow.text(paper.writer.label("signing.refused_because", said), LIST)


def signature_line(paper: Paper, name: str) -> None:
    """Draw a rule to sign on, the name after it, and a rule for the date."""
    y = paper.flow.strip(BODY.leading, before=16)
    baseline = y + BODY.leading * 0.85
    left, width = paper.flow.style.left, paper.flow.style.text_width
    sheet = paper.flow.sheet
    for said, begin, end in ((f"{paper.writer.say('signatures.line')}:", 0, 0.4), (name, 0.42, 0.7)):
        lines = paper.flow.press.set([(BODY.face, said)], BODY, width)
        sheet.text(lines[:1], BODY, x=left + begin * width, y=y, width=width)
        if not begin:
            sheet.rule(
                x=left + lines[0].width + 6, y=baseline, to_x=left + end * width, to_y=baseline, weight=0.5
            )
    lines = paper.flow.press.set([(BODY.face, f"{paper.writer.say('signatures.date')}:")], BODY, width)
    sheet.text(lines, BODY, x=left + 0.74 * width, y=y, width=width)
    begin = left + 0.74 * width + lines[0].width + 6
    sheet.rule(x=begin, y=baseline, to_x=left + width, to_y=baseline, weight=0.5)


def _boxes(paper: Paper) -> None:
    """Draw a box to tick for each way of signing, the refusal with a rule for its reason."""
    y = paper.flow.strip(NOTE.leading, before=7)
    x, sheet = paper.flow.style.left, paper.flow.sheet
    for state in ("signed", "signed_with_remarks", "refused"):
        lines = paper.flow.press.set([(NOTE.face, paper.writer.say(f"signatures.{state}_box"))], NOTE, 400)
        sheet.box(x=x, y=y + NOTE.leading * 0.8, size=7)
        sheet.text(lines, NOTE, x=x + 11, y=y, width=400)
        x += 11 + lines[0].width + 16
    end = paper.flow.style.width - paper.flow.style.right
    sheet.rule(x=x - 12, y=y + NOTE.leading * 0.85, to_x=end, to_y=y + NOTE.leading * 0.85, weight=0.5)


def draw_end_note(paper: Paper, digest: str) -> None:
    """Draw how to appeal, the state-language note, the notes of the sitting, full hash and journal's head."""
    writer, flow, facts = paper.writer, paper.flow, paper.protocol.facts
    if facts.appeal:
        flow.text(writer.say("end.appeal"), SECTION)
        flow.text(writer.rule(facts.appeal), BODY)
    flow.text(writer.say("end.title"), SECTION)
    if facts.legal_basis:
        flow.text(writer.say("front.legal_basis", said=writer.rule(facts.legal_basis)), NOTE)
    source = writer.name(facts.state_language_source)
    flow.text(writer.joined((writer.say("end.state_language"), source and f"({source})"), " "), NOTE)
    flow.text(writer.say("end.this_text"), NOTE)
    flow.text(_equality(paper), NOTE)
    for body in (facts.sitting.parliament, facts.sitting.committee):
        if said := writer.name(body.source):
            flow.text(writer.say("end.name_source", name=body.name, source=said), NOTE)
    for note in facts.sitting.notes:
        flow.text(writer.name(note), NOTE)
    flow.text(writer.say("end.digest"), NOTE)
    flow.text(digest, EXACT)
    flow.text(writer.say("end.head", number=facts.head.sequence, at=facts.head.at), NOTE)
    flow.text(facts.head.digest, EXACT)


def _equality(paper: Paper) -> str:
    """Say that the texts in the three languages agree, or where they differ or lack a mark."""
    found, say = compared(paper), paper.writer.say
    counted = {
        "lines": found.lines,
        "figures": found.figures,
        "signatories": found.signatories,
        "untranslated": found.untranslated,
    }
    agree = (
        say("end.unequal", places=_places(paper, found.differing), **counted)
        if found.differing
        else say("end.equal", **counted)
    )
    marked = (
        say("end.unmarked", places=_places(paper, found.unmarked)) if found.unmarked else say("end.marked")
    )
    return f"{agree} {marked}"


def _places(paper: Paper, places: Iterable[Place]) -> str:
    return "; ".join(paper.writer.joined((paper.writer.say(each.part), each.number)) for each in places)
