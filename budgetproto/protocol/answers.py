"""PURE: what the parties of a snapshot answer to the newest version of the option, and what it comes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from budgetproto.disputes.responses.domain import ConditionState, Kind, Reply, standing
from budgetproto.i18n.languages import Words
from budgetproto.money import Som

AnswerKind = Literal["none", "accept", "subject", "condition", "counter", "reject"]
ANSWER_KINDS: Final[tuple[AnswerKind, ...]] = get_args(AnswerKind)
Condition = Literal["", "holds", "fails", "open"]
Answered = Literal["", "accepted", "reserved", "not_answered", "lapsed", "countered", "rejected"]


@dataclass(frozen=True)
class Answer:
    """One party's answer on a line; `none` where it gave none, which is no rejection and no acceptance.

    `party` is its code; `counts` tells whether it counts for its side. `condition` is what had become, at the
    snapshot, of the `lines` that an acceptance depends on.
    """

    party: str
    kind: AnswerKind
    counts: bool = True
    figure: Som | int | None = None
    reason: Words | None = None
    confirmer: str = ""
    until: date | None = None
    lines: tuple[int, ...] = ()
    condition: Condition = ""
    illustrative: bool = False


def come_to(answers: Iterable[Answer]) -> Answered:
    """Return what the answers that count come to; nothing where the snapshot has none, not even missing ones.

    >>> come_to([Answer("ministry", "accept"), Answer("union", "none")]), come_to([])
    ('not_answered', '')
    """
    every = list(answers)
    if not every:
        return ""
    return standing(_reply(each) for each in every if each.counts).value


def _reply(answer: Answer) -> Reply | None:
    if answer.kind == "none":
        return None
    return Reply(Kind(answer.kind), ConditionState(answer.condition) if answer.condition else None)
