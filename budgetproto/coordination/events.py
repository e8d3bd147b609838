"""What happens to draft acts, for the chain of each of them: who recorded what, and the hash of its words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgetproto.i18n import Language, Sentence
from budgetproto.journal import Event


@dataclass(frozen=True)
class ActEntered(Event):
    """A draft was entered in the register; `digest` is the hash of all that was said of it."""

    kind: ClassVar[str] = "coordination.act_entered"
    person: str
    number: int
    digest: str


@dataclass(frozen=True)
class StepRecorded(Event):
    """A step was recorded: which one, of which day, for which party; `digest` is the hash of its words.

    `by_keeper` is 1 where the keeper recorded a word of the party for it; entries of before have none.
    """

    kind: ClassVar[str] = "coordination.step_recorded"
    person: str
    party: str | None
    number: int
    step: str
    on: str
    digest: str
    by_keeper: int

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the step and its day in words."""
        del language
        day = date.fromisoformat(str(values["on"]))
        return {**values, "on": day, "step": Sentence(f"coordination.step.{values['step']}")}


@dataclass(frozen=True)
class ProcedureSet(Event):
    """A version of the procedure was set for a level."""

    kind: ClassVar[str] = "coordination.procedure_set"
    person: str
    initiators: str
    version: int
    since: str
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the level and the day in words."""
        del language
        since = date.fromisoformat(str(values["since"]))
        level = Sentence(f"coordination.level.{values['initiators']}")
        return {**values, "since": since, "initiators": level}


@dataclass(frozen=True)
class ProcedureShipped(Event):
    """The procedure that the service ships with was set for a level."""

    kind: ClassVar[str] = "coordination.procedure_shipped"
    initiators: str
    version: int
    since: str
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the level and the day in words."""
        return ProcedureSet.told(values, language)
