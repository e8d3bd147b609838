"""Draws a chart as SVG or PNG: the same bytes for the same value, readable without colour.

Amounts arrive in whole tyiyn and are written as words before they come here; what is measured in floats is
only where on the picture a bar ends. Matplotlib is slow to load and keeps settings of the whole process:
it is loaded with the first picture, and one picture is drawn at a time.
"""

import textwrap
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from budgetproto.analysis.charts.lettering import FAMILY, lettered
from budgetproto.analysis.charts.values import Chart, Heat, Sides, Waterfall, Years
from budgetproto.i18n import Language
from budgetproto.i18n.formatting import number
from budgetproto.protocol.typesetting.faces import FILES, FONTS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Picture = Literal["svg", "png"]
PICTURES: Final[tuple[Picture, ...]] = get_args(Picture)
MEDIA: Final[dict[Picture, str]] = {"svg": "image/svg+xml", "png": "image/png"}

_INK: Final = "#1a1a1a"
_SOFT: Final = "#595959"
#: The sides differ by pattern first: solid and hatched, as everywhere; the colours are those of the pages.
_GOVERNMENT: Final[dict[str, Any]] = {"facecolor": "#1d4f91", "edgecolor": "#1d4f91"}
_LSG: Final[dict[str, Any]] = {"facecolor": "#fbf2e0", "edgecolor": "#7d4a06", "hatch": "////"}
_MORE: Final[dict[str, Any]] = {"facecolor": "#f4f4f4", "edgecolor": _INK, "hatch": "---"}
_LESS: Final[dict[str, Any]] = {"facecolor": "#bdbdbd", "edgecolor": _INK, "hatch": "xxx"}
_LINES: Final[tuple[dict[str, Any], ...]] = (
    {"color": "#1d4f91", "linestyle": "-", "marker": "o"},
    {"color": "#7d4a06", "linestyle": "--", "marker": "s"},
    {"color": _INK, "linestyle": "-.", "marker": "D"},
    {"color": _SOFT, "linestyle": ":", "marker": "^"},
)
_POINT: Final[dict[str, Any]] = {
    "color": _INK, "marker": "D", "linestyle": "", "markeredgecolor": "white", "markersize": 9, "zorder": 3,
}  # fmt: skip
_BALANCED: Final[dict[str, Any]] = {
    "fontsize": 9, "fontweight": "bold", "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 1},
}  # fmt: skip
_WIDTH: Final = 10.0
_DOTS: Final = 150
_NAME: Final = 44
_FOOT: Final = 130
_lock: Final = Lock()


def draw(chart: Chart, picture: Picture) -> bytes:
    """Return the picture of a chart."""
    with _lock:
        return _draw(chart, picture)


def _draw(chart: Chart, picture: Picture) -> bytes:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(_settings()):
        figure = Figure(figsize=(_WIDTH, _height(chart)), layout="constrained")
        axes = figure.add_subplot()
        _PAINTERS[type(chart)](axes, chart)
        _around(figure, axes, chart)
        file = BytesIO()
        kept: dict[str, Any] = {"Date": None, "Creator": None} if picture == "svg" else {"Software": None}
        figure.savefig(file, format=picture, dpi=_DOTS, metadata=kept)
    return lettered(file.getvalue()) if picture == "svg" else file.getvalue()


@cache
def _settings() -> Any:
    """Take the fonts of the paper, leave text as text; a fixed salt gives equal things equal names."""
    from matplotlib.font_manager import fontManager

    for face in ("text", "bold"):
        fontManager.addfont(FONTS / FILES[face])
    return {
        "font.family": ["serif"],
        "font.serif": [FAMILY],
        "font.size": 11,
        "svg.fonttype": "none",
        "svg.hashsalt": "budgetproto",
        "hatch.linewidth": 0.8,
        # A dollar sign in a name is a dollar sign.
        "text.parse_math": False,
        "text.color": _INK,
        "axes.edgecolor": _SOFT,
        "axes.unicode_minus": True,
    }


def _height(chart: Chart) -> float:
    match chart:
        case Sides():
            return 2.2 + 0.62 * max(len(chart.lines), 2)
        case Waterfall():
            return 2.0 + 0.5 * (len(chart.steps) + 2)
        case Heat():
            return 2.6 + 0.5 * len(chart.rows)
        case Years():
            return 5.0


def _around(figure: "Figure", axes: "Axes", chart: Chart) -> None:
    """Write the title, the unit and the foot."""
    frame = chart.frame
    title = "\n".join(textwrap.wrap(frame.title, 80))
    figure.suptitle(f"{title}, {frame.unit_name}", fontsize=14, fontweight="bold", x=0.01, ha="left")
    foot = [part for sentence in frame.foot for part in textwrap.wrap(sentence, _FOOT)]
    figure.supxlabel("\n".join(foot), fontsize=9, color=_SOFT, x=0.01, ha="left")
    if axes.get_legend_handles_labels()[0] and frame.rows:
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=4, frameon=False)
    if not frame.rows:
        axes.set_axis_off()
        axes.text(0.5, 0.5, frame.said, ha="center", va="center", transform=axes.transAxes)


def _paint_sides(axes: "Axes", chart: Sides) -> None:
    """Paint a pair of bars for each line; they begin at the balanced point and end where the sides stand."""
    unit, places = chart.frame.unit.tyiyn, range(len(chart.lines))
    government, lsg = ([side / unit for side in sides] for sides in _both(chart))
    widest = max(map(abs, [*government, *lsg]), default=0) or 1.0
    axes.barh(places, government, 0.5, label=chart.government, **_GOVERNMENT)
    axes.plot([0] * len(places), places, label=chart.balanced, **_POINT)
    axes.barh(places, lsg, 0.5, label=chart.lsg, **_LSG)
    for place, line in enumerate(chart.lines):
        left = government[place] <= lsg[place]
        _beside(axes, government[place], place, line.government_words, widest, leftwards=left)
        _beside(axes, lsg[place], place, line.lsg_words, widest, leftwards=not left)
        axes.text(0, place - 0.29, line.balanced_words, ha="center", va="bottom", **_BALANCED)
    axes.set_xlim(-1.5 * widest, 1.5 * widest)
    axes.set_xticks([])
    axes.axvline(0, color=_INK, linewidth=0.8, zorder=0)
    _named_rows(axes, [each.name for each in chart.lines])


def _both(chart: Sides) -> tuple[list[int], list[int]]:
    return [each.government for each in chart.lines], [each.lsg for each in chart.lines]


def _beside(axes: "Axes", end: float, place: float, words: str, widest: float, *, leftwards: bool) -> None:
    """Write the figure of a bar beyond its end."""
    away = 0.04 * widest * (-1 if leftwards else 1)
    axes.annotate(words, (end + away, place), ha="right" if leftwards else "left", va="center", fontsize=10)


def _paint_waterfall(axes: "Axes", chart: Waterfall) -> None:
    """Paint both sums as whole bars and each step between them where the one before it ended."""
    unit, last = chart.frame.unit.tyiyn, len(chart.steps) + 1
    reached = chart.begin.height
    axes.barh(0, chart.begin.height / unit, 0.6, **_GOVERNMENT)
    for place, step in enumerate(chart.steps, start=1):
        look = _LESS if step.height < 0 else _MORE
        axes.barh(place, step.height / unit, 0.6, left=reached / unit, **look)
        axes.plot([reached / unit] * 2, [place - 1.3, place + 0.3], color=_SOFT, linewidth=0.8)
        reached += step.height
        _beside(
            axes,
            max(reached, reached - step.height) / unit,
            place,
            step.words,
            _widest(chart),
            leftwards=False,
        )
    axes.barh(last, chart.end.height / unit, 0.6, **_LSG)
    for place, step in ((0, chart.begin), (last, chart.end)):
        _beside(axes, max(step.height, 0) / unit, place, step.words, _widest(chart), leftwards=False)
    _named_rows(axes, [each.name for each in (chart.begin, *chart.steps, chart.end)])
    axes.margins(x=0.25)
    _ticks(axes.xaxis, chart.frame.language)
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)


def _widest(chart: Waterfall) -> float:
    return max(abs(chart.begin.height), abs(chart.end.height), 1) / chart.frame.unit.tyiyn


def _paint_heat(axes: "Axes", chart: Heat) -> None:
    """Paint a cell the darker the larger it is, its figure in it; one without a figure is crossed out."""
    largest = max((size or 0 for row in chart.sizes for size in row), default=0) or 1
    for place, (sizes, words) in enumerate(zip(chart.sizes, chart.words, strict=True)):
        for column, (size, said) in enumerate(zip(sizes, words, strict=True)):
            shade = str(1 - 0.45 * (size or 0) / largest)
            hatch = "xx" if size is None else ""
            axes.barh(place, 1, 0.94, left=column, facecolor=shade, edgecolor="#8c8c8c", hatch=hatch)
            if size is not None:
                axes.text(column + 0.5, place, said, ha="center", va="center")
    _named_rows(axes, chart.rows)
    names = [
        "\n".join(textwrap.wrap(name, max(12, 90 // max(len(chart.columns), 1)))) for name in chart.columns
    ]
    axes.set_xticks([place + 0.5 for place in range(len(names))], names)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)


def _paint_years(axes: "Axes", chart: Years) -> None:
    """Paint a line for each sum, told apart by its dashes and marks."""
    unit, places = chart.frame.unit.tyiyn, range(len(chart.years))
    for course, look in zip(chart.courses, _LINES, strict=True):
        if any(amount is not None for amount in course.amounts):
            heights = [float("nan") if amount is None else amount / unit for amount in course.amounts]
            axes.plot(places, heights, label=course.name, linewidth=1.8, markersize=8, **look)
    axes.set_xticks(list(places), chart.years)
    axes.set_xlim(-0.5, max(len(chart.years), 1) - 0.5)
    _ticks(axes.yaxis, chart.frame.language)
    axes.grid(axis="y", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)


def _named_rows(axes: "Axes", names: Sequence[str]) -> None:
    """Name the rows from above; frames on the other three sides say nothing."""
    axes.set_yticks(range(len(names)), ["\n".join(textwrap.wrap(name, _NAME)[:3]) for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)


def _ticks(axis: Any, language: Language) -> None:
    """Write whole numbers beside an axis, in groups of three as everywhere."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(6, integer=True))
    axis.set_major_formatter(FuncFormatter(lambda value, _: number(round(value), language)))


_PAINTERS: Final[dict[type[Chart], Callable[[Any, Any], None]]] = {
    Sides: _paint_sides,
    Waterfall: _paint_waterfall,
    Heat: _paint_heat,
    Years: _paint_years,
}
