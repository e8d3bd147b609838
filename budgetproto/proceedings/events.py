"""What happens in the session, for the sitting's chain."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from budgetproto.disputes.domain import told
from budgetproto.disputes.positions.document import figure_read
from budgetproto.i18n import Language, Sentence
from budgetproto.journal import Event


@dataclass(frozen=True)
class AgendaItemEntered(Event):
    """A question was put on the agenda; `digest` is the hash of its title."""

    kind: ClassVar[str] = "proceedings.agenda_item_entered"
    person: str
    number: int
    digest: str


@dataclass(frozen=True)
class SpeechRecorded(Event):
    """It was recorded who was heard or spoke on a question; `digest` is the hash of the speech."""

    kind: ClassVar[str] = "proceedings.speech_recorded"
    person: str
    number: int
    digest: str


@dataclass(frozen=True)
class AttendanceRecorded(Event):
    """The list of those present was recorded; `digest` is the hash of the whole list."""

    kind: ClassVar[str] = "proceedings.attendance_recorded"
    person: str
    expected: int
    present: int
    members: int
    digest: str


@dataclass(frozen=True)
class ProposalMade(Event):
    """The chair proposed a figure of his own for a line."""

    kind: ClassVar[str] = "proceedings.proposal_made"
    person: str
    line: str
    figure: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the figure as people write it."""
        return _with_figure(values, language)


@dataclass(frozen=True)
class DecisionRecorded(Event):
    """A decision on a line was recorded with its votes, the members present at the vote and the quorum."""

    kind: ClassVar[str] = "proceedings.decision_recorded"
    person: str
    line: str
    outcome: str
    figure: str
    votes_for: int
    votes_against: int
    votes_abstained: int
    present: int
    quorum: int

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the outcome by its name."""
        outcome = Sentence(f"proceedings.outcome.{values['outcome']}")
        return {**_with_figure(values, language), "outcome": outcome}


@dataclass(frozen=True)
class TrialVoted(Event):
    """The committee voted on a trial; `digest` is the hash of the trial with its vote."""

    kind: ClassVar[str] = "proceedings.trial_voted"
    person: str
    number: int
    rule: str
    adopted: str
    votes_for: int
    votes_against: int
    votes_abstained: int
    present: int
    quorum: int
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell whether it was adopted."""
        del language
        return {**values, "adopted": Sentence(f"proceedings.trial.{values['adopted']}")}


@dataclass(frozen=True)
class OpinionGiven(Event):
    """An opinion or a dissent was given; `digest` is the hash of its text."""

    kind: ClassVar[str] = "proceedings.opinion_given"
    person: str
    digest: str


def _with_figure(values: Mapping[str, object], language: Language) -> Mapping[str, object]:
    """Return the values with the stored form of a figure read."""
    del language
    return {**values, "figure": told(figure_read(json.loads(str(values["figure"]))))}
