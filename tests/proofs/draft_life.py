"""One draft in random hands: the services of coordination beside a list of the steps that were taken."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import Session, select

from budgetproto.coordination import happenings as h
from budgetproto.coordination import service, storage, summaries
from budgetproto.coordination.domain import Screening
from budgetproto.coordination.offered import Offer
from budgetproto.coordination.paper.composing import compose
from budgetproto.coordination.procedure_values import Terms
from budgetproto.coordination.refusals import NoMoreRounds, ScreenOnceMore, YesStands
from budgetproto.coordination.showing import act_page
from budgetproto.coordination.storage import ActRow, HappeningRow, TallyRow
from budgetproto.coordination.verifying import altered
from budgetproto.errors import ConciliationError
from budgetproto.journal import act_chain
from budgetproto.journal.domain import Entry
from budgetproto.journal.storage import check, entries
from budgetproto.operations.verification import altered_records
from tests.coordination.going import START
from tests.coordination.held import Register
from tests.coordination.test_procedure_values import WHOLE
from tests.proofs.draft_places import Place
from tests.proofs.drafting import KINDS, MADE, Kept, Taken, Words, beginnings, may, screened, words

#: Who acts, and what each of them is to the draft of the ministry.
SEATS: Final = {
    "secretary": "keeper",
    "minister": "initiator",
    "deputy": "initiator",
    "unionist": "association",
    "assistant": "association",
    "mayor": "association",
    "chair": "reader",
    "doctor": "reader",
    "outsider": "nobody",
}
#: What coordination keeps of drafts, and where the chains end.
_TABLES: Final = ("act", "happening", "tally", "key", "referral", "duty")
Dump = dict[str, list[tuple[Any, ...]]]
#: Screenings with their days, by where they are read.
Shown = dict[str, list[tuple[date, Screening]]]


@dataclass
class World:
    """Where drafts live: what is there before any step, what comes before each beginning, and sums."""

    place: Place
    made: Register
    #: The steps that every life which begins so has behind it, and the day on which it goes on.
    begun: dict[str, tuple[list[Taken], date]] = field(default_factory=dict)
    reached: Counter[str] = field(default_factory=Counter)


class Life:
    """The services of coordination on one database beside a list of the steps that were taken."""

    def __init__(self, world: World, beginning: str, random: Random) -> None:
        """Begin with a draft that was entered; or further on, by the same rules."""
        self.place, self.made, self.reached = world.place, world.made, world.reached
        self.random = random
        if beginning not in world.begun:
            self.go_into("register", START, [])
            self.begin(beginning)
            self.database.close()
            self.place.copy("life", beginning)
            world.begun[beginning] = self.kept.taken, self.today
        taken, today = world.begun[beginning]
        self.go_into(beginning, today, taken)

    def go_into(self, begun: str, today: date, taken: list[Taken]) -> None:
        """Go on with a copy of a database in which steps were taken."""
        self.place.copy(begun, "life")
        self.database = self.place.open("life", today)
        scene = replace(self.made.scene, database=self.database)
        self.scene, self.act = scene, self.made.act
        self.people = {name: getattr(scene, name).id for name in SEATS}
        self.parties = (scene.union.id, scene.cities.id, scene.ministry.id)
        self.speaks = {"unionist": 0, "assistant": 0, "mayor": 1, "minister": 2, "deputy": 2}
        self.kept = Kept([*taken])
        self.versions = {1: WHOLE.terms}
        self.dump: Dump = {}
        self.screenings: Shown = {"page": [], "sheet": []}
        self.look()

    def begin(self, beginning: str) -> None:
        """Take the steps that come first, as the people whose steps they are."""
        steps = beginnings()[beginning]
        for name, said, kind in steps:
            # Before an opinion that is to be late its term runs out.
            late = 30 if beginning == "late" and kind is h.Opined else 0
            # A companion arrives days later, and is screened days after that.
            self.pass_days(3 if kind in {h.Arrived, h.Screened} else late)
            self.attempt(name, said, kind)
        assert len(self.kept.taken) == len(steps)

    def go_through(self, moves: int) -> Iterator[None]:
        """Let anybody do anything, so many times; yield after each for what holds to be checked."""
        yield
        for _ in range(moves):
            # Of what has come to its end little can be tried yet.
            if self.course.ended and self.random.random() < 1 / 4:
                break
            self.random.choice([self.days_pass, self.somebody_tries, self.somebody_goes_on])()
            yield
        self.count_what_was_reached()
        with self.database.reading() as session:
            found = list(altered_records(session))
        assert found == []

    @property
    def today(self) -> date:
        """The day on which everybody acts."""
        return self.place.today

    @property
    def terms(self) -> Terms:
        """The terms of the version that the draft goes by."""
        return self.versions[self.course.screened.procedure] if self.course.screened else WHOLE.terms

    def pass_days(self, days: int) -> None:
        self.place.tell(self.database, self.today + timedelta(days=days))

    def look(self) -> None:
        """Read what is kept now, as a reader has it and row by row."""
        with self.database.reading() as session:
            act = service.act_of(session, self.people["chair"], self.act)
            self.course, self.running = act.course, service.deadlines_of(session, act)
            self.row = session.get_one(ActRow, self.act)
            self.rows: list[HappeningRow] = storage.happening_rows(session, self.act)
            self.tallies = list(session.exec(select(TallyRow)))
            self.told: list[Entry] = entries(session, act_chain(self.act))[1:]
            self.broken = check(session, act_chain(self.act))
            # Going through everything takes long: that is done at the end of every life, and now and then.
            self.altered = [*altered(session)] if self.random.random() < 1 / 4 else []
            if len(list(self.course.each(h.Screened))) > 1:
                self.screenings = screenings_shown(session, self.people["chair"], self.row, self.today)
        self.dump = self.dumped()
        self.anew = self.added_up_anew()

    def added_up_anew(self) -> Dump:
        """Return what would be kept if the draft were added up now; nothing of it is."""
        anew: Dump = {}
        with suppress(_Undone), self.database.writing() as session:
            row = session.get_one(ActRow, self.act)
            summaries.reckon(session, row, storage.course(session, self.act), self.running)
            anew = _dumped(session.connection())
            raise _Undone
        return anew

    def dumped(self) -> Dump:
        with self.database.engine.connect() as connection:
            return _dumped(connection)

    def attempt(
        self, name: str, said: Words, kind: type[Any], *, back: int | None = None, missed: int = 0
    ) -> None:
        """Try a step; taken, it goes into the list, and refused, it has changed nothing."""
        what = self.made_of(said, kind)
        on = None if back is None else self.today - timedelta(days=back)
        try:
            self.recorded(name, what, on=on, seen=len(self.kept.taken) - missed)
        except ConciliationError as refusal:
            self.check_that_it_was_refused_rightly(refusal)
            return
        self.check_that_it_was_allowed(name, what, on, missed)
        before = self.dump["happening"]
        self.look()
        if kind is h.Screened:
            what = self.course.happenings[-1].what
        self.kept.taken.append(Taken(what, on or self.today, self.people[name], self.today))
        self.reached[kind.__name__] += 1
        assert self.dump["happening"][:-1] == before, "a step has changed what was recorded before it"

    def made_of(self, said: Words, kind: type[Any]) -> Any:
        if kind is h.Screened:
            return screened(said)
        sitting, line = self.scene.sitting, self.scene.lines[0]
        return MADE[kind](replace(said, body=self.parties[said.place], sitting=sitting, line=line))

    def recorded(self, name: str, what: Any, *, on: date | None, seen: int) -> None:
        who = self.database, self.people[name], self.act, what
        (service.record if type(what) in MADE else service.screen)(*who, seen=seen, on=on)

    def check_that_it_was_allowed(self, name: str, what: Any, on: date | None, missed: int) -> None:
        """Whoever got through was whose step it is, had seen every step, and set no day but the keeper."""
        own = self.parties[self.speaks[name]] if name in self.speaks else ""
        assert may(SEATS[name], own, what), f"{name} recorded {what}"
        assert on is None or (SEATS[name] == "keeper" and on <= self.today)
        assert missed == 0, "recorded by one who had not seen the last step"

    def check_that_it_was_refused_rightly(self, refusal: ConciliationError) -> None:
        """Nothing has changed; and no limit of rounds was named that was not reached."""
        self.reached["refused"] += 1
        self.reached["refused to go on before the bundle is screened"] += isinstance(refusal, ScreenOnceMore)
        self.reached["refused to take a yes back"] += isinstance(refusal, YesStands)
        assert self.dumped() == self.dump, "a refused step has changed something"
        assert not isinstance(refusal, NoMoreRounds) or self.kept.rounds_left(self.terms) <= 0

    def days_pass(self) -> None:
        self.pass_days(self.random.randint(1, 8))
        if len(self.versions) == 1 and self.random.random() < 1 / 20:
            self.set_another_procedure(self.random.randint(1, 8))

    def set_another_procedure(self, days: int) -> None:
        """Set a version of the procedure that has other terms for an opinion."""
        number = {"opinion_days": days, "second_opinion_days": 9 - days}
        rules = {key: replace(rule, number=number.get(key, rule.number)) for key, rule in WHOLE.rules.items()}
        version = replace(WHOLE, since=self.today, rules=rules)
        found = service.set_procedure(self.database, self.people["secretary"], version)
        self.versions[found] = version.terms
        self.reached["another procedure"] += 1
        self.look()

    def somebody_tries(self) -> None:
        name, kind = self.random.choice(sorted(SEATS)), self.random.choice(KINDS)
        back = self.random.choice([None, self.random.randint(-1, 12)])
        missed = self.random.choice([0, 0, 0, 1])
        self.attempt(name, words(self.random), kind, back=back, missed=missed)

    def somebody_goes_on(self) -> None:
        back = self.random.choice([None, None, self.random.randint(0, 12)])
        self.go_on(words(self.random), back, paper=self.random.random() < 1 / 4)

    def go_on(self, said: Words, back: int | None, *, paper: bool) -> None:
        """Take one of the steps that can be taken now, most often by those whose step it is."""
        with self.database.reading() as session:
            act = service.act_of(session, self.people["secretary"], self.act)
            found = service.offered(session, self.people["secretary"], act)
        # A text that is attached is a file of its own room, and no step of the procedure.
        found = tuple(each for each in found if each.kind in KINDS)
        # Taken back, a draft has nothing more to show.
        found = tuple(each for each in found if each.kind is not h.Withdrawn or self.random.random() < 1 / 8)
        if not found:
            return
        kinds = sorted({each.kind for each in found}, key=KINDS.index)
        often = [1 + sum(1 for _ in self.kept.each(each)) for each in kinds]
        (kind,) = self.random.choices(kinds, [1 / count for count in often])
        offer = self.random.choice([each for each in found if each.kind is kind])
        place = self.parties.index(offer.body) if offer.body in self.parties else said.place
        # Whoever screens once more most often knows that no yes is taken back.
        stood = self.kept.touches(len(self.kept.taken)) if self.random.random() < 3 / 4 else frozenset()
        said = replace(
            said, place=place, number=offer.number or said.number, touches=said.touches | stood, why="Себеп"
        )
        name = "secretary" if paper else self.whose(offer)
        self.attempt(name, said, kind, back=back if name == "secretary" else None)

    def whose(self, offer: Offer) -> str:
        """Return whose step it is where it is one's own."""
        if offer.kind in {h.Opined, h.Stood, h.Appealed}:
            return "unionist" if offer.body == self.parties[0] else "mayor"
        own = {h.Noted, h.Consulted, h.Answered, h.RoundBegun, h.Withdrawn}
        return "minister" if offer.kind in own else "secretary"

    def count_what_was_reached(self) -> None:
        late = list(self.kept.late(self.terms, {}).values())
        self.reached["late opinion"] += late.count(True)
        self.reached["opinion in time"] += late.count(False)
        self.reached["answer changed after the next step"] += len(list(self.kept.changed_late()))
        for place, _ in self.kept.each((h.Submitted, h.Adopted)):
            way = "bypassed" if self.kept.bypassed(place) else "closed"
            self.reached[f"went on {way}"] += self.kept.mandatory(place)
            grew = any(at < place for at, _ in self.kept.anew())
            self.reached[f"went on {way} once more"] += grew and self.kept.mandatory(place)
        self.count_what_was_screened_once_more()

    def count_what_was_screened_once_more(self) -> None:
        for place, _ in self.kept.anew():
            self.reached["screened once more"] += 1
            before, after = self.kept.mandatory(place), self.kept.mandatory(place + 1)
            self.reached["mandatory by a companion"] += after and not before
            self.reached["round of a screening"] += self.kept.round(place) > self.kept.round(place - 1)


def typed(what: h.What) -> h.What:
    """Return what somebody entered of a step: nobody types the hash of the sheet that goes with it."""
    return replace(what, sheet="") if isinstance(what, h.Submitted) else what


class _Undone(Exception):
    """Rolls back."""


def _dumped(connection: sa.Connection) -> Dump:
    """Return every row that coordination keeps, and where each chain ends."""
    tables = {name: f"coordination_{name}" for name in _TABLES} | {"chain": "journal_chain"}
    return {
        name: sorted((tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}")), key=repr)
        if name != "happening"
        else [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY act, number")]
        for name, table in tables.items()
    }


def screenings_shown(session: Session, person: str, row: ActRow, day: date) -> Shown:
    """Return the screenings before the one that holds, as the page and the sheet of a draft show them."""
    course = storage.course(session, row.id)
    page, sheet = act_page(session, person, row.id), compose(session, row, course, day)
    shown = {"page": page.act.course.earlier_screenings, "sheet": sheet.course.earlier_screenings}
    return {where: [(on, what.screening) for on, what in each] for where, each in shown.items()}
