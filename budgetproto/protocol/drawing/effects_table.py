"""The effect on the republican budget: the budget year and both planning years, given or not."""

from collections.abc import Iterator
from typing import Final

from budgetproto.protocol.drawing.house_style import BODY, CELL, FIGURE, SUBSECTION, UNIT_NOTE
from budgetproto.protocol.drawing.paper import Paper, cell
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.effects import Cost, YearEffect, effects
from budgetproto.protocol.typesetting.tables import Cell

_TITLES: Final = (
    "column.year",
    "column.lines",
    "effects.sources",
    "effects.computed",
    "effects.yearly",
    "effects.left",
    "effects.decided",
    "effects.yearly",
    "effects.left",
)


def draw_effects(paper: Paper) -> None:
    """Draw what option and decisions cost each year, what of it every year, and what they leave or lack."""
    writer, flow = paper.writer, paper.flow
    flow.text(writer.say("effects.title"), SUBSECTION)
    flow.text(writer.say("effects.note"), UNIT_NOTE)
    flow.text(writer.label("front.unit", writer.unit_name), UNIT_NOTE)
    found = effects(paper.protocol)
    rows = [effect_cells(writer, effect) for effect in found]
    paper.table(
        paper.columns(9, 7, 13, 13, 13, 13, 13, 13, 13), [*map(writer.say, _TITLES)], rows, right=range(1, 9)
    )

    for said in filter(None, (besides(writer, effect) for effect in found)):
        flow.text(said, BODY)


def besides(writer: Writer, effect: YearEffect) -> str:
    """Say what decisions cost that are not in the table; nothing where there is none."""
    more = writer.full_more(effect.besides)
    return writer.say("effects.besides", year=str(effect.year), more=more) if effect.besides.tyiyn else ""


def effect_cells(writer: Writer, effect: YearEffect) -> tuple[Cell, ...]:
    """Return the row of one year."""
    said = (
        str(effect.lines),
        writer.say("effects.not_given") if effect.sources is None else writer.money(effect.sources),
        *_cost(writer, effect.computed),
        *_cost(writer, effect.decided),
    )
    year = cell(writer.marked(str(effect.year), effect.illustrative), CELL)
    return year, *(cell(each, FIGURE) for each in said)


def _cost(writer: Writer, cost: Cost | None) -> Iterator[str]:
    if cost is None:
        yield from (writer.say("effects.not_given"), "—", "—")
    else:
        yield from (writer.more(cost.total), writer.more(cost.yearly), writer.more(cost.left))
