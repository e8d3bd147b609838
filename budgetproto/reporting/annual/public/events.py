"""What an association decides on the publication of its filed report, for the chain of the report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgetproto.i18n import Language, Sentence
from budgetproto.journal import Event


@dataclass(frozen=True)
class ReportPublicationSet(Event):
    """It was decided whether everybody reads the filed report from a day on, and why."""

    kind: ClassVar[str] = "annual.publication_set"
    person: str
    party: str
    part: str
    on: str
    reason: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the scope and the day in words."""
        del language
        part = Sentence(f"annual.public.scope.{values['part']}")
        return {**values, "on": date.fromisoformat(str(values["on"])), "part": part}
