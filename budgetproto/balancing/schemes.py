"""PURE: how each rule shares a total among open claims: in the continuum to aim by, then in whole units."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple, Protocol

from budgetproto.balancing.claims import Claim
from budgetproto.balancing.errors import NoLimitsUnderRule
from budgetproto.balancing.limits import Fixed, Limit, Node, on_grid, tree
from budgetproto.balancing.nesting import Pool, divided
from budgetproto.balancing.option import Certificate
from budgetproto.balancing.package import Package, package
from budgetproto.balancing.pool import share_out
from budgetproto.balancing.rate import exact_rate
from budgetproto.balancing.recipients import Recipient, recipient_pool, recipients
from budgetproto.balancing.rules import gain_per_resident, shortfall_per_resident

Rate = Fraction | None


class Rates(NamedTuple):
    """The rate of the whole, and the one each claim is under; None where nothing can move."""

    common: Rate
    each: tuple[Rate, ...]


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
    """What all got, in their order: `rest` no claim could take; `groups` are the recipients, one row each.

    `held` are the limits that change something, `package` is what rule F would do without rounding.
    """

    common: Rate
    rows: tuple[Row, ...]
    rest: int
    certificates: tuple[Certificate, ...]
    groups: tuple[Row, ...] = ()
    held: tuple[Held, ...] = ()
    package: Package | None = None


class Scheme(Protocol):
    """The way of a rule. `total` is not more than all claims together can take."""

    def rates(self, claims: Sequence[Claim], total: int | Fraction, *, fixed: Sequence[Fixed]) -> Rates:
        """Return the rates at which the claims take the total, without rounding."""

    def share(
        self,
        claims: Sequence[Claim],
        total: int,
        *,
        quantum: int,
        ranks: Sequence[int],
        fixed: Sequence[Fixed],
    ) -> Shared:
        """Share the total in whole quanta; `fixed` is what has been settled before, line by line."""


class OneRate:
    """Rules A, B and C: one rate for all claims, as they entered the kernel."""

    def rates(
        self,
        claims: Sequence[Claim],
        total: int | Fraction,
        *,
        fixed: Sequence[Fixed] = (),  # noqa: ARG002  # what is settled changes no other claim
    ) -> Rates:
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
        fixed: Sequence[Fixed],  # noqa: ARG002  # what is settled changes no other claim
    ) -> Shared:
        """Fill once."""
        return _filled(claims, total, quantum=quantum, ranks=ranks)


class HalfAndHalf:
    """Rule D: equal gains per resident until every claim has its half, then equal shortfalls per resident.

    The rule of the Talmud with residents as weights (Aumann and Maschler, Journal of Economic Theory 36,
    1985): read as concessions it is the same rule.
    """

    def rates(
        self,
        claims: Sequence[Claim],
        total: int | Fraction,
        *,
        fixed: Sequence[Fixed] = (),  # noqa: ARG002
    ) -> Rates:
        """Return the gain per resident below the half, the shortfall per resident above it."""
        return OneRate().rates(_halved(claims, total, quantum=1), total)

    def share(
        self,
        claims: Sequence[Claim],
        total: int,
        *,
        quantum: int,
        ranks: Sequence[int],
        fixed: Sequence[Fixed],  # noqa: ARG002
    ) -> Shared:
        """Fill on that side of the half on which the total lies."""
        return _filled(_halved(claims, total, quantum=quantum), total, quantum=quantum, ranks=ranks)


class PoorestFirst:
    """Rule E: recipients with the least per resident are lifted first; inside a recipient rule A."""

    def __init__(self, limits: Sequence[Limit] = ()) -> None:
        self.limits = limits
        self.among: Scheme = Nested(OneRate(), limits) if limits else OneRate()

    def rates(self, claims: Sequence[Claim], total: int | Fraction, *, fixed: Sequence[Fixed] = ()) -> Rates:
        """Return the level per resident, and for each claim the closing rate inside its recipient."""
        settled = [*fixed, *_beyond(claims)]
        groups = recipients(claims, fixed=settled, limits=self.limits)
        level, levels = self.among.rates([group.claim for group in groups], total, fixed=settled)
        each: dict[int, Rate] = {}
        for group, lifted in zip(groups, levels, strict=True):
            wanted = group.claim.lower if lifted is None else group.claim.at(lifted)
            each |= dict.fromkeys(group.rows, exact_rate([claims[row] for row in group.rows], wanted))
        return Rates(level, tuple(each[row] for row in range(len(claims))))

    def share(
        self,
        claims: Sequence[Claim],
        total: int,
        *,
        quantum: int,
        ranks: Sequence[int],
        fixed: Sequence[Fixed],
    ) -> Shared:
        """Share among the recipients, then inside each."""
        settled = [*fixed, *_beyond(claims)]
        groups = recipients(claims, quantum=quantum, fixed=settled, limits=self.limits)
        among = self.among.share(
            [group.claim for group in groups],
            total,
            quantum=quantum,
            ranks=[min(ranks[row] for row in group.rows) for group in groups],
            fixed=settled,
        )
        inside = [
            _filled(
                [claims[row] for row in group.rows],
                got.money,
                quantum=quantum,
                ranks=[ranks[row] for row in group.rows],
                pool=recipient_pool(group.name),
            )
            for group, got in zip(groups, among.rows, strict=True)
        ]
        return _joined(groups, among, inside)


class PriorityPackage:
    """Rule F: equal gap-closing first, then the package of both sides' points over it, in whole quanta."""

    def rates(
        self,
        claims: Sequence[Claim],
        total: int | Fraction,
        *,
        fixed: Sequence[Fixed] = (),  # noqa: ARG002
    ) -> Rates:
        """Return the rate of the fallback: lines that move by steps stay where rule A puts them."""
        return OneRate().rates(claims, total)

    def share(
        self,
        claims: Sequence[Claim],
        total: int,
        *,
        quantum: int,
        ranks: Sequence[int],
        fixed: Sequence[Fixed],  # noqa: ARG002
    ) -> Shared:
        """Fill as rule A does, find the package over it, and round it to the nearest quanta around it."""
        fallback = _filled(claims, total, quantum=quantum, ranks=ranks)
        found = package(claims, [row.money for row in fallback.rows])
        around = [_around(claim, money, quantum) for claim, money in zip(claims, found.money, strict=True)]
        spent = sum(row.money for row in fallback.rows)
        rounded = _filled(around, spent, quantum=quantum, ranks=ranks)
        rows = (
            replace(row, money=each.money, packed=row.money != each.money, tied=False)
            for row, each in zip(fallback.rows, rounded.rows, strict=True)
        )
        return replace(fallback, rows=tuple(rows), certificates=(), package=found)


class Nested:
    """A rule of one rate, or of two halves, under limits: each pool they make is shared by the rule alone."""

    def __init__(self, scheme: Scheme, limits: Sequence[Limit]) -> None:
        self.scheme, self.limits = scheme, limits

    def rates(self, claims: Sequence[Claim], total: int | Fraction, *, fixed: Sequence[Fixed] = ()) -> Rates:
        """Return the rate of the common pool, and for each claim that of its own pool."""
        root = tree(claims, self.limits, fixed=fixed)
        found = self._pools(root, claims, int(total), quantum=1, ranks=range(len(claims)))
        each: dict[int, Rate] = {}
        for pool in found:
            rates = self.scheme.rates([claims[row] for row in pool.rows], pool.total, fixed=())
            each |= dict(zip(pool.rows, rates.each, strict=True))
        common = next((each[row] for row in found[0].rows), None)
        return Rates(common, tuple(each[row] for row in range(len(claims))))

    def share(
        self,
        claims: Sequence[Claim],
        total: int,
        *,
        quantum: int,
        ranks: Sequence[int],
        fixed: Sequence[Fixed],
    ) -> Shared:
        """Divide the claims into pools, and share each of them."""
        root = on_grid(tree(claims, self.limits, fixed=fixed), claims, quantum)
        found = self._pools(root, claims, total, quantum=quantum, ranks=ranks)
        shared = [self._alone(pool, claims, quantum=quantum, ranks=ranks) for pool in found]
        rows = {
            place: replace(row, pool=_limit_pool(pool.name), held=bool(pool.held))
            for pool, each in zip(found, shared, strict=True)
            for place, row in zip(pool.rows, each.rows, strict=True)
        }
        return Shared(
            shared[0].common,
            tuple(rows[place] for place in range(len(claims))),
            sum(each.rest for each in shared),
            tuple(
                replace(proof, pool=_limit_pool(pool.name))
                for pool, each in zip(found, shared, strict=True)
                for proof in each.certificates
            ),
            held=tuple(
                Held(pool.name, pool.held, each.common)
                for pool, each in zip(found, shared, strict=True)
                if pool.held
            ),
        )

    def _pools(
        self, root: Node, claims: Sequence[Claim], total: int, *, quantum: int, ranks: Sequence[int]
    ) -> list[Pool]:
        def alone(rows: Sequence[int], money: int) -> dict[int, int]:
            enough = max(money, sum(claims[row].lower for row in rows))
            got = self._alone(Pool("", tuple(rows), enough), claims, quantum=quantum, ranks=ranks)
            return {row: each.money for row, each in zip(rows, got.rows, strict=True)}

        return divided(root, total, alone)

    def _alone(self, pool: Pool, claims: Sequence[Claim], *, quantum: int, ranks: Sequence[int]) -> Shared:
        return self.scheme.share(
            [claims[row] for row in pool.rows],
            pool.total,
            quantum=quantum,
            ranks=[ranks[row] for row in pool.rows],
            fixed=(),
        )


def scheme(rule: str, limits: Sequence[Limit] = ()) -> Scheme:
    """Return the way of a rule under the limits; the midpoint shares nothing and has none."""
    if rule == "E":
        return PoorestFirst(limits)
    if rule == "F" and limits:
        raise NoLimitsUnderRule(rule=rule)
    schemes: dict[str, Scheme] = {"D": HalfAndHalf(), "F": PriorityPackage()}
    alone = schemes.get(rule, OneRate())
    return Nested(alone, limits) if limits else alone


def _limit_pool(name: str) -> str:
    return f"limit:{name}" if name else ""


def _around(claim: Claim, money: Fraction, quantum: int) -> Claim:
    """Return the claim between the two multiples of the quantum around `money`, inside its bounds."""
    level = (claim.origin + money) // quantum
    low, high = (quantum * (level + step) - claim.origin for step in (0, 1))
    if low == money:
        high = low
    return replace(claim, lower=max(low, claim.lower), upper=min(max(high, claim.lower), claim.upper))


def _beyond(claims: Sequence[Claim]) -> list[Fixed]:
    """Return what claims are granted beyond both positions."""
    return [(claim.line, claim.outside) for claim in claims if claim.outside]


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
        among.held,
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
