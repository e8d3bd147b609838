"""PURE: the terms of a sitting as its protocol states them: what both sides knew before any figure."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from budgetproto.accounts.domain import Side
from budgetproto.i18n.languages import NO_NAME, Named
from budgetproto.money import Som
from budgetproto.protocol.group_limits import GroupLimit


@dataclass(frozen=True)
class Source:
    """One named source of the envelope: amount, year, document, and the side that asserts it."""

    name: Named
    amount: Som
    year: int
    document: Named = NO_NAME
    side: Side | None = None
    illustrative: bool = False


@dataclass(frozen=True)
class Acknowledgement:
    """A party's acknowledgement of the terms before the figures could be known."""

    party: str
    person: str
    at: datetime


@dataclass(frozen=True)
class Rule:
    """A setting of the procedure that decides in this sitting, what it says, and where it comes from."""

    name: Named
    stated: Named
    source: Named = NO_NAME


@dataclass(frozen=True)
class Extension:
    """The deadline for filing was put off once: from when to when, why, and at what moment."""

    before: datetime
    after: datetime
    reason: str
    at: datetime


@dataclass(frozen=True)
class Indicator:
    """A value of a territory that the rule goes by: residents, or own revenue in money."""

    territory: str
    name: Named
    indicator: str
    value: Som | int
    on: date
    source: str


@dataclass(frozen=True)
class Terms:
    """The terms of the sitting, fixed by `digest` (SHA-256, hex) before collecting closed.

    `rule` is the letter of the rule (A ... F, M); `lsg_figure` says whose figure counts for the LSG side.
    """

    rule: str
    quantum: Som
    envelope: tuple[Source, ...] = ()
    lsg_figure: Literal["joint", "lead"] = "joint"
    digest: str = ""
    fixed_at: datetime | None = None
    acknowledged: tuple[Acknowledgement, ...] = ()
    procedure: tuple[Rule, ...] = ()
    extensions: tuple[Extension, ...] = ()
    groups: tuple[GroupLimit, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    growth: int | None = None
    kappa: int = 0
