"""The sections of an explanation as a page shows them: words, pictures and rows of one language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from budgetproto.disputes.options.explanation.picture import drawn_bars, pictured
from budgetproto.disputes.options.explanation.sections import Bars, Curve, Section, Table
from budgetproto.disputes.options.explanation.svg import as_svg
from budgetproto.disputes.options.explanation.wording import Wording
from budgetproto.i18n import text


@dataclass(frozen=True)
class ShownTable:
    """A table: `columns` for the component of tables, `rows` of words with whether they are figures."""

    id: str
    caption: str
    note: str
    columns: tuple[dict[str, Any], ...]
    rows: tuple[tuple[tuple[str, bool], ...], ...]


@dataclass(frozen=True)
class ShownSection:
    """A section in the reader's words."""

    key: str
    title: str
    said: tuple[str, ...]
    picture: Markup | None
    legend: tuple[str, ...]
    tables: tuple[ShownTable, ...]
    sources: tuple[str, ...]


def shown_sections(sections: Iterable[Section], wording: Wording) -> list[ShownSection]:
    """Return sections in the words of one language and unit."""
    return [_section(section, wording) for section in sections]


def legend(chart: Curve | Bars, wording: Wording) -> tuple[str, ...]:
    """Say how to read a chart, and that not all of it is drawn."""
    alone = isinstance(chart, Bars) and chart.key == "regions" and chart.guide is None
    read = text(
        f"disputes.explained.chart.{chart.key}.{'legend_alone' if alone else 'legend'}", wording.language
    )
    if isinstance(chart, Curve) or len(drawn_bars(chart)) == len(chart.bars):
        return (read,)
    drawn, bars = len(drawn_bars(chart)), len(chart.bars)
    return (read, text("disputes.explained.chart.most", wording.language, drawn=drawn, all=bars))


def _section(section: Section, wording: Wording) -> ShownSection:
    title = wording.caption(section.key)
    return ShownSection(
        key=section.key,
        title=title,
        said=tuple(wording.sentence(each) for each in section.said),
        picture=_picture(section.chart, wording, title) if section.chart else None,
        legend=legend(section.chart, wording) if section.chart else (),
        tables=tuple(_table(table, wording) for table in section.tables),
        sources=tuple(wording.sentence(each) for each in section.sources),
    )


def _picture(chart: Curve | Bars, wording: Wording, title: str) -> Markup:
    told = wording.sentence(chart.alternative)
    return as_svg(pictured(chart, wording.cell), name=f"chart-{chart.key}", title=title, told=told)


def _table(table: Table, wording: Wording) -> ShownTable:
    return ShownTable(
        id=f"explained-{table.key}",
        caption=wording.caption(f"table.{table.key}"),
        note=wording.unit_name if table.in_money else "",
        columns=tuple({"text": wording.head(column), "figure": column.figure} for column in table.columns),
        rows=tuple(
            tuple(
                (wording.cell(cell), column.figure) for cell, column in zip(row, table.columns, strict=True)
            )
            for row in table.rows
        ),
    )
