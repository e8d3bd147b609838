"""What happens to responses, for the sitting's chain: who answered which version how, and the hash."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from budgetproto.i18n import Language, Sentence
from budgetproto.journal import Event


def _said(values: Mapping[str, object]) -> Mapping[str, object]:
    return {**values, "answer": Sentence(f"responses.kind.{values['answer']}")}


@dataclass(frozen=True)
class OptionAnswered(Event):
    """A party answered the option on one question; `digest` is the hash of the whole response."""

    kind: ClassVar[str] = "responses.answered"
    person: str
    party: str
    line: str
    number: int
    option: int
    answer: str
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the answer in words."""
        del language
        return _said(values)


@dataclass(frozen=True)
class RestAnswered(Event):
    """A party answered all it had not answered yet by one act: their numbers, and their common hash."""

    kind: ClassVar[str] = "responses.rest_answered"
    person: str
    party: str
    option: int
    answer: str
    lines: int
    numbers: str
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the answer in words."""
        del language
        return _said(values)
