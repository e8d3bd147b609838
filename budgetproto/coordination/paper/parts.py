"""The tables of the coordination sheet: opinions, remarks with their answers, terms, what happened."""

from collections.abc import Iterator
from typing import Final

from budgetproto.coordination.clock import Due
from budgetproto.coordination.course import Remark
from budgetproto.coordination.paper.domain import Said, Sheet, Step
from budgetproto.coordination.paper.writing import Paragraph, basis, lines, of_facts
from budgetproto.coordination.telling import REMARKS, Fact, facts
from budgetproto.coordination.terms import Term
from budgetproto.coordination.texts.domain import TextCard, cards
from budgetproto.i18n import text
from budgetproto.protocol.drawing import paper
from budgetproto.protocol.drawing.house_style import BODY, CELL, CELL_BOLD, NOTE, SECTION
from budgetproto.protocol.drawing.paper import Pages, cell
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.typesetting.tables import Cell

#: What is told whole in a table of its own: of it the course says in short what it was.
_TOLD: Final = frozenset({"noted", "screened", "opined", "answered", "stood", "attached"})
_SHORT: Final = frozenset(f"coordination.fact.{name}" for name in ("body", "remark", "decision", "stance"))
_IN_SHORT: Final = _SHORT | {
    *("coordination.fact.verdict", "coordination.fact.stand", REMARKS),
    *("draft_texts.kind", "draft_texts.file"),
}
#: Kinds of duties with the association to whom they are owed.
_OWED_TO: Final = frozenset({Due.NOTICE})


def draw_texts(pages: Pages, sheet: Sheet) -> None:
    """Draw every attached text with its hash, those that others came in the place of too."""
    writer, language = pages.writer, pages.writer.language
    pages.flow.text(text("draft_texts.title_of_all", language), SECTION)
    found = cards(sheet.course, sheet.draft, sheet.initiator, sheet.names or {})
    if not found:
        pages.flow.text(text("draft_texts.none", language), BODY)
        return
    heads = [text(f"draft_texts.column.{key}", language) for key in ("text", "whose", "file")]
    rows = ((_attached(writer, each), _attached_by(writer, each), _file(writer, each)) for each in found)
    pages.table(pages.columns(33, 25, 42), heads, rows)


def _attached(writer: Writer, card: TextCard) -> Cell:
    language = writer.language
    said = f"№ {card.number}. {text(f'draft_texts.kind.{card.kind.value}', language)}"
    companion = writer.name(card.companion)
    marks = [text("draft_texts.replaced_by", language, number=card.replaced_by)] if card.replaced_by else []
    if card.after_close or card.after_notice:
        marks.append(
            text("draft_texts.after_close" if card.after_close else "draft_texts.after_notice", language)
        )
    return lines(
        paper.text(f"{said}: {companion}" if companion else said, CELL_BOLD),
        *_text(card.title),
        *(paper.text(mark, CELL) for mark in marks),
    )


def _attached_by(writer: Writer, card: TextCard) -> Cell:
    round_ = text("coordination.round", writer.language, round=card.round)
    recorded = text("coordination.recorded", writer.language, day=card.recorded)
    return lines(
        paper.text(writer.name(card.body), CELL),
        paper.text(writer.joined((writer.day(card.on), round_)), CELL),
        paper.text(recorded, CELL) if card.recorded != card.on else None,
    )


def _file(writer: Writer, card: TextCard) -> Cell:
    language = writer.language
    size = text("draft_texts.bytes", language, size=card.size)
    about = writer.joined((card.name, text(f"draft_texts.language.{card.language.value}", language), size))
    return lines(paper.text(about, CELL), paper.labelled(text("draft_texts.digest", language), card.digest))


def draw_said(pages: Pages, sheet: Sheet) -> None:
    """Draw the opinion of each association in each round, a silence too."""
    language = pages.writer.language
    pages.flow.text(text("sheet.opinions", language), SECTION)
    said = list(sheet.said)
    if not said:
        pages.flow.text(text("sheet.nobody_asked", language), BODY)
        return
    heads = [text(key, language) for key in ("sheet.association", "sheet.days", "coordination.fact.stance")]
    rows = ((_whose(pages, sheet, each), _when(pages, each), _opinion(pages, sheet, each)) for each in said)
    pages.table(pages.columns(30, 28, 42), heads, rows)


def draw_remarks(pages: Pages, sheet: Sheet) -> None:
    """Draw every remark with all its answers, the word on the last one, and what became of it."""
    language = pages.writer.language
    pages.flow.text(text("coordination.remarks", language), SECTION)
    if not sheet.course.remarks:
        pages.flow.text(text("coordination.remarks.none", language), BODY)
        return
    keys = ("remark", "answer", "stand", "state")
    heads = [text(f"coordination.column.{key}", language) for key in keys]
    rows = (
        (
            _remark(pages, sheet, each),
            lines(*_answers(pages, sheet, each.number)),
            lines(*_stand(pages, sheet, each.number)),
            _state(pages, sheet, each),
        )
        for each in sheet.course.remarks
    )
    pages.table(pages.columns(35, 33, 17, 15), heads, rows)


def draw_terms(pages: Pages, sheet: Sheet) -> None:
    """Draw every term: who owed what until which day, whether it was done in time, what sets the term."""
    language = pages.writer.language
    pages.flow.text(text("coordination.terms", language), SECTION)
    if not sheet.terms:
        pages.flow.text(text("coordination.terms.none", language), BODY)
        return
    found = list(dict.fromkeys(basis(pages, each.rule) for each in sheet.terms))
    if len(found) == 1:
        pages.flow.text(f"{text('coordination.terms.one_basis', language)} {found[0]}.", NOTE)
    keys = ("duty", "by", "until", "state", "term" if len(found) == 1 else "basis")
    heads = [text(f"coordination.column.{key}", language) for key in keys]
    rows = (_term(pages, sheet, each, one_basis=len(found) == 1) for each in sheet.terms)
    shares = (27, 21, 16, 19, 17) if len(found) == 1 else (24, 18, 14, 16, 28)
    pages.table(pages.columns(*shares), heads, rows)


def draw_course(pages: Pages, sheet: Sheet) -> None:
    """Draw what happened step by step, what came late marked with its last day."""
    language = pages.writer.language
    pages.flow.text(text("coordination.course", language), SECTION)
    if not sheet.steps:
        pages.flow.text(text("coordination.course.none", language), BODY)
        return
    heads = [text(f"coordination.column.{key}", language) for key in ("step", "on", "said")]
    rows = (_step(pages, sheet, place, each) for place, each in enumerate(sheet.steps))
    pages.table(pages.columns(26, 24, 50), heads, rows)


def _whose(pages: Pages, sheet: Sheet, said: Said) -> Cell:
    language = pages.writer.language
    by_keeper = said.place is not None and sheet.steps[said.place].by_keeper
    return lines(
        paper.text(pages.writer.name(sheet.name(said.body)), CELL_BOLD),
        paper.text(text("coordination.round", language, round=said.round), CELL),
        paper.text(text("coordination.recorded_by_secretariat", language), CELL) if by_keeper else None,
    )


def _when(pages: Pages, said: Said) -> Cell:
    """Return the day of notice, the last day and the day of the opinion, with whether it was in time."""
    language = pages.writer.language
    days = (("sheet.served_on", said.served), ("coordination.column.until", said.until))
    told = [paper.labelled(text(key, language), pages.writer.day(day)) for key, day in days]
    spoke = pages.writer.day(said.on)
    if said.on and said.until:
        spoke = (
            f"{spoke}, {text('sheet.in_time' if said.on <= said.until else 'coordination.late', language)}"
        )
    return lines(*told, paper.labelled(text("sheet.spoke_on", language), spoke))


def _opinion(pages: Pages, sheet: Sheet, said: Said) -> Cell:
    language = pages.writer.language
    if said.opinion is None:
        return cell(text("sheet.said_nothing", language), CELL_BOLD)
    stance = text(f"coordination.stance.{said.opinion.stance.value}", language)
    return lines(paper.text(stance, CELL_BOLD), *_text(said.opinion.text), *_made(pages, sheet, said))


def _made(pages: Pages, sheet: Sheet, said: Said) -> Iterator[Paragraph]:
    """Yield the numbers of the remarks of an opinion: each stands with its answer in the next table."""
    own = (each for each in sheet.course.remarks if (each.body, each.round) == (said.body, said.round))
    if numbers := ", ".join(f"№ {each.number}" for each in own):
        yield paper.labelled(text("sheet.remarks", pages.writer.language), numbers)


def _remark(pages: Pages, sheet: Sheet, remark: Remark) -> Cell:
    writer, language = pages.writer, pages.writer.language
    round_ = text("coordination.round", language, round=remark.round)
    about = writer.joined((round_, writer.day(remark.on), remark.place))
    return lines(
        paper.text(f"№ {remark.number}. {writer.name(sheet.name(remark.body))}", CELL_BOLD),
        paper.text(about, CELL),
        *_text(remark.text),
    )


def _answers(pages: Pages, sheet: Sheet, number: int) -> Iterator[Paragraph]:
    language, given = pages.writer.language, sheet.course.answers.get(number, [])
    if not given:
        yield paper.text(text("coordination.unanswered", language), CELL_BOLD)
    for place, (_, on, answer) in enumerate(given, start=1):
        verdict = text(f"coordination.verdict.{answer.verdict.value}", language)
        earlier = text("coordination.earlier_answer", language) if place < len(given) else ""
        yield paper.text(pages.writer.joined((verdict, pages.writer.day(on), earlier)), CELL_BOLD)
        yield from _text(answer.reason)
        if answer.changed:
            yield paper.labelled(text("coordination.fact.changed", language), answer.changed)


def _stand(pages: Pages, sheet: Sheet, number: int) -> Iterator[Paragraph]:
    stood, language = sheet.course.stands.get(number), pages.writer.language
    if stood is None:
        yield paper.text("—", CELL)
        return
    place, on, said = stood
    word = text(f"coordination.stand.{'insists' if said.insists else 'lets_go'}", language)
    yield paper.text(f"{word}, {pages.writer.day(on)}", CELL)
    if sheet.steps[place].by_keeper:
        yield paper.text(text("coordination.recorded_by_secretariat", language), CELL)
    yield from _text(said.why)


def _state(pages: Pages, sheet: Sheet, remark: Remark) -> Cell:
    language = pages.writer.language
    key = "coordination.unsettled" if sheet.course.against(remark.number) else "coordination.settled"
    referred = remark.number in sheet.course.referred
    return lines(
        paper.text(text(key, language), CELL_BOLD),
        paper.text(text("coordination.step.referred", language), CELL) if referred else None,
    )


def _term(pages: Pages, sheet: Sheet, term: Term, *, one_basis: bool) -> tuple[Cell, ...]:
    writer, language, duty = pages.writer, pages.writer.language, term.duty
    of = f" (№ {duty.number})" if duty.number else ""
    to = f": {writer.name(sheet.name(duty.body))}" if duty.what in _OWED_TO else ""
    round_ = text("coordination.round", language, round=term.round) if term.round > 1 else ""
    due = text(f"coordination.due.{duty.what.value}", language)
    by_ruling = text("coordination.by_ruling", language)
    state = text(f"coordination.state.{duty.state.value}", language)
    days = text("coordination.working_days", language, days=term.rule.number)
    return (
        cell(writer.joined((f"{due}{of}{to}", round_))),
        cell(by_ruling if duty.what is Due.RULING else writer.name(term.by)),
        cell(writer.day(duty.until)),
        lines(paper.text(state, CELL_BOLD), paper.text(writer.day(duty.done), CELL) if duty.done else None),
        lines(paper.text(days, CELL), None if one_basis else paper.text(basis(pages, term.rule), CELL)),
    )


def _step(pages: Pages, sheet: Sheet, place: int, step: Step) -> tuple[Cell, ...]:
    writer, language = pages.writer, pages.writer.language
    name = f"{place + 1}. {text(f'coordination.step.{step.kind}', language)}"
    late_after = text("coordination.late_after", language, day=step.until) if step.until else ""
    recorded = text("coordination.recorded", language, day=step.recorded)
    days = lines(
        paper.text(writer.day(step.on), CELL),
        paper.text(f"{text('coordination.late', language)}: {late_after}", CELL_BOLD) if step.late else None,
        paper.text(recorded, CELL) if step.recorded != step.on else None,
        paper.text(text("coordination.recorded_by_secretariat", language), CELL) if step.by_keeper else None,
    )
    told = of_facts(pages, _facts(sheet, place, step))
    return cell(name, CELL_BOLD), days, lines(*told) if told else cell("—")


def _facts(sheet: Sheet, place: int, step: Step) -> Iterator[Fact]:
    addressee = sheet.procedure.addressee if sheet.procedure else None
    for fact in facts(sheet.course, place, sheet.names or {}, sheet.drafts[place], addressee):
        if step.kind not in _TOLD or fact.label in _IN_SHORT:
            yield fact


def _text(said: str) -> Iterator[Paragraph]:
    if said.strip():
        yield paper.text(said, CELL)
