"""PURE: who sees to what a sitting put forward, by when; what was adopted and executed; what is overdue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, get_args

from budgetproto.disputes.domain import Figure, Instrument
from budgetproto.errors import Refused
from budgetproto.i18n.languages import NO_NAME, Named
from budgetproto.sittings.domain import Stage

#: What is entered of a question later: the figure of the law, or that of the treasury.
Kind = Literal["adopted", "executed"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

#: How an assignment stands: nobody is named; time is left; little time is left; the day has passed; the law
#: followed in time; it followed late; it followed, and its day is not known.
Duty = Literal["nobody", "waiting", "due", "overdue", "kept", "late", "settled"]
DUTIES: Final[tuple[Duty, ...]] = get_args(Duty)
#: The stages in which a protocol is out: an owner or a reading that is not named is a duty left open.
ISSUED: Final = frozenset({Stage.ISSUED, Stage.ARCHIVED})

#: The reading of what is carried out without the law: it has to appear at none.
NO_READING: Final = 0

#: How it stands with the reading: none is named; none is needed; the day has not passed; the day has passed
#: and nothing is entered; it appeared earlier, as promised, later; it did not appear; it appeared unpromised.
Reading = Literal[
    "unnamed", "none_needed", "waiting", "overdue", "earlier", "as_promised", "later", "not_there", "appeared"
]
READINGS: Final[tuple[Reading, ...]] = get_args(Reading)

#: Duties that ask somebody to act now.
PRESSING: Final[frozenset[Duty]] = frozenset({"due", "overdue"})
#: Duties that the law has put an end to.
SETTLED: Final[frozenset[Duty]] = frozenset({"kept", "late", "settled"})


class OwnerMissing(Refused):
    """What nobody in particular has to do, nobody does."""

    message_key = "following.owner_missing"


class NoSuchReading(Refused):
    """A budget has only so many readings, by the settings."""

    message_key = "following.no_such_reading"


class ReadingToCome(Refused):
    """What has not been read yet has neither appeared nor failed to."""

    message_key = "following.reading_to_come"


class CorrectionUnexplained(Refused):
    """What replaces an earlier entry says why."""

    message_key = "following.correction_unexplained"


class DayMissing(Refused):
    """What the treasury paid out is known as of a day."""

    message_key = "following.day_missing"


class NotInvited(Refused):
    """Only a party of the sitting has the assignment on its desk."""

    message_key = "following.not_invited"


@dataclass(frozen=True)
class FollowUp:
    """What became of a line later: the figure adopted or executed, with its source.

    `article` names the place in the law, `on` its day or the day the treasury's figure is as of. `reason`
    says why an earlier entry of the kind was not right; `person` and `at` are known of what is stored.
    """

    kind: Kind
    figure: Figure
    instrument: Instrument | None
    on: date | None
    source: str
    words: Named
    article: str = ""
    reason: str = ""
    person: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Assignment:
    """Who sees to what was put forward on a line: a body or an office in words, and by when.

    `reading` is the reading of the budget at which it must appear, NO_READING where it is carried out without
    the law, None where none is named yet: that is a duty left open. `party`
    is the id of the invited party on whose desk it stands. `task` says what is to be done, `reason` why an
    earlier assignment was changed; `person` and `at` are known of what is stored.
    """

    owner: Named
    due: date
    reading: int | None = None
    party: str | None = None
    task: Named = NO_NAME
    reason: str = ""
    person: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Appearance:
    """At which reading of the budget something appeared, None where it did not; on which day, by what source.

    `reason` says why an earlier entry was not right; `person` and `at` are known of what is stored.
    """

    reading: int | None
    on: date
    source: str
    reason: str = ""
    person: str = ""
    at: datetime | None = None


def check_correction(earlier: Sequence[object], reason: str) -> None:
    """Raise CorrectionUnexplained when an entry replaces earlier ones and does not say why."""
    if earlier and not reason.strip():
        raise CorrectionUnexplained


def check_assignment(assignment: Assignment, *, readings: int, invited: Iterable[str]) -> None:
    """Raise unless this can be assigned, where the budget has so many readings and these are the parties."""
    if assignment.owner == NO_NAME:
        raise OwnerMissing
    if assignment.reading is not None and not NO_READING <= assignment.reading <= readings:
        raise NoSuchReading(reading=assignment.reading, readings=readings)
    if assignment.party is not None and assignment.party not in set(invited):
        raise NotInvited


def check_appearance(appearance: Appearance, *, readings: int, day: date) -> None:
    """Raise unless this can be entered, where the budget has so many readings."""
    if appearance.reading is not None and not 1 <= appearance.reading <= readings:
        raise NoSuchReading(reading=appearance.reading, readings=readings)
    if appearance.on > day:
        raise ReadingToCome(day=appearance.on, today=day)


def reading_of(assignment: Assignment | None, appearance: Appearance | None, *, day: date) -> Reading:
    """Tell how it stands with the reading on a day: a day of its own that what the law says does not end."""
    promised = assignment.reading if assignment else None
    if appearance is not None:
        return _appeared(promised, appearance.reading)
    if assignment is None or promised is None:
        return "unnamed"
    if promised == NO_READING:
        return "none_needed"
    return "overdue" if assignment.due < day else "waiting"


def _appeared(promised: int | None, reading: int | None) -> Reading:
    if reading is None:
        return "not_there"
    if not promised:
        return "appeared"
    if reading == promised:
        return "as_promised"
    return "earlier" if reading < promised else "later"


def of_kind(entered: Iterable[FollowUp], kind: str) -> tuple[FollowUp, ...]:
    """Return the entries of a kind, in their order."""
    return tuple(each for each in entered if each.kind == kind)


def duty_of(assignment: Assignment | None, adopted: FollowUp | None, *, day: date, warning: int) -> Duty:
    """Tell how an assignment stands on a day; it is due from `warning` days before its day on.

    What the law made of the question ends the assignment, be it what was put forward or not.
    """
    if assignment is None:
        return "nobody"
    if adopted is not None:
        if adopted.on is None:
            return "settled"
        return "late" if adopted.on > assignment.due else "kept"
    if assignment.due < day:
        return "overdue"
    return "due" if assignment.due - timedelta(days=warning) <= day else "waiting"
