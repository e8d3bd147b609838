"""PURE: up to which figure a claim counts: its documented need, else last year's figure with growth."""

from dataclasses import dataclass
from typing import Final, Literal

from budgetproto.disputes.domain import LineText, Measure, magnitude
from budgetproto.errors import Refused
from budgetproto.money import Som

#: The bounds of the growth that terms may state, in whole percent of last year's figure.
GROWTH: Final = (100, 1_000)

Ground = Literal["documented", "last_year"]


class GrowthOutOfRange(Refused):
    """The growth of last year's figures is beyond all reason."""

    message_key = "disputes.growth_out_of_range"


class NeedWithoutSource(Refused):
    """A need counts as documented by its document."""

    message_key = "disputes.need_without_source"


@dataclass(frozen=True)
class Need:
    """The figure up to which a claim counts, on what ground, and the known figure behind it."""

    figure: Som | int
    ground: Ground
    known: Som | int
    source: str
    growth: int | None = None


def check_growth(growth: int | None) -> None:
    """Raise GrowthOutOfRange unless last year's figures may grow so."""
    least, most = GROWTH
    if growth is not None and not least <= growth <= most:
        raise GrowthOutOfRange(least=least, most=most)


def need_of(text: LineText, growth: int | None) -> Need | None:
    """Return the need of a line: the documented one, else last year's figure times `growth` percent.

    Where raising the figure saves the State money it is divided by the growth. Rounded to the tyiyn or the
    hundredth of a point, a half away from zero. None where neither is known, and for a line without a number.
    """
    if text.measure not in {Measure.AMOUNT, Measure.PERCENTAGE}:
        return None
    documented, last = text.documented_need, text.approved_last_year
    if documented.figure is not None:
        return Need(documented.figure, "documented", documented.figure, documented.source)
    raw = magnitude(last.figure)
    # Growth is of money; a value with prices of its own is none.
    if growth is None or text.prices or raw is None or last.figure is None:
        return None
    grown = _share(raw, growth, 100) if text.cost_sign == 1 else _share(raw, 100, growth)
    figure = Som(grown) if isinstance(last.figure, Som) else grown
    return Need(figure, "last_year", last.figure, last.source, growth)


def _share(whole: int, parts: int, of: int) -> int:
    """Return so many parts of a whole, a half rounded away from zero.

    >>> _share(5, 150, 100), _share(-5, 150, 100)
    (8, -8)
    """
    rounded = (2 * abs(whole) * parts + of) // (2 * of)
    return rounded if whole >= 0 else -rounded
