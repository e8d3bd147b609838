"""PURE: how the number of a protocol is formed: a scheme of letters and places in braces."""

import re
from string import Formatter
from typing import Final

from budgetproto.errors import Refused

#: What a scheme may name; `kind` is the mark of the special protocol among a committee's papers.
PLACES: Final = ("sitting", "year", "budget_year", "kind", "running")
#: One mark for every language, since a protocol has one number: «өзгөчө протокол».
KIND: Final = "ӨП"
#: Without one of these two protocols could get the same number.
_TELLING: Final = frozenset({"sitting", "running"})
_LETTERS: Final = re.compile(r"[\w №./()-]*")
_LONGEST: Final = 60


class SchemeUnfit(Refused):
    """The scheme forms no number; the key says what is wrong with it."""

    message_key = "sittings.scheme.braces"


def check_scheme(scheme: str) -> None:
    """Raise SchemeUnfit unless a scheme gives every protocol a number of its own.

    >>> check_scheme("{running}-П/{year}")
    """
    named = _named(scheme)
    for place in named:
        if place not in PLACES:
            raise SchemeUnfit("sittings.scheme.unknown_place", place=place)
    if _TELLING.isdisjoint(named):
        raise SchemeUnfit("sittings.scheme.not_unique")
    if len(scheme) > _LONGEST:
        raise SchemeUnfit("sittings.scheme.too_long", most=_LONGEST)


def formed(scheme: str, *, sitting: str, year: int, budget_year: int, running: int) -> str:
    """Return the number that a scheme forms.

    >>> formed("{running}-П/{year}", sitting="12", year=2026, budget_year=2027, running=7)
    '7-П/2026'
    """
    return scheme.format(sitting=sitting, year=year, budget_year=budget_year, kind=KIND, running=running)


def runs(scheme: str) -> bool:
    """Tell whether protocols are counted at all."""
    return "running" in _named(scheme)


def runs_within(scheme: str) -> frozenset[str]:
    """Return the years within which the count begins anew: only those that stand in the number.

    >>> sorted(runs_within("{running}/{year}")), sorted(runs_within("{running}"))
    (['year'], [])
    """
    return frozenset(_named(scheme)) & {"year", "budget_year"}


def corrected(first: str, which: int) -> str:
    """Return the number of a correction: that of the first protocol, and which correction it is.

    >>> corrected("7-П/2026", 2)
    '7-П/2026-2'
    """
    return f"{first}-{which}"


def in_address(number: str) -> str:
    """Return a number as a part of an address or of a file's name.

    >>> in_address("7-П/2026")
    '7-П~2026'
    """
    return number.replace("/", "~")


def _named(scheme: str) -> list[str]:
    """Return the places of a scheme; raise SchemeUnfit for braces and letters that do not fit."""
    try:
        parts = list(Formatter().parse(scheme))
    except ValueError as unbalanced:
        raise SchemeUnfit from unbalanced
    if any(spec or conversion for _, _, spec, conversion in parts):
        raise SchemeUnfit
    for letters, _, _, _ in parts:
        if not _LETTERS.fullmatch(letters):
            raise SchemeUnfit("sittings.scheme.letters")
    return [name for _, name, _, _ in parts if name is not None]
