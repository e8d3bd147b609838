"""PURE: trials of a snapshot that were put to the committee, and what they leave beside the terms."""

from dataclasses import dataclass
from datetime import date

from budgetproto.i18n.languages import NO_NAME, Named, Words
from budgetproto.money import Som


@dataclass(frozen=True)
class TrialVote:
    """A trial with the vote on it; `version` is that of the option it became, None when it was rejected.

    `ground` says where the money comes from where the terms do not name it.
    """

    number: int
    rule: str
    question: Words
    for_: int
    against: int
    abstained: int
    present: int
    quorum: int
    on: date
    adopted: bool
    reason: Words
    envelope: Som | None = None
    ground: Named = NO_NAME
    version: int | None = None


@dataclass(frozen=True)
class UnderTerms:
    """The figure of one line that the terms give, beside the one of the trial that was adopted."""

    line: int
    figure: Som | int | None = None
