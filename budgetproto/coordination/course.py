"""PURE: the course of a draft act: everything that happened to it, and what that comes to."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final, TypeVar, cast

from budgetproto.coordination.happenings import (
    Adopted,
    Amending,
    Answered,
    AnswersFor,
    Appealed,
    Arrived,
    Attached,
    Bypassed,
    Closed,
    Corrected,
    Happening,
    Met,
    Noted,
    Opined,
    Published,
    Referred,
    RoundBegun,
    Ruled,
    Ruling,
    Screened,
    Served,
    Stance,
    Stood,
    Submitted,
    Verdict,
    What,
    Withdrawn,
)

Kind = TypeVar("Kind")

#: What is known of a draft before anybody does anything on it.
_OF_ENTRY: Final = (Noted, Screened, Arrived, Published, Amending, Corrected)


class Conclusion(StrEnum):
    """What coordination came to when it was closed."""

    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    #: Nobody disagreed, and somebody who was asked in due form said nothing.
    SILENT = "silent"
    #: It need not have been coordinated, and nobody was asked.
    NOT_NEEDED = "not_needed"


class Stage(StrEnum):
    """Where a draft stands, as the register lists it."""

    REGISTERED = "registered"
    SCREENED = "screened"
    UNDER_WAY = "under_way"
    DISPUTED = "disputed"
    CLOSED = "closed"
    BYPASSED = "bypassed"
    SUBMITTED = "submitted"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Remark:
    """A remark of an opinion: its number within the draft, whose it is, and the day on which it was made."""

    number: int
    body: str
    round: int
    place: str
    text: str
    on: date


@dataclass(frozen=True)
class Course:
    """What happened to a draft, in the order in which it was recorded."""

    happenings: tuple[Happening, ...] = ()

    def then(self, happening: Happening) -> "Course":
        """Return the course with one thing more."""
        return replace(self, happenings=(*self.happenings, happening))

    def until(self, day: date) -> "Course":
        """Return what had happened by the end of a day, in the order in which it was recorded."""
        return Course(tuple(each for each in self.happenings if each.on <= day))

    def each(self, kind: type[Kind]) -> Iterator[tuple[int, date, Kind]]:
        """Yield what happened of one kind: its place in the course, its day, and itself."""
        for place in self._places.get(kind, ()):
            happening = self.happenings[place]
            yield place, happening.on, cast("Kind", happening.what)

    def last(self, kind: type[Kind]) -> tuple[int, date, Kind] | None:
        """Return the last of one kind; None before the first."""
        return next(iter(reversed(list(self.each(kind)))), None)

    def has(self, *kinds: type[What]) -> bool:
        """Tell whether anything of these kinds happened."""
        return any(kind in self._places for kind in kinds)

    @cached_property
    def screened(self) -> Screened | None:
        """The screening that holds; None before the first, and once it was corrected who brings it in."""
        found, moved = self.last(Screened), self.moved
        return found[2] if found and (moved is None or moved[0] < found[0]) else None

    @property
    def earlier_screenings(self) -> tuple[tuple[date, Screened], ...]:
        """The screenings that hold no longer, the oldest first: none is written over."""
        every = tuple((on, what) for _, on, what in self.each(Screened))
        return every[:-1] if self.screened else every

    @cached_property
    def moved(self) -> tuple[int, date, Corrected] | None:
        """The last correction of the level that brings the draft in, or of the party that answers for it."""
        return next((each for each in reversed([*self.each(Corrected)]) if each[2].moves), None)

    @property
    def answers_for(self) -> AnswersFor | None:
        """The party that answers for the draft as a correction put it; None where none did."""
        found = [what.answers for _, _, what in self.each(Corrected) if what.answers]
        return AnswersFor(found[0].was, found[-1].party) if found else None

    @property
    def begun(self) -> bool:
        """Tell whether anything was done on the draft beyond its entry, texts, ground note and screening."""
        return any(not _of_entry(each.what) for each in self.happenings)

    @property
    def parties(self) -> frozenset[str]:
        """Every party that a step names, and the associations that are asked (ids)."""
        named = {getattr(each.what, "body", "") for each in self.happenings}
        held = (what.answers for _, _, what in self.each(Corrected) if what.answers)
        named.update(party for each in held for party in (each.was, each.party))
        return frozenset({*named, *self.bodies} - {""})

    @property
    def mandatory(self) -> bool:
        """Tell whether the draft was found to need coordination."""
        return self.screened is not None and self.screened.screening.mandatory

    @property
    def bodies(self) -> tuple[str, ...]:
        """The associations that are asked (ids)."""
        return self.screened.bodies if self.screened else ()

    @cached_property
    def rounds(self) -> tuple[int, ...]:
        """The round of opinions in which each thing happened, by its place.

        A bundle that is screened anew after somebody was served or heard is put to everybody anew.
        """
        found, number, begun = [], 1, False
        for happening in self.happenings:
            if isinstance(happening.what, RoundBegun) or (begun and isinstance(happening.what, Screened)):
                number, begun = number + 1, False
            begun = begun or isinstance(happening.what, Served | Opined)
            found.append(number)
        return tuple(found)

    @property
    def rounds_of_screenings(self) -> int:
        """How many rounds were begun by a screening anew: no procedure limits these."""
        begun = (self.happenings[self.rounds.index(number)].what for number in range(2, self.round + 1))
        return sum(isinstance(what, Screened) for what in begun)

    @cached_property
    def opened(self) -> dict[int, tuple[date, Screened | RoundBegun]]:
        """What each round rests on: its last screening, or its beginning where it had none."""
        return {
            self.rounds[place]: (happening.on, happening.what)
            for place, happening in enumerate(self.happenings)
            if isinstance(happening.what, Screened | RoundBegun)
        }

    @property
    def later_rounds(self) -> tuple[date, ...]:
        """The days on which the rounds after the first began, by whatever began them."""
        return tuple(self.happenings[self.rounds.index(each)].on for each in range(2, self.round + 1))

    def heard_before(self, round_: int) -> bool:
        """Tell whether the same bundle was put to everybody before: the term of an opinion is the shorter."""
        opened = self.opened.get(round_)
        return opened is not None and isinstance(opened[1], RoundBegun)

    @cached_property
    def awaits_screening(self) -> bool:
        """Tell whether a companion arrived after the screening: the bundle is screened as one, once more."""
        arrived, last = self.last(Arrived), self.last(Screened)
        return arrived is not None and last is not None and bool(self.screened) and arrived[0] > last[0]

    @property
    def round(self) -> int:
        """The round of opinions that is on, from 1."""
        return self.rounds[-1] if self.rounds else 1

    @cached_property
    def served(self) -> dict[tuple[int, str], date]:
        """The day of notice by round and body."""
        return {(self.rounds[place], what.body): on for place, on, what in self.each(Served)}

    @cached_property
    def opined_at(self) -> dict[tuple[int, str], int]:
        """The places of the opinions by round and body."""
        return {(self.rounds[place], what.body): place for place, _, what in self.each(Opined)}

    @cached_property
    def opinions(self) -> dict[tuple[int, str], tuple[date, Opined]]:
        """The opinions by round and body, each with its day."""
        return {(self.rounds[place], what.body): (on, what) for place, on, what in self.each(Opined)}

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """Every remark ever made, numbered through: none can vanish."""
        made = [
            (what.body, self.rounds[place], where, text, on)
            for place, on, what in self.each(Opined)
            for where, text in what.remarks
        ]
        return tuple(Remark(number, *each) for number, each in enumerate(made, start=1))

    @cached_property
    def answers(self) -> dict[int, list[tuple[int, date, Answered]]]:
        """Every answer by remark, the oldest first."""
        found: dict[int, list[tuple[int, date, Answered]]] = {}
        for each in self.each(Answered):
            found.setdefault(each[2].remark, []).append(each)
        return found

    @cached_property
    def stands(self) -> dict[int, tuple[int, date, Stood]]:
        """What a body says of the last answer to its remark; a changed answer asks it anew."""
        found = {each[2].remark: each for each in self.each(Stood)}
        return {number: each for number, each in found.items() if each[0] > self.answers[number][-1][0]}

    @cached_property
    def unanswered(self) -> tuple[Remark, ...]:
        """The remarks without an answer."""
        return tuple(remark for remark in self.remarks if remark.number not in self.answers)

    @cached_property
    def unsettled(self) -> tuple[Remark, ...]:
        """The remarks that stand against the draft: not accepted and not let go, or insisted on."""
        return tuple(remark for remark in self.remarks if not self._settled(remark))

    def against(self, number: int) -> bool:
        """Tell whether a remark stands against the draft."""
        return number in self._against

    @cached_property
    def disagreeing(self) -> tuple[str, ...]:
        """The bodies whose last opinion does not agree."""
        return tuple(body for body, stance in self._last_stances.items() if stance is Stance.DISAGREES)

    @property
    def disputed(self) -> bool:
        """Tell whether anybody disagrees, or a remark stands against the draft."""
        return bool(self.disagreeing or self.unsettled)

    @cached_property
    def met(self) -> date | None:
        """The day of the conciliation meeting; None before the first after the newest opinion."""
        met, opined = self.last(Met), self.last(Opined)
        return met[1] if met and (opined is None or met[0] > opined[0]) else None

    @cached_property
    def appeals(self) -> tuple[tuple[date, Appealed], ...]:
        """The appeals in their order; an appeal's number is its place from 1."""
        return tuple((on, what) for _, on, what in self.each(Appealed))

    @cached_property
    def rulings(self) -> dict[int, tuple[date, Ruled]]:
        """The rulings by number of the appeal."""
        return {what.appeal: (on, what) for _, on, what in self.each(Ruled)}

    @property
    def open_appeals(self) -> tuple[int, ...]:
        """The numbers of the appeals that nobody has decided."""
        return tuple(n for n in range(1, len(self.appeals) + 1) if n not in self.rulings)

    @cached_property
    def referred(self) -> dict[int, Referred]:
        """The remarks that became contested lines, by number."""
        return {what.remark: what for _, _, what in self.each(Referred)}

    @cached_property
    def closed(self) -> int | None:
        """The place at which coordination was closed; None while it is open or was reopened."""
        found = self.last(Closed)
        return None if found is None or self._reopened_after(found[0]) else found[0]

    @property
    def bypassed(self) -> bool:
        """Tell whether a bypass is recorded."""
        return self.has(Bypassed)

    @property
    def submitted(self) -> Submitted | None:
        """How the draft was submitted; None before."""
        found = self.last(Submitted)
        return found[2] if found else None

    @property
    def ended(self) -> bool:
        """Tell whether the draft has come to its end: adopted, or taken back."""
        return self.has(Adopted, Withdrawn)

    @property
    def conclusion(self) -> Conclusion | None:
        """What coordination came to at the moment it was closed; later opinions do not change it."""
        return None if self.closed is None else Course(self.happenings[: self.closed])._concluded()

    @property
    def stage(self) -> Stage:
        """Where the draft stands."""
        if self.has(Withdrawn):
            return Stage.WITHDRAWN
        if self.has(Adopted):
            return Stage.ADOPTED
        if self.has(Submitted):
            return Stage.SUBMITTED
        if self.closed is not None:
            return Stage.CLOSED
        if self.bypassed:
            return Stage.BYPASSED
        return self._on_its_way()

    @cached_property
    def _places(self) -> dict[type, list[int]]:
        """Where in the course each kind of thing happened: a page asks for them by the thousand."""
        found: dict[type, list[int]] = {}
        for place, happening in enumerate(self.happenings):
            found.setdefault(type(happening.what), []).append(place)
        return found

    @cached_property
    def _against(self) -> frozenset[int]:
        return frozenset(remark.number for remark in self.unsettled)

    @cached_property
    def _last_stances(self) -> dict[str, Stance]:
        return {what.body: what.stance for _, _, what in self.each(Opined)}

    def _on_its_way(self) -> Stage:
        if self.disputed:
            return Stage.DISPUTED
        if self.served or self.opinions:
            return Stage.UNDER_WAY
        return Stage.SCREENED if self.screened else Stage.REGISTERED

    def _settled(self, remark: Remark) -> bool:
        answers = self.answers.get(remark.number)
        if not answers:
            return False
        # Who agreed in a later round has let go of what it remarked before; a plain yes makes no remarks.
        if self._last_stances[remark.body] is Stance.AGREES:
            return True
        if any(remark.number in met.settled and place > answers[-1][0] for place, _, met in self.each(Met)):
            return True
        stand = self.stands.get(remark.number)
        if stand is not None:
            return not stand[2].insists
        return answers[-1][2].verdict is Verdict.ACCEPTED

    def _reopened_after(self, place: int) -> bool:
        """Tell whether an appeal was upheld since, or the bundle screened anew.

        Once an act is adopted there is nothing to reopen.
        """
        adopted = self.last(Adopted)
        until = adopted[0] if adopted else len(self.happenings)
        upheld = (at for at, _, what in self.each(Ruled) if what.ruling is Ruling.UPHELD)
        anew = (at for at, _, _ in self.each(Screened))
        return any(place < at < until for at in (*upheld, *anew))

    def _concluded(self) -> Conclusion:
        if self.disputed:
            return Conclusion.NOT_AGREED
        if not self.mandatory and not self.served:
            return Conclusion.NOT_NEEDED
        heard = {body for number, body in self.opinions if number == self.round}
        asked = {body for number, body in self.served if number == self.round}
        return Conclusion.AGREED if asked <= heard else Conclusion.SILENT


def _of_entry(what: What) -> bool:
    return isinstance(what, _OF_ENTRY) or (isinstance(what, Attached) and not what.body)
