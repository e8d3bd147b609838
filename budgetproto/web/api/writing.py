"""How values stand on the wire: amounts in som as text, days and moments by ISO 8601, shares as fractions."""

from datetime import date, datetime
from fractions import Fraction

from budgetproto.i18n import Named
from budgetproto.money import Som


def named(name: Named) -> dict[str, str]:
    """Write a name in three languages."""
    return {"ky": name.ky, "ru": name.ru, "en": name.en}


def money(som: Som | None) -> str | None:
    """Write an amount.

    >>> money(Som(123450)), money(None)
    ('1234.50', None)
    """
    return None if som is None else som.to_json()


def day(on: date | None) -> str | None:
    """Write a day."""
    return on.isoformat() if on else None


def moment(at: datetime | None) -> str | None:
    """Write a moment, in UTC."""
    return at.isoformat() if at else None


def share(fraction: Fraction | None) -> str | None:
    """Write a share exactly.

    >>> share(Fraction(2, 6)), share(Fraction(3))
    ('1/3', '3/1')
    """
    return None if fraction is None else f"{fraction.numerator}/{fraction.denominator}"
