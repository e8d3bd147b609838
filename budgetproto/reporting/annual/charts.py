"""Two pictures of a report, each with its table: the soms of the years, and what the indicators say."""

from typing import Final, Literal, get_args

from budgetproto.analysis.charts.values import Chart, Course, Frame, Heat, Years
from budgetproto.i18n import Language, text
from budgetproto.i18n.formatting import number
from budgetproto.money import Som
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.reporting.annual.content import MONEY
from budgetproto.reporting.annual.domain import VERDICTS
from budgetproto.reporting.annual.figures import UNIT
from budgetproto.reporting.annual.report import Report

Drawing = Literal["money", "verdicts"]
DRAWINGS: Final[tuple[Drawing, ...]] = get_args(Drawing)


def chart(drawing: Drawing, report: Report, language: Language) -> Chart:
    """Make one chart of a report."""
    return _money(report, language) if drawing == "money" else _verdicts(report, language)


def _money(report: Report, language: Language) -> Years:
    writer, years = Writer(language, UNIT), tuple(map(str, report.years))
    sums = [report.sums(year) for year in report.years]
    names = tuple(text(f"annual.money.{part}", language) for part in MONEY)
    courses = tuple(
        Course(name, tuple(_tyiyn(each[place]) for each in sums)) for place, name in enumerate(names)
    )
    stated = any(amount is not None for course in courses for amount in course.amounts)
    rows = [(year, *map(writer.money, each)) for year, each in zip(years, sums, strict=True)]
    told = rows[-1]
    said = text("annual.chart.none", language)
    if stated:
        said = text(
            "annual.chart.money.alt",
            language,
            first=years[0],
            last=years[-1],
            **dict(zip(MONEY, told[1:], strict=True)),
        )
    heads = (text("annual.column.year", language), *names)
    unit = text(f"money.unit.{UNIT.key}", language)
    title = text("annual.money.title", language)
    frame = Frame(
        title, language, UNIT, unit, said, _foot(report, language), heads, tuple(rows) if stated else ()
    )
    return Years(frame, years, courses)


def _verdicts(report: Report, language: Language) -> Heat:
    columns = tuple(text(f"annual.verdict.{each}", language) for each in VERDICTS)
    found = [each for each in report.measured if each.rows]
    names = tuple(each.indicator.name.text(language) for each in found)
    sizes = tuple(tuple(each.counted.count(verdict) for verdict in VERDICTS) for each in found)
    words = tuple(tuple(number(count, language) for count in row) for row in sizes)
    rows = tuple((name, *row) for name, row in zip(names, words, strict=True))
    better, worse = (sum(row[place] for row in sizes) for place in (0, 1))
    said = text("annual.chart.none", language)
    if rows:
        said = text("annual.chart.verdicts.alt", language, indicators=len(rows), better=better, worse=worse)
    heads = (text("annual.column.indicator", language), *columns)
    title = text("annual.indicators.title", language, year=str(report.year))
    unit = text("annual.chart.territories", language)
    frame = Frame(title, language, UNIT, unit, said, _foot(report, language), heads, rows)
    return Heat(frame, names, columns, sizes, words)


def _foot(report: Report, language: Language) -> tuple[str, ...]:
    title = text("annual.paper.title", language, year=str(report.year))
    return (title, text("annual.paper.illustrative", language)) if report.illustrative else (title,)


def _tyiyn(amount: Som | None) -> int | None:
    return None if amount is None else amount.tyiyn
