"""PURE: figures so far from their base that a unit or a decimal has probably slipped."""

from typing import Final

from budgetproto.disputes.domain import Figure, magnitude
from budgetproto.money import Som

#: A figure this many times its base, or the same part of it, has to be confirmed.
JUMP: Final = 10


def jumps(figure: Figure, base: Som | int | None) -> bool:
    """Tell whether a figure is ten times its base or more, or a tenth or less.

    >>> jumps(Som(600_000_000_000), Som(600_000_000))
    True
    """
    stated, before = abs(magnitude(figure) or 0), abs(magnitude(base) or 0)
    if not stated or not before:
        return False
    return stated >= JUMP * before or before >= JUMP * stated
