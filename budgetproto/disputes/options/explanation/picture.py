"""PURE: a chart laid out as marks on a sheet, for whoever can draw a stroke, a shape and words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from budgetproto.disputes.options.explanation.sections import Bar, Bars, Cell, Curve
from budgetproto.money import Som

#: The width of every picture, in tenths of what a phone shows: whole numbers, so that the same chart is the
#: same picture everywhere.
WIDTH: Final = 3_600
#: So many of the longest bars are drawn; the table below has them all.
MOST_BARS: Final = 20
_LETTER, _LABEL, _SIZE = 61, 110, 110
_ROW, _BAR, _EDGE = 300, (155, 235), 40
_LEFT, _RIGHT, _TOP, _PLOT = 480, 3_520, 100, 1_500
#: A curve of more points is drawn without a dot on each.
_MOST_DOTS: Final = 40

Tone = Literal["axis", "line", "guide", "bar", "point"]
Place = tuple[int, int]


@dataclass(frozen=True)
class Stroke:
    """A line through points, in dashes of so many units where asked."""

    points: tuple[Place, ...]
    tone: Tone
    weight: int = 8
    dash: int = 0


@dataclass(frozen=True)
class Shape:
    """A filled shape."""

    points: tuple[Place, ...]
    tone: Tone


@dataclass(frozen=True)
class Written:
    """Words on the baseline y: from x on, up to it, or around it."""

    text: str
    x: int
    y: int
    size: int = _SIZE
    align: Literal["left", "center", "right"] = "left"


Mark: TypeAlias = Stroke | Shape | Written


@dataclass(frozen=True)
class Picture:
    """Marks on a sheet of so many units, the last ones on top; y counts downwards."""

    height: int
    marks: tuple[Mark, ...]


def pictured(chart: Curve | Bars, write: Callable[[Cell], str]) -> Picture:
    """Lay a chart out; `write` gives values and labels in the reader's language and unit."""
    return _curve(chart, write) if isinstance(chart, Curve) else _bars(chart, write)


def drawn_bars(chart: Bars) -> Sequence[Bar]:
    """Return the bars that are drawn: all, or the longest ones, in their own order."""
    longest = sorted(chart.bars, key=lambda bar: -_length(bar))[:MOST_BARS]
    kept = {id(bar) for bar in longest}
    return [bar for bar in chart.bars if id(bar) in kept]


def _length(bar: Bar) -> Fraction:
    return abs(_number(bar.end) - _number(bar.start))


def _number(value: Som | Fraction) -> Fraction:
    return Fraction(value.tyiyn) if isinstance(value, Som) else value


@dataclass(frozen=True)
class _Scale:
    """Where a value stands between two edges; the edges of an empty scale are its middle."""

    least: Fraction
    most: Fraction
    start: int
    end: int

    def at(self, value: Som | Fraction) -> int:
        span = self.most - self.least
        part = (_number(value) - self.least) / span if span else Fraction(1, 2)
        return self.start + round(part * (self.end - self.start))


def _bars(chart: Bars, write: Callable[[Cell], str]) -> Picture:
    bars = drawn_bars(chart)
    ends = [value for bar in bars for value in (bar.start, bar.end, bar.point) if value is not None]
    # A share is measured against the whole.
    ends += [Fraction(1)] if isinstance(bars[0].end, Fraction) else []
    zero: Som | Fraction = Som(0) if isinstance(bars[0].end, Som) else Fraction(0)
    least, most = min([zero, *ends], key=_number), max([zero, *ends], key=_number)
    scale = _Scale(_number(least), _number(most), _EDGE, WIDTH - _EDGE)
    foot = len(bars) * _ROW + 60
    marks: list[Mark] = []
    for place, bar in enumerate(bars):
        marks += _row(bar, place * _ROW, scale, write)
        if chart.guide is not None:
            x, (top, bottom) = scale.at(chart.guide), _BAR
            ends_of_guide = ((x, place * _ROW + top - 25), (x, place * _ROW + bottom + 25))
            marks.append(Stroke(ends_of_guide, "guide", 14, 20))
    marks += _axis(scale, foot, [least, zero, most], write)
    return Picture(foot + 180, tuple(marks))


def _row(bar: Bar, y: int, scale: _Scale, write: Callable[[Cell], str]) -> Iterator[Mark]:
    """Write the label and the figure of a bar, and draw it below with its point."""
    shown = bar.end if bar.point is None else bar.point
    figure = write(shown)
    yield Written(_cut(write(bar.label), WIDTH - (len(figure) + 4) * _LETTER), _EDGE, y + _LABEL)
    yield Written(figure, WIDTH - _EDGE, y + _LABEL, align="right")
    x, to_x, (top, bottom) = scale.at(bar.start), scale.at(bar.end), _BAR
    to_x = to_x if abs(to_x - x) >= 10 else x + 10
    yield Shape(((x, y + top), (to_x, y + top), (to_x, y + bottom), (x, y + bottom)), "bar")
    if bar.point is not None:
        yield _diamond(scale.at(bar.point), y + (top + bottom) // 2, 40)


def _cut(said: str, width: int) -> str:
    """Cut words that would not fit; letters are about equally wide."""
    most = width // _LETTER
    return said if len(said) <= most else said[: most - 1].rstrip() + "…"


def _diamond(x: int, y: int, size: int) -> Shape:
    return Shape(((x - size, y), (x, y - size), (x + size, y), (x, y + size)), "point")


def _axis(
    scale: _Scale, y: int, values: Sequence[Som | Fraction], write: Callable[[Cell], str]
) -> Iterator[Mark]:
    """Draw the scale with its edges and zero, leaving out what would stand on another."""
    yield Stroke(((scale.start, y), (scale.end, y)), "axis")
    taken: list[int] = []
    for value in (values[0], values[-1], *values[1:-1]):
        x = scale.at(value)
        if all(abs(x - other) > 12 * _LETTER for other in taken):
            taken.append(x)
            yield Stroke(((x, y), (x, y + 30)), "axis")
            yield Written(write(value), x, y + 140, align=_side(x))


def _side(x: int) -> Literal["left", "center", "right"]:
    return "left" if 4 * x < WIDTH else "right" if 4 * x > 3 * WIDTH else "center"


def _curve(chart: Curve, write: Callable[[Cell], str]) -> Picture:
    points = chart.points
    rates = [Fraction(0), Fraction(1), *(point.rate for point in points)]
    across = _Scale(_number(points[0].money), _number(points[-1].money), _LEFT, _RIGHT)
    up = _Scale(min(rates), max(rates), _TOP + _PLOT, _TOP)
    line = tuple((across.at(point.money), up.at(point.rate)) for point in points)
    marks = [*_frame(up, write, chart), Stroke(line, "line", 16)]
    if len(line) <= _MOST_DOTS:
        marks += [_dot(x, y) for x, y in line]
    if chart.present is not None:
        x, y = across.at(chart.present.money), up.at(chart.present.rate)
        x = min(max(x, _LEFT), _RIGHT)
        marks.append(Stroke(((_LEFT, y), (x, y), (x, _TOP + _PLOT)), "guide", 10, 30))
        marks.append(_diamond(x, y, 55))
        said = f"{write(chart.present.rate)} · {write(chart.present.money)}"
        marks.append(Written(said, x, _TOP + _PLOT + 300, align=_side(x)))
    return Picture(_TOP + _PLOT + 360, tuple(marks))


def _frame(up: _Scale, write: Callable[[Cell], str], chart: Curve) -> Iterator[Mark]:
    floor = _TOP + _PLOT
    yield Stroke(((_LEFT, _TOP), (_LEFT, floor), (_RIGHT, floor)), "axis")
    for quarter in range(5):
        rate = Fraction(quarter, 4)
        y = up.at(rate)
        yield Stroke(((_LEFT - 30, y), (_LEFT, y)), "axis")
        yield Written(write(rate).replace(",0", "").replace(".0", ""), _LEFT - 50, y + 35, align="right")
    yield Written(write(chart.points[0].money), _LEFT, floor + 140)
    yield Written(write(chart.points[-1].money), _RIGHT, floor + 140, align="right")


def _dot(x: int, y: int) -> Shape:
    return Shape(((x - 20, y - 20), (x + 20, y - 20), (x + 20, y + 20), (x - 20, y + 20)), "line")
