"""PURE: what a token may be used for; a token never does more than its person may at that moment."""

from enum import StrEnum


class Scope(StrEnum):
    """One kind of thing that a program may read, or do, with a token."""

    TRANSFERS = "transfers"
    SITTINGS = "sittings"
    DISCREPANCIES = "discrepancies"
    PROTOCOLS = "protocols"
    JOURNAL = "journal"
    ACTS = "acts"
    REPORTS = "reports"
    POSITIONS = "positions"


def written(scopes: frozenset[Scope]) -> str:
    """Return scopes as they are stored and told: their names in order, separated by spaces.

    >>> written(frozenset({Scope.SITTINGS, Scope.JOURNAL}))
    'sittings journal'
    """
    return " ".join(scope for scope in Scope if scope in scopes)


def read(stored: str) -> frozenset[Scope]:
    """Read stored scopes; one that is no longer known opens nothing.

    >>> read("sittings gone") == {Scope.SITTINGS}
    True
    """
    return frozenset(scope for scope in Scope if scope in stored.split())
