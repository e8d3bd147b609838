"""What happens to lines, positions and options, for the chains; never anything sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final, Literal

from budgetproto.i18n import Language, Sentence, text
from budgetproto.journal import Event

#: How many lines were entered at once: from an earlier sitting, for territories, from a spreadsheet.
How = Literal["cloned", "territories", "spreadsheet"]


@dataclass(frozen=True)
class LineEntered(Event):
    """A contested line was entered; `digest` is the hash of its text."""

    kind: ClassVar[str] = "disputes.line_entered"
    person: str
    line: str
    digest: str


@dataclass(frozen=True)
class LineChanged(Event):
    """A contested line was changed; `before` and `after` are the hashes of its text."""

    kind: ClassVar[str] = "disputes.line_changed"
    person: str
    line: str
    before: str
    after: str


@dataclass(frozen=True)
class LinesImported(Event):
    """Many lines were entered by one act; `digest` is their common hash, `first` the number of the first."""

    kind: ClassVar[str] = "disputes.lines_imported"
    person: str
    how: str
    first: int
    lines: int
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell how they were entered."""
        del language
        return {**values, "how": Sentence(f"disputes.how.{values['how']}")}


@dataclass(frozen=True)
class LinesChanged(Event):
    """Lines were changed by one act: how many, their numbers, what of them, and their common hash."""

    kind: ClassVar[str] = "disputes.lines_changed"
    person: str
    lines: int
    numbers: str
    what: str
    digest: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell what was changed as the form calls it."""
        names = str(values["what"]).split(",")
        return {**values, "what": ", ".join(text(f"disputes.{name}", language) for name in names)}


@dataclass(frozen=True)
class LinesWithdrawn(Event):
    """Lines were taken back by one act while the sitting was prepared."""

    kind: ClassVar[str] = "disputes.lines_withdrawn"
    person: str
    lines: int
    numbers: str
    reason: str
    digest: str


@dataclass(frozen=True)
class LineWithdrawn(Event):
    """A line was taken back while the sitting was prepared; its number is not given again."""

    kind: ClassVar[str] = "disputes.line_withdrawn"
    person: str
    line: str
    reason: str


@dataclass(frozen=True)
class LineRestored(Event):
    """A line that was taken back stands again."""

    kind: ClassVar[str] = "disputes.line_restored"
    person: str
    line: str


@dataclass(frozen=True)
class PositionFiled(Event):
    """A party filed a version of its position; only the commitment is told."""

    kind: ClassVar[str] = "disputes.position_filed"
    person: str
    party: str
    line: str
    number: int
    commitment: str


@dataclass(frozen=True)
class DeclaredFinal(Event):
    """A party declared its positions final, or took that back."""

    kind: ClassVar[str] = "disputes.declared_final"
    person: str
    party: str


@dataclass(frozen=True)
class FinalWithdrawn(Event):
    """A party took back that its positions are final."""

    kind: ClassVar[str] = "disputes.final_withdrawn"
    person: str
    party: str


@dataclass(frozen=True)
class PartyHeadEntered(Event):
    """The head of a party's own chain entered the sitting's chain at the opening."""

    kind: ClassVar[str] = "disputes.party_head_entered"
    party: str
    length: int
    head: str


@dataclass(frozen=True)
class PositionsOpened(Event):
    """Positions were opened together; `digest` covers every reveal of this opening."""

    kind: ClassVar[str] = "disputes.positions_opened"
    person: str
    lines: int
    positions: int
    digest: str


@dataclass(frozen=True)
class SecondTermGiven(Event):
    """Only one side has filed on a line: it stays closed and the silent side gets a short second term."""

    kind: ClassVar[str] = "disputes.second_term_given"
    line: str
    until: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the end of the term by the clock in Bishkek."""
        del language
        return {**values, "until": datetime.fromisoformat(str(values["until"]))}


@dataclass(frozen=True)
class OptionPublished(Event):
    """A version of the balanced option was published."""

    kind: ClassVar[str] = "disputes.option_published"
    person: str
    number: int
    rule: str
    digest: str


@dataclass(frozen=True)
class PositionApproved(Event):
    """An approver filed what an author of his party had written; only the commitment is told."""

    kind: ClassVar[str] = "disputes.position_approved"
    person: str
    author: str
    party: str
    line: str
    number: int
    commitment: str
    refers: ClassVar[frozenset[str]] = frozenset({"person", "author", "party", "line"})


@dataclass(frozen=True)
class SubmittedForApproval(Event):
    """An author submitted a text to the approvers of his party."""

    kind: ClassVar[str] = "disputes.submitted_for_approval"
    person: str
    party: str
    line: str
    number: int


@dataclass(frozen=True)
class SubmissionGivenBack(Event):
    """An approver gave a submission back to its author."""

    kind: ClassVar[str] = "disputes.submission_given_back"
    person: str
    author: str
    party: str
    line: str
    number: int
    refers: ClassVar[frozenset[str]] = frozenset({"person", "author", "party", "line"})


#: The kinds of events that commit a party to a version of its position.
FILED: Final = frozenset({PositionFiled.kind, PositionApproved.kind})
