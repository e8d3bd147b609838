"""Any order of acts by two sides, the secretary and the clock: the service does what a small model says."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from budgetproto.accounts.domain import Party, Side
from budgetproto.database import Database
from budgetproto.disputes import service
from budgetproto.disputes.positions import filing, opening
from budgetproto.disputes.positions import storage as position_storage
from budgetproto.disputes.terms import proposing
from budgetproto.errors import ConciliationError
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import chains, check, entries
from budgetproto.money import Som
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import Outcome, Votes
from budgetproto.proceedings.service import Recorded
from budgetproto.sittings import service as sittings
from budgetproto.sittings import settling
from budgetproto.sittings.domain import STEPS, Stage, WrongStage
from tests.factories import Scene, end_second_term, file, make_scene, reach_deadline
from tests.proofs.conftest import Trials
from tests.sessions import seat_members
from tests.stated import new_terms

_LINES = 2
PLACES = st.integers(0, _LINES - 1)
SPEAKING = st.sampled_from([0, 2])  # the ministry and the union among the four parties
PARTIES = st.integers(0, 3)
RUNNING = {Stage.OPENED, Stage.IN_SESSION}
READABLE = {Stage.OPENED, Stage.IN_SESSION, Stage.DECIDED}


class SittingLife(RuleBasedStateMachine):
    """The service on SQLite beside a model of it in plain sets and dictionaries."""

    template: ClassVar[Path]

    reached: ClassVar[Counter[str]] = Counter()

    @initialize(begun=st.sampled_from(["preparing", "collecting", "late", "opened"]), filed=st.sets(PLACES))
    def prepare(self, begun: str, filed: set[int]) -> None:
        """Begin with a sitting in preparation and two lines; or further on, by the same rules."""
        self.folder = Path(tempfile.mkdtemp(prefix="stages-"))
        shutil.copy(self.template, self.folder / "budgetproto.sqlite3")
        database = Database(f"sqlite:///{self.folder}/budgetproto.sqlite3")
        self.scene: Scene = make_scene(database, lines=_LINES, stage=Stage.PREPARING, terms=False)
        self.stage = Stage.PREPARING
        self.proposed = 0
        self.acknowledged: set[Side] = set()
        self.fixed: str | None = None
        self.late = False
        self.filed: dict[tuple[int, int], list[int]] = {}  # (line, party): figures, the last one counts
        self.in_time: set[tuple[int, Side]] = set()
        self.final: set[int] = set()
        self.second_term: dict[int, bool] = {}  # line: whether it is over
        self.opened: set[int] = set()
        self.decided: dict[int, int] = {}
        if begun != "preparing":
            self.propose_terms()
            self.fix_terms("Себеп")
            self.start_collecting()
        if begun in {"late", "opened"}:
            for line in filed:
                self.file(2, line, 60_000_000_000, stale=False)
            self.the_deadline_comes()
        if begun == "opened":
            self.open()

    def teardown(self) -> None:
        """Leave nothing behind."""
        if hasattr(self, "scene"):
            self.reached[self.stage.value] += 1
            self.reached["second term"] += bool(self.second_term)
            self.scene.database.close()
            shutil.rmtree(self.folder)

    def attempt(self, act: Callable[[], object], *, allowed: bool) -> bool:
        """Do it; it must succeed exactly when the model allows it."""
        refusal: ConciliationError | None = None
        try:
            act()
        except ConciliationError as refused:
            refusal = refused
        assert (refusal is None) is allowed, refusal or "done, and the model forbids it"
        return allowed

    @property
    def before_opening(self) -> bool:
        return self.stage in {Stage.PREPARING, Stage.COLLECTING}

    def party(self, place: int) -> Party:
        return self.scene.parties[place]

    @rule()
    def propose_terms(self) -> None:
        def act() -> None:
            proposing.propose_terms(
                self.scene.database, self.scene.secretary.id, self.scene.sitting, new_terms()
            )

        if self.attempt(act, allowed=self.before_opening and self.fixed is None):
            self.proposed, self.acknowledged = self.proposed + 1, set()

    @rule(place=SPEAKING)
    def acknowledge(self, place: int) -> None:
        def act() -> None:
            settling.acknowledge_terms(
                self.scene.database,
                self.scene.speaker(self.party(place)).id,
                self.scene.sitting,
                party_id=self.party(place).id,
                number=self.proposed,
            )

        if self.attempt(act, allowed=self.before_opening and self.proposed > 0):
            self.acknowledged.add(self.party(place).side)

    @rule(reason=st.sampled_from(["", "Экинчи тарап келген жок"]))
    def fix_terms(self, reason: str) -> None:
        def act() -> None:
            settling.fix_terms(
                self.scene.database,
                self.scene.secretary.id,
                self.scene.sitting,
                number=self.proposed,
                reason=reason,
            )

        ready = self.proposed > 0 and self.fixed is None and (len(self.acknowledged) == 2 or bool(reason))
        if self.attempt(act, allowed=self.before_opening and ready):
            self.fixed = self.terms_digest()

    @rule()
    def start_collecting(self) -> None:
        def act() -> None:
            scene = self.scene
            service.start_collecting(scene.database, scene.key, scene.secretary.id, scene.sitting)

        if self.attempt(act, allowed=self.stage is Stage.PREPARING):
            self.stage = Stage.COLLECTING

    @rule(place=SPEAKING, line=PLACES, figure=st.integers(0, 10**12), stale=st.booleans())
    def file(self, place: int, line: int, figure: int, stale: bool) -> None:
        versions = self.filed.get((line, place), [])
        seen = len(versions) - 1 if stale and versions else len(versions)

        def act() -> None:
            file(self.scene, self.party(place), line=line, figure=Som(figure), seen=seen)

        if self.attempt(act, allowed=self.may_file(place, line) and seen == len(versions)):
            self.filed[line, place] = [*versions, figure]
            self.final.discard(place)
            if self.stage is Stage.COLLECTING:
                self.in_time.add((line, self.party(place).side))

    def may_file(self, place: int, line: int) -> bool:
        if self.stage is Stage.COLLECTING:
            return not self.late
        silent = (line, self.party(place).side) not in self.in_time
        running = self.second_term.get(line) is False and line not in self.opened
        return self.stage in RUNNING and running and silent

    @rule(place=PARTIES, final=st.booleans())
    def declare_final(self, place: int, final: bool) -> None:
        def act() -> None:
            filing.declare_final(
                self.scene.database,
                self.scene.speaker(self.party(place)).id,
                self.scene.sitting,
                party_id=self.party(place).id,
                final=final,
            )

        if self.attempt(act, allowed=self.stage is Stage.COLLECTING):
            (self.final.add if final else self.final.discard)(place)

    @precondition(lambda self: self.stage is Stage.COLLECTING)
    @rule()
    def everybody_is_final(self) -> None:
        for place in range(4):
            self.declare_final(place, final=True)

    @precondition(lambda self: self.stage is Stage.COLLECTING)
    @rule()
    def the_deadline_comes(self) -> None:
        reach_deadline(self.scene)
        self.late = True

    @precondition(lambda self: False in self.second_term.values())
    @rule()
    def second_terms_end(self) -> None:
        for line in self.second_term:
            end_second_term(self.scene, line=line)
            self.second_term[line] = True

    @rule()
    def open(self) -> None:
        scene = self.scene
        due = self.due()
        begins = self.stage is Stage.COLLECTING and (self.late or len(self.final) == 4)
        goes_on = self.stage in RUNNING and bool(due)
        allowed = self.fixed is not None and (begins or goes_on)

        def act() -> None:
            opening.open_positions(scene.database, scene.key, scene.secretary.id, scene.sitting)

        if self.attempt(act, allowed=allowed):
            waiting = set(range(_LINES)) - self.opened - due
            self.second_term |= {line: False for line in waiting if line not in self.second_term}
            self.opened |= due
            self.stage = Stage.OPENED if begins else self.stage

    def due(self) -> set[int]:
        closed = set(range(_LINES)) - self.opened
        if len(self.final) == 4:
            return closed
        sides = {line: {self.party(p).side for at, p in self.filed if at == line} for line in closed}
        waiting = {line for line in closed if len(sides[line]) == 1 or line in self.second_term}
        return {line for line in closed if line not in waiting or self.second_term.get(line)}

    @rule(wanted=st.sampled_from(Stage))
    def take_step(self, wanted: Stage) -> None:
        scene = self.scene
        plain = {
            (Stage.OPENED, Stage.IN_SESSION),
            (Stage.IN_SESSION, Stage.OPENED),
            (Stage.DECIDED, Stage.IN_SESSION),
        }

        def act() -> None:
            sittings.take_step(scene.database, scene.secretary.id, scene.sitting, wanted, reason="Себеп")

        if self.attempt(act, allowed=(self.stage, wanted) in plain):
            self.stage = wanted

    @rule(line=PLACES, figure=st.integers(0, 10**12))
    def decide(self, line: int, figure: int) -> None:
        scene, votes = self.scene, Votes(6, 1, 0)
        allowed = self.stage in RUNNING and line in self.opened
        recorded = Recorded(Som(figure), votes, Outcome.AGREED)
        if allowed:
            seat_members(scene)

        def act() -> None:
            proceedings.record_decision(
                scene.database, scene.secretary.id, scene.lines[line], recorded, version=self.version(line)
            )

        if self.attempt(act, allowed=allowed):
            self.decided[line] = figure

    def version(self, line: int) -> int:
        if self.stage not in READABLE:
            return 0
        with self.scene.database.reading() as session:
            kept = proceedings.decisions(session, self.scene.chair.id, self.scene.sitting)
        return kept[self.scene.lines[line]].version if self.scene.lines[line] in kept else 0

    @rule()
    def close_session(self) -> None:
        scene = self.scene

        def act() -> None:
            proceedings.close_session(scene.database, scene.chair.id, scene.sitting)

        if self.attempt(act, allowed=self.stage is Stage.IN_SESSION and len(self.decided) == _LINES):
            self.stage = Stage.DECIDED

    def terms_digest(self) -> str | None:
        with self.scene.database.reading() as session:
            sitting, _ = sittings.admitted(session, self.scene.secretary.id, self.scene.sitting)
            terms = settling.fixed_terms(session, sitting)
        return terms.digest if terms else None

    @invariant()
    def what_is_open_is_what_the_model_says_and_nothing_else(self) -> None:
        scene = self.scene
        with scene.database.reading() as session:
            shown = {
                (each.line, each.party): (each.version, each.position.figure)
                for each in position_storage.opened(session, scene.sitting)
            }
        expected = {
            (scene.lines[line], self.party(place).id): (len(figures), Som(figures[-1]))
            for (line, place), figures in self.filed.items()
            if line in self.opened
        }
        assert shown == expected

    @invariant()
    def nobody_reads_before_the_opening_and_everybody_after(self) -> None:
        scene = self.scene
        with scene.database.reading() as session:
            try:
                sitting, _ = service.opened_lines(session, scene.minister.id, scene.sitting)
            except WrongStage:
                assert self.stage not in READABLE
            else:
                assert sitting.stage is self.stage

    @invariant()
    def every_chain_is_whole_and_tells_only_steps_that_exist(self) -> None:
        with self.scene.database.reading() as session:
            assert [check(session, chain) for chain in chains(session)] == [None] * len(chains(session))
            told = entries(session, sitting_chain(self.scene.sitting))
        steps = [each.values() for each in told if each.kind == "sittings.stage_reached"]
        taken = [(Stage(str(each["before"])), Stage(str(each["after"]))) for each in steps]
        assert set(taken) <= set(STEPS)
        assert [before for before, _ in taken] == [Stage.PREPARING, *(after for _, after in taken)][
            : len(taken)
        ]
        assert (taken[-1][1] if taken else Stage.PREPARING) is self.stage

    @invariant()
    def fixed_terms_stay_as_they_were(self) -> None:
        assert self.terms_digest() == self.fixed


def test_the_service_does_what_the_model_says_whatever_is_tried(
    sqlite_template: Path, trials: Trials
) -> None:
    SittingLife.template = sqlite_template
    run_state_machine_as_test(
        seed(trials.seed)(SittingLife),
        settings=settings(
            max_examples=len(trials.of(600)),
            stateful_step_count=40,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    trials.told = str(dict(SittingLife.reached))

    print(trials.told)
