"""PURE: the balanced option as a value: what each line gets, why, and the proof that it adds up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

#: Stored with every option: a version is never recomputed by a later engine.
ENGINE = "balancing 2.1"


class Reason(StrEnum):
    """Why a line stands where it stands."""

    FREE = "FREE"
    CAP = "CAP"
    FLOOR = "FLOOR"
    PROTECTED = "PROTECTED"
    ENVELOPE = "ENVELOPE"
    PRIORITY = "PRIORITY"
    STEP = "STEP"
    AGREED = "AGREED"
    RELEASED = "RELEASED"
    NO_POSITION = "NO_POSITION"
    NON_MONETARY = "NON_MONETARY"
    CONFLICT = "CONFLICT"
    SUB_QUANTUM = "SUB_QUANTUM"
    TIE = "TIE"
    HALF = "HALF"
    PACKAGE = "PACKAGE"
    UNCUT = "UNCUT"


class Status(StrEnum):
    """What became of the envelope."""

    COMPLETE = "complete"
    UNDISTRIBUTED = "undistributed"
    INFEASIBLE = "infeasible"
    NO_ENVELOPE = "no_envelope"
    REFERENCE = "reference"


class Stage(StrEnum):
    """Which steps the last fill shared out: whole quanta, or only each line's broken first or last one."""

    WHOLE = "whole"
    FIRST = "first"
    LAST = "last"


class Tier(StrEnum):
    """The order in which the emergency table serves the lines."""

    FLOOR = "floor"
    PROTECTED = "protected"
    OTHER = "other"


@dataclass(frozen=True)
class Award:
    """What one line gets: raw figures as filed, money on the scale of the envelope.

    `claim` is the money between the positions (below zero: a release), `granted` the money the option adds
    to the Government's figure, `outside` the part of it beyond both positions, `lower` and `upper` the bounds
    that held inside the claim. `amount` is the recommended figure in raw units; it and `granted` are None
    where there is no recommendation. At the common rate the line wants `slope * (rate + shift) + offset`:
    what the rule puts into the kernel (a slope of zero, as in older options, is the claim). `in_money` says
    that raw figures are money; `filled` marks the lines the last fill shared the envelope among, `pool` names
    the part of it.
    """

    line: str
    government: int | None
    lsg: int | None
    claim: int | None
    granted: int | None
    amount: int | None
    rate: Fraction | None
    reason: Reason
    details: Mapping[str, int | Fraction] = field(default_factory=dict)
    flags: tuple[Reason, ...] = ()
    outside: int = 0
    lower: int = 0
    upper: int = 0
    shift: int = 0
    slope: int = 0
    offset: int = 0
    tie: int = 0
    cost_sign: int = 1
    in_money: bool = True
    filled: bool = False
    pool: str = ""

    @property
    def conceded(self) -> int | None:
        """The money of the claim that is not granted; None where nothing was claimed or recommended."""
        if self.claim is None or self.claim <= 0 or self.granted is None:
            return None
        return self.claim - (self.granted - self.outside)


@dataclass(frozen=True)
class Satisfaction:
    """Both sides' own points under rule A, and what each gains by the package of rule F; shares of one."""

    lsg: Fraction
    government: Fraction
    gain: Fraction


@dataclass(frozen=True)
class Totals:
    """Sums over the lines, in money.

    `granted` is the net sum over all lines: with `undistributed` it is the envelope. `shared` is what the
    claims got, `conceded` what they gave up, `released` what the LSG side asks less than the Government
    offers, `outside` the net cost of everything settled beyond the two positions, releases included.
    """

    claims: int
    granted: int | None
    shared: int | None
    conceded: int | None
    released: int
    outside: int
    lower: int
    upper: int


@dataclass(frozen=True)
class Certificate:
    """The proof of the last fill: no step taken comes later than a step left, in exact fractions.

    `last_taken` is the largest (key, tie) among the steps taken, with its line; `first_left` the smallest
    among the steps not taken; None where there is no such step. `pool` names the lines it is about: those of
    one recipient or envelope, the common pool where it is blank.
    """

    total: int
    last_taken: Fraction | None
    last_line: str | None
    first_left: Fraction | None
    first_line: str | None
    holds: bool
    stage: Stage = Stage.WHOLE
    pool: str = ""


@dataclass(frozen=True)
class Envelope:
    """What became of one limit: `lines` are those it covers, `granted` what they get together.

    `held` says at which bound it holds them ("least" or "most"), None where it changes nothing. `rate` is the
    rate of its own lines then; its distance from the common rate is the price of the limit. `missed` names
    the bound that its lines, or the money, did not let it keep.
    """

    name: str
    lines: tuple[str, ...]
    least: int | None
    most: int | None
    granted: int
    held: str | None = None
    rate: Fraction | None = None
    missed: str | None = None


@dataclass(frozen=True)
class EmergencyRow:
    """What one line would get of the money at hand if only the first tiers can be served."""

    line: str
    tier: Tier
    need: int
    granted: int


@dataclass(frozen=True)
class Option:
    """A computed option with everything needed to print, store and check it; never a decision.

    `rate` is the common rate of the rule: the closing share under A, the gain or (below zero) the shortfall
    per resident under B, C and D, the level per resident under E, where `recipients` say what each one gets.
    A `cut` is told with the signs turned round: `envelope` is what has to be saved, a claim what a line can
    give up, and what it is granted is taken from it.
    """

    rule: str
    engine: str
    envelope: int | None
    effective_envelope: int | None
    quantum: int
    kappa: int
    status: Status
    rate: Fraction | None
    undistributed: int
    shortfall: int
    lines: tuple[Award, ...]
    totals: Totals
    certificates: tuple[Certificate, ...] = ()
    recipients: tuple[Award, ...] = ()
    envelopes: tuple[Envelope, ...] = ()
    emergency: tuple[EmergencyRow, ...] | None = None
    cut: bool = False
    satisfaction: Satisfaction | None = None
