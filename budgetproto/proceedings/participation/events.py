"""What happens to the record of participation, for the sitting's chain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from budgetproto.i18n import Language, Sentence
from budgetproto.journal import Event


@dataclass(frozen=True)
class ParticipationEntered(Event):
    """A part of an association was entered; item 0 is every question, `digest` the hash of the entry."""

    kind: ClassVar[str] = "proceedings.participation_entered"
    person: str
    item: int
    party: str
    question: str
    answer: str
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell question and answer by their names."""
        del language
        return {
            **values,
            "question": Sentence(f"proceedings.participation.question.{values['question']}"),
            "answer": Sentence(f"proceedings.participation.answer.{values['answer']}"),
        }


@dataclass(frozen=True)
class TouchingJudged(Event):
    """It was entered whether a question touches local communities; `digest` is the hash of the reason."""

    kind: ClassVar[str] = "proceedings.touching_judged"
    person: str
    item: int
    touches: str
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the answer by its name."""
        del language
        return {**values, "touches": Sentence(f"proceedings.participation.answer.{values['touches']}")}


@dataclass(frozen=True)
class ParticipationWaived(Event):
    """The chair gave a reason for issuing with so many places open."""

    kind: ClassVar[str] = "proceedings.participation_waived"
    person: str
    places: int
    reason: str


@dataclass(frozen=True)
class InvitationBound(Event):
    """An association was put on the list of those to be invited, or taken off it, with its basis.

    `beside` is the body whose sittings it is about, None where it is every sitting.
    """

    kind: ClassVar[str] = "proceedings.invitation_bound"
    refers: ClassVar[frozenset[str]] = frozenset({"person", "party", "beside"})
    person: str
    party: str
    beside: str | None
    listed: str
    basis: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell by words whether it is on the list, and that every sitting is meant."""
        del language
        said = {**values, "listed": Sentence(f"proceedings.must_invite.listed.{values['listed']}")}
        return said if said["beside"] else {**said, "beside": Sentence("proceedings.must_invite.every")}
