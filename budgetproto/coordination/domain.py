"""PURE: a draft act as the register holds it, the acts that go with it, its ground note and its screening."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from budgetproto.errors import Refused
from budgetproto.i18n.languages import NO_NAME, Named

#: Letters of a title, of an initiator's name, and of any longer text, in one language.
LONGEST_TITLE: Final = 500
LONGEST_NAME: Final = 300
LONGEST_TEXT: Final = 4000
#: Acts that may stand in one bundle beside the draft itself.
MOST_RELATED: Final = 50


class Level(StrEnum):
    """Who brings a draft in: each level has its own version of the procedure."""

    PRESIDENT = "president"
    DEPUTY = "deputy"
    CABINET = "cabinet"
    MINISTRY = "ministry"
    LOCAL_ADMINISTRATION = "local_administration"


class Touch(StrEnum):
    """The three questions of the screening: how a draft may touch local communities."""

    CARRIED_OUT = "carried_out"
    FINANCE = "finance"
    ORGANISATION = "organisation"


class TitleMissing(Refused):
    """A draft has a title in Kyrgyz or in Russian."""

    message_key = "coordination.title_missing"


class InitiatorMissing(Refused):
    """A draft names who brings it in."""

    message_key = "coordination.initiator_missing"


class TextTooLong(Refused):
    """A text is longer than the register and a printed sheet can hold."""

    message_key = "coordination.text_too_long"


class TooManyRelated(Refused):
    """A bundle has more acts than anybody can answer as one."""

    message_key = "coordination.too_many_related"


class RelatedTwice(Refused):
    """One act is named twice in a bundle."""

    message_key = "coordination.related_twice"


class AmendedUnnumbered(Refused):
    """An act that a draft changes is named by its number."""

    message_key = "coordination.amended_unnumbered"


class PublishedInTheFuture(Refused):
    """A text cannot have been published on a day that has not come."""

    message_key = "coordination.day_to_come"


class NoteUndated(Refused):
    """Data of a ground note say as of which day they are."""

    message_key = "coordination.note_undated"


class NoteFromTheFuture(Refused):
    """Data of a ground note cannot be of a day that has not come."""

    message_key = "coordination.note_from_the_future"


class QuestionOpen(Refused):
    """A screening answers each of the three questions."""

    message_key = "coordination.question_open"


class ScreeningReasonMissing(Refused):
    """Each answer of a screening says why."""

    message_key = "coordination.screening_reason_missing"


@dataclass(frozen=True)
class Related:
    """An act that belongs to a draft: a by-law, a changed law; `present` when its text is there."""

    title: Named
    present: bool = False


@dataclass(frozen=True)
class Amended:
    """An act that a draft changes, by the day it was adopted on and the number printed on it."""

    on: date
    number: str

    @property
    def key(self) -> str:
        """The same for one act however its number is written.

        >>> Amended(date(2011, 7, 15), "№ 101").key == Amended(date(2011, 7, 15), "101").key
        True
        """
        return act_key(self.on, self.number)


@dataclass(frozen=True)
class Draft:
    """A draft act: what it is called, who brings it in, when its text was published, what goes with it.

    `amends` are the acts that it changes: by them re-amendments are counted. `reference` is the initiator's
    own number, `address` where the text is read, `source` where the register has it from; `illustrative`
    marks what did not happen. The bundle is screened and answered as one.
    """

    title: Named
    level: Level
    initiator: Named
    reference: str = ""
    published: date | None = None
    address: str = ""
    source: Named = NO_NAME
    illustrative: bool = False
    related: tuple[Related, ...] = ()
    amends: tuple[Amended, ...] = ()

    @property
    def missing(self) -> tuple[Related, ...]:
        """The companions that were named and not handed in: without them nobody sees the whole."""
        return tuple(each for each in self.related if not each.present)


@dataclass(frozen=True)
class GroundNote:
    """What is known on the ground: territories, situation, data and their day, who was asked."""

    territories: tuple[str, ...] = ()
    situation: str = ""
    data: str = ""
    data_of: date | None = None
    asked: str = ""

    @property
    def studied(self) -> bool:
        """Tell whether anything of it was looked into; an empty note prints *not studied*.

        >>> GroundNote().studied, GroundNote(situation=" ").studied, GroundNote(asked="Лейлек").studied
        (False, False, True)
        """
        said = (self.situation, self.data, self.asked)
        return bool(self.territories) or any(text.strip() for text in said)


@dataclass(frozen=True)
class Answer:
    """The answer to one question of the screening, and why."""

    yes: bool
    reason: str


@dataclass(frozen=True)
class Screening:
    """The answers to the three questions; one yes makes coordination mandatory."""

    answers: Mapping[Touch, Answer]

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))

    @property
    def mandatory(self) -> bool:
        """Tell whether the draft must be coordinated."""
        return bool(self.touches)

    @property
    def touches(self) -> tuple[Touch, ...]:
        """How the draft touches local communities, in the order of the questions."""
        return tuple(touch for touch in Touch if (found := self.answers.get(touch)) and found.yes)

    @property
    def reasons(self) -> tuple[tuple[Touch, str], ...]:
        """The reasons of the decision: of every yes where there is one, else of the three noes.

        >>> no = Answer(False, "Тийиштүү эмес")
        >>> Screening(dict.fromkeys(Touch, no) | {Touch.FINANCE: Answer(True, "Үлүш өзгөрөт")}).reasons
        ((<Touch.FINANCE: 'finance'>, 'Үлүш өзгөрөт'),)
        """
        deciding = self.touches or tuple(Touch)
        return tuple((touch, self.answers[touch].reason) for touch in deciding if touch in self.answers)


def act_key(on: date, number: str) -> str:
    """Return what an adopted act is known by: its day, and its number in letters and digits alone."""
    written = number.casefold().replace("№", "").removeprefix("no.")
    return f"{on.isoformat()} {''.join(filter(str.isalnum, written))}"


def check_draft(draft: Draft) -> None:
    """Raise unless a draft can be entered: a title, an initiator, nothing too long, no companion twice."""
    if not (draft.title.ky.strip() or draft.title.ru.strip()):
        raise TitleMissing
    if not (draft.initiator.ky.strip() or draft.initiator.ru.strip()):
        raise InitiatorMissing
    check_length(
        LONGEST_TITLE, *_every(draft.title), *(word for r in draft.related for word in _every(r.title))
    )
    check_length(LONGEST_NAME, *_every(draft.initiator), draft.reference)
    check_length(LONGEST_TEXT, draft.address, *_every(draft.source))
    _check_related(draft.related)
    _check_amended(draft.amends)


def check_published(draft: Draft, *, entered: date) -> None:
    """Raise PublishedInTheFuture unless the text was published by the day of its entry, if it was."""
    if draft.published is not None and draft.published > entered:
        raise PublishedInTheFuture(day=draft.published, today=entered)


def check_note(note: GroundNote, *, on: date) -> None:
    """Raise unless a ground note can be kept; an empty one can, and says that nothing was studied."""
    check_length(LONGEST_TEXT, note.situation, note.data, note.asked, *note.territories)
    if note.data.strip() and note.data_of is None:
        raise NoteUndated
    if note.data_of is not None and note.data_of > on:
        raise NoteFromTheFuture(day=note.data_of, today=on)


def check_screening(screening: Screening) -> None:
    """Raise unless each of the three questions has an answer with its reason."""
    for touch in Touch:
        if touch not in screening.answers:
            raise QuestionOpen
        reason = screening.answers[touch].reason
        if not reason.strip():
            raise ScreeningReasonMissing
        check_length(LONGEST_TEXT, reason)


def check_length(most: int, *texts: str) -> None:
    """Raise TextTooLong unless each text has at most so many letters."""
    longest = max(map(len, texts), default=0)
    if longest > most:
        raise TextTooLong(limit=most, written=longest)


def _check_related(related: Iterable[Related]) -> None:
    titles = [each.title for each in related]
    if len(titles) > MOST_RELATED:
        raise TooManyRelated(limit=MOST_RELATED)
    if not all(title.ky.strip() or title.ru.strip() for title in titles):
        raise TitleMissing("coordination.related_title_missing")
    if len({title.text("ky").casefold() for title in titles}) < len(titles):
        raise RelatedTwice


def _check_amended(amends: Sequence[Amended]) -> None:
    keys = [each.key for each in amends]
    if len(keys) > MOST_RELATED:
        raise TooManyRelated(limit=MOST_RELATED)
    if not all(any(map(str.isalnum, each.number)) for each in amends):
        raise AmendedUnnumbered
    check_length(LONGEST_NAME, *(each.number for each in amends))
    if len(set(keys)) < len(keys):
        raise RelatedTwice("coordination.amended_twice")


def _every(name: Named) -> tuple[str, str, str]:
    return name.ky, name.ru, name.en
