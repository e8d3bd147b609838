"""The soms of five years as bars: for each year four, the first the darkest."""

from typing import Final

from budgetproto.money import Som
from budgetproto.protocol.typesetting.pen import Pen
from budgetproto.reporting.annual.content import MONEY
from budgetproto.reporting.annual.drawing.pages import ReportPages

#: The bars of one year, from the darkest; told apart by their greys and their order.
_GREYS: Final = (0.15, 0.45, 0.7, 0.95)
_HEIGHT: Final = 150.0


def draw_bars(pages: ReportPages) -> None:
    """Draw the bars, and say in words what they show."""
    pages.flow.figure(_HEIGHT, lambda pen, x, y: _bars(pages, pen, x, y), _said(pages))


def _bars(pages: ReportPages, pen: Pen, left: float, top: float) -> None:
    """Draw four bars for each year, their names beside them in the order of the bars."""
    report, width = pages.report, pages.flow.style.text_width
    every = [report.sums(year) for year in report.years]
    largest = max((abs(each.tyiyn) for sums in every for each in sums if each), default=1) or 1
    base, room = top + _HEIGHT - 30, _HEIGHT - 50
    step = width / len(report.years)
    for place, (year, sums) in enumerate(zip(report.years, every, strict=True)):
        _year_bars(pen, left + place * step, base, sums, step=step, scale=room / largest)
        pen.words(str(year), left + (place + 0.45) * step, base + 11, align="center")
    pen.stroke([(left, base), (left + width, base)], weight=0.5)
    at = left
    for part, grey in zip(MONEY, _GREYS, strict=True):
        pen.bar(at, base + 18, at + 8, base + 26, grey=grey)
        name = pages.teller.tell(f"annual.money.{part}")
        pen.words(name, at + 11, base + 25)
        at += pen.width(name) + 26


def _year_bars(
    pen: Pen, left: float, base: float, sums: tuple[Som | None, ...], *, step: float, scale: float
) -> None:
    wide = step * 0.9 / len(sums)
    for place, (amount, grey) in enumerate(zip(sums, _GREYS, strict=True)):
        if amount is not None and amount.tyiyn > 0:
            x = left + place * wide
            pen.bar(x, base - amount.tyiyn * scale, x + wide * 0.85, base, grey=grey)


def _said(pages: ReportPages) -> str:
    """Say what the bars show to a reader who cannot see them."""
    teller, report = pages.teller, pages.report
    title = teller.tell("annual.money.title")
    told = (
        f"{year}: "
        + teller.joined(
            f"{teller.tell(f'annual.money.{part}')} {teller.money(amount)}"
            for part, amount in zip(MONEY, report.sums(year), strict=True)
        )
        for year in report.years
    )
    return f"{title}, {teller.unit_name}. {'; '.join(told)}."
