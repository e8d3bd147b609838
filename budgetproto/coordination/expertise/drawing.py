"""The sheet of an expertise on paper, drawn as the protocol is drawn: what was handed in, and the replies."""

from collections.abc import Iterator

from budgetproto.coordination.expertise import document
from budgetproto.coordination.expertise import domain as d
from budgetproto.coordination.expertise.forms import UNIT
from budgetproto.coordination.expertise.showing import Shown
from budgetproto.i18n import NO_NAME, Language, text
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal.domain import sha256_of
from budgetproto.protocol.drawing.foot import draw_foot, short_code
from budgetproto.protocol.drawing.house_style import (
    BODY,
    CELL_BOLD,
    EXACT,
    FIGURE,
    FIGURE_BOLD,
    NOTE,
    OVERLINE,
    SECTION,
    SUBSECTION,
    TITLE,
    UNIT_NOTE,
    WARNING,
)
from budgetproto.protocol.drawing.paper import Pages, cell
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.typesetting.flow import Flow
from budgetproto.protocol.typesetting.lines import Part
from budgetproto.protocol.typesetting.particulars import Particulars
from budgetproto.protocol.typesetting.press import Press
from budgetproto.protocol.typesetting.style import PORTRAIT
from budgetproto.protocol.typesetting.tables import Cell


def draw_expertise(found: Shown, language: Language) -> bytes:
    """Print what is handed in of an expertise in one language; the same values give the same bytes.

    Raises ValueError where nothing is: the paper never has what is not open to everybody.
    """
    outside = found.course.seen_outside()
    review, handed = outside.latest, outside.handed_in
    if review is None or handed is None:
        raise ValueError("nothing is handed in")
    pages = _begun(found, language, handed)
    _head(pages, found)
    _experts(pages, found, outside)
    for part in d.Part:
        _part(pages, review.finding(part))
    _conclusion(pages, review)
    _replies(pages, found, outside)
    digest = sha256_of(document.written(d.Written(review)))
    pages.flow.text(text("expertise.digest", language), NOTE)
    pages.flow.text(digest, EXACT)
    said = (f"№ {found.expertise.act.number}", pages.writer.day(bishkek_day(handed.at)), short_code(digest))
    left = pages.writer.joined((text("expertise.title", language), *said), " · ")
    return pages.flow.bound(lambda sheet, page, of: draw_foot(pages, left, sheet, page, of))


def _begun(found: Shown, language: Language, handed: d.Entry) -> Pages:
    writer = Writer(language, UNIT)
    about = Particulars(
        title=f"{text('expertise.title', language)}, № {found.expertise.act.number}",
        subject=writer.name(found.draft.title),
        language=language,
        made_at=handed.at,
    )
    return Pages(writer, Flow(Press(about), PORTRAIT))


def _head(pages: Pages, found: Shown) -> None:
    writer, flow, language = pages.writer, pages.flow, pages.writer.language
    flow.text(text("coordination.caption", language, number=str(found.expertise.act.number)), OVERLINE)
    flow.text(text("expertise.title", language), TITLE)
    flow.text([("bold", writer.name(found.draft.title))], BODY)
    if found.draft.illustrative:
        flow.text(text("analysis.note.illustrative", language), WARNING)
    flow.text(_labelled("coordination.column.initiator", writer.name(found.initiator), language), BODY)
    flow.text(_labelled("expertise.by", writer.name(found.by), language), BODY)
    flow.text(_labelled("expertise.task", found.course.task.task, language), BODY)
    if found.course.withdrawn:
        at, withdrawn = found.course.withdrawn
        said = text("expertise.withdrawn_on", language, day=writer.day(bishkek_day(at)))
        flow.text(writer.joined((said, withdrawn.reason), " "), WARNING)


def _experts(pages: Pages, found: Shown, outside: d.Course) -> None:
    """Draw who wrote it, with the interests each declared."""
    language = pages.writer.language
    pages.flow.text(text("expertise.experts", language), SECTION)
    heads = [text("expertise.expert", language), text("expertise.interests", language)]
    rows = []
    for expert in outside.experts:
        name = pages.writer.name(found.names.get(expert, NO_NAME)) or "—"
        rows.append((cell(name, CELL_BOLD), cell(declared_words(outside, expert, language))))
    pages.table(pages.columns(35, 65), heads, rows)


def declared_words(course: d.Course, expert: str, language: Language) -> str:
    """Say what an expert declared: none, which, or that he has not yet."""
    said = course.interests.get(expert)
    if said is None:
        return text("expertise.interests.awaited", language)
    return said or text("expertise.interests.none", language)


def _part(pages: Pages, finding: d.Finding) -> None:
    language, flow = pages.writer.language, pages.flow
    touched = text(f"expertise.touched.{'yes' if finding.touched else 'no'}", language)
    flow.text(f"{text(f'expertise.part.{finding.part.value}', language)}: {touched}", SECTION)
    flow.text(finding.text, BODY)
    if finding.unknown:
        flow.text(_labelled("expertise.unknown", finding.unknown, language), BODY)
    if finding.sums:
        flow.text(pages.writer.label("front.unit", pages.writer.unit_name), UNIT_NOTE)
        heads = [text(f"expertise.column.{name}", language) for name in ("year", "what", "amount")]
        pages.table(pages.columns(14, 58, 28), heads, list(_sums(pages, finding)), right=(2,))


def _sums(pages: Pages, finding: d.Finding) -> Iterator[tuple[Cell, ...]]:
    """Yield each amount, and the sum of its year where there are several."""
    writer = pages.writer
    for year, total in finding.by_year.items():
        own = [each for each in finding.sums if each.year == year]
        for each in own:
            yield cell(str(year)), cell(each.what or "—"), cell(writer.money(each.amount), FIGURE)
        if len(own) > 1:
            said = text("analysis.total.short", writer.language)
            yield cell(str(year)), cell(said, CELL_BOLD), cell(writer.money(total), FIGURE_BOLD)


def _conclusion(pages: Pages, review: d.Review) -> None:
    language = pages.writer.language
    pages.flow.text(text("expertise.conclusion", language), SECTION)
    if review.verdict is not None:
        pages.flow.text([("bold", text(f"expertise.verdict.{review.verdict.value}", language))], BODY)
    pages.flow.text(review.conclusion, BODY)


def _replies(pages: Pages, found: Shown, outside: d.Course) -> None:
    writer, language = pages.writer, pages.writer.language
    pages.flow.text(text("expertise.replies", language), SECTION)
    if not outside.replies:
        pages.flow.text(text("expertise.replies.none", language), BODY)
    for at, replied in outside.replies:
        stance = text(f"expertise.stance.{replied.stance.value}", language)
        said = (writer.name(found.initiator), writer.day(bishkek_day(at)), stance)
        pages.flow.text(writer.joined(said, " · "), SUBSECTION)
        pages.flow.text(replied.text, BODY)


def _labelled(key: str, said: str, language: Language) -> list[Part]:
    return [("bold", f"{text(key, language)}:"), ("text", said)]
