"""What happens after a sitting, for its chain: who is to see to what, and what became of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgetproto.disputes.domain import told
from budgetproto.disputes.positions.document import figure_read
from budgetproto.i18n import Language, Sentence
from budgetproto.journal import Event


@dataclass(frozen=True)
class FollowUpEntered(Event):
    """What became of a line later was entered; `digest` is the hash of the whole entry."""

    kind: ClassVar[str] = "proceedings.follow_up_entered"
    person: str
    line: str
    figure: str
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the figure as people write it."""
        del language
        return _with_figure(values)


@dataclass(frozen=True)
class FollowUpCorrected(Event):
    """A figure entered before was replaced, with the reason; `what` says which figure it is."""

    kind: ClassVar[str] = "proceedings.follow_up_corrected"
    person: str
    line: str
    what: str
    before: str
    figure: str
    reason: str
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell both figures as people write them."""
        del language
        before = told(figure_read(json.loads(str(values["before"]))))
        what = Sentence(f"proceedings.follow_up.{values['what']}")
        return {**_with_figure(values), "before": before, "what": what}


@dataclass(frozen=True)
class LineAssigned(Event):
    """It was entered who sees to a line by when; `number` counts the versions, `digest` is of the whole."""

    kind: ClassVar[str] = "proceedings.line_assigned"
    person: str
    line: str
    number: int
    on: str
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the day as people write it."""
        del language
        return {**values, "on": date.fromisoformat(str(values["on"]))}


@dataclass(frozen=True)
class ReadingEntered(Event):
    """It was entered at which reading a line appeared, 0 where it did not; `number` counts the entries."""

    kind: ClassVar[str] = "proceedings.reading_entered"
    person: str
    line: str
    number: int
    reading: int
    on: str
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the reading in words, and the day as people write it."""
        del language
        reading = values["reading"]
        told = Sentence("following.reading.number", (("number", reading),))
        appeared = told if reading else Sentence("following.appeared.not")
        return {**values, "on": date.fromisoformat(str(values["on"])), "reading": appeared}


def _with_figure(values: Mapping[str, object]) -> Mapping[str, object]:
    """Return the values with the stored form of a figure read."""
    return {**values, "figure": told(figure_read(json.loads(str(values["figure"]))))}
