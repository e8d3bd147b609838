"""PURE: what is recorded of an issued protocol: its way to parliament, and what of it the public reads.

Each is an entry that stays; a later one of the same kind corrects it and says why.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, get_args

from budgetproto.i18n.languages import NO_NAME, Named

Result = Literal["whole", "part", "rejected", "not_considered"]
Scope = Literal["nothing", "totals", "all"]
RESULTS: Final[tuple[Result, ...]] = get_args(Result)
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)


@dataclass(frozen=True)
class Letter:
    """The letter by which the protocol was sent: its number, date and addressee."""

    number: str
    on: date
    addressee: str


@dataclass(frozen=True)
class Registration:
    """The number and date under which parliament registered the letter."""

    number: str
    on: date


@dataclass(frozen=True)
class Hearing:
    """Where and when the protocol was heard."""

    body: str
    on: date


@dataclass(frozen=True)
class Outcome:
    """What came of it: taken up whole or in part, rejected, not considered; by which document."""

    result: Result
    on: date
    source: str
    note: Named = NO_NAME


@dataclass(frozen=True)
class Publication:
    """How much of the protocol the public reads from a day on."""

    scope: Scope
    since: date


Facts = Letter | Registration | Hearing | Outcome | Publication
Kind = Literal["letter", "registration", "hearing", "outcome", "publication"]
#: The steps to parliament in their order; publication is no step of it.
KINDS: Final[dict[Kind, type[Facts]]] = {
    "letter": Letter,
    "registration": Registration,
    "hearing": Hearing,
    "outcome": Outcome,
    "publication": Publication,
}


@dataclass(frozen=True)
class Step:
    """One entry: its facts, why an earlier one was corrected, when it was made (`day` in Bishkek)."""

    kind: Kind
    facts: Facts
    reason: str
    at: datetime
    day: date


def latest(steps: Iterable[Step], kind: Kind) -> Step | None:
    """Return the entry of a kind that stands; `steps` are in the order of their making."""
    return next((step for step in reversed(list(steps)) if step.kind == kind), None)


def scope_on(steps: Iterable[Step], day: date) -> Publication | None:
    """Return what the public may read on a day; `None` when nothing ever took effect.

    An entry with a later day leaves what stands in force until then; what was still to come when a new
    entry was made is given up for it.
    """
    standing: Publication | None = None
    coming: Publication | None = None
    for step in steps:
        if isinstance(step.facts, Publication):
            if coming is not None and coming.since <= step.day:
                standing = coming
            coming = step.facts
    return coming if coming is not None and coming.since <= day else standing
