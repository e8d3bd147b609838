"""PURE: whose claims they are: the recipients of rule E, each a claim of its own on the whole total."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from budgetproto.balancing.claims import Claim
from budgetproto.balancing.errors import IndicatorMissing, LimitCutsRecipient, RecipientContradictory
from budgetproto.balancing.lines import Line
from budgetproto.balancing.sharing.limits import Fixed, Limit


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


def recipient_pool(name: str) -> str:
    """Return the name of the pool that the lines of a recipient share."""
    return f"recipient:{name}"


def recipients(
    claims: Sequence[Claim], *, quantum: int = 1, fixed: Sequence[Fixed] = (), limits: Sequence[Limit] = ()
) -> list[Recipient]:
    """Return the recipients of the claims in the order of their names.

    `fixed` is money that is settled beside the sharing: what a recipient has got of it lifts it already.
    Raises IndicatorMissing where population or own revenue of a recipient that can be lifted is not known,
    RecipientContradictory where two of its lines state different ones, LimitCutsRecipient where a limit is
    about some of its lines only.
    """
    rows: dict[str, list[int]] = {}
    for row, claim in enumerate(claims):
        rows.setdefault(recipient_of(claim.line), []).append(row)
    received: Counter[str] = Counter()
    for line, money in fixed:
        received[recipient_of(line)] += money
    found = {name: [claims[row] for row in rows[name]] for name in sorted(rows)}
    for name, limit in product(found, limits):
        if len({limit.covers(claim.line) for claim in found[name]}) > 1:
            raise LimitCutsRecipient(limit=limit.name, recipient=name)
    return [
        Recipient(name, tuple(rows[name]), _as_one(name, inside, quantum, received[name]))
        for name, inside in found.items()
    ]


def _as_one(name: str, claims: Sequence[Claim], quantum: int, received: int) -> Claim:
    """Return the claims of a recipient as one, on the grid of their origins added up."""
    lower, upper = sum(claim.lower for claim in claims), sum(claim.upper for claim in claims)
    size, origin = sum(claim.size or 0 for claim in claims), sum(claim.origin % quantum for claim in claims)
    population, revenue = 1, 0
    if lower < upper:
        population, revenue = _stated(name, claims, "population"), _stated(name, claims, "own_revenue")
    region, kind = (_same(claims, of) for of in ("region", "kind"))
    return Claim(
        Line(name, origin, size, population=population, region=region, kind=kind),
        size=size,
        lower=lower,
        upper=upper,
        near=lower,
        far=upper,
        slope=population,
        offset=-revenue - received,
    )


def _same(claims: Sequence[Claim], of: str) -> str | None:
    """Return what all lines have in common, None where they differ."""
    values = {getattr(claim.line, of) for claim in claims}
    return values.pop() if len(values) == 1 else None


def _stated(name: str, claims: Sequence[Claim], indicator: str) -> int:
    stated = {getattr(claim.line, indicator) for claim in claims} - {None}
    if not stated:
        raise IndicatorMissing(line=claims[0].line.line, indicator=indicator)
    if len(stated) > 1:
        raise RecipientContradictory(recipient=name, indicator=indicator)
    value: int = stated.pop()
    return value
