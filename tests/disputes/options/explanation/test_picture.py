"""A chart is laid out once, in whole numbers, for screen and paper alike."""

import re
from fractions import Fraction

import pytest

from budgetproto.disputes.options.explanation.picture import (
    MOST_BARS,
    WIDTH,
    Picture,
    Shape,
    Stroke,
    Written,
    drawn_bars,
    pictured,
)
from budgetproto.disputes.options.explanation.sections import Bar, Bars, Curve, Point, said
from budgetproto.disputes.options.explanation.svg import as_svg
from budgetproto.disputes.options.explanation.wording import Wording
from budgetproto.money import Som, Unit

WORDING = Wording("ky", Unit.THOUSAND_SOMS)
TOLD = said("disputes.explained.chart.rules.told", count=2)
MILLION = 100_000_000


def bars(*ends: int, point: int | None = None) -> Bars:
    made = tuple(
        Bar(f"Өргө {place}", Som(0), Som(end * MILLION), None if point is None else Som(point * MILLION))
        for place, end in enumerate(ends)
    )
    return Bars("rules", TOLD, made)


def places(picture: Picture) -> list[tuple[int, int]]:
    return [
        place
        for mark in picture.marks
        for place in (mark.points if isinstance(mark, Stroke | Shape) else ((mark.x, mark.y),))
    ]


def test_bars_stand_to_each_other_as_their_money() -> None:
    shapes = [mark for mark in pictured(bars(200, 100), WORDING.cell).marks if isinstance(mark, Shape)]
    widths = [shape.points[1][0] - shape.points[0][0] for shape in shapes]
    assert widths == [3_520, 1_760]


def test_money_released_goes_to_the_other_side_of_zero() -> None:
    shapes = [mark for mark in pictured(bars(100, -100), WORDING.cell).marks if isinstance(mark, Shape)]
    (start, _), (end, _) = shapes[1].points[:2]
    assert (start, end) == (WIDTH // 2, 40)


def test_the_curve_goes_through_its_points_and_marks_the_present() -> None:
    points = (
        Point(Som(0), Fraction(0)),
        Point(Som(MILLION), Fraction(1, 2)),
        Point(Som(4 * MILLION), Fraction(1)),
    )
    found = pictured(Curve("envelope", TOLD, points, Point(Som(MILLION), Fraction(1, 2))), WORDING.cell)
    line = next(mark for mark in found.marks if isinstance(mark, Stroke) and mark.tone == "line")
    assert line.points == ((480, 1_600), (1_240, 850), (3_520, 100))
    guide = next(mark for mark in found.marks if isinstance(mark, Stroke) and mark.tone == "guide")
    assert guide.points == ((480, 850), (1_240, 850), (1_240, 1_600))
    assert any("50,0" in mark.text for mark in found.marks if isinstance(mark, Written))


@pytest.mark.parametrize("chart", [bars(0), bars(5, point=9), bars(*range(1, 60)), bars(-3, -1)])
def test_nothing_is_drawn_outside_the_sheet(chart: Bars) -> None:
    found = pictured(chart, WORDING.cell)
    assert all(0 <= x <= WIDTH and 0 <= y <= found.height for x, y in places(found))


def test_only_the_longest_bars_are_drawn_in_their_own_order() -> None:
    drawn = drawn_bars(bars(*range(1, 60)))
    assert len(drawn) == MOST_BARS
    assert [bar.end for bar in drawn] == [Som(end * MILLION) for end in range(40, 60)]


def test_the_picture_on_the_page_is_words_and_shapes_without_any_style() -> None:
    made = as_svg(pictured(bars(3, 2, point=1), WORDING.cell), name="c", title="А < Б", told="Ң & ү")
    assert '<title id="c-title">А &lt; Б</title>' in made
    assert '<desc id="c-told">Ң &amp; ү</desc>' in made
    assert re.findall(r">(Өргө \d)</text>", made) == ["Өргө 0", "Өргө 1"]
    assert not re.search(r"style=|<style|script|#[0-9a-f]{3}", made)


def test_a_long_title_is_cut_before_it_meets_its_figure() -> None:
    chart = Bars("rules", TOLD, (Bar("ө" * 200, Som(0), Som(MILLION)),))
    words = [mark for mark in pictured(chart, WORDING.cell).marks if isinstance(mark, Written)]
    assert words[0].text.endswith("…")
    assert len(words[0].text) < 60
