"""PURE: the associations' part in the questions of the agenda, as a protocol states it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from budgetproto.i18n.languages import NO_NAME, Named, Sentence, Words
from budgetproto.proceedings.participation.domain import (
    ExpertiseOpen,
    NotInvited,
    ParticipationOpen,
)

Asked = Literal["invited", "came", "spoke", "opinion"]
Obliged = Literal["invited", "came", "spoke", "opinion", "expertise"]
Owed = Literal[Obliged, "place"]
Verdict = Literal["supports", "conditions", "objects"]
Stance = Literal["accepts", "partly", "rejects"]
Known = Literal["yes", "no", "unknown"]


@dataclass(frozen=True)
class Heard:
    """One answer: by the record itself, or as it was entered with a day and with how it is known."""

    asked: Asked
    known: Known
    recorded: bool = False
    on: date | None = None
    why: str = ""
    open: bool = False


@dataclass(frozen=True)
class Association:
    """One association's part in one question."""

    name: Named
    heard: tuple[Heard, ...]


@dataclass(frozen=True)
class Expert:
    """An expert with the interests he declared; empty is that he declared none."""

    name: str
    interests: str = ""


@dataclass(frozen=True)
class Reply:
    """What the body that prepared the draft replied to a review: its day, what it makes of it, why."""

    on: date
    stance: Stance
    text: str


@dataclass(frozen=True)
class Review:
    """A review of the draft that is handed in: its day, who commissioned and wrote it, its advice, why.

    A protocol that was printed before it told the experts has none of them, and no replies.
    """

    on: date
    by: Named
    verdict: Verdict
    conclusion: str
    experts: tuple[Expert, ...] = ()
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True)
class Expertise:
    """The draft that a question is about, with its reviews; 0 is none, None that it is not known which."""

    draft: int | None
    title: Named = NO_NAME
    reviews: tuple[Review, ...] = ()
    open: bool = False


@dataclass(frozen=True)
class Bound:
    """An association that the committee had bound itself to invite, and by what act."""

    name: Named
    basis: Named


@dataclass(frozen=True)
class Question:
    """A question of the agenda: the part of each association, or why it touches no local community."""

    number: int
    touches: bool = True
    why: str = ""
    associations: tuple[Association, ...] = ()
    #: Where the committee has bound itself to expertise.
    expertise: Expertise | None = None
    #: Who had to be invited and is no party to the sitting.
    missed: tuple[Bound, ...] = ()


@dataclass(frozen=True)
class Obligation:
    """What one obligation rests on; without an article the paper carries a draft to amend the Rules by."""

    asked: Obliged
    article: Named = NO_NAME


@dataclass(frozen=True)
class Waiver:
    """The chair's reason for issuing though something is open: whose, when, why."""

    by: str
    at: datetime
    reason: Words


@dataclass(frozen=True)
class Participation:
    """All of it; `days` is the term of invitation in working days, `waiver` covers all that is open."""

    days: int
    source: Named
    questions: tuple[Question, ...]
    obligations: tuple[Obligation, ...]
    waiver: Waiver | None = None
    #: Whom the committee had bound itself to invite to such a sitting, invited or not.
    bound: tuple[Bound, ...] = ()

    def open(self) -> Iterator[tuple[int, Named, Owed]]:
        """Yield what stands open: question, association (none of expertise), what is asked."""
        for question in self.questions:
            for each in question.missed:
                yield question.number, each.name, "place"
            for association in question.associations:
                for heard in association.heard:
                    if heard.open:
                        yield question.number, association.name, heard.asked
            if question.expertise is not None and question.expertise.open:
                yield question.number, NO_NAME, "expertise"


def waits_for_participation(participation: Participation | None) -> bool:
    """Tell whether a protocol may not be issued yet: something is open and the chair gave no reason."""
    if participation is None or participation.waiver is not None:
        return False
    return any(participation.open())


def check_participation(participation: Participation | None) -> None:
    """Raise at the first thing open, unless the chair gave a reason or there is no duty."""
    if participation is None or not waits_for_participation(participation):
        return
    for item, association, asked in participation.open():
        if asked == "expertise":
            raise ExpertiseOpen(item=item)
        if asked == "place":
            raise NotInvited(item=item, association=association)
        question = Sentence(f"proceedings.participation.question.{asked}")
        raise ParticipationOpen(item=item, association=association, question=question)
