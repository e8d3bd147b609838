"""PURE: the amount type. Whole tyiyn (one hundredth of a som) in a Python integer; no fraction, no float."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import total_ordering
from typing import Self

#: The largest amount anybody may state: ten thousand billion soms, twenty times the republican budget. Sums
#: over thousands of such lines still fit 64 bits.
LARGEST_TYIYN = 10**15
#: The largest percentage anybody may state, in hundredths of a point: 1,000 per cent.
LARGEST_POINTS = 100_000

_GROUPED_BY_SPACE = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?")
_GROUPED_BY_COMMA = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|[0-9]{1,3},[0-9]{3}\.[0-9]+")
_AMBIGUOUS = re.compile(r"[0-9]+[.,][0-9]{3}")
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


class UnreadableNumber(ValueError):
    """What was typed is not one certain number; `key` names the sentence, `details` its values."""

    def __init__(self, key: str, **details: object) -> None:
        self.key = key
        self.details = details
        super().__init__(key, details)


class Unit(Enum):
    """The unit a sitting shows its amounts in: hundredths per unit, the decimals written after it, currency.

    The budgets of other parliaments, kept for tests of the balanced option, are in their own currencies.
    """

    SOM = (100, 2, "KGS")
    THOUSAND_SOMS = (100_000, 1, "KGS")
    MILLION_SOMS = (100_000_000, 4, "KGS")
    THOUSAND_DOLLARS = (100_000, 0, "USD")
    MILLION_DOLLARS = (100_000_000, 1, "USD")
    MILLION_EUROS = (100_000_000, 1, "EUR")

    @property
    def tyiyn(self) -> int:
        """Tyiyn in one unit."""
        return self.value[0]

    @property
    def decimals(self) -> int:
        """Decimals people write in this unit; finer input is refused."""
        return self.value[1]

    @property
    def currency(self) -> str:
        """The code of the currency."""
        return self.value[2]

    @property
    def key(self) -> str:
        """The name used in files and message keys."""
        return self.name.lower()


@total_ordering
@dataclass(frozen=True)
class Som:
    """An exact amount of money in whole tyiyn.

    >>> Som.parse("12 606 778,3", Unit.THOUSAND_SOMS)
    Som(tyiyn=1260677830000)
    >>> Som(250) + Som(50) - Som(100)
    Som(tyiyn=200)
    """

    tyiyn: int

    def __post_init__(self) -> None:
        if type(self.tyiyn) is not int:
            raise TypeError("an amount is a whole number of tyiyn")

    @classmethod
    def parse(cls, text: str, unit: Unit) -> Self:
        """Read what a person typed in `unit`; raise UnreadableNumber rather than guess or round."""
        # A unit without decimals is printed in English as 1,000 and must be read back so.
        units, decimals = parse_decimal(text, unit.decimals, grouped=not unit.decimals)
        tyiyn = units * unit.tyiyn // 10**decimals
        if abs(tyiyn) > LARGEST_TYIYN:
            raise UnreadableNumber("money.too_large", typed=text.strip())
        return cls(tyiyn)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read the wire form: som with exactly two decimals and a point, such as "1234.50"."""
        if not isinstance(text, str) or not re.fullmatch(r"-?[0-9]{1,20}\.[0-9]{2}", text):
            raise UnreadableNumber("money.not_wire_form", typed=str(text))
        return cls(int(text.replace(".", "")))

    def to_json(self) -> str:
        """Write the wire form: som with two decimals, as text.

        >>> Som(-123450).to_json()
        '-1234.50'
        """
        whole, rest = divmod(abs(self.tyiyn), 100)
        return f"{'-' if self.tyiyn < 0 else ''}{whole}.{rest:02d}"

    @classmethod
    def total(cls, amounts: "Iterable[Som]") -> Self:
        """Add amounts up; the sum of none is zero."""
        return cls(sum(amount.tyiyn for amount in amounts))

    def __add__(self, other: "Som") -> "Som":
        if not isinstance(other, Som):
            return NotImplemented
        return Som(self.tyiyn + other.tyiyn)

    def __sub__(self, other: "Som") -> "Som":
        if not isinstance(other, Som):
            return NotImplemented
        return Som(self.tyiyn - other.tyiyn)

    def __neg__(self) -> "Som":
        return Som(-self.tyiyn)

    def __abs__(self) -> "Som":
        return Som(abs(self.tyiyn))

    def __lt__(self, other: "Som") -> bool:
        if not isinstance(other, Som):
            return NotImplemented
        return self.tyiyn < other.tyiyn

    def __bool__(self) -> bool:
        return self.tyiyn != 0


@dataclass(frozen=True)
class Amount:
    """An amount together with the unit it is to be shown in."""

    som: Som
    unit: Unit


def parse_decimal(text: str, decimals: int, *, grouped: bool = False) -> tuple[int, int]:
    """Read a decimal number typed by a person as (digits without the point, `decimals`).

    Groups may be parted by a space, a no-break space or a narrow no-break space, or by commas when there
    are two or more of them or one and a decimal point. One separator followed by exactly three digits
    could be either and is refused, as is anything finer than `decimals`; `grouped` says that a comma before
    three digits can only part a group.

    >>> parse_decimal("1 234,5", 1)
    (12345, 1)
    """
    typed = text.strip()
    negative = typed[:1] in ("-", "\u2212")
    digits = typed[1:].lstrip() if negative else typed
    if _AMBIGUOUS.fullmatch(digits):
        if not grouped or "," not in digits:
            raise UnreadableNumber("money.ambiguous", typed=typed)
        digits = digits.replace(",", "")
    whole, fraction = _split(digits, typed)
    if len(fraction.rstrip("0")) > decimals:
        raise UnreadableNumber("money.too_fine", typed=typed, decimals=decimals)
    if len(whole) > 18:
        raise UnreadableNumber("money.too_large", typed=typed)
    scaled = int(whole + fraction[:decimals].ljust(decimals, "0"))
    return (-scaled if negative else scaled), decimals


def parse_percentage(text: str) -> int:
    """Read a percentage as whole hundredths of a percentage point (35,5 % is 3550).

    >>> parse_percentage("35,5 %")
    3550
    """
    hundredths, _ = parse_decimal(text.strip().removesuffix("%"), 2)
    if abs(hundredths) > LARGEST_POINTS:
        raise UnreadableNumber("money.percentage_too_large", typed=text.strip())
    return hundredths


def _split(digits: str, typed: str) -> tuple[str, str]:
    """Return the whole part without groups, and the fraction."""
    if _GROUPED_BY_COMMA.fullmatch(digits):
        whole, _, fraction = digits.replace(",", "").partition(".")
    elif _GROUPED_BY_SPACE.fullmatch(digits) or _PLAIN.fullmatch(digits):
        whole, _, fraction = re.sub(r"[ \u00a0\u202f]", "", digits).replace(",", ".").partition(".")
    else:
        raise UnreadableNumber("money.not_a_number", typed=typed)
    return whole, fraction
