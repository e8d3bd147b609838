"""PURE: why each line stands where it stands, as message keys and values; no language, no unit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, NamedTuple, TypeAlias

from budgetproto.balancing.option import Award, Envelope, Option, Reason, Status
from budgetproto.balancing.sharing.recipients import recipient_pool
from budgetproto.balancing.sharing.rules import PER_RESIDENT


@dataclass(frozen=True)
class Money:
    """Money in the unit the option was computed in; whoever prints it knows the unit."""

    units: int


@dataclass(frozen=True)
class Raw:
    """A figure of a line that is not money, in its own smallest unit (hundredths of a point, say)."""

    units: int


#: What the proof of the last fill says under each rule.
_CHECKS: Final = {"A": "check", "B": "check_b", "C": "check_c", "D": "check_d", "E": "check_e"}
#: Reasons whose sentence is always the same.
_PLAIN: Final = {
    Reason.AGREED: "agreed",
    Reason.HALF: "half",
    Reason.ENVELOPE: "envelope",
    Reason.PACKAGE: "package_moved",
}
#: Reasons of lines that stand where the common rate puts them.
_FOLLOWING = {Reason.FREE, Reason.PRIORITY, Reason.HALF}

#: What a common rate is where it is no share of the gap.
Measured: TypeAlias = Literal["gain", "shortfall", "level"]

Value: TypeAlias = str | Fraction | Money | Raw


class Sentence(NamedTuple):
    """One sentence: the key in the catalogue and the values of its places."""

    key: str
    values: Mapping[str, Value]

    def shown_as(self, *, money: Callable[[int], object], raw: Callable[[int], object]) -> dict[str, object]:
        """Return the values with money and raw figures in the caller's own types."""
        return {
            name: money(value.units)
            if isinstance(value, Money)
            else raw(value.units)
            if isinstance(value, Raw)
            else value
            for name, value in self.values.items()
        }


def sentences(option: Option) -> tuple[tuple[Sentence, ...], ...]:
    """Return the sentences of every line, in the order of the lines."""
    return tuple(tuple(_of_line(award, option)) for award in option.lines)


def summary(option: Option) -> tuple[Sentence, ...]:
    """Return the sentences of the whole option: the common rate, the envelope, the check."""
    found = [_headline(option)]
    if option.totals.released and option.effective_envelope is not None:
        name = "cut_deeper" if option.cut else "released_total"
        found.append(_say(name, released=Money(option.totals.released)))
    if option.undistributed:
        found.append(_say(_why_undistributed(option), undistributed=Money(option.undistributed)))
    found += [_limit_told(option, each) for each in option.envelopes if each.held or each.missed]
    if _shared_out(option):
        found.append(_say(_CHECKS[option.rule], quantum=Money(option.quantum)))
    return tuple(found)


def _shared_out(option: Option) -> bool:
    """Say whether a proved fill had any step to share out."""
    proofs = option.certificates
    return all(proof.holds for proof in proofs) and any(
        (proof.last_taken, proof.first_left) != (None, None) for proof in proofs
    )


def _headline(option: Option) -> Sentence:
    match option.status:
        case Status.INFEASIBLE:
            return _say("infeasible", shortfall=Money(option.shortfall))
        case Status.NO_ENVELOPE:
            return _say("no_envelope")
        case Status.REFERENCE:
            return _say("midpoint", cost=Money(option.totals.granted or 0))
    if option.satisfaction is not None:
        return _say("package", gain=option.satisfaction.gain)
    if option.rate is None or not any(award.reason in _FOLLOWING for award in option.lines):
        return _say("no_free_line_per_resident" if option.rule in PER_RESIDENT else "no_free_line")
    return _rate_told(option.rule, option.rate, cut=option.cut)


def _free(option: Option) -> bool:
    return any(award.reason is Reason.FREE for award in option.lines)


def _limit_told(option: Option, envelope: Envelope) -> Sentence:
    """Say what a limit that holds its lines does to them, or that it could not be kept.

    Of a cut the signs are turned back: its least is the most that can be saved.
    """
    turned = {"least": "most", "most": "least"} if option.cut else {}
    sign = -1 if option.cut else 1
    granted = Money(sign * envelope.granted)
    if envelope.missed:
        bound = envelope.least if envelope.missed == "least" else envelope.most
        at = turned.get(envelope.missed, envelope.missed)
        return _say(
            f"limit_{at}_missed", limit=envelope.name, bound=Money(sign * (bound or 0)), granted=granted
        )
    at = turned.get(envelope.held or "", envelope.held or "")
    if option.rule == "A" and not option.cut and envelope.rate is not None and option.rate is not None:
        return _say(f"limit_{at}", limit=envelope.name, rate=envelope.rate, common=option.rate)
    return _say(f"limit_{at}_money", limit=envelope.name, granted=granted)


def _rate_told(rule: str, rate: Fraction, *, cut: bool) -> Sentence:
    """Say what the common rate of a rule is, per resident as the money of a thousand residents."""
    if cut:
        return (
            _say("cut_rate", rate=rate)
            if rule == "A"
            else _say("cut_per_resident", cut=_of_thousand(abs(rate)))
        )
    if rule not in PER_RESIDENT:
        return _say("common_rate", rate=rate)
    what, money = _measured(rule, rate)
    name = what if what == "level" else f"{what}_per_resident"
    return _say(name, **{what: _of_thousand(money)})


def per_resident(option: Option) -> tuple[Measured, Fraction] | None:
    """Return what the common rate is ("gain", "shortfall" or "level") and the money of one resident.

    None where the rate is a share of the gap, where no line follows it, and of a cut.
    """
    if option.rate is None or option.cut or option.rule not in PER_RESIDENT or not _free(option):
        return None
    return _measured(option.rule, option.rate)


def _measured(rule: str, rate: Fraction) -> tuple[Measured, Fraction]:
    if rule == "E":
        return "level", rate
    return ("gain", rate) if rule in {"B", "D"} and rate > 0 else ("shortfall", -rate)


def told_reason(reason: Reason, rule: str) -> str:
    """Return the name of a reason in the catalogue: what a line follows that no limit holds is the rule's."""
    if reason is not Reason.FREE or rule not in PER_RESIDENT:
        return reason.value
    return "free_level" if rule == "E" else "free_per_resident"


def _of_thousand(rate: Fraction) -> Money:
    return Money(int((2 * 1_000 * rate + 1) // 2))


def _why_undistributed(option: Option) -> str:
    """Say why money is left: caps refuse it, every claim is met, or it is less than a step."""
    if option.cut:
        return "cut_missing" if option.status is Status.UNDISTRIBUTED else "cut_quantum"
    if option.status is Status.UNDISTRIBUTED:
        capped = option.totals.upper < option.totals.claims
        return "undistributed_caps" if capped else "undistributed_met"
    return "undistributed_quantum" if option.undistributed < option.quantum else "undistributed_steps"


def _of_line(award: Award, option: Option) -> list[Sentence]:
    found = []
    if award.claim and award.claim > 0 and not award.outside and award.conceded is not None:
        found.append(_pair(award, cut=option.cut))
    reason = (option.cut and _reason_of_cut(award)) or _reason(award, option)
    if reason is not None:
        found.append(reason)
    if Reason.TIE in award.flags:
        found.append(_say("tie", quantum=Money(option.quantum)))
    if Reason.SUB_QUANTUM in award.flags and award.reason is not Reason.SUB_QUANTUM:
        found.append(_say("sub_quantum", quantum=Money(option.quantum)))
    return found


def _pair(award: Award, *, cut: bool) -> Sentence:
    return _say(
        "cut_pair" if cut else "pair",
        line=award.line,
        granted=Money(award.granted or 0),
        claim=Money(award.claim or 0),
        rate=award.rate or Fraction(0),
        conceded=Money(award.conceded or 0),
    )


def _reason(award: Award, option: Option) -> Sentence | None:
    match award.reason:
        case Reason.FREE:
            return _say("above_level") if _above_level(award, option) else None
        case reason if reason in _PLAIN:
            return _say(_PLAIN[reason])
        case Reason.FLOOR | Reason.CAP if award.granted is not None:
            return _bound(award)
        case Reason.FLOOR | Reason.CAP:
            return _bound_named(award)
        case Reason.PROTECTED:
            return _say("protected" if award.granted is not None else "protected_stated")
        case Reason.PRIORITY:
            return _say("priority", rate=option.rate or Fraction(0), shift=_share(award, "shift"))
        case Reason.STEP:
            return _say("step", step=_figure(award, "step"))
        case Reason.RELEASED:
            return _say("released", released=Money(-(award.claim or 0)))
        case Reason.NO_POSITION:
            return _say("no_government_position" if award.government is None else "no_lsg_position")
        case Reason.NON_MONETARY:
            return _non_monetary(award)
        case Reason.CONFLICT:
            return _say("conflict", floor=_figure(award, "floor"), cap=_figure(award, "cap"))
        case _:
            return _say("sub_quantum", quantum=Money(option.quantum))


def _above_level(award: Award, option: Option) -> bool:
    """Tell whether the recipient of a line has as much per resident as the common level without any grant."""
    rate = option.rate
    return rate is not None and any(
        not each.granted and each.slope * rate + each.offset <= 0
        for each in option.recipients
        if recipient_pool(each.line) == award.pool
    )


def _reason_of_cut(award: Award) -> Sentence | None:
    """Return the sentence of a line that a cut treats in a way of its own; None where it is as ever."""
    granted = award.granted or 0
    match award.reason:
        case Reason.RELEASED:
            return _say("cut_released", released=Money(granted))
        case Reason.PROTECTED:
            return _say("cut_protected")
        case Reason.UNCUT:
            return _say("uncut")
        case Reason.FLOOR if granted < 0:
            return _say("cut_floor_above", added=Money(-granted))
        case Reason.CAP if award.rate == 1:
            return _say("cut_full")
    return None


def _bound(award: Award) -> Sentence:
    """Say which bound holds the line and where the common rate alone would have put it."""
    name = award.reason.value.lower()
    if award.reason is Reason.CAP and award.rate == 1 and not award.outside:
        return _say("full")
    if award.outside:
        place = "above" if award.outside > 0 else "below"
        return _say(f"{name}_beyond_{place}", bound=_figure(award, name), outside=Money(abs(award.outside)))
    if name not in award.details:
        return _say("full_in_steps")
    if name == ("cap" if award.cost_sign == 1 else "floor") and "need" in award.details:
        return _need(award)
    if "would_be" not in award.details:
        return _bound_named(award)
    return _say(name, bound=_figure(award, name), would_be=_figure(award, "would_be"))


def _need(award: Award) -> Sentence:
    """Say that the claim counts up to its need only, and where the common rate alone would have put it."""
    filed, need = award.lsg or 0, _figure(award, "need")
    told = {"need": need, "filed": Money(filed) if award.in_money else Raw(filed)}
    if "would_be" not in award.details:
        return _say("need_stated", **told)
    return _say("need", **told, would_be=_figure(award, "would_be"))


def _bound_named(award: Award) -> Sentence:
    name = award.reason.value.lower()
    return _say(f"{name}_stated", bound=_figure(award, name))


def _non_monetary(award: Award) -> Sentence:
    if "advice" not in award.details:
        return _say("non_monetary")
    return _say("non_monetary_advice", rate=_share(award, "rate"), advice=_figure(award, "advice"))


def _share(award: Award, name: str) -> Fraction:
    return Fraction(award.details[name])


def _figure(award: Award, name: str) -> Money | Raw:
    units = int(award.details[name])
    return Money(units) if award.in_money else Raw(units)


def _say(name: str, **values: Value) -> Sentence:
    return Sentence(f"balancing.sentence.{name}", values)
