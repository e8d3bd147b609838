"""What happens to an expertise, for its own chain and, once everybody reads it, for that of its draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from budgetproto.i18n import Language, Sentence
from budgetproto.journal import Event


@dataclass(frozen=True)
class ExpertiseRecorded(Event):
    """Something happened to an expertise of a draft; `party` is the association that commissioned it."""

    kind: ClassVar[str] = "expertise.recorded"
    person: str
    party: str | None
    expertise: str
    number: int
    step: str
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the step in words."""
        del language
        return {**values, "step": Sentence(f"expertise.step.{values['step']}")}


@dataclass(frozen=True)
class ExpertiseDisclosed(Event):
    """All readers of the register may know of this: the version handed in, or a reply, with its hash.

    It stands in the chain of the draft, which they read, and tells nothing of what came before.
    """

    kind: ClassVar[str] = "expertise.disclosed"
    person: str
    party: str | None
    expertise: str
    step: str
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the step in words."""
        del language
        return {**values, "step": Sentence(f"expertise.step.{values['step']}")}


@dataclass(frozen=True)
class AgendaDraftNamed(Event):
    """It was entered which draft a question of the agenda is about; 0 is that it is about none."""

    kind: ClassVar[str] = "expertise.draft_named"
    person: str
    item: int
    draft: int
