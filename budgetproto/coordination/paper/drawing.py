"""The coordination sheet on paper, drawn as the protocol is drawn: first how it came out, then every word."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time

from budgetproto.coordination.domain import Touch
from budgetproto.coordination.happenings import Screened
from budgetproto.coordination.paper.document import digest
from budgetproto.coordination.paper.domain import Sheet
from budgetproto.coordination.paper.parts import draw_course, draw_remarks, draw_said, draw_terms, draw_texts
from budgetproto.coordination.paper.writing import basis, labelled, telling
from budgetproto.coordination.telling import note_facts
from budgetproto.i18n import NO_NAME, Language, text
from budgetproto.i18n.formatting import BISHKEK
from budgetproto.money import Unit
from budgetproto.protocol.drawing.foot import draw_foot, short_code
from budgetproto.protocol.drawing.house_style import (
    BODY,
    CELL_BOLD,
    EXACT,
    LIST,
    NOTE,
    OVERLINE,
    SECTION,
    SUBSECTION,
    TITLE,
    WARNING,
)
from budgetproto.protocol.drawing.paper import Pages, cell
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.typesetting.flow import Flow
from budgetproto.protocol.typesetting.particulars import Particulars
from budgetproto.protocol.typesetting.press import Press
from budgetproto.protocol.typesetting.style import PORTRAIT
from budgetproto.protocol.typesetting.tables import Cell


def draw_sheet(sheet: Sheet, language: Language, hashed: str = "") -> bytes:
    """Print a coordination sheet in one language; equal sheets give equal bytes.

    `hashed` is the hash that a kept sheet has on record: what is said of drafts may grow, it stays.
    """
    pages = _begun(sheet, language)
    _head(pages, sheet)
    _outcome(pages, sheet)
    _bundle(pages, sheet)
    draw_texts(pages, sheet)
    _note(pages, sheet)
    _screening(pages, sheet)
    draw_said(pages, sheet)
    draw_remarks(pages, sheet)
    draw_terms(pages, sheet)
    draw_course(pages, sheet)
    _rules(pages, sheet)
    found = hashed or digest(sheet)
    pages.flow.gap(12)
    pages.flow.text(text("sheet.digest", language), replace(NOTE, keep=True))
    pages.flow.text(found, EXACT)
    said = (f"№ {sheet.number}", pages.writer.day(sheet.as_of), short_code(found))
    left = pages.writer.joined((text("sheet.title", language), *said), " · ")
    return pages.flow.bound(lambda page, number, of: draw_foot(pages, left, page, number, of))


def _begun(sheet: Sheet, language: Language) -> Pages:
    writer = Writer(language, Unit.THOUSAND_SOMS)
    about = Particulars(
        title=f"{text('sheet.title', language)}, № {sheet.number}",
        subject=writer.name(sheet.draft.title),
        language=language,
        made_at=datetime.combine(sheet.as_of, time(), BISHKEK),
    )
    return Pages(writer, Flow(Press(about), PORTRAIT))


def _head(pages: Pages, sheet: Sheet) -> None:
    writer, flow, draft = pages.writer, pages.flow, sheet.draft
    language = writer.language
    flow.text(text("coordination.caption", language, number=str(sheet.number)), OVERLINE)
    flow.text(text("sheet.title", language), TITLE)
    flow.text([("bold", writer.name(draft.title))], BODY)
    if draft.illustrative:
        flow.text(text("analysis.note.illustrative", language), WARNING)
    answers = sheet.initiator if sheet.initiator != draft.initiator else NO_NAME
    rows = [
        ("coordination.column.initiator", writer.name(draft.initiator)),
        ("coordination.form.party", writer.name(answers)),
        ("coordination.column.level", text(f"coordination.level.{draft.level.value}", language)),
        ("coordination.published", writer.day(draft.published)),
        ("coordination.entered", writer.day(sheet.entered)),
        ("coordination.reference", draft.reference),
        ("coordination.address", draft.address),
        ("coordination.source", writer.name(draft.source)),
    ]
    _told(pages, ((key, said) for key, said in rows if said))
    flow.text(text("sheet.as_of", language, day=sheet.as_of), NOTE)


def _outcome(pages: Pages, sheet: Sheet) -> None:
    """Draw how it came out: what a reader asks first."""
    language, course = pages.writer.language, sheet.course
    pages.flow.text(text("sheet.outcome", language), SECTION)
    stage = text(f"coordination.stage.{course.stage.value}", language)
    _told(pages, (("coordination.column.stage", stage), ("sheet.close", _closed(pages, sheet))))
    if sheet.bypass:
        on, why = sheet.bypass
        _told(pages, (("coordination.step.bypassed", f"{pages.writer.day(on)}. {why}"),))
    rows = [
        ("sheet.second_round", _days(pages, course.later_rounds, "sheet.none_begun")),
        ("coordination.step.met", _days(pages, sheet.meetings, "sheet.none_held")),
        ("sheet.appeals", "; ".join(_appeals(pages, sheet)) or text("sheet.none", language)),
        ("sheet.referred", "; ".join(_referred(pages, sheet)) or text("sheet.none", language)),
        ("sheet.late", str(sheet.late)),
        ("sheet.not_done", str(sheet.not_done)),
    ]
    if sheet.submitted:
        on, where = sheet.submitted
        rows.append(("coordination.step.submitted", f"{pages.writer.day(on)}. {where}"))
    _told(pages, rows)


def _closed(pages: Pages, sheet: Sheet) -> str:
    """Say how coordination ended: the day and what it came to, or that it has not been closed."""
    course, language = sheet.course, pages.writer.language
    if course.closed is None or course.conclusion is None:
        return text("sheet.not_closed", language)
    day = pages.writer.day(course.happenings[course.closed].on)
    return f"{day}, {text(f'coordination.conclusion.{course.conclusion.value}', language)}"


def _appeals(pages: Pages, sheet: Sheet) -> Iterator[str]:
    language, course = pages.writer.language, sheet.course
    for number, (on, appealed) in enumerate(course.appeals, start=1):
        ruled = course.rulings.get(number)
        came = f"coordination.ruling.{ruled[1].ruling.value}" if ruled else "sheet.not_ruled"
        who = pages.writer.name(sheet.name(appealed.body))
        yield f"№ {number}, {who}, {pages.writer.day(on)}: {text(came, language)}"


def _referred(pages: Pages, sheet: Sheet) -> Iterator[str]:
    for number in sorted(sheet.course.referred):
        yield f"{text('coordination.fact.remark', pages.writer.language)} № {number}"


def _bundle(pages: Pages, sheet: Sheet) -> None:
    writer, language = pages.writer, pages.writer.language
    pages.flow.text(text("coordination.bundle", language), SECTION)
    if not sheet.draft.related:
        pages.flow.text(text("coordination.bundle.none", language), BODY)
    else:
        heads = [text(key, language) for key in ("sheet.act", "coordination.column.state")]
        rows = [
            (cell(writer.name(each.title)), _present(each.present, sheet.arrived.get(number), language))
            for number, each in enumerate(sheet.draft.related, start=1)
        ]
        pages.table(pages.columns(75, 25), heads, rows)
    if sheet.draft.amends:
        pages.flow.text(text("coordination.amends", language), SUBSECTION)
        for act in sheet.draft.amends:
            pages.flow.text(f"{writer.day(act.on)}, {act.number}", LIST)


def _present(present: bool, arrived: date | None, language: Language) -> Cell:
    said = text(f"coordination.companion.{'present' if present else 'missing'}", language)
    if arrived:
        said = f"{said}, {text('coordination.companion.arrived', language, day=arrived)}"
    return cell(said) if present else cell(said, CELL_BOLD)


def _note(pages: Pages, sheet: Sheet) -> None:
    language = pages.writer.language
    pages.flow.text(text("coordination.note", language), SECTION)
    unknown = text("coordination.not_studied", language)
    _told(pages, ((each.label, telling(pages, each) or unknown) for each in note_facts(sheet.note)))


def _screening(pages: Pages, sheet: Sheet) -> None:
    language, screened = pages.writer.language, sheet.course.screened
    pages.flow.text(text("coordination.screening", language), SECTION)
    if screened is None:
        fell = "screening_fell" if sheet.course.earlier_screenings else "not_yet_screened"
        pages.flow.text(text(f"coordination.{fell}", language), BODY)
    else:
        _questions(pages, screened)
    if sheet.course.awaits_screening:
        pages.flow.text(text("coordination.awaits_screening", language), WARNING)
    for on, earlier in sheet.course.earlier_screenings:
        pages.flow.text(text("coordination.earlier_screening", language, day=on), SUBSECTION)
        _questions(pages, earlier)


def _questions(pages: Pages, screened: Screened) -> None:
    """Draw what a screening came to, with its three answers."""
    language = pages.writer.language
    found = "mandatory" if screened.screening.mandatory else "not_mandatory"
    pages.flow.text([("bold", text(f"coordination.{found}", language))], replace(BODY, keep=True))
    keys = ("coordination.question", "coordination.screening.answer", "coordination.fact.reason")
    rows = []
    for touch in Touch:
        answer = screened.screening.answers[touch]
        said = text(f"coordination.{'yes' if answer.yes else 'no'}", language)
        asked = text(f"coordination.touch.{touch.value}", language)
        rows.append((cell(asked), cell(said, CELL_BOLD), cell(answer.reason)))
    pages.table(pages.columns(34, 10, 56), [text(key, language) for key in keys], rows)


def _rules(pages: Pages, sheet: Sheet) -> None:
    """Draw the rules in words that it went by, each with what it rests on."""
    writer, procedure, language = pages.writer, sheet.procedure, pages.writer.language
    if procedure is None:
        return
    pages.flow.text(text("coordination.rules", language), SECTION)
    level = text(f"coordination.level.{procedure.level.value}", language)
    values = {"level": level, "version": procedure.version, "day": procedure.since}
    pages.flow.text(text("coordination.rules.version", language, **values), NOTE)
    for key, rule in sheet.rules:
        name = text(f"coordination.rule.{key}", language)
        pages.flow.text(name[:1].upper() + name[1:], SUBSECTION)
        pages.flow.text(writer.name(rule.text), BODY)
        pages.flow.text(basis(pages, rule), NOTE)


def _days(pages: Pages, days: tuple[date, ...], none: str) -> str:
    return "; ".join(map(pages.writer.day, days)) or text(none, pages.writer.language)


def _told(pages: Pages, rows: Iterable[tuple[str, str]]) -> None:
    for key, said in rows:
        pages.flow.text(labelled(text(key, pages.writer.language), said), BODY)
