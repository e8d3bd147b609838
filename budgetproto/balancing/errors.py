"""PURE: the ways a balancing problem can be unfit: each carries a message key and details, no sentence."""

from typing import ClassVar


class Unbalanceable(ValueError):
    """The problem cannot be computed as stated; `key` names the sentence, `details` its values."""

    key: ClassVar[str] = "balancing.error.unbalanceable"
    #: The field of the line that is at fault, where there is one.
    field: ClassVar[str | None] = None

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(self.key, details)


class DuplicateLine(Unbalanceable):
    """Two lines carry the same id."""

    key = "balancing.error.duplicate_line"
    field = "line"


class FloorAboveCap(Unbalanceable):
    """The floor of a line stands above its cap."""

    key = "balancing.error.floor_above_cap"
    field = "floor"


class UnreadableCostSign(Unbalanceable):
    """The cost sign is neither 1 nor -1."""

    key = "balancing.error.cost_sign"
    field = "cost_sign"


class NegativeMoneyPerUnit(Unbalanceable):
    """The money one raw unit moves is below zero; the direction belongs to the cost sign."""

    key = "balancing.error.money_per_unit"
    field = "money_per_unit"


class StepNotPositive(Unbalanceable):
    """A step of zero or less."""

    key = "balancing.error.step"
    field = "step"


class PriorityOutOfRange(Unbalanceable):
    """A priority below 0 or above 10,000 basis points."""

    key = "balancing.error.priority"
    field = "priority_lsg"


class GovernmentPriorityOutOfRange(PriorityOutOfRange):
    """The Government's priority below 0 or above 10,000 basis points."""

    field = "priority_government"


class PopulationNotPositive(Unbalanceable):
    """A population of zero or less; an unknown one is left blank."""

    key = "balancing.error.population"
    field = "population"


class KappaOutOfRange(Unbalanceable):
    """The priority weight is below 0 or above 1,000 basis points (ten percentage points)."""

    key = "balancing.error.kappa"


class QuantumNotPositive(Unbalanceable):
    """A rounding quantum of zero or less."""

    key = "balancing.error.quantum"


class NoRuleForCuts(Unbalanceable):
    """The envelope is below zero, and the rule says nothing of how a loss is shared."""

    key = "balancing.error.no_rule_for_cuts"


class IndicatorMissing(Unbalanceable):
    """A rule that counts residents needs an indicator that a line does not state."""

    key = "balancing.error.indicator_missing"
    field = "population"


class RecipientContradictory(Unbalanceable):
    """Two lines of one recipient state different indicators of it."""

    key = "balancing.error.recipient_contradictory"


class LimitUnknown(Unbalanceable):
    """A limit that no line counts towards."""

    key = "balancing.error.limit_unknown"


class DuplicateLimit(Unbalanceable):
    """Two limits carry the same name."""

    key = "balancing.error.duplicate_limit"


class LimitContradictory(Unbalanceable):
    """The least of a limit is above its most."""

    key = "balancing.error.limit_contradictory"


class LimitUnfillable(Unbalanceable):
    """The lines of a limit, with the limits inside it, cannot meet it."""

    key = "balancing.error.limit_unfillable"


class LimitsCross(Unbalanceable):
    """Two limits share some lines, neither contains the other, and the rule cannot keep both."""

    key = "balancing.error.limits_cross"


class LimitsTooNarrow(Unbalanceable):
    """Limits that cross can be kept to the last unit, but not in whole steps."""

    key = "balancing.error.limits_too_narrow"


class LimitCutsRecipient(Unbalanceable):
    """A limit is about some lines of a recipient only, so that no level of it could be kept."""

    key = "balancing.error.limit_cuts_recipient"


class PointsMissing(Unbalanceable):
    """The associations gave no points to any line, so that no package of priorities can be made."""

    key = "balancing.error.points_missing_lsg"


class GovernmentPointsMissing(PointsMissing):
    """The Government gave no points to any line."""

    key = "balancing.error.points_missing_government"


class NoLimitsUnderRule(Unbalanceable):
    """The rule does not know limits of regions and kinds."""

    key = "balancing.error.no_limits_under_rule"


class UnknownRule(Unbalanceable):
    """A rule other than those the engine knows."""

    key = "balancing.error.unknown_rule"


class TooLarge(Unbalanceable):
    """An amount or a total beyond what floats bracket exactly (2**53 units)."""

    key = "balancing.error.too_large"
