"""The order of the printed report, its head and its foot."""

from datetime import UTC, datetime, time

from budgetproto.i18n import LANGUAGES, Language
from budgetproto.journal.domain import sha256_of
from budgetproto.protocol.drawing.foot import draw_foot, short_code
from budgetproto.protocol.drawing.house_style import (
    BODY,
    NOTE,
    NUMBER,
    OVERLINE,
    SECTION,
    THIS_TEXT,
    TITLE,
    WARNING,
)
from budgetproto.protocol.typesetting.flow import Flow
from budgetproto.protocol.typesetting.particulars import Particulars
from budgetproto.protocol.typesetting.press import Press
from budgetproto.protocol.typesetting.style import LANDSCAPE, PORTRAIT
from budgetproto.reporting.annual import document
from budgetproto.reporting.annual.content import SECTIONS, SectionKey
from budgetproto.reporting.annual.drawing.balance_table import draw_balance
from budgetproto.reporting.annual.drawing.compared import draw_comparison
from budgetproto.reporting.annual.drawing.failing import draw_failing
from budgetproto.reporting.annual.drawing.indicators import draw_definitions, draw_indicators
from budgetproto.reporting.annual.drawing.ledger import draw_values
from budgetproto.reporting.annual.drawing.money import draw_money, draw_traces
from budgetproto.reporting.annual.drawing.pages import ReportPages, Teller, begun
from budgetproto.reporting.annual.drawing.record import draw_record
from budgetproto.reporting.annual.report import Report

#: What is drawn from the record after the words of a section.
_AFTER = {
    "legislation": (draw_failing,),
    "finance": (draw_money, draw_balance),
    "councils": (draw_indicators,),
    "proposals": (draw_comparison,),
}


def draw(report: Report, language: Language, *, digest: str = "") -> bytes:
    """Return the PDF of a report; the same value gives the same bytes.

    `digest` is the hash of the report, which is made anew when it is not given.
    """
    hashed = digest or sha256_of(document.written_report(report))
    teller = Teller(language)
    pages = begun(report, teller, Flow(Press(_about(report, teller, hashed)), PORTRAIT))
    _draw_head(pages)
    for key in SECTIONS:
        _draw_section(pages, key)
    pages.flow.turn(LANDSCAPE)
    draw_definitions(pages)
    draw_traces(pages)
    pages.flow.turn(PORTRAIT)
    draw_values(pages)
    draw_record(pages)
    _draw_end(pages, hashed)
    left = " · ".join((_title(teller, report), teller.say("foot.digest", digest=short_code(hashed))))
    return pages.flow.bound(lambda sheet, page, number: draw_foot(pages, left, sheet, page, number))


def _about(report: Report, teller: Teller, hashed: str) -> Particulars:
    day = report.closed_on or datetime(report.year, 12, 31, tzinfo=UTC).date()
    return Particulars(
        title=_title(teller, report),
        subject=teller.joined(teller.name(each) for each in report.associations),
        language=teller.language,
        made_at=datetime.combine(day, time(), tzinfo=UTC),
        keywords=f"annual-report:{hashed}",
    )


def _title(teller: Teller, report: Report) -> str:
    return teller.tell("annual.paper.title", year=str(report.year))


def _draw_head(pages: ReportPages) -> None:
    teller, report, flow = pages.teller, pages.report, pages.flow
    flow.text(teller.tell("annual.paper.to"), OVERLINE)
    flow.text(_title(teller, report), TITLE)
    for each in report.associations:
        flow.text(teller.said(each), NUMBER)
    note, closed = teller.said(report.note), report.closed_on
    state = teller.tell("annual.paper.closed", on=closed) if closed else teller.tell("annual.paper.draft")
    flow.text(note or state, NOTE if note else THIS_TEXT)
    if report.illustrative:
        flow.text(teller.tell("annual.paper.illustrative"), WARNING)


def _draw_section(pages: ReportPages, key: SectionKey) -> None:
    teller, flow = pages.teller, pages.flow
    number = SECTIONS.index(key) + 1
    flow.text(f"{number}. {teller.tell(f'annual.section.{key}')}", SECTION)
    said = teller.said(pages.report.content.section(key)) or teller.tell("annual.paper.nothing_written")
    for paragraph in said.splitlines():
        if paragraph.strip():
            flow.text(paragraph, BODY)
    for draw_part in _AFTER.get(key, ()):
        draw_part(pages)


def _draw_end(pages: ReportPages, hashed: str) -> None:
    teller, flow = pages.teller, pages.flow
    flow.text(teller.tell("annual.paper.hash.title"), SECTION)
    flow.text(teller.tell("annual.paper.hash", digest=hashed), NOTE)
    languages = teller.joined(teller.say(f"language.{each}") for each in LANGUAGES)
    flow.text(teller.tell("annual.paper.languages", languages=languages), NOTE)
