"""How ky, ru and en write amounts, percentages, numbers, dates and times; our own, tested on printed acts."""

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from math import gcd
from typing import Final
from zoneinfo import ZoneInfo

from budgetproto.i18n.languages import Language, Named, Points
from budgetproto.money import Amount, Som, Unit

BISHKEK: Final = ZoneInfo("Asia/Bishkek")
NO_BREAK_SPACE: Final = "\u00a0"
MINUS: Final = "\u2212"
DASH: Final = "—"

_MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "ky": (
        "январы", "февралы", "марты", "апрели", "майы", "июну",
        "июлу", "августу", "сентябры", "октябры", "ноябры", "декабры",
    ),
    "ru": (
        "января", "февраля", "марта", "апреля", "мая", "июня",
        "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def bishkek_day(instant: datetime) -> date:
    """Return the day that an instant falls on in Bishkek; of the database's clock it is today.

    >>> bishkek_day(datetime.fromisoformat("2020-05-14T18:30+00:00")).isoformat()
    '2020-05-15'
    """
    return instant.astimezone(BISHKEK).date()


def shown(value: object, language: Language) -> str:
    """Write any value of the domain as `language` prints it; a missing value is a dash."""
    match value:
        case None:
            return DASH
        case Named():
            return value.text(language)
        case Points():
            return points(value.hundredths, language)
        case Amount():
            return amount(value.som, value.unit, language)
        case Som():
            return amount(value, Unit.THOUSAND_SOMS, language)
        case bool():
            raise TypeError("yes and no are messages, not values")
        case int():
            return number(value, language)
        case Fraction():
            return percentage(value, language)
        case datetime():
            return moment(value, language)
        case date():
            return day(value, language)
        case _:
            return str(value)


def amount(som: Som, unit: Unit, language: Language, decimals: int = 0) -> str:
    """Write an amount in `unit`, with more decimals than usual or asked for rather than rounding it.

    >>> amount(Som(1260677830000), Unit.THOUSAND_SOMS, "en")
    '12,606,778.3'
    """
    size, usual, _ = unit.value
    whole, rest = divmod(abs(som.tyiyn), size)
    fraction = str(rest).rjust(len(str(size)) - 1, "0").rstrip("0").ljust(max(usual, decimals), "0")
    return _sign(som.tyiyn) + _decimal(whole, fraction, language)


def signed(som: Som, unit: Unit, language: Language, decimals: int = 0) -> str:
    """Write a difference with its sign, plus included."""
    return ("+" if som.tyiyn > 0 else "") + amount(som, unit, language, decimals)


def decimals_of(tyiyn: Iterable[int], unit: Unit) -> int:
    """Return how many decimals write each of these amounts, their sums and differences in full, for a table.

    >>> decimals_of([49592435000, 94989020000], Unit.THOUSAND_SOMS)
    2
    """
    size, usual, _ = unit.value
    common = str(gcd(size, *tyiyn))
    return max(usual, len(str(size)) - 1 - (len(common) - len(common.rstrip("0"))))


def number(value: int, language: Language) -> str:
    """Write a whole number in groups of three."""
    return _sign(value) + _decimal(abs(value), "", language)


def percentage(share: Fraction, language: Language, *, decimals: int = 1) -> str:
    """Write a share as a percentage, rounded half away from zero to `decimals`.

    >>> percentage(Fraction(52500, 169000), "en", decimals=2)
    '31.07%'
    """
    # In whole numbers: a fraction would be brought to its lowest terms at each step.
    scaled = abs(share.numerator) * 100 * 10**decimals
    rounded = (2 * scaled + share.denominator) // (2 * share.denominator)
    whole, rest = divmod(rounded, 10**decimals)
    sign = MINUS if share < 0 and rounded else ""
    fraction = str(rest).rjust(decimals, "0") if decimals else ""
    written = sign + _decimal(whole, fraction, language)
    return f"{written}%" if language == "en" else f"{written}{NO_BREAK_SPACE}%"


def points(hundredths: int, language: Language) -> str:
    """Write hundredths of a percentage point as a percentage, exactly (3550 is 35,5 %)."""
    decimals = 2 if hundredths % 10 else 1 if hundredths % 100 else 0
    return percentage(Fraction(hundredths, 10_000), language, decimals=decimals)


def day(value: date, language: Language) -> str:
    """Write a date as printed acts do: 2018-жылдын 26-декабры, 26 декабря 2018 года, 26 December 2018."""
    month = _MONTHS[language][value.month - 1]
    if language == "ky":
        return f"{value.year}-жылдын {value.day}-{month}"
    if language == "ru":
        return f"{value.day} {month} {value.year} года"
    return f"{value.day} {month} {value.year}"


def moment(value: datetime, language: Language) -> str:
    """Write an instant as the wall clock in Bishkek shows it."""
    if value.tzinfo is None:
        raise ValueError("an instant has a time zone")
    local = value.astimezone(BISHKEK)
    return f"{day(local.date(), language)}, {local:%H:%M}"


def _decimal(whole: int, fraction: str, language: Language) -> str:
    group, point = (",", ".") if language == "en" else (NO_BREAK_SPACE, ",")
    grouped = f"{whole:,}".replace(",", group)
    return f"{grouped}{point}{fraction}" if fraction else grouped


def _sign(value: int) -> str:
    return MINUS if value < 0 else ""
