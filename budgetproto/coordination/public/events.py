"""What is decided on the publication of drafts, for the chain of each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgetproto.i18n import Language, Sentence
from budgetproto.journal import Event


@dataclass(frozen=True)
class ActPublicationSet(Event):
    """It was decided how much of a draft everybody reads from a day on, and why."""

    kind: ClassVar[str] = "coordination.publication_set"
    person: str
    number: int
    part: str
    on: str
    reason: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the scope and the day in words."""
        del language
        part = Sentence(f"coordination.public.scope.{values['part']}")
        return {**values, "on": date.fromisoformat(str(values["on"])), "part": part}
