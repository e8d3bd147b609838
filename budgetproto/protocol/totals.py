"""PURE: sums over the composed lines, per year and in all, the one-sided lines apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Final

from budgetproto.money import Som
from budgetproto.protocol.composed import Carried, ComposedLine, EnvelopeUse, InstrumentSum, Sums, Totals
from budgetproto.protocol.fixed_terms import Terms
from budgetproto.protocol.snapshot import Line
from budgetproto.protocol.trial_votes import TrialVote

#: The message key of the ordinary instrument: only departures from it are told apart.
GRANT: Final = "disputes.instrument.grant"

Pair = tuple[Line, ComposedLine]


def totals(year: int | None, pairs: Sequence[Pair]) -> Totals:
    """Add up the lines of one year, or all of them."""
    chosen = [(line, made) for line, made in pairs if year is None or line.year == year]
    with_money = [made for line, made in chosen if _has_money(line)]
    compared = [made for made in with_money if _is_compared(made)]
    one_sided = [made for made in with_money if not _is_compared(made)]
    differences = [made.difference for made in compared if made.difference is not None]
    return Totals(
        year=year,
        lines=len(chosen),
        compared=_sums(compared),
        one_sided=_sums(one_sided),
        without_money=len(chosen) - len(with_money),
        signed=_total(it.money for it in differences),
        absolute=_total(it.money_absolute for it in differences),
        extra_computed=_total(made.extra_computed for made in compared),
        extra_decided=_total(made.extra_decided for made in compared),
        instruments=_instruments(chosen),
        illustrative_stated=any(it.government.illustrative or it.lsg.illustrative for it in compared),
        illustrative_computed=any(it.computed.illustrative for it in compared),
        illustrative_decided=any(it.decided.illustrative for it in compared),
    )


def carried(pairs: Iterable[Pair]) -> Iterator[Carried]:
    """Yield for each line what the lines up to it come to; for the last one as `totals` says it of all."""
    sums, signed = _sums([]), Som(0)
    for line, made in pairs:
        if _has_money(line) and _is_compared(made):
            sums = _added(sums, _sums([made]))
            signed += _total([made.difference.money if made.difference else None])
        yield Carried(sums, signed)


def envelope_use(terms: Terms, overall: Totals, adopted: TrialVote | None = None) -> EnvelopeUse:
    """Say how much of the envelope the option and the decisions take, net of what lines give back.

    Where the committee `adopted` a trial, its money is what they take from.
    """
    sources = terms.envelope
    total = Som.total(source.amount for source in sources) if sources else None
    money = adopted.envelope if adopted else total
    computed, decided = overall.compared.computed_lines > 0, overall.compared.decided_lines > 0
    return EnvelopeUse(
        total=total,
        left_computed=money - overall.extra_computed if money is not None and computed else None,
        left_decided=money - overall.extra_decided if money is not None and decided else None,
        illustrative=any(source.illustrative for source in sources),
    )


def _has_money(line: Line) -> bool:
    based = line.money_base is not None or line.prices is not None
    return line.measure == "amount" or (line.measure == "percentage" and based)


def _is_compared(made: ComposedLine) -> bool:
    return made.government.money is not None and made.lsg.money is not None


def _added(sums: Sums, more: Sums) -> Sums:
    return Sums(*(getattr(sums, each.name) + getattr(more, each.name) for each in fields(Sums)))


def _sums(lines: list[ComposedLine]) -> Sums:
    stands = {
        "government": [line.government for line in lines],
        "lsg": [line.lsg for line in lines],
        "computed": [line.computed for line in lines],
        "proposed": [line.proposed for line in lines],
        "decided": [line.decided for line in lines],
    }
    sums = {name: _total(stand.money for stand in found) for name, found in stands.items()}
    counts = {name: sum(stand.money is not None for stand in found) for name, found in stands.items()}
    return Sums(
        lines=len(lines),
        government=sums["government"],
        government_lines=counts["government"],
        lsg=sums["lsg"],
        lsg_lines=counts["lsg"],
        computed=sums["computed"],
        computed_lines=counts["computed"],
        proposed=sums["proposed"],
        proposed_lines=counts["proposed"],
        decided=sums["decided"],
        decided_lines=counts["decided"],
    )


def _total(amounts: Iterable[Som | None]) -> Som:
    return Som.total(amount for amount in amounts if amount is not None)


def _instruments(pairs: Sequence[Pair]) -> tuple[InstrumentSum, ...]:
    """Add up what was decided under each instrument but the grant, the ordinary one."""
    found: dict[str, list[Som]] = {}
    for line, made in pairs:
        instrument = line.decision.instrument if line.decision else ""
        if instrument not in {"", GRANT} and made.decided.money is not None:
            found.setdefault(instrument, []).append(made.decided.money)
    return tuple(InstrumentSum(name, len(sums), Som.total(sums)) for name, sums in sorted(found.items()))
