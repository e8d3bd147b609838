"""PURE: the coordination sheet of a draft act: all that it prints, in no language, as of one day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from budgetproto.coordination.clock import Due, State
from budgetproto.coordination.completing import arrivals, standing
from budgetproto.coordination.course import Course
from budgetproto.coordination.document import kind_of, read_what, written
from budgetproto.coordination.domain import Draft, GroundNote
from budgetproto.coordination.happenings import (
    Bypassed,
    Happening,
    Met,
    Noted,
    Opined,
    Submitted,
)
from budgetproto.coordination.procedure_values import Procedure, Rule
from budgetproto.coordination.terms import Term
from budgetproto.i18n.languages import NO_NAME, Named

#: The rules in words that stand on the sheet; the others are read on the page of the procedure.
PRINTED: Final = ("definition", "consequences", "breach", "appeal_to")
_NEVER: Final = frozenset({State.OVERDUE, State.UNANSWERED, State.SKIPPED})


@dataclass(frozen=True)
class Step:
    """One thing that happened: its kind and its words as they are kept, with its days.

    `until` is its last day where it had one; `by_keeper` tells that the keeper recorded a body's word.
    """

    kind: str
    words: str
    on: date
    recorded: date
    until: date | None = None
    by_keeper: bool = False

    @property
    def late(self) -> bool:
        """Tell whether it came after its last day."""
        return self.until is not None and self.on > self.until


@dataclass(frozen=True)
class Said:
    """What one association said in one round: when it was served, when it spoke, and until when it could.

    `opinion` is None where it said nothing; `place` is that of the opinion in the course.
    """

    round: int
    body: str
    served: date | None
    until: date | None
    on: date | None
    opinion: Opined | None
    place: int | None


@dataclass(frozen=True)
class Sheet:
    """Everything on the sheet of a draft as of a day: equal sheets are printed in equal bytes."""

    number: int
    draft: Draft
    initiator: Named
    entered: date
    as_of: date
    steps: tuple[Step, ...] = ()
    terms: tuple[Term, ...] = ()
    procedure: Procedure | None = None
    #: The parties that its steps name, by id.
    names: Mapping[str, Named] | None = None
    #: The draft as it was entered, where steps have completed or corrected the entry since.
    first: Draft | None = None

    @cached_property
    def drafts(self) -> tuple[Draft, ...]:
        """The draft as it was entered, and as it stood after each step."""
        return standing(self.first or self.draft, self.course)

    @property
    def arrived(self) -> dict[int, date]:
        """The day on which each companion arrived after the entry, by its number in the bundle."""
        return arrivals(self.first or self.draft, self.course)

    @cached_property
    def course(self) -> Course:
        """The course as its steps tell it."""
        return Course(
            tuple(Happening(each.on, read_what(each.kind, each.words), each.recorded) for each in self.steps)
        )

    @property
    def note(self) -> GroundNote:
        """The ground note that was written last; an empty one where none was."""
        found = self.course.last(Noted)
        return found[2].note if found else GroundNote()

    @property
    def said(self) -> Iterator[Said]:
        """Every association in every round, in which it was asked or spoke."""
        course = self.course
        for round_ in range(1, course.round + 1):
            for body in course.bodies:
                opinion, at = course.opinions.get((round_, body)), course.opined_at.get((round_, body))
                yield Said(
                    round_,
                    body,
                    course.served.get((round_, body)),
                    self._until(Due.OPINION, body, round_),
                    opinion[0] if opinion else None,
                    opinion[1] if opinion else None,
                    at,
                )

    @property
    def late(self) -> int:
        """How many steps came after their last day."""
        return sum(each.late for each in self.steps)

    @property
    def not_done(self) -> int:
        """How many duties were not done by their last day, or were skipped."""
        return sum(each.duty.state in _NEVER for each in self.terms)

    @property
    def rules(self) -> tuple[tuple[str, Rule], ...]:
        """The rules in words that the sheet prints."""
        rules = self.procedure.rules if self.procedure else {}
        return tuple((key, rules[key]) for key in PRINTED if key in rules)

    @property
    def meetings(self) -> tuple[date, ...]:
        """The days of the conciliation meetings."""
        return tuple(on for _, on, _ in self.course.each(Met))

    @property
    def bypass(self) -> tuple[date, str] | None:
        """The day on which a bypass was recorded, and what is known of why; None where none was."""
        found = self.course.last(Bypassed)
        return (found[1], found[2].why) if found else None

    @property
    def submitted(self) -> tuple[date, str] | None:
        """When the draft was submitted, and where; None before."""
        found = self.course.last(Submitted)
        return (found[1], found[2].where) if found else None

    def name(self, body: str) -> Named:
        """Return the name of an association."""
        return (self.names or {}).get(body, NO_NAME)

    def _until(self, what: Due, body: str, round_: int) -> date | None:
        own = (each.duty for each in self.terms if each.duty.what is what)
        return next((each.until for each in own if (each.body, each.round) == (body, round_)), None)


def step_of(happening: Happening, until: date | None, *, by_keeper: bool) -> Step:
    """Return what happened as the sheet keeps it."""
    what = happening.what
    return Step(kind_of(what), written(what), happening.on, happening.recorded, until, by_keeper)
