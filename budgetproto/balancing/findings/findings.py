"""PURE: the explanation of an option as one value: what it means for sides, regions and residents."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgetproto.balancing.findings.equity import Equity, capacities, equity_after, equity_before
from budgetproto.balancing.findings.regions import RegionFinding, regions
from budgetproto.balancing.findings.sides import Shares, Standing, shares, standings
from budgetproto.balancing.lines import Line
from budgetproto.balancing.option import Option
from budgetproto.balancing.sharing.recipients import recipient_of


@dataclass(frozen=True)
class Findings:
    """What follows from the figures of an option; a part that does not apply is None.

    `shares` are the parts of the claims that each side has, `standings` the claims above, at and below the
    common rate, `spread` the distance between the regions that close most and least, `price` what each limit
    costs its lines: their rate less the common one. Equity is over the recipients whose residents and own
    revenue are known; `left_out` counts the others.
    """

    shares: Shares | None
    standings: tuple[Standing, Standing, Standing] | None
    regions: tuple[RegionFinding, ...]
    spread: Fraction | None
    price: dict[str, Fraction]
    before: Equity | None
    after: Equity | None
    left_out: int


def findings(option: Option, lines: Sequence[Line]) -> Findings:
    """Return the findings of an option over the lines it was computed from.

    >>> from budgetproto.balancing import balance
    >>> lines = [Line("roads", 100, 160, region="Chuy"), Line("schools", 200, 220, region="Osh")]
    >>> [(found.region, found.closing) for found in findings(balance(lines, 40), lines).regions]
    [('Chuy', Fraction(1, 2)), ('Osh', Fraction(1, 2))]
    """
    by_region, known = regions(option, lines), capacities(option, lines)
    closing = [found.closing for found in by_region if found.closing is not None]
    return Findings(
        shares=shares(option),
        standings=standings(option),
        regions=by_region,
        spread=max(closing) - min(closing) if closing else None,
        price=_prices(option),
        before=equity_before(known) if known else None,
        after=equity_after(known) if known else None,
        left_out=len({recipient_of(line) for line in lines}) - len(known),
    )


def _prices(option: Option) -> dict[str, Fraction]:
    """Return rate of its lines - common rate, of every limit that holds them."""
    common = option.rate
    return {
        each.name: each.rate - common
        for each in option.envelopes
        if common is not None and each.held and each.rate is not None
    }
