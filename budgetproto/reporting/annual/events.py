"""What happens to an annual report, for its own chain, which its own people alone read until it is filed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgetproto.i18n import Language, Sentence
from budgetproto.journal import Event


@dataclass(frozen=True)
class ReportOpened(Event):
    """Somebody began a report for an association."""

    kind: ClassVar[str] = "annual.opened"
    person: str
    party: str
    year: int

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the year without groups."""
        del language
        return {**values, "year": str(values["year"])}


@dataclass(frozen=True)
class PersonAdmitted(Event):
    """Somebody of an association was let in to the report."""

    kind: ClassVar[str] = "annual.person_admitted"
    refers: ClassVar[frozenset[str]] = frozenset({"person", "whom", "party"})
    person: str
    whom: str
    party: str


@dataclass(frozen=True)
class PersonDismissed(Event):
    """Somebody of an association was let out of the report."""

    kind: ClassVar[str] = "annual.person_dismissed"
    refers: ClassVar[frozenset[str]] = frozenset({"person", "whom", "party"})
    person: str
    whom: str
    party: str


@dataclass(frozen=True)
class AssociationLeft(Event):
    """An association is no longer one of those whose report it is."""

    kind: ClassVar[str] = "annual.association_left"
    person: str
    party: str


@dataclass(frozen=True)
class ContentChanged(Event):
    """A part of what people write was changed; `digest` is the hash of all they wrote."""

    kind: ClassVar[str] = "annual.content_changed"
    person: str
    part: str
    version: int
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the part in words."""
        del language
        return {**values, "part": Sentence(f"annual.part.{values['part']}")}


@dataclass(frozen=True)
class ValuesEntered(Event):
    """Values came by a hand or from a file; `digest` is the hash of them as they stand."""

    kind: ClassVar[str] = "annual.values_entered"
    person: str
    origin: str
    rows: int
    version: int
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the origin in words."""
        del language
        return {**values, "origin": Sentence(f"annual.origin.{values['origin']}")}


@dataclass(frozen=True)
class ValuesRemoved(Event):
    """Values were taken out; `digest` is the hash of them as they stood."""

    kind: ClassVar[str] = "annual.values_removed"
    person: str
    rows: int
    version: int
    digest: str


@dataclass(frozen=True)
class TextClosed(Event):
    """The whole report was closed for approval; `digest` is its hash."""

    kind: ClassVar[str] = "annual.text_closed"
    person: str
    number: int
    digest: str


@dataclass(frozen=True)
class TextReopened(Event):
    """Somebody opened the closed text again, so that every approval of it is void."""

    kind: ClassVar[str] = "annual.text_reopened"
    person: str
    number: int


@dataclass(frozen=True)
class ReportApproved(Event):
    """A person of an association approved the closed text, beside the other whom it needs."""

    kind: ClassVar[str] = "annual.approved"
    person: str
    party: str
    number: int
    digest: str


@dataclass(frozen=True)
class ReportFiled(Event):
    """The report was filed as it was approved: from now on everybody reads it and nobody changes it."""

    kind: ClassVar[str] = "annual.filed"
    person: str
    year: int
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the year as it is told of a report that was begun."""
        return ReportOpened.told(values, language)


@dataclass(frozen=True)
class ReportStep(Event):
    """Something became of a filed report: handed in, heard, instructed upon, answered."""

    kind: ClassVar[str] = "annual.step_recorded"
    person: str
    became: str
    number: int
    on: str
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the step and its day in words."""
        del language
        day = date.fromisoformat(str(values["on"]))
        return {**values, "on": day, "became": Sentence(f"annual.step.{values['became']}")}
