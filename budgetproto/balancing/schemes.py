"""PURE: how each rule shares a total among open claims: in the continuum to aim by, then in whole units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol

from budgetproto.balancing.claims import Claim
from budgetproto.balancing.option import Certificate
from budgetproto.balancing.pool import share_out
from budgetproto.balancing.rate import exact_rate
from budgetproto.balancing.recipients import Recipient, recipients
from budgetproto.balancing.rules import gain_per_resident, shortfall_per_resident

Rate = Fraction | None


class Rates(NamedTuple):
    """The rate of the whole, and the one each claim is under; None where nothing can move."""

    common: Rate
    each: tuple[Rate, ...]


@dataclass(frozen=True)
class Row:
    """What one claim got in the last fill: the claim as the rule bounded it, in which pool, at which rate.

    `tied` says that its step was drawn by rank.
    """

    claim: Claim
    money: int
    rate: Rate
    pool: str = ""
    tied: bool = False


@dataclass(frozen=True)
class Shared:
    """What all got, in their order: `rest` no claim could take; `groups` are the recipients, one row each."""

    common: Rate
    rows: tuple[Row, ...]
    rest: int
    certificates: tuple[Certificate, ...]
    groups: tuple[Row, ...] = ()


class Scheme(Protocol):
    """The way of a rule. `total` is not more than all claims together can take."""

    def rates(self, claims: Sequence[Claim], total: int | Fraction) -> Rates:
        """Return the rates at which the claims take the total, without rounding."""

    def share(
        self,
        claims: Sequence[Claim],
        total: int,
        *,
        quantum: int,
        ranks: Sequence[int],
        received: Mapping[str, int],
    ) -> Shared:
        """Share the total in whole quanta; `received` is what each recipient has got before."""


class OneRate:
    """Rules A, B and C: one rate for all claims, as they entered the kernel."""

    def rates(self, claims: Sequence[Claim], total: int | Fraction) -> Rates:
        """Return the common rate, for every claim the same."""
        rate = exact_rate(claims, total)
        return Rates(rate, (rate,) * len(claims))

    def share(
        self,
        claims: Sequence[Claim],
        total: int,
        *,
        quantum: int,
        ranks: Sequence[int],
        received: Mapping[str, int],  # noqa: ARG002  # what is settled changes no other claim
    ) -> Shared:
        """Fill once."""
        return _filled(claims, total, quantum=quantum, ranks=ranks)


class HalfAndHalf:
    """Rule D: equal gains per resident until every claim has its half, then equal shortfalls per resident.

    The rule of the Talmud with residents as weights (Aumann and Maschler, Journal of Economic Theory 36,
    1985): read as concessions it is the same rule.
    """

    def rates(self, claims: Sequence[Claim], total: int | Fraction) -> Rates:
        """Return the gain per resident below the half, the shortfall per resident above it."""
        return OneRate().rates(_halved(claims, total, quantum=1), total)

    def share(
        self,
        claims: Sequence[Claim],
        total: int,
        *,
        quantum: int,
        ranks: Sequence[int],
        received: Mapping[str, int],  # noqa: ARG002
    ) -> Shared:
        """Fill on that side of the half on which the total lies."""
        return _filled(_halved(claims, total, quantum=quantum), total, quantum=quantum, ranks=ranks)


class PoorestFirst:
    """Rule E: recipients with the least per resident are lifted first; inside a recipient rule A."""

    def rates(self, claims: Sequence[Claim], total: int | Fraction) -> Rates:
        """Return the level per resident, and for each claim the closing rate inside its recipient."""
        groups = recipients(claims)
        level = exact_rate([group.claim for group in groups], total)
        each: dict[int, Rate] = {}
        for group in groups:
            wanted = group.claim.lower if level is None else group.claim.at(level)
            each |= dict.fromkeys(group.rows, exact_rate([claims[row] for row in group.rows], wanted))
        return Rates(level, tuple(each[row] for row in range(len(claims))))

    def share(
        self,
        claims: Sequence[Claim],
        total: int,
        *,
        quantum: int,
        ranks: Sequence[int],
        received: Mapping[str, int],
    ) -> Shared:
        """Share among the recipients, then inside each."""
        groups = recipients(claims, quantum=quantum, received=received)
        first = [min(ranks[row] for row in group.rows) for group in groups]
        among = _filled([group.claim for group in groups], total, quantum=quantum, ranks=first)
        inside = [
            _filled(
                [claims[row] for row in group.rows],
                got.money,
                quantum=quantum,
                ranks=[ranks[row] for row in group.rows],
                pool=group.name,
            )
            for group, got in zip(groups, among.rows, strict=True)
        ]
        return _joined(groups, among, inside)


#: The scheme of each rule; the midpoint shares nothing.
SCHEMES: Final[Mapping[str, Scheme]] = MappingProxyType(
    {"A": OneRate(), "B": OneRate(), "C": OneRate(), "D": HalfAndHalf(), "E": PoorestFirst()}
)


def _filled(
    claims: Sequence[Claim], total: int, *, quantum: int, ranks: Sequence[int], pool: str = ""
) -> Shared:
    filled = share_out(claims, total, quantum=quantum, ranks=ranks)
    rate = exact_rate(claims, min(total, sum(claim.upper for claim in claims)))
    rows = (
        Row(claim, money, rate, pool, row in filled.tied)
        for row, (claim, money) in enumerate(zip(claims, filled.money, strict=True))
    )
    return Shared(rate, tuple(rows), filled.rest, (replace(filled.certificate, pool=pool),))


def _joined(groups: Sequence[Recipient], among: Shared, inside: Sequence[Shared]) -> Shared:
    """Put the rows of the recipients back into the order of the claims."""
    rows = {
        place: row
        for group, shared in zip(groups, inside, strict=True)
        for place, row in zip(group.rows, shared.rows, strict=True)
    }
    return Shared(
        among.common,
        tuple(rows[place] for place in range(len(rows))),
        among.rest + sum(shared.rest for shared in inside),
        (*among.certificates, *(each for shared in inside for each in shared.certificates)),
        among.rows,
    )


def _halved(claims: Sequence[Claim], total: int | Fraction, *, quantum: int) -> list[Claim]:
    """Return the claims on the side of the half on which the total lies, bounded by their halves.

    A half between two quanta is the nearer one; where both are as near, the lines whose half is rounded up
    are drawn by rank.
    """
    down = [_half(claim, quantum, up=False) for claim in claims]
    if total <= sum(down):
        return [
            _bounded(gain_per_resident(each), each.lower, half)
            for each, half in zip(claims, down, strict=True)
        ]
    up = [_half(claim, quantum, up=True) for claim in claims]
    if total >= sum(up):
        return [
            _bounded(shortfall_per_resident(each), half, each.upper)
            for each, half in zip(claims, up, strict=True)
        ]
    return [_bounded(each, *halves) for each, *halves in zip(claims, down, up, strict=True)]


def _bounded(claim: Claim, lower: int, upper: int) -> Claim:
    return replace(claim, lower=lower, upper=upper, halved=(lower, upper) != (claim.lower, claim.upper))


def _half(claim: Claim, quantum: int, *, up: bool) -> int:
    """Return half of the claim as the money of the nearest multiple of the quantum, inside the bounds."""
    twice = 2 * claim.origin + (claim.size or 0)
    level = (twice + quantum) // (2 * quantum) if up else -((quantum - twice) // (2 * quantum))
    return min(max(quantum * level - claim.origin, claim.lower), claim.upper)
