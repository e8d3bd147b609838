"""PURE: what becomes of a report after it is filed: handed in, heard, instructed upon, answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from budgetproto.errors import Refused

StepKind = Literal["submitted", "heard", "instructed", "answered"]
STEPS: Final[tuple[StepKind, ...]] = get_args(StepKind)


class StepOutOfOrder(Refused):
    """The step needs one that is not on record: a report is heard after it was handed in."""

    message_key = "annual.step_out_of_order"


class StepInFuture(Refused):
    """Nothing is recorded of a day that has not come."""

    message_key = "annual.step_in_future"


class StepBefore(Refused):
    """The step bears an earlier day than what it follows."""

    message_key = "annual.step_before"


@dataclass(frozen=True)
class Step:
    """One thing that happened to a filed report.

    `body` is who received, heard, was instructed or answered; `words` what was said; `reference` the number
    of the letter, protocol or resolution; `until` the day an instruction is due; `to` the number of the
    instruction that is answered.
    """

    kind: StepKind
    on: date
    body: str
    words: str = ""
    reference: str = ""
    until: date | None = None
    to: int = 0


@dataclass(frozen=True)
class Instruction:
    """An instruction by its number among the steps, with its answer where there is one."""

    number: int
    step: Step
    answer: Step | None

    def late(self, day: date) -> bool:
        """Tell whether it was answered after its day, or is not answered on `day` though due."""
        until = self.step.until
        return until is not None and (self.answer.on if self.answer else day) > until


def check_step(step: Step, before: Sequence[Step], *, filed_on: date, day: date) -> None:
    """Raise unless this step may follow those on record."""
    if step.on > day:
        raise StepInFuture
    if step.on < filed_on:
        raise StepBefore
    needed: dict[StepKind, tuple[StepKind, ...]] = {
        "submitted": (),
        "heard": ("submitted",),
        "instructed": ("submitted",),
        "answered": ("instructed",),
    }
    if any(kind not in {each.kind for each in before} for kind in needed[step.kind]):
        raise StepOutOfOrder
    if step.kind == "answered":
        _check_answer(step, before)


def instructions(steps: Sequence[Step]) -> tuple[Instruction, ...]:
    """Return the instructions with their first answers, by number among the steps from 1."""
    answers: dict[int, Step] = {}
    for each in steps:
        if each.kind == "answered":
            answers.setdefault(each.to, each)
    return tuple(
        Instruction(number, each, answers.get(number))
        for number, each in enumerate(steps, start=1)
        if each.kind == "instructed"
    )


def _check_answer(step: Step, before: Sequence[Step]) -> None:
    if not 1 <= step.to <= len(before) or before[step.to - 1].kind != "instructed":
        raise StepOutOfOrder
    if step.on < before[step.to - 1].on:
        raise StepBefore
