"""PURE: whose claims they are: the recipients of rule E, each a claim of its own on the whole total."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from budgetproto.balancing.claims import Claim
from budgetproto.balancing.errors import IndicatorMissing, RecipientContradictory
from budgetproto.balancing.lines import Line


@dataclass(frozen=True)
class Recipient:
    """A recipient with the places of its claims; `claim` is what it asks of the whole, as one claim.

    It is lifted to a level of own revenue and grants per resident: `population * level - own_revenue`.
    """

    name: str
    rows: tuple[int, ...]
    claim: Claim


def recipient_of(line: Line) -> str:
    """Return whose line it is: its territory, where that is not said its region, else itself.

    >>> recipient_of(Line("roads", 1, 2, region="Ош")), recipient_of(Line("roads", 1, 2))
    ('Ош', 'roads')
    """
    return line.territory or line.region or line.line


def recipients(
    claims: Sequence[Claim], *, quantum: int = 1, received: Mapping[str, int] | None = None
) -> list[Recipient]:
    """Return the recipients of the claims in the order of their names.

    `received` is the money each has got already, on lines that move by steps of their own. Raises
    IndicatorMissing where population or own revenue of a recipient that can be lifted is not known,
    RecipientContradictory where two of its lines state different ones.
    """
    rows: dict[str, list[int]] = {}
    for row, claim in enumerate(claims):
        rows.setdefault(recipient_of(claim.line), []).append(row)
    return [
        _recipient(
            name,
            tuple(rows[name]),
            [claims[row] for row in rows[name]],
            quantum,
            (received or {}).get(name, 0),
        )
        for name in sorted(rows)
    ]


def _recipient(
    name: str, rows: tuple[int, ...], claims: Sequence[Claim], quantum: int, received: int
) -> Recipient:
    lower, upper = sum(claim.lower for claim in claims), sum(claim.upper for claim in claims)
    size = sum(claim.size or 0 for claim in claims)
    population, revenue = 1, 0
    if lower < upper:
        population = _stated(name, claims, "population")
        revenue = _stated(name, claims, "own_revenue")
    # The origins of its lines add up to its own: its money stands on the same grid as theirs together.
    line = Line(name, sum(claim.origin % quantum for claim in claims), size, population=population)
    claim = Claim(
        line,
        size=size,
        lower=lower,
        upper=upper,
        near=lower,
        far=upper,
        slope=population,
        offset=-revenue - received,
    )
    return Recipient(name, rows, claim)


def _stated(name: str, claims: Sequence[Claim], indicator: str) -> int:
    stated = {getattr(claim.line, indicator) for claim in claims} - {None}
    if not stated:
        raise IndicatorMissing(line=claims[0].line.line, indicator=indicator)
    if len(stated) > 1:
        raise RecipientContradictory(recipient=name, indicator=indicator)
    value: int = stated.pop()
    return value
