"""PURE: every rule beside the others, under the same bounds, limits and envelope (method, 3.6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from budgetproto.balancing.errors import (
    IndicatorMissing,
    LimitCutsRecipient,
    LimitsCross,
    LimitsTooNarrow,
    NoLimitsUnderRule,
    NoRuleForCuts,
    PointsMissing,
    RecipientContradictory,
    Unbalanceable,
)
from budgetproto.balancing.lines import Line
from budgetproto.balancing.option import Award, Option
from budgetproto.balancing.rule import balance
from budgetproto.balancing.sharing.limits import Limit
from budgetproto.balancing.sharing.rules import RULES

#: What one rule may refuse while the others go on.
OF_ONE_RULE = (
    IndicatorMissing,
    LimitCutsRecipient,
    LimitsCross,
    LimitsTooNarrow,
    NoLimitsUnderRule,
    NoRuleForCuts,
    PointsMissing,
    RecipientContradictory,
)


@dataclass(frozen=True)
class Span:
    """What one line gets over the rules that share the envelope, in money.

    Every rule grants at least `least`: that part of the claim no rule disputes. None where no rule
    recommends anything.
    """

    line: str
    claim: int | None
    least: int | None
    most: int | None


@dataclass(frozen=True)
class Alternatives:
    """The options by rule in the order of the rules, what others refuse, and the span of each line."""

    options: Mapping[str, Option]
    refused: Mapping[str, Unbalanceable]
    spans: tuple[Span, ...]


def alternatives(
    lines: Sequence[Line],
    envelope: int | None,
    *,
    quantum: int = 1,
    kappa: int = 0,
    limits: Sequence[Limit] = (),
    on_conflict: str = "refuse",
    told: Mapping[str, Sequence[Line]] = MappingProxyType({}),
) -> Alternatives:
    """Compute the option of every rule; a rule that lacks an indicator is told with its refusal.

    `told` are the same lines as some of the rules are told of them: with indicators that the others ignore.

    Raises a kind of Unbalanceable for what no rule could compute.

    >>> found = alternatives([Line("roads", 100, 160), Line("schools", 200, 220)], 40)
    >>> list(found.options), list(found.refused)
    (['A', 'M'], ['B', 'C', 'D', 'E', 'F'])
    """
    options: dict[str, Option] = {}
    refused: dict[str, Unbalanceable] = {}
    for rule in RULES:
        try:
            options[rule] = balance(
                told.get(rule, lines),
                envelope,
                rule=rule,
                quantum=quantum,
                kappa=kappa,
                limits=limits,
                on_conflict=on_conflict,
            )
        except OF_ONE_RULE as refusal:
            refused[rule] = refusal
    sharing = [option for rule, option in options.items() if rule != "M"]
    if not sharing:
        raise refused["A"]
    return Alternatives(options, refused, tuple(map(_span, *(option.lines for option in sharing))))


def _span(*awards: Award) -> Span:
    granted = [award.granted for award in awards if award.granted is not None]
    return Span(awards[0].line, awards[0].claim, min(granted, default=None), max(granted, default=None))
