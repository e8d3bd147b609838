"""One cell of a text file: written exactly, guarded against formulas, and read back the same."""

import re
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from budgetproto.exchange.sheet import Cell, Kind
from budgetproto.money import Som, Unit, parse_percentage
from budgetproto.money.som import parse_decimal

#: The first signs by which a spreadsheet takes a text for a formula; the full-width ones count as well.
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: Put before a text that a spreadsheet would run as a formula; reading takes it away again.
GUARD: Final = "'"

#: White space and signs without a shape, behind which a spreadsheet may still find the formula.
_UNSEEN: Final = (
    " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e"
    "\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
_FRACTION = re.compile(r"(-?[0-9]{1,30})[/\u2044]([0-9]{1,30})")


def guarded(words: str) -> str:
    """Return a text that no spreadsheet runs.

    What looks guarded already is guarded once more, so that reading gives back every text as it was.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("Ош")
    ("'=1+1", "''=1+1", 'Ош')
    """
    return GUARD + words if _looks_like_a_formula(words) else words


def exact_decimal(som: Som, unit: Unit) -> str:
    """Write an amount in `unit` with a point and at least the unit's decimals, never rounded.

    >>> exact_decimal(Som(-1260677830000), Unit.THOUSAND_SOMS), exact_decimal(Som(5), Unit.THOUSAND_SOMS)
    ('-12606778.3', '0.00005')
    """
    whole, rest = divmod(abs(som.tyiyn), unit.tyiyn)
    fraction = str(rest).rjust(len(str(unit.tyiyn)) - 1, "0").rstrip("0").ljust(unit.decimals, "0")
    return f"{'-' if som.tyiyn < 0 else ''}{whole}{'.' if fraction else ''}{fraction}"


def points(hundredths: int) -> str:
    """Write hundredths of a percentage point in percentage points.

    >>> points(-3550)
    '-35.50'
    """
    whole, rest = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole}.{rest:02d}"


def rounded(share: Fraction, digits: int) -> str:
    """Write a share with so many digits after the point, a half away from zero.

    >>> rounded(Fraction(-2, 3), 4)
    '-0.6667'
    """
    scaled = abs(share) * 10**digits
    whole, rest = divmod((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), 10**digits)
    return f"{'-' if share < 0 and (whole or rest) else ''}{whole}.{rest:0{digits}d}"


def fraction(share: Fraction) -> str:
    """Write a share exactly.

    >>> fraction(Fraction(7, 9))
    '7/9'
    """
    return f"{share.numerator}/{share.denominator}"


def read_cell(typed: str, kind: Kind, unit: Unit) -> Cell:
    """Read one cell; blank is `None`. Raise UnreadableNumber, or ValueError for what is no date or share."""
    words = _unguarded(typed.strip())
    if not words:
        return None
    match kind:
        case "text":
            return words
        case "amount":
            return Som.parse(words, unit)
        case "integer" | "year":
            return parse_decimal(words, 0)[0]
        case "percentage":
            return parse_percentage(words)
        case "share" | "fraction":
            return _share(words)
        case "date":
            return read_day(words)


def _share(words: str) -> Fraction:
    """Read n/d or a decimal number, exactly."""
    if found := _FRACTION.fullmatch(words):
        if not int(found[2]):
            raise ValueError(words)
        return Fraction(int(found[1]), int(found[2]))
    scaled, decimals = parse_decimal(words, 12)
    return Fraction(scaled, 10**decimals)


def read_day(words: str) -> date:
    """Read 2026-03-05 or 05.03.2026; ValueError for anything else."""
    if "." in words:
        return datetime.strptime(words, "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no time zone
    return date.fromisoformat(words)


def _unguarded(words: str) -> str:
    return words[len(GUARD) :] if words.startswith(GUARD) and _looks_like_a_formula(words) else words


def _looks_like_a_formula(words: str) -> bool:
    """Tell whether a text begins like a formula, be it behind blanks or behind a guard."""
    return words.startswith(FORMULA_SIGNS) or words.lstrip(GUARD + _UNSEEN).startswith(FORMULA_SIGNS)
