"""Any order of steps by anybody on any day: of a draft act nothing vanishes, changes or goes past unseen."""

import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from sqlite3 import Connection
from typing import Any, ClassVar, Final

import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import select

from budgetproto.coordination import happenings as h
from budgetproto.coordination import service, storage, summaries
from budgetproto.coordination.clock import Due, State, duties
from budgetproto.coordination.offered import Offer
from budgetproto.coordination.storage import ActRow, HappeningRow, TallyRow
from budgetproto.coordination.verifying import altered
from budgetproto.database import Database
from budgetproto.errors import ConciliationError
from budgetproto.journal import act_chain
from budgetproto.journal.domain import Entry, sha256_of
from budgetproto.journal.storage import check, entries
from budgetproto.operations.verification import altered_records
from budgetproto.sittings.domain import Stage
from tests.coordination.going import START
from tests.coordination.held import Register, make_register
from tests.coordination.test_procedure_values import WHOLE
from tests.factories import make_scene
from tests.hurry import hurried
from tests.proofs.conftest import PARTS, Trials
from tests.proofs.drafting import KINDS, MADE, WORDS, Kept, Taken, Words, beginnings, may, screened

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
#: Which of the steps that can be taken is taken: what was taken seldom rather than often.
_LUCK: Final = st.integers(0, 2**64).map(Random)
#: Without these what is proved would say little.
MUST_BE_REACHED: Final = (
    *(kind.__name__ for kind in KINDS),
    "refused",
    "late opinion",
    "opinion in time",
    "answer changed after the next step",
    "went on closed",
    "went on bypassed",
)

Dump = dict[str, list[tuple[Any, ...]]]


class Day:
    """A day that a database takes for today, instead of its own clock's."""

    def __init__(self, database: Database) -> None:
        self.today = START
        sa.event.listen(database.engine, "connect", self._tell)
        database.engine.dispose()

    def _tell(self, connection: Connection, _: object) -> None:
        connection.create_function("strftime", 2, lambda *_: f"{self.today}T06:00:00.000")


class DraftLife(RuleBasedStateMachine):
    """The services of coordination on SQLite beside a list of the steps that were taken."""

    beginning: ClassVar[str]
    template: ClassVar[Path]
    made: ClassVar[Register]
    reached: ClassVar[Counter[str]] = Counter()

    @initialize()
    def prepare(self) -> None:
        """Begin with a draft that was entered; or further on, by the same rules."""
        self.folder = Path(tempfile.mkdtemp(prefix="drafts-"))
        shutil.copy(self.template, self.folder / "budgetproto.sqlite3")
        self.database = hurried(Database(f"sqlite:///{self.folder}/budgetproto.sqlite3"))
        self.day = Day(self.database)
        scene = replace(self.made.scene, database=self.database)
        self.scene, self.act = scene, self.made.act
        self.people = {name: getattr(scene, name).id for name in SEATS}
        self.parties = (scene.union.id, scene.cities.id, scene.ministry.id)
        self.speaks = {"unionist": 0, "assistant": 0, "mayor": 1, "minister": 2, "deputy": 2}
        self.kept = Kept()
        self.dump: Dump = {}
        self.look()
        self.begin(self.beginning)

    def begin(self, begun: str) -> None:
        """Take the steps that come first, as the people whose steps they are."""
        steps = beginnings()[begun]
        for name, said, kind in steps:
            # Before an opinion that is to be late its term runs out.
            self.day.today += timedelta(days=30 if begun == "late" and kind is h.Opined else 0)
            self.attempt(name, said, kind)
        assert len(self.kept.taken) == len(steps)

    def teardown(self) -> None:
        """Leave nothing behind."""
        if hasattr(self, "database"):
            self.count_what_was_reached()
            with self.database.reading() as session:
                found = list(altered_records(session))
            self.database.close()
            shutil.rmtree(self.folder)
            assert found == []

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
            self.altered = [each.key for each in altered(session)]
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
        on = None if back is None else self.day.today - timedelta(days=back)
        try:
            self.recorded(name, what, on=on, seen=len(self.kept.taken) - missed)
        except ConciliationError:
            self.reached["refused"] += 1
            assert self.dumped() == self.dump, "a refused step has changed something"
            return
        self.check_that_it_was_allowed(name, what, on, missed)
        before = self.dump["happening"]
        self.look()
        if kind is h.Screened:
            what = self.course.happenings[-1].what
        self.kept.taken.append(Taken(what, on or self.day.today, self.people[name], self.day.today))
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
        assert on is None or (SEATS[name] == "keeper" and on <= self.day.today)
        assert missed == 0, "recorded by one who had not seen the last step"

    @rule(days=st.integers(1, 8))
    def days_pass(self, days: int) -> None:
        self.day.today += timedelta(days=days)

    @rule(
        name=st.sampled_from(sorted(SEATS)),
        said=WORDS,
        kind=st.sampled_from(KINDS),
        back=st.none() | st.integers(-1, 12),
        missed=st.sampled_from([0, 0, 0, 1]),
    )
    def somebody_tries(self, name: str, said: Words, kind: type[Any], back: int | None, missed: int) -> None:
        self.attempt(name, said, kind, back=back, missed=missed)

    @rule(said=WORDS, luck=_LUCK, back=st.none() | st.integers(0, 12), paper=st.booleans())
    def somebody_goes_on(self, said: Words, luck: Random, back: int | None, paper: bool) -> None:
        self.go_on(said, luck, back, paper=paper)

    @rule(said=WORDS, luck=_LUCK)
    def somebody_goes_on_today(self, said: Words, luck: Random) -> None:
        self.go_on(said, luck, None, paper=False)

    def go_on(self, said: Words, luck: Random, back: int | None, *, paper: bool) -> None:
        """Take one of the steps that can be taken now, most often by those whose step it is."""
        with self.database.reading() as session:
            act = service.act_of(session, self.people["secretary"], self.act)
            found = service.offered(session, self.people["secretary"], act)
        # A companion that arrives has the draft screened once more: not of this model, it has its own tests.
        found = tuple(each for each in found if each.kind in KINDS)
        # Taken back, a draft has nothing more to show.
        found = tuple(each for each in found if each.kind is not h.Withdrawn or luck.random() < 1 / 8)
        if not found:
            return
        kinds = sorted({each.kind for each in found}, key=KINDS.index)
        often = [1 + sum(1 for _ in self.kept.each(each)) for each in kinds]
        (kind,) = luck.choices(kinds, [1 / count for count in often])
        offer = luck.choice([each for each in found if each.kind is kind])
        place = self.parties.index(offer.body) if offer.body in self.parties else said.place
        said = replace(said, place=place, number=offer.number or said.number, why="Себеп")
        name = "secretary" if paper else self.whose(offer)
        self.attempt(name, said, kind, back=back if name == "secretary" else None)

    def whose(self, offer: Offer) -> str:
        """Return whose step it is where it is one's own."""
        if offer.kind in {h.Opined, h.Stood, h.Appealed}:
            return "unionist" if offer.body == self.parties[0] else "mayor"
        own = {h.Noted, h.Consulted, h.Answered, h.RoundBegun, h.Withdrawn}
        return "minister" if offer.kind in own else "secretary"

    @invariant()
    def every_remark_ever_made_is_read_with_its_wording_its_body_and_its_day(self) -> None:
        read = [(each.number, each.body, each.place, each.text, each.on) for each in self.course.remarks]
        assert read == self.kept.remarks()
        assert self.row.remarks == len(read), "the list counts fewer remarks than were made"

    @invariant()
    def every_answer_ever_given_is_read_in_order_with_who_and_when(self) -> None:
        read = {
            number: [
                (what, on, self.rows[place].person, self.rows[place].recorded) for place, on, what in answers
            ]
            for number, answers in self.course.answers.items()
        }
        assert read == {
            number: [(each.what, each.on, each.person, each.recorded) for each in answers]
            for number, answers in self.kept.answers().items()
        }

    @invariant()
    def an_answer_changed_after_the_next_step_says_why_and_leaves_the_old_one_and_an_event(self) -> None:
        told = [(entry.values()["step"], entry.values()["digest"]) for entry in self.told]
        for before, old, after, new in self.kept.changed_late():
            assert new.what.changed.strip(), "changed without a reason after the next step"
            assert self.rows[before].happening().what == old.what
            assert told[after] == ("answered", sha256_of(self.rows[after].document))
            assert told[before] == ("answered", sha256_of(self.rows[before].document))

    @invariant()
    def a_late_opinion_is_kept_and_marked_late_and_one_in_time_is_not(self) -> None:
        late = self.kept.late(WHOLE.terms, self.running.calendar if self.running else {})
        assert set(self.course.opinions) == set(late), "an opinion was not kept"
        shown = duties(self.running, self.day.today) if self.running else ()
        marked = {
            (duty.round, duty.body): duty.state is State.LATE
            for duty in shown
            if duty.what is Due.OPINION and duty.done is not None
        }
        assert marked == {key: said for key, said in late.items() if said is not None}
        counted = sum(tally.late for tally in self.tallies)
        assert counted == sum(marked.values()), "the statistics count other late opinions"

    @invariant()
    def no_mandatory_draft_is_submitted_or_adopted_without_a_close_or_a_bypass_on_record(self) -> None:
        for place, step in self.kept.each((h.Submitted, h.Adopted)):
            if self.kept.mandatory(place) and not self.kept.bypassed(place):
                assert self.kept.coordinated(place, step.on), f"{step} came before the close"
        if self.row.stage in {"submitted", "adopted"} and self.course.mandatory:
            assert self.course.has(h.Closed, h.Bypassed)

    @invariant()
    def coordination_is_closed_on_no_day_before_what_it_closes(self) -> None:
        words = (h.Served, h.Opined, h.Answered, h.Stood, h.RoundBegun, h.Met, h.Ruled)
        for place, closed in self.kept.each(h.Closed):
            assert all(step.on <= closed.on for at, step in self.kept.each(words) if at < place)

    @invariant()
    def every_step_stands_in_the_chain_and_nothing_is_altered(self) -> None:
        assert self.altered == []
        assert self.broken is None
        assert len(self.told) == len(self.rows) == len(self.kept.taken)
        assert [(row.on, row.person, typed(row.happening().what)) for row in self.rows] == [
            (step.on, step.person, step.what) for step in self.kept.taken
        ]
        handed_in = [what.sheet for _, _, what in self.course.each(h.Submitted)]
        assert all(len(each) == 64 for each in handed_in), "a sheet goes with every submission"

    @invariant()
    def the_kept_summary_is_the_one_computed_anew_from_the_course(self) -> None:
        assert self.anew == self.dump

    def count_what_was_reached(self) -> None:
        late = list(self.kept.late(WHOLE.terms, {}).values())
        self.reached["late opinion"] += late.count(True)
        self.reached["opinion in time"] += late.count(False)
        self.reached["answer changed after the next step"] += len(list(self.kept.changed_late()))
        for place, _ in self.kept.each((h.Submitted, h.Adopted)):
            way = "bypassed" if self.kept.bypassed(place) else "closed"
            self.reached[f"went on {way}"] += self.kept.mandatory(place)


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


def make_template(migrated: Path, folder: Path) -> None:
    """Make the file that each life begins with: a register with one draft in it."""
    DraftLife.template = folder / "template.sqlite3"
    shutil.copy(migrated, DraftLife.template)
    database = hurried(Database(f"sqlite:///{DraftLife.template}"))
    scene = make_scene(database, lines=1, terms=False, stage=Stage.PREPARING)
    Day(database)
    DraftLife.made = make_register(scene)
    database.close()


def test_of_a_draft_nothing_vanishes_changes_or_goes_past_unseen_whatever_is_tried(
    sqlite_template: Path, tmp_path: Path, trials: Trials
) -> None:
    DraftLife.reached.clear()
    make_template(sqlite_template, tmp_path)
    for number, beginning in enumerate(beginnings()):
        DraftLife.beginning = beginning
        run_state_machine_as_test(
            seed(trials.seed + PARTS * number)(DraftLife),
            settings=settings(
                max_examples=len(trials.of(300)),
                stateful_step_count=40,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
    trials.told = str(dict(DraftLife.reached))
    print(trials.told)
    assert [each for each in MUST_BE_REACHED if not DraftLife.reached[each]] == []
