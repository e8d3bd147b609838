"""Values of indicators as one language writes them, on screens, in files and on paper."""

from fractions import Fraction
from functools import lru_cache

from budgetproto.i18n import Language
from budgetproto.i18n.formatting import DASH, MINUS, amount, number, percentage, points
from budgetproto.money import Som, Unit, UnreadableNumber, parse_percentage
from budgetproto.money.som import parse_decimal
from budgetproto.reporting.annual.domain import LARGEST, Measure

#: Amounts stand in thousand soms everywhere in a report.
UNIT = Unit.THOUSAND_SOMS


@lru_cache(maxsize=1 << 16)
def written(value: int | None, measure: Measure, language: Language) -> str:
    """Write a value; what is not stated is a dash, zero is written.

    >>> written(3550, "percent", "en"), written(None, "count", "en")
    ('35.5%', '—')
    """
    if value is None:
        return DASH
    match measure:
        case "count":
            return number(value, language)
        case "percent":
            return points(value, language) if value >= 0 else MINUS + points(-value, language)
        case "money":
            return amount(Som(value), UNIT, language)


def middle(value: Fraction | None, measure: Measure, language: Language) -> str:
    """Write a median: a whole one as a value, a half of a count with one decimal.

    >>> middle(Fraction(9, 2), "count", "en"), middle(Fraction(4), "count", "en")
    ('4.5', '4')
    """
    if value is None or value.denominator == 1:
        return written(None if value is None else int(value), measure, language)
    if measure == "count":
        return coefficient(value, language, decimals=1)
    # A half of a hundredth of a point, or of a tyiyn, is below what anybody reads: away from zero.
    rounded = (abs(value.numerator) + 1) // 2
    return written(rounded if value >= 0 else -rounded, measure, language)


def coefficient(value: Fraction | None, language: Language, *, decimals: int = 4) -> str:
    """Write a pure number such as a Gini coefficient, rounded half away from zero.

    >>> coefficient(Fraction(1, 3), "ky")
    '0,3333'
    """
    if value is None:
        return DASH
    # As a percentage of a hundredth, so that rounding and the decimal sign have one home.
    return percentage(value / 100, language, decimals=decimals).rstrip("%\u00a0")


def read(typed: str, measure: Measure) -> int:
    """Read what a person typed: a count, a percentage, or thousand soms; raise UnreadableNumber.

    >>> read("35,5 %", "percent"), read("1 234,5", "money"), read("12", "count")
    (3550, 123450000, 12)
    """
    match measure:
        case "count":
            number_read = parse_decimal(typed, 0)[0]
        case "percent":
            number_read = parse_percentage(typed)
        case "money":
            number_read = Som.parse(typed, UNIT).tyiyn
    if abs(number_read) > LARGEST:
        raise UnreadableNumber("money.too_large", typed=typed.strip())
    return number_read


def typed_again(value: int | None, measure: Measure) -> str:
    """Return a text that `read` gives the value for, as people type it; blank where there is none.

    >>> typed_again(3550, "percent"), typed_again(123450000, "money")
    ('35.50', '1234.5')
    """
    if value is None:
        return ""
    if measure == "count":
        return str(value)
    whole, rest = divmod(abs(value), 100 if measure == "percent" else UNIT.tyiyn)
    digits = 2 if measure == "percent" else len(str(UNIT.tyiyn)) - 1
    fraction = str(rest).rjust(digits, "0")
    if measure == "money":
        fraction = fraction.rstrip("0").ljust(UNIT.decimals, "0")
    return f"{'-' if value < 0 else ''}{whole}.{fraction}"
