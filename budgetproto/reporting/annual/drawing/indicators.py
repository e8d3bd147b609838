"""The indicators: what became of each in the year, and by what words and yardsticks they are judged."""

from budgetproto.protocol.drawing.house_style import BODY, FIGURE, NOTE, SECTION, SUBSECTION, UNIT_NOTE
from budgetproto.protocol.drawing.paper import cell, cells
from budgetproto.protocol.typesetting.tables import Cell
from budgetproto.reporting.annual.domain import VERDICTS, Indicator, Yardstick
from budgetproto.reporting.annual.drawing.pages import HAND, RECORD, ReportPages
from budgetproto.reporting.annual.figures import middle, written
from budgetproto.reporting.annual.report import Measured

_DEFINED = ("indicator", "definition", "source", "base", "threshold", "target", "fixed_on")


def draw_indicators(pages: ReportPages) -> None:
    """Draw how many territories stand better, worse, unchanged or unknown under each indicator."""
    teller, flow = pages.teller, pages.flow
    flow.text(teller.tell("annual.indicators.title", year=str(pages.report.year)), SUBSECTION)
    if not pages.report.content.indicators:
        flow.text(teller.tell("annual.indicators.none"), BODY)
        return
    flow.text(teller.tell("annual.indicators.how"), NOTE)
    titles = [
        *(teller.tell(f"annual.column.{key}") for key in ("indicator", "stated")),
        *(teller.tell(f"annual.verdict.{each}") for each in VERDICTS),
        *(teller.tell(f"annual.column.{key}") for key in ("met", "median")),
    ]
    rows = [_counted(pages, each) for each in pages.report.measured]
    pages.table(pages.columns(20, 15, 15, 15, 14, 15, 13, 13), titles, rows, right=range(1, 8))
    if any(each.by_hand for each in pages.report.measured):
        flow.text(teller.tell("annual.mark.hand", mark=HAND), NOTE)
    if any(each.from_record for each in pages.report.measured):
        flow.text(teller.tell("annual.mark.record", mark=RECORD), NOTE)


def draw_definitions(pages: ReportPages) -> None:
    """Draw what each indicator means and what it is judged by, with the day that was fixed."""
    teller, flow = pages.teller, pages.flow
    flow.text(teller.annex(1, "annual.definitions.title"), SECTION)
    flow.text(teller.tell("annual.definitions.how"), UNIT_NOTE)
    titles = [teller.tell(f"annual.column.{key}") for key in _DEFINED]
    rows = [_defined(pages, each) for each in pages.report.content.indicators]
    pages.table(pages.columns(19, 30, 19, 10, 10, 10, 16), titles, rows)


def name_of(pages: ReportPages, indicator: Indicator) -> tuple[str, ...]:
    """Return the name of an indicator and, where it is one of a vulnerable group, that it is."""
    teller = pages.teller
    return teller.said(indicator.name), teller.tell("annual.vulnerable.mark") if indicator.vulnerable else ""


def _counted(pages: ReportPages, measured: Measured) -> tuple[Cell, ...]:
    found, indicator, language = measured.counted, measured.indicator, pages.teller.language
    target = f"{found.met} / {found.judged_target}" if found.judged_target else "—"
    stated = str(found.stated) + (HAND if measured.by_hand else RECORD if measured.from_record else "")
    figures = (
        stated,
        *(str(found.count(each)) for each in VERDICTS),
        target,
        middle(found.median, indicator.measure, language),
    )
    return cells(name_of(pages, indicator)), *(cell(each, FIGURE) for each in figures)


def _defined(pages: ReportPages, indicator: Indicator) -> tuple[Cell, ...]:
    teller = pages.teller
    better = teller.tell(f"annual.better.{indicator.better}")
    unit = teller.tell(f"annual.measure.{indicator.measure}")
    return (
        cells((*name_of(pages, indicator), unit, better)),
        cell(teller.said(indicator.definition)),
        cell(teller.said(indicator.source)),
        *_yardstick(pages, indicator),
    )


def _yardstick(pages: ReportPages, indicator: Indicator) -> tuple[Cell, ...]:
    teller, yardstick = pages.teller, indicator.yardstick
    if yardstick is None:
        return (*(cell("—") for _ in range(3)), cell(teller.tell("annual.yardstick.none")))
    language, measure = teller.language, indicator.measure
    late = teller.tell("annual.yardstick.late", reason=yardstick.late) if yardstick.late else ""
    return (
        cell(_base(pages, indicator, yardstick)),
        cell(written(yardstick.threshold, measure, language)),
        cell(written(yardstick.target, measure, language)),
        cells((teller.day(yardstick.fixed_on), late)),
    )


def _base(pages: ReportPages, indicator: Indicator, yardstick: Yardstick) -> str:
    if yardstick.base_year is not None:
        return pages.teller.tell("annual.yardstick.own_value", year=str(yardstick.base_year))
    return written(yardstick.base, indicator.measure, pages.teller.language)
