"""PURE: a second pair of eyes: whether an option holds, recomputed from its own figures in whole numbers."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from budgetproto.balancing.kernel.ladder import BASIS
from budgetproto.balancing.option import Award, Certificate, Option, Stage, Status
from budgetproto.balancing.sharing.limits import Limit
from budgetproto.balancing.sharing.recipients import recipient_pool


class _Step(NamedTuple):
    key: Fraction
    tie: int


_Span = tuple[int, int]


def check(option: Option) -> tuple[str, ...]:
    """Return what does not hold in an option, by name; empty where everything does.

    The sums, the bounds, the recommended figures and the certificates are recomputed from the lines alone,
    without the kernel that made them. An option without figures has only to be without figures.

    >>> from budgetproto.balancing import Line, balance
    >>> check(balance([Line("roads", 100, 160), Line("schools", 200, 220)], 40))
    ()
    """
    if option.status in {Status.INFEASIBLE, Status.NO_ENVELOPE}:
        named = any(award.amount is not None or award.granted is not None for award in option.lines)
        return ("figures without a recommendation",) if named else ()
    return tuple(_broken(option))


def _broken(option: Option) -> Iterator[str]:
    granted = sum(award.granted or 0 for award in option.lines)
    if option.status is not Status.REFERENCE and granted + option.undistributed != option.envelope:
        yield "sum"
    if granted != option.totals.granted:
        yield "totals"
    for award in option.lines:
        if award.granted is None:
            continue
        if not award.lower <= award.granted - award.outside <= max(award.upper, 0):
            yield f"bounds: {award.line}"
        if award.filled and not _stands(award, option):
            yield f"step: {award.line}"
        if award.in_money and award.amount != (award.government or 0) + award.cost_sign * award.granted:
            yield f"figure: {award.line}"
    yield from _broken_parts(option)


def _broken_parts(option: Option) -> Iterator[str]:
    """Check what is about several lines together: recipients, limits, proofs."""
    for group in option.recipients:
        inside = [award for award in option.lines if award.pool == recipient_pool(group.line)]
        shared = sum((award.granted or 0) - award.outside for award in inside)
        # less than a quantum may be left that its lines cannot take in whole ones
        if not 0 <= (group.granted or 0) - shared < option.quantum:
            yield f"recipient: {group.line}"
    figures = {award.line: award.granted or 0 for award in option.lines}
    for envelope in option.envelopes:
        granted = sum(figures[line] for line in envelope.lines)
        missed = Limit("", least=envelope.least, most=envelope.most).missed_by(granted)
        if granted != envelope.granted or missed != envelope.missed:
            yield f"limit: {envelope.name}"
    for certificate in option.certificates:
        if not _certified(option, certificate):
            yield f"certificate: {certificate.pool}" if certificate.pool else "certificate"


def _stands(award: Award, option: Option) -> bool:
    """Say whether the line stands on a multiple of the quantum, or on the exact bound its stage allows."""
    if award.lower == award.upper:
        return True
    stage = _stage(award, option)
    ends = {Stage.FIRST: [award.lower], Stage.LAST: [award.upper], Stage.WHOLE: []}
    if option.rule == "F":
        ends[stage] = [award.lower, award.upper]
    allowed = [_origin(award) + end for end in ends[stage]]
    return _place(award) % option.quantum == 0 or _place(award) in allowed


def _stage(award: Award, option: Option) -> Stage:
    """Return which steps the fill of an award's pool shared out."""
    return next((each.stage for each in option.certificates if each.pool == award.pool), Stage.WHOLE)


def _certified(option: Option, certificate: Certificate) -> bool:
    """Say whether in its pool every step taken comes before every step left, as the certificate says."""
    filled = [
        award
        for award in (*option.lines, *option.recipients)
        if award.filled and award.pool == certificate.pool
    ]
    spans = [_spans(award, option) for award in filled]
    taken = [_step(award, *down) for award, (down, _) in zip(filled, spans, strict=True) if down]
    left = [_step(award, *up) for award, (_, up) in zip(filled, spans, strict=True) if up]
    last, first = max(taken, default=None), min(left, default=None)
    return (
        certificate.holds
        and (last is None or first is None or last < first)
        and certificate.last_taken == (last.key if last else None)
        and certificate.first_left == (first.key if first else None)
        and certificate.total == sum((award.granted or 0) - award.outside for award in filled)
    )


def _spans(award: Award, option: Option) -> tuple[_Span | None, _Span | None]:
    """Return the last step the line took and the first it did not, as places on the scale of money."""
    if award.lower == award.upper:
        return None, None
    low, high, place = _origin(award) + award.lower, _origin(award) + award.upper, _place(award)
    quantum, stage = option.quantum, _stage(award, option)
    if stage is Stage.WHOLE:
        down = (place - quantum, place) if place - quantum >= low else None
        up = (place, place + quantum) if place + quantum <= high else None
        return down, up
    only = (low, low + -low % quantum) if stage is Stage.FIRST else (high - high % quantum, high)
    if only[0] == only[1]:
        return None, None
    return (only, None) if place == only[1] else (None, only)


def _step(award: Award, start: int, end: int) -> _Step:
    middle = Fraction(start + end, 2) - _origin(award) - award.offset
    return _Step(middle / (award.slope or award.claim or 1) - Fraction(award.shift, BASIS), award.tie)


def _origin(award: Award) -> int:
    return award.cost_sign * (award.government or 0)


def _place(award: Award) -> int:
    return _origin(award) + (award.granted or 0) - award.outside
