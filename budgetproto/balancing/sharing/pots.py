"""PURE: a pot that open claims share, and what they got of it; one rate for all is rules A, B and C."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple, Protocol, TypeAlias

from budgetproto.balancing.claims import Claim
from budgetproto.balancing.option import Certificate
from budgetproto.balancing.sharing.limits import Fixed
from budgetproto.balancing.sharing.package import Package
from budgetproto.balancing.sharing.pool import share_out
from budgetproto.balancing.sharing.rate import exact_rate

Rate: TypeAlias = Fraction | None


@dataclass(frozen=True)
class Pot:
    """Open claims and the total they share in multiples of the quantum; `ranks` serve equal keys.

    `fixed` is what has been settled beside it, line by line. The total is not more than all can take.
    """

    claims: Sequence[Claim]
    total: int
    quantum: int
    ranks: Sequence[int]
    fixed: Sequence[Fixed] = ()

    def part(self, rows: Sequence[int], total: int) -> "Pot":
        """Return a pot for some of the claims, by their places."""
        return replace(
            self,
            claims=[self.claims[row] for row in rows],
            ranks=[self.ranks[row] for row in rows],
            total=total,
            fixed=(),
        )


class Rates(NamedTuple):
    """The rate of the whole, and the one each claim is under; None where nothing can move.

    `claims` are the claims as the rule bounded them: what each is a rate of.
    """

    common: Rate
    each: tuple[Rate, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Row:
    """What one claim got in the last fill: the claim as the rule bounded it, in which pool, at which rate.

    `tied` says that its step was drawn by rank, `held` that the pool is a limit's, not the common one,
    `packed` that the package of priorities put it there.
    """

    claim: Claim
    money: int
    rate: Rate
    pool: str = ""
    tied: bool = False
    held: bool = False
    packed: bool = False


class Held(NamedTuple):
    """A limit that holds its lines, at which bound, and at which rate of their own."""

    limit: str
    at: str
    rate: Rate


@dataclass(frozen=True)
class Shared:
    """What all got, in their order; `groups` are the recipients, one row each.

    `held` are the limits that change something, `package` is what rule F would do without rounding.
    """

    common: Rate
    rows: tuple[Row, ...]
    certificates: tuple[Certificate, ...]
    groups: tuple[Row, ...] = ()
    held: tuple[Held, ...] = ()
    package: Package | None = None


class Scheme(Protocol):
    """The way of a rule."""

    def rates(self, pot: Pot) -> Rates:
        """Return the rates at which the claims take the total, without rounding."""

    def share(self, pot: Pot) -> Shared:
        """Share the total in whole quanta."""


class Searchable(Scheme, Protocol):
    """A way that limits can be kept under: many totals are tried until the bounds of all are met."""

    def money(self, pot: Pot) -> Sequence[int]:
        """Return the money of each claim when the total is shared, without rates and proofs."""


class OneRate:
    """Rules A, B and C: one rate for all claims, as they entered the kernel."""

    def rates(self, pot: Pot) -> Rates:
        """Return the common rate, for every claim the same."""
        rate = exact_rate(pot.claims, pot.total)
        return Rates(rate, (rate,) * len(pot.claims), tuple(pot.claims))

    def share(self, pot: Pot) -> Shared:
        """Fill once."""
        filled = share_out(pot.claims, pot.total, quantum=pot.quantum, ranks=pot.ranks)
        rate = exact_rate(pot.claims, min(pot.total, sum(claim.upper for claim in pot.claims)))
        rows = (
            Row(claim, money, rate, tied=row in filled.tied)
            for row, (claim, money) in enumerate(zip(pot.claims, filled.money, strict=True))
        )
        return Shared(rate, tuple(rows), (filled.certificate,))

    def money(self, pot: Pot) -> Sequence[int]:
        """Fill once."""
        return share_out(pot.claims, pot.total, quantum=pot.quantum, ranks=pot.ranks).money


def in_pool(shared: Shared, name: str) -> Shared:
    """Return the same with its rows and proofs named as those of a pool."""
    return replace(
        shared,
        rows=tuple(replace(row, pool=name) for row in shared.rows),
        certificates=tuple(replace(proof, pool=name) for proof in shared.certificates),
    )
