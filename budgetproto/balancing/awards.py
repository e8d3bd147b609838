"""PURE: what each line gets, with the reason and the figures its sentence needs."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from budgetproto.balancing.claims import Claim
from budgetproto.balancing.kernel.ladder import BASIS
from budgetproto.balancing.option import Award, Envelope, Reason, Totals
from budgetproto.balancing.sharing.limits import Limit
from budgetproto.balancing.sharing.pots import Held, Row
from budgetproto.balancing.sharing.steps import Stair

#: Bounds whose sentence says what the line would get without them.
_QUOTES_THE_ALTERNATIVE = {Reason.FLOOR, Reason.CAP, Reason.CONFLICT}
#: A rate beyond every claim of every rule.
_BEYOND = Fraction(2**200)


def settled_award(claim: Claim, *, rate: Fraction | None) -> Award:
    """Return the award of a line that takes no part in the sharing."""
    if claim.settled is Reason.NON_MONETARY:
        return _non_monetary(claim, rate)
    reason = claim.settled or Reason.AGREED
    granted = None if reason is Reason.NO_POSITION else claim.outside
    return _award(claim, reason, granted, claim.raw, details=claim.details)


def money_award(row: Row, *, quantum: int) -> Award:
    """Return the award of a line that was in the last fill; without a rate all claims are at the top.

    A line that a limit presses down to its own bound is held by that bound.
    """
    claim, money = row.claim, row.money
    free = Reason.ENVELOPE if row.held else Reason.PRIORITY if claim.shift else Reason.FREE
    reason = Reason.PACKAGE if row.packed else _reason(claim, row.rate, free=free)
    pressed = reason is Reason.ENVELOPE and 0 < claim.lower == money
    if pressed:
        reason = Reason.FLOOR if claim.line.cost_sign == 1 else Reason.CAP
    off_grid = (claim.origin + money) % quantum != 0
    flags = (Reason.TIE,) * row.tied + (Reason.SUB_QUANTUM,) * off_grid
    details = _details(claim, reason, None if pressed else row.rate, step=quantum)
    raw = claim.raw_at(money)
    award = _award(claim, reason, money, raw, details=details, flags=flags, filled=True)
    return replace(award, pool=row.pool)


def envelope_row(
    limit: Limit, claims: Iterable[Claim], awards: Iterable[Award], held: Iterable[Held]
) -> Envelope:
    """Return what became of a limit; `held` are those that hold their lines."""
    covered = [award for claim, award in zip(claims, awards, strict=True) if limit.covers(claim.line)]
    found = next((each for each in held if each.limit == limit.name), None)
    granted = sum(award.granted or 0 for award in covered)
    return Envelope(
        limit.name,
        tuple(award.line for award in covered),
        limit.least,
        limit.most,
        granted,
        found.at if found else None,
        found.rate if found else None,
        limit.missed_by(granted) if limit.yields else None,
    )


def group_award(row: Row, *, quantum: int) -> Award:
    """Return what a recipient gets as a whole: its claims as one; `government` is where its grid begins."""
    return replace(money_award(row, quantum=quantum), lsg=None, amount=None)


def stair_award(stair: Stair, *, rate: Fraction | None, quantum: int) -> Award:
    """Return the award of a line settled by its own steps, or held at one figure."""
    claim = stair.claim
    step = (claim.line.step or 1) if claim.line.stepped else quantum
    fixed = claim.lower == claim.upper
    reason = _reason(claim, rate, free=Reason.SUB_QUANTUM if stair.sub_quantum else Reason.STEP)
    if reason is Reason.CAP and claim.upper == claim.size and stair.money < claim.upper:
        reason = Reason.STEP
    details = _details(claim, reason, rate, step=step) | ({} if fixed else {"step": step})
    raw = stair.raw if not claim.outside else _outer(claim)
    flags = (Reason.SUB_QUANTUM,) * stair.sub_quantum
    return _award(claim, reason, stair.money, raw, details=details, flags=flags)


def unrecommended(claim: Claim) -> Award:
    """Return the award of a line when nothing can be recommended: its claim and bounds, no figure."""
    reason = claim.settled or claim.held_by(-_BEYOND) or Reason.FREE
    return _award(claim, reason, None, None, details=claim.details)


def totals(claims: Iterable[Claim], awards: Iterable[Award], *, recommended: bool) -> Totals:
    """Add up what was claimed, granted, conceded, released."""
    claims, awards = list(claims), list(awards)
    open_claims = [claim for claim in claims if claim.open]
    size, outside = sum(claim.size or 0 for claim in open_claims), sum(claim.outside for claim in claims)
    granted = sum(award.granted or 0 for award in awards) if recommended else None
    shared = None if granted is None else granted - outside
    return Totals(
        claims=size,
        granted=granted,
        shared=shared,
        conceded=None if shared is None else size - shared,
        released=-sum(claim.outside for claim in claims if claim.settled is Reason.RELEASED),
        outside=outside,
        lower=sum(claim.lower for claim in open_claims),
        upper=sum(claim.upper for claim in open_claims),
    )


def _award(
    claim: Claim,
    reason: Reason,
    money: int | None,
    raw: int | None,
    *,
    details: dict[str, int | Fraction],
    flags: tuple[Reason, ...] = (),
    filled: bool = False,
) -> Award:
    granted = money if money is None or not claim.open else money + claim.outside
    size = claim.size or 0
    return Award(
        line=claim.line.line,
        government=claim.line.government,
        lsg=claim.line.lsg,
        claim=claim.size,
        granted=granted,
        amount=raw,
        rate=Fraction(granted, size) if size > 0 and granted is not None else None,
        reason=reason,
        details=details,
        flags=flags,
        outside=claim.outside,
        lower=claim.lower,
        upper=claim.upper,
        shift=claim.shift,
        slope=claim.slope,
        offset=claim.offset,
        cost_sign=claim.line.cost_sign,
        in_money=not claim.line.stepped,
        filled=filled,
    )


def _reason(claim: Claim, rate: Fraction | None, *, free: Reason) -> Reason:
    """Name the reason at a common rate; without one every claim stands at its upper bound."""
    return claim.held_by(_BEYOND if rate is None else rate) or free


def _details(claim: Claim, reason: Reason, rate: Fraction | None, *, step: int) -> dict[str, int | Fraction]:
    """Return the figures of the line's sentence: bounds, shift, and the figure the rate alone would give."""
    details = dict(claim.details)
    if claim.shift:
        details["shift"] = Fraction(claim.shift, BASIS)
    if rate is not None and reason in _QUOTES_THE_ALTERNATIVE:
        details["would_be"] = _nearest(claim, rate, step)
    return details


def _nearest(claim: Claim, rate: Fraction, step: int) -> int:
    """Return the raw figure the common rate alone would give, rounded to the line's step."""
    line = claim.line
    gap = abs((line.lsg or 0) - (line.government or 0))
    place = claim.origin + gap * claim.wanted(rate) / (claim.size or 1)
    return line.cost_sign * step * int((2 * place / step + 1) // 2)


def _outer(claim: Claim) -> int:
    """Return the raw figure of a line held beyond both positions: the bound itself."""
    floor, cap = claim.line.floor, claim.line.cap
    upwards = (claim.outside > 0) == (claim.line.cost_sign == 1)
    bound = floor if upwards or claim.held_by(Fraction(0)) is Reason.CONFLICT else cap
    return bound if bound is not None else claim.raw_at(claim.upper)


def _non_monetary(claim: Claim, rate: Fraction | None) -> Award:
    """Return the award of a line without money effect: no figure, the common rate as advice."""
    line, details = claim.line, dict(claim.details)
    if rate is not None and line.government is not None and line.lsg is not None:
        share = min(max(rate + Fraction(claim.shift, BASIS), Fraction(0)), Fraction(1))
        step = line.step or 1
        exact = (line.government + (line.lsg - line.government) * share) / step
        details |= {"rate": share, "advice": step * int((2 * exact + 1) // 2)}
    return _award(claim, Reason.NON_MONETARY, None, None, details=details)
