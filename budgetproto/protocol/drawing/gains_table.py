"""The annex of territories: who gains and who loses by the option, the largest loss first."""

from typing import Final

from budgetproto.i18n import NO_NAME
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.drawing.house_style import BODY, CELL, CELL_BOLD, FIGURE, FIGURE_BOLD, UNIT_NOTE
from budgetproto.protocol.drawing.paper import Paper, cell, cells
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.gains import Gain, gain_of_all, gains
from budgetproto.protocol.typesetting.style import TextStyle
from budgetproto.protocol.typesetting.tables import Cell

_TITLES: Final = (
    "gains.territory",
    "column.lines",
    "column.government",
    "column.computed",
    "gains.change",
    "gains.last_year",
    "gains.decided",
)


def has_gains(protocol: Protocol) -> bool:
    """Tell whether the option and both sides have a figure in money for a line of any territory."""
    return any(gain.territory != NO_NAME for gain in gains(protocol))


def draw_gains(paper: Paper) -> None:
    """Draw how many gain, lose and stay, then each territory and all of them."""
    writer, flow, found = paper.writer, paper.flow, gains(paper.protocol)
    changes = [gain.change.tyiyn for gain in found]
    counted = {
        "gaining": sum(change > 0 for change in changes),
        "losing": sum(change < 0 for change in changes),
        "same": changes.count(0),
    }
    flow.text(writer.say("gains.counted", **counted), BODY)
    flow.text(writer.say("gains.note"), UNIT_NOTE)
    flow.text(writer.label("front.unit", writer.unit_name), UNIT_NOTE)
    rows = [gain_cells(writer, gain) for gain in found]
    every = gain_cells(writer, gain_of_all(paper.protocol), CELL_BOLD, FIGURE_BOLD)
    rows.append((cell(writer.say("total"), CELL_BOLD), *every[1:]))
    paper.table(
        paper.columns(28, 8, 15, 15, 16, 16, 16), [*map(writer.say, _TITLES)], rows, right=range(1, 7)
    )


def gain_cells(
    writer: Writer, gain: Gain, label: TextStyle = CELL, figure: TextStyle = FIGURE
) -> tuple[Cell, ...]:
    """Return the row of one territory."""
    of_lines = (
        writer.say("totals.of_lines", lines=gain.last_year_lines, all=gain.lines)
        if 0 < gain.last_year_lines < gain.lines
        else ""
    )
    return (
        cells((writer.territory(gain.territory), _region(writer, gain)), label),
        cell(str(gain.lines), figure),
        cell(writer.money(gain.government), figure),
        cell(writer.money(gain.option), figure),
        cell(writer.more(gain.change), figure),
        cells((writer.more(gain.since_last_year), of_lines), figure),
        cell(writer.more(gain.decided), figure),
    )


def _region(writer: Writer, gain: Gain) -> str:
    """Name the region, which tells territories of one name apart; not that of a region itself."""
    return "" if gain.region == gain.territory else writer.name(gain.region)
