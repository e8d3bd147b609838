"""PURE: what is known of an association's part in a question of the agenda, and what still stands open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from budgetproto.accounts.domain import Party
from budgetproto.errors import Refused
from budgetproto.i18n.languages import NO_NAME, Named, Sentence, Words
from budgetproto.proceedings.domain import AgendaItem, Attendee, Opinion
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


class Duty(StrEnum):
    """What the committee has bound itself to on a question that touches local communities."""

    PARTICIPATION = "duty_participation"
    EXPERTISE = "duty_expertise"
    BOTH = "duty_both"
    NEITHER = "duty_neither"

    @property
    def participation(self) -> bool:
        """Tell whether the associations take part."""
        return self in {Duty.PARTICIPATION, Duty.BOTH}

    @property
    def expertise(self) -> bool:
        """Tell whether the draft that a question is about is reviewed."""
        return self in {Duty.EXPERTISE, Duty.BOTH}


class Owed(StrEnum):
    """What is owed of the draft a question is about, beside the part of each association."""

    EXPERTISE = "expertise"


class Promised(StrEnum):
    """What the committee owes an association that stands on its list."""

    PLACE = "place"


class ParticipationOpen(Refused):
    """The protocol waits until it is known what part the associations had, or for the chair's reason."""

    message_key = "proceedings.participation.open"


class NotInvited(Refused):
    """The protocol waits for the chair's reason: an association that has to be invited was not."""

    message_key = "proceedings.must_invite.open"


class ExpertiseOpen(Refused):
    """The protocol waits until the draft of a question is reviewed, or for the chair's reason."""

    message_key = "proceedings.participation.expertise_open"


class Unexplained(Refused):
    """What is entered of an association's part is entered with how it is known."""

    message_key = "proceedings.participation.unexplained"


class DayMissing(Refused):
    """An invitation has a day."""

    message_key = "proceedings.participation.day_missing"


@dataclass(frozen=True)
class Entered:
    """What the secretary enters where the record does not know: the answer, and how it is known.

    Of an invitation `on` is its day and `why` what proves that it reached the association. An entry that
    nothing is known takes an earlier one back.
    """

    answer: Answer
    why: str = ""
    on: date | None = None

    def __post_init__(self) -> None:
        if self.answer is not Answer.UNKNOWN and not self.why.strip():
            raise Unexplained


@dataclass(frozen=True)
class InvitationTerm:
    """By what an invitation is judged to be in time: the sitting's day and the term in working days."""

    sitting: date | None
    days: int
    calendar: Calendar

    def in_time(self, invited: Entered | None) -> Answer:
        """Tell whether the whole term lay before the sitting; unknown while its day or the sitting's is."""
        if invited is None or invited.answer is not Answer.YES:
            return invited.answer if invited else Answer.UNKNOWN
        if invited.on is None or self.sitting is None:
            return Answer.UNKNOWN
        last = working_day_after(invited.on, self.days, self.calendar)
        return Answer.YES if last <= self.sitting else Answer.NO


@dataclass(frozen=True)
class Known:
    """The answer to one question, whether the record itself gives it, and else what was entered."""

    answer: Answer
    recorded: bool = False
    entered: Entered | None = None


#: An invitation that was not in time stays open; that an invited association stayed away or kept silent is
#: its own choice: known, it is not open.
_SETTLED: Mapping[Question, frozenset[Answer]] = {Question.INVITED: frozenset({Answer.YES})}


@dataclass(frozen=True)
class Part:
    """One association's part in one question of the agenda."""

    association: Party
    item: int
    known: Mapping[Question, Known]

    @property
    def open(self) -> tuple[Question, ...]:
        """What stands open: an invitation that was not in time, and everything that is not known."""
        either = frozenset({Answer.YES, Answer.NO})
        return tuple(each for each in Question if self.known[each].answer not in _SETTLED.get(each, either))

    @property
    def open_places(self) -> frozenset[str]:
        """What stands open in a form that a waiver can name."""
        return frozenset(f"{self.item}/{self.association.id}/{each.value}" for each in self.open)


@dataclass(frozen=True)
class Interested:
    """An expert with the interests he declared; empty is that he declared none."""

    name: Named
    interests: str


@dataclass(frozen=True)
class Reply:
    """What the body that prepared the draft replied to a review: its day, what it makes of it, why."""

    on: date
    stance: str
    text: str


@dataclass(frozen=True)
class Review:
    """A review of a draft that is handed in: its day, who commissioned and wrote it, its advice, why."""

    on: date
    by: Named
    verdict: str
    conclusion: str
    experts: tuple[Interested, ...] = ()
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True)
class About:
    """The draft of the register that a question is about, with its reviews; none where `number` is 0."""

    number: int
    title: Named = NO_NAME
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True)
class Reviewed:
    """What is known of the expertise on one question; without `about` nobody entered which draft it is."""

    item: int
    about: About | None

    @property
    def open(self) -> tuple[Owed, ...]:
        """What stands open: which draft it is, or a review of it; a question about no draft needs none."""
        settled = self.about is not None and (self.about.number == 0 or self.about.reviews)
        return () if settled else (Owed.EXPERTISE,)

    @property
    def open_places(self) -> frozenset[str]:
        """What stands open in a form that a waiver can name."""
        return frozenset(f"{self.item}//{each.value}" for each in self.open)


@dataclass(frozen=True)
class Listed:
    """The committee has bound itself to invite an association, and by what act.

    To every sitting that deals with local communities; with `beside` to those that body is a party to, so
    that a sitting of another parliament, staged in the same house, misses nobody.
    """

    association: Party
    beside: Party | None
    basis: Named

    def holds_for(self, invited: Iterable[Party]) -> bool:
        """Tell whether it holds for a sitting of these parties."""
        return self.beside is None or self.beside.id in {each.id for each in invited}


@dataclass(frozen=True)
class Missed:
    """An association of the list that is no party to the sitting, in one question."""

    association: Party
    item: int
    basis: Named

    @property
    def open(self) -> tuple[Promised, ...]:
        """What stands open: its place in the sitting, until it is invited."""
        return (Promised.PLACE,)

    @property
    def open_places(self) -> frozenset[str]:
        """What stands open in a form that a waiver can name."""
        return frozenset(f"{self.item}/{self.association.id}/{each.value}" for each in self.open)


_Place = TypeVar("_Place", Part, "Part | Reviewed | Missed")


@dataclass(frozen=True)
class Waiver:
    """The chair lets the protocol be issued though something is open: who, when, why, and what it covers."""

    person: str
    at: datetime
    reason: Words
    covers: frozenset[str]


@dataclass(frozen=True)
class Basis:
    """What an obligation rests on: the article of the Rules, or where none is known a draft amendment."""

    question: Question | Owed
    days: int
    article: Named = NO_NAME

    @property
    def known(self) -> bool:
        """Tell whether an article is entered."""
        return bool(self.article.ky.strip() or self.article.ru.strip())

    @property
    def draft(self) -> Sentence:
        """The draft to amend the Rules by where no article is known, without the full stop at its end."""
        return Sentence(f"proceedings.participation.amendment.{self.question.value}", (("days", self.days),))

    @property
    def stated(self) -> Named | Sentence:
        """The article as it is entered; else that none was found, and the draft."""
        return (
            self.article
            if self.known
            else Sentence("proceedings.participation.no_article", (("draft", self.draft),))
        )


def part_of(
    association: Party,
    item: AgendaItem,
    *,
    term: InvitationTerm,
    people: Sequence[Attendee],
    opinions: Iterable[Opinion],
    entered: Mapping[Question, Entered],
) -> Part:
    """Return an association's part in a question: from the record, and as entered where the record is silent.

    People, speeches and opinions are an association's where the record names it as their party; a speech
    without a party is that of the one listed person of its name. `opinions` are those given on this question
    or on the whole sitting. Nothing entered overrules the record.
    """
    invited = entered.get(Question.INVITED)
    gave = any(each.kind == "opinion" and each.party == association.id for each in opinions)
    told = {
        Question.CAME: _came(association, people),
        Question.SPOKE: _spoke(association, people, item),
        Question.OPINION: Answer.YES if gave else Answer.UNKNOWN,
    }
    known = {key: _or_entered(answer, entered.get(key)) for key, answer in told.items()}
    absent = known[Question.CAME].answer is Answer.NO
    if absent and known[Question.SPOKE].answer is Answer.UNKNOWN:
        known[Question.SPOKE] = Known(Answer.NO, recorded=known[Question.CAME].recorded)
    first = Known(term.in_time(invited), entered=invited)
    return Part(association, item.number, {Question.INVITED: first, **known})


def binding(listed: Iterable[Listed], invited: Sequence[Party]) -> tuple[Listed, ...]:
    """Return what of the list holds for a sitting of these parties: each association once."""
    found: dict[str, Listed] = {}
    for each in listed:
        if each.holds_for(invited):
            found.setdefault(each.association.id, each)
    return tuple(found.values())


def missed(listed: Iterable[Listed], invited: Sequence[Party], item: AgendaItem) -> tuple[Missed, ...]:
    """Return the associations that have to be in a question and are no party to the sitting."""
    present = {each.id for each in invited}
    return tuple(
        Missed(each.association, item.number, each.basis)
        for each in binding(listed, invited)
        if each.association.id not in present
    )


def not_covered(parts: Iterable[_Place], waiver: Waiver | None) -> list[_Place]:
    """Return the parts with something open that the chair's reason does not cover."""
    covered = waiver.covers if waiver else frozenset[str]()
    return [part for part in parts if not part.open_places <= covered]


def _came(association: Party, people: Sequence[Attendee]) -> Answer:
    own = [each for each in people if each.party == association.id]
    if not own:
        return Answer.UNKNOWN
    return Answer.YES if any(each.present for each in own) else Answer.NO


def _spoke(association: Party, people: Sequence[Attendee], item: AgendaItem) -> Answer:
    """Tell whether a speech is on record; who is listed twice under one name is nobody's by his name."""
    bearers: dict[str, list[str]] = {}
    for each in people:
        bearers.setdefault(each.name, []).append(each.party if each.present else "")
    spoken = any(
        association.id in ([said.party] if said.party else _only(bearers.get(said.speaker, [])))
        for said in item.speeches
    )
    return Answer.YES if spoken else Answer.UNKNOWN


def _only(parties: list[str]) -> list[str]:
    return parties if len(parties) == 1 else []


def _or_entered(recorded: Answer, entered: Entered | None) -> Known:
    if recorded is not Answer.UNKNOWN:
        return Known(recorded, recorded=True)
    return Known(entered.answer if entered else Answer.UNKNOWN, entered=entered)
