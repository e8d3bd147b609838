"""What a register of draft acts must have kept: a small model in plain lists, and the words people try."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from budgetproto.coordination import happenings as h
from budgetproto.coordination.domain import Amended, GroundNote, Screening, Touch
from budgetproto.coordination.happenings import Ruling, Stance, Verdict
from budgetproto.coordination.procedure_values import Terms
from budgetproto.i18n import Named
from budgetproto.sittings.workdays import Calendar, working_days
from tests.coordination.going import screening

#: What has to have followed on an answer before a change of it must say why; or a round, however it began.
_NEXT: Final = (
    h.Met,
    h.Appealed,
    h.Closed,
    h.Bypassed,
    h.Referred,
    h.Submitted,
    h.Adopted,
)
_INITIATORS: Final = (h.Noted, h.Consulted, h.Answered, h.RoundBegun, h.Withdrawn)
_BODYS: Final = (h.Opined, h.Stood, h.Appealed)
_REMARKS: Final = (("3-пункт", "Коэффициент сакталсын"), ("4-пункт", "Мөөнөт узартылсын"), ("", "Баары"))


@dataclass(frozen=True)
class Words:
    """What somebody may say in a step: of which body and remark, how, and with or without a reason.

    `place` is the body's among the parties; its id, and those of a sitting and a line, are put in later.
    """

    place: int
    number: int
    stance: Stance
    verdict: Verdict
    ruling: Ruling
    remarks: tuple[tuple[str, str], ...]
    settled: tuple[int, ...]
    insists: bool
    touches: frozenset[Touch]
    companion: int
    why: str
    changed: str
    body: str = ""
    sitting: str = ""
    line: str = ""


def words(random: Random) -> Words:
    """Say something at random."""
    return Words(
        place=random.randrange(3),
        number=random.randint(1, 5),
        stance=random.choice(list(Stance)),
        verdict=random.choice(list(Verdict)),
        ruling=random.choice(list(Ruling)),
        remarks=tuple(random.choices(_REMARKS, k=random.randrange(3))),
        settled=tuple(random.choices((1, 2, 3), k=random.randrange(3))),
        insists=random.random() < 1 / 2,
        touches=frozenset(touch for touch in Touch if random.random() < 1 / 2),
        companion=random.randrange(3),
        why=random.choice(["Себеп", "Себеп", ""]),
        changed=random.choice(["", "Кайра каралды"]),
    )


#: How each kind of step is made of words.
MADE: Final[dict[type[Any], Callable[[Words], Any]]] = {
    h.Noted: lambda said: h.Noted(GroundNote(asked=said.why)),
    h.Served: lambda said: h.Served(said.body, said.why),
    h.Consulted: lambda said: h.Consulted("Лейлек", said.why, said.changed),
    h.Opined: lambda said: h.Opined(said.body, said.stance, said.why, said.remarks),
    h.Answered: lambda said: h.Answered(said.number, said.verdict, said.why, said.changed),
    h.Stood: lambda said: h.Stood(said.body, said.number, said.insists, said.why),
    h.RoundBegun: lambda said: h.RoundBegun(said.why),
    h.Met: lambda said: h.Met("Асанов А.", said.why, said.settled),
    h.Appealed: lambda said: h.Appealed(said.body, "Премьер-министр", said.why),
    h.Ruled: lambda said: h.Ruled(said.number, said.ruling, said.why),
    h.Referred: lambda said: h.Referred(said.number, said.sitting, said.line),
    h.Closed: lambda _: h.Closed(),
    h.Bypassed: lambda said: h.Bypassed(said.why),
    h.Submitted: lambda said: h.Submitted(said.why),
    h.Adopted: lambda said: h.Adopted(said.why),
    h.Withdrawn: lambda said: h.Withdrawn(said.why),
    h.Arrived: lambda said: h.Arrived(said.companion, Named(f"{said.number}-тиркеме")),
    h.Published: lambda said: h.Published(said.why),
    h.Amending: lambda said: h.Amending((Amended(date(2020, 5, said.number), "№ 7"),), said.why),
    h.Corrected: lambda said: h.Corrected(Named(said.why, "Тартип"), said.changed, said.why),
}
KINDS: Final[tuple[type[Any], ...]] = (h.Screened, *MADE)


def screened(said: Words) -> Screening:
    """Answer the three questions, some of them with yes."""
    return screening(**{touch.value: "Себеп" for touch in said.touches})


#: A step: who takes it, what is said, of which kind it is.
Step = tuple[str, Words, type[Any]]


def beginnings() -> dict[str, list[Step]]:
    """Return the steps that a draft has behind it when it falls into random hands."""
    word = Words(
        place=0,
        number=1,
        stance=Stance.DISAGREES,
        verdict=Verdict.REJECTED,
        ruling=Ruling.UPHELD,
        remarks=_REMARKS[:1],
        settled=(),
        insists=True,
        touches=frozenset({Touch.FINANCE}),
        companion=1,
        why="Себеп",
        changed="",
    )
    agrees = replace(word, place=1, stance=Stance.AGREES, remarks=())
    changed = replace(word, changed="Кайра каралды")
    agreed: list[Step] = [("unionist", replace(agrees, place=0), h.Opined), ("mayor", agrees, h.Opined)]
    insisted: list[Step] = [
        ("unionist", word, h.Stood),
        ("unionist", word, h.Appealed),
        *_by("secretary", word, h.Ruled),
    ]
    untouched: Step = ("secretary", replace(word, touches=frozenset()), h.Screened)

    def keeps(*kinds: type[Any]) -> list[Step]:
        return _by("secretary", word, *kinds)

    served: list[Step] = [("minister", word, h.Noted), *keeps(h.Screened), ("minister", word, h.Consulted)]
    asked: list[Step] = [*keeps(h.Served), ("secretary", agrees, h.Served)]
    served += asked
    late: Step = ("unionist", word, h.Opined)
    heard: list[Step] = [*served, late, ("mayor", agrees, h.Opined)]
    disputed: list[Step] = [*heard, ("minister", word, h.Answered)]
    closed: list[Step] = [*heard, *_by("minister", replace(word, verdict=Verdict.ACCEPTED), h.Answered)]
    closed += keeps(h.Met, h.Closed)
    anew = (h.Arrived, h.Screened)
    turned: list[Step] = [untouched, *keeps(h.Closed, *anew)]
    reclosed = [*closed, *keeps(*anew), *asked, *agreed, *keeps(h.Closed)]
    bypassed: list[Step] = [*served, *keeps(h.Bypassed)]
    return {
        "entered": [],
        "served": served,
        "late": [*served, late],
        "disputed": disputed,
        "again": [
            *disputed,
            *insisted,
            ("minister", word, h.RoundBegun),
            *keeps(h.Served),
            ("minister", changed, h.Answered),
        ],
        "closed": closed,
        "submitted": [*closed, *keeps(h.Submitted)],
        "bypassed": bypassed,
        "adopted": [*bypassed, *keeps(h.Submitted, h.Adopted)],
        "withdrawn": [*disputed, ("minister", word, h.Withdrawn)],
        "grown": [*closed, *keeps(h.Arrived)],
        "anew": [*disputed, *keeps(h.Referred, *anew)],
        "turned": turned,
        "reclosed": reclosed,
        "closed_anew": [*reclosed, *keeps(h.Submitted)],
        "turning": [untouched, *keeps(h.Submitted, h.Arrived)],
    }


def _by(name: str, said: Words, *kinds: type[Any]) -> list[Step]:
    return [(name, said, kind) for kind in kinds]


@dataclass(frozen=True)
class Taken:
    """A step that was taken: what was said, of which day, by whom (id), and on which day."""

    what: Any
    on: date
    person: str
    recorded: date


@dataclass
class Kept:
    """Every step taken, in order; what follows from them is found by going through them all again."""

    taken: list[Taken] = field(default_factory=list)

    def each(self, kind: type[Any] | tuple[type[Any], ...]) -> Iterator[tuple[int, Taken]]:
        """Yield the steps of these kinds, with their places."""
        return ((place, step) for place, step in enumerate(self.taken) if isinstance(step.what, kind))

    def remarks(self) -> list[tuple[int, str, str, str, date]]:
        """Return every remark ever made: number, body, place in the draft, wording, day."""
        made = [
            (step.what.body, place, text, step.on)
            for _, step in self.each(h.Opined)
            for place, text in step.what.remarks
        ]
        return [(number, *each) for number, each in enumerate(made, start=1)]

    def answers(self) -> dict[int, list[Taken]]:
        """Return every answer ever given by its remark, the oldest first."""
        found: dict[int, list[Taken]] = {}
        for _, step in self.each(h.Answered):
            found.setdefault(step.what.remark, []).append(step)
        return found

    def changed_late(self) -> Iterator[tuple[int, Taken, int, Taken]]:
        """Yield each answer given anew after the next step: place and step of the old one and the new."""
        last: dict[int, int] = {}
        for place, step in self.each(h.Answered):
            remark = step.what.remark
            if remark in last and self._gone_on_from(last[remark], place, remark):
                yield last[remark], self.taken[last[remark]], place, step
            last[remark] = place

    def late(self, terms: Terms, calendar: Calendar) -> dict[tuple[int, str], bool | None]:
        """Tell of each opinion, by round and body, whether its term was over; None where none had begun."""
        served = {(self.round(place), step.what.body): step.on for place, step in self.each(h.Served)}
        found: dict[tuple[int, str], bool | None] = {}
        for place, step in self.each(h.Opined):
            key = self.round(place), step.what.body
            again = isinstance(self.opened(key[0]).what, h.RoundBegun)
            days = terms.second_opinion if again else terms.opinion
            before = step.on - timedelta(days=1)
            found[key] = working_days(served[key], before, calendar) >= days if key in served else None
        return found

    def round(self, place: int) -> int:
        """Return the round in which a step was taken: one begins by its name, or by a screening once more."""
        number, asked = 1, False
        for step in self.taken[: place + 1]:
            if isinstance(step.what, h.RoundBegun) or (asked and isinstance(step.what, h.Screened)):
                number, asked = number + 1, False
            asked = asked or isinstance(step.what, h.Served | h.Opined)
        return number

    def opened(self, number: int) -> Taken:
        """Return what a round rests on: the last screening within it, or its beginning."""
        *_, found = (step for at, step in self.each((h.Screened, h.RoundBegun)) if self.round(at) == number)
        return found

    def touches(self, place: int) -> frozenset[Touch]:
        """Return the questions that the screening that held at a place had answered with yes."""
        held = [step.what.screening for at, step in self.each(h.Screened) if at < place]
        return frozenset(t for t, answer in held[-1].answers.items() if answer.yes) if held else frozenset()

    def mandatory(self, place: int) -> bool:
        """Tell whether the screening that held at a place had found the draft to touch communities."""
        return bool(self.touches(place))

    def grown(self, place: int) -> bool:
        """Tell whether a companion had arrived since the last screening before a place."""
        last = max((at for at, _ in self.each(h.Screened) if at < place), default=place)
        return any(last < at < place for at, _ in self.each(h.Arrived))

    def anew(self) -> Iterator[tuple[int, Taken]]:
        """Yield the screenings of a bundle that had grown since the one before."""
        return ((place, step) for place, step in self.each(h.Screened) if self.grown(place))

    def acted_on(self, place: int) -> bool:
        """Tell whether anybody had gone on from a screening before a place."""
        steps = (h.Served, h.Opined, h.Submitted, h.Bypassed)
        return any(at < place for at, _ in self.each(steps))

    def rounds_left(self, terms: Terms) -> int:
        """Return how many rounds somebody may begin yet; those of a screening count against no limit."""
        upheld = sum(step.what.ruling is Ruling.UPHELD for _, step in self.each(h.Ruled))
        return terms.rounds - 1 + upheld - len(list(self.each(h.RoundBegun)))

    def bypassed(self, place: int) -> bool:
        """Tell whether a bypass was on record at a place."""
        return any(at < place for at, _ in self.each(h.Bypassed))

    def coordinated(self, place: int, day: date) -> bool:
        """Tell whether coordination stood closed at a place of the course, counting what was of that day."""
        closed = False
        for step in self.taken[:place]:
            if step.on <= day and isinstance(step.what, h.Closed):
                closed = True
            if step.on <= day and isinstance(step.what, h.Ruled) and step.what.ruling is Ruling.UPHELD:
                closed = False
            if step.on <= day and isinstance(step.what, h.Arrived | h.Screened):
                closed = False
        return closed

    def _gone_on_from(self, answered: int, place: int, remark: int) -> bool:
        """Tell whether the next step had followed on an answer when another was given."""
        if self.round(answered) < self.round(place):
            return True
        return any(self._follows(each, remark) for each in self.taken[answered:place])

    def _follows(self, step: Taken, remark: int) -> bool:
        return isinstance(step.what, _NEXT) or (isinstance(step.what, h.Stood) and step.what.remark == remark)


def may(seat: str, own: str, what: Any) -> bool:
    """Tell whether the word is somebody's to say: the keeper's every one, a side's its own alone.

    `seat` is what the person sits there as, `own` the id of the party that he speaks for.
    """
    if seat == "keeper":
        return True
    if seat == "initiator":
        return isinstance(what, _INITIATORS)
    return seat == "association" and isinstance(what, _BODYS) and what.body == own
