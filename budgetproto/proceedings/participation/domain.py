"""PURE: what is known of an association's part in a question of the agenda, and what still stands open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from budgetproto.errors import Refused
from budgetproto.i18n.languages import NO_NAME, Named, Sentence
from budgetproto.proceedings.domain import AgendaItem, Attendee, Group, Opinion
from budgetproto.sittings.workdays import Calendar, working_day_after


class Question(StrEnum):
    """What is asked about each association on each question that touches local communities."""

    INVITED = "invited"
    CAME = "came"
    SPOKE = "spoke"
    OPINION = "opinion"


class Answer(StrEnum):
    """What is known; what nobody knows is no "no"."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class ParticipationOpen(Refused):
    """The protocol waits until it is known what part the associations had, or for the chair's reason."""

    message_key = "proceedings.participation.open"


class AbsenceUnexplained(Refused):
    """That an association did not come, speak or give its opinion is entered with what is known of it."""

    message_key = "proceedings.participation.unexplained"


@dataclass(frozen=True)
class Invitation:
    """When an association was invited, and what proves that the invitation reached it."""

    on: date
    proof: str


@dataclass(frozen=True)
class Entered:
    """What the secretary enters where the record does not know; a "no" says why."""

    answer: Answer
    why: str = ""

    def __post_init__(self) -> None:
        if self.answer is Answer.NO and not self.why.strip():
            raise AbsenceUnexplained


@dataclass(frozen=True)
class InvitationTerm:
    """By what an invitation is judged to be in time: the sitting's day and the term in working days."""

    sitting: date
    days: int
    calendar: Calendar

    def in_time(self, invitation: Invitation | None) -> Answer:
        """Tell whether the whole term lay before the sitting; without proof of service it is unknown."""
        if invitation is None or not invitation.proof.strip():
            return Answer.UNKNOWN
        last = working_day_after(invitation.on, self.days, self.calendar)
        return Answer.YES if last <= self.sitting else Answer.NO


@dataclass(frozen=True)
class Part:
    """One association's part in one question of the agenda."""

    association: Named
    item: int
    answers: Mapping[Question, Answer]

    @property
    def open(self) -> tuple[Question, ...]:
        """What stands open: an invitation that was not in time, and everything that is not known.

        That an invited association stayed away or kept silent is its own choice: recorded, it is not open.
        """
        settled = {Question.INVITED: {Answer.YES}}
        known = {Answer.YES, Answer.NO}
        return tuple(each for each in Question if self.answers[each] not in settled.get(each, known))


@dataclass(frozen=True)
class Basis:
    """What an obligation rests on: the article of the Rules, or where none is known a draft amendment."""

    question: Question
    days: int
    article: Named = NO_NAME

    @property
    def stated(self) -> Named | Sentence:
        """The article as it is entered; else that none was found, and a draft to amend the Rules by."""
        if self.article.ky.strip() or self.article.ru.strip():
            return self.article
        return Sentence(f"proceedings.participation.amendment.{self.question.value}", (("days", self.days),))


def part_of(
    association: Named,
    item: AgendaItem,
    *,
    invited: Answer,
    people: Sequence[Attendee],
    opinions: Iterable[Opinion],
    entered: Mapping[Question, Entered],
) -> Part:
    """Return an association's part in a question: from the record, and as entered where the record is silent.

    `opinions` are those given on this question or on the whole sitting. Nothing entered overrules the record.
    """
    own = [each for each in people if each.group is Group.LSG and _same(each.body, association)]
    came = _came(own)
    spoke = _spoke(own, item)
    gave = any(each.kind == "opinion" and _same(each.author, association) for each in opinions)
    told = {
        Question.CAME: came,
        Question.SPOKE: spoke,
        Question.OPINION: Answer.YES if gave else Answer.UNKNOWN,
    }
    answers = {key: _or_entered(answer, entered.get(key)) for key, answer in told.items()}
    if answers[Question.CAME] is Answer.NO and answers[Question.SPOKE] is Answer.UNKNOWN:
        answers[Question.SPOKE] = Answer.NO
    return Part(association, item.number, {Question.INVITED: invited, **answers})


def check_issue(parts: Iterable[Part], reason: str) -> None:
    """Raise ParticipationOpen at the first part with something open, unless the chair gave a reason."""
    if reason.strip():
        return
    for part in parts:
        if part.open:
            asked = Sentence(f"proceedings.participation.question.{part.open[0].value}")
            raise ParticipationOpen(item=part.item, association=part.association, question=asked)


def _came(own: Sequence[Attendee]) -> Answer:
    if not own:
        return Answer.UNKNOWN
    return Answer.YES if any(each.present for each in own) else Answer.NO


def _spoke(own: Sequence[Attendee], item: AgendaItem) -> Answer:
    names = {each.name for each in own if each.present}
    return Answer.YES if any(each.speaker in names for each in item.speeches) else Answer.UNKNOWN


def _or_entered(recorded: Answer, entered: Entered | None) -> Answer:
    return entered.answer if recorded is Answer.UNKNOWN and entered is not None else recorded


def _same(one: Named, other: Named) -> bool:
    """Tell whether two names are of the same body: they agree in a language in which both are written."""
    return any(a and a == b for a, b in ((one.ky, other.ky), (one.ru, other.ru), (one.en, other.en)))
