"""Any order of steps by anybody on any day: of a draft act nothing vanishes, changes or goes past unseen."""

from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Final

import pytest

from budgetproto.coordination import happenings as h
from budgetproto.coordination.clock import Due, State, duties
from budgetproto.coordination.domain import Related
from budgetproto.i18n import Named
from budgetproto.journal.domain import sha256_of
from budgetproto.sittings.domain import Stage
from tests.coordination.going import START
from tests.coordination.held import DRAFT, Register, make_register
from tests.factories import make_scene
from tests.proofs.conftest import Trials
from tests.proofs.draft_life import Life, World, typed
from tests.proofs.draft_places import Files, Place, Server
from tests.proofs.drafting import KINDS, beginnings

#: How many times somebody does something, within a life.
_MOVES: Final = 40
BUNDLE: Final = replace(DRAFT, related=(Related(Named("Жобо")),))
#: Without these what is proved would say little: how often each is reached at least.
MUST_BE_REACHED: Final = {kind.__name__: 1 for kind in KINDS} | {
    "refused": 1,
    "late opinion": 1,
    "opinion in time": 1,
    "answer changed after the next step": 1,
    "went on closed": 1,
    "went on bypassed": 1,
    "Arrived": 8,
    "screened once more": 3,
    "mandatory by a companion": 2,
    "round of a screening": 2,
    "went on closed once more": 2,
}


class DraftLife(Life):
    """What holds of a draft after every step, whatever was tried."""

    def holds(self) -> None:
        for claim in CLAIMS:
            claim(self)

    def every_remark_ever_made_is_read_with_its_wording_its_body_and_its_day(self) -> None:
        read = [(each.number, each.body, each.place, each.text, each.on) for each in self.course.remarks]
        assert read == self.kept.remarks()
        assert self.row.remarks == len(read), "the list counts fewer remarks than were made"

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

    def an_answer_changed_after_the_next_step_says_why_and_leaves_the_old_one_and_an_event(self) -> None:
        told = [(entry.values()["step"], entry.values()["digest"]) for entry in self.told]
        for before, old, after, new in self.kept.changed_late():
            assert new.what.changed.strip(), "changed without a reason after the next step"
            assert self.rows[before].happening().what == old.what
            assert told[after] == ("answered", sha256_of(self.rows[after].document))
            assert told[before] == ("answered", sha256_of(self.rows[before].document))

    def a_late_opinion_is_kept_and_marked_late_and_one_in_time_is_not(self) -> None:
        late = self.kept.late(self.terms, self.running.calendar if self.running else {})
        assert set(self.course.opinions) == set(late), "an opinion was not kept"
        shown = duties(self.running, self.today) if self.running else ()
        marked = {
            (duty.round, duty.body): duty.state is State.LATE
            for duty in shown
            if duty.what is Due.OPINION and duty.done is not None
        }
        assert marked == {key: said for key, said in late.items() if said is not None}
        counted = sum(tally.late for tally in self.tallies)
        assert counted == sum(marked.values()), "the statistics count other late opinions"

    def no_mandatory_draft_is_submitted_or_adopted_without_a_close_or_a_bypass_on_record(self) -> None:
        for place, step in self.kept.each((h.Submitted, h.Adopted)):
            if self.kept.mandatory(place) and not self.kept.bypassed(place):
                assert self.kept.coordinated(place, step.on), f"{step} came before the close"
        if self.row.stage == "adopted" and self.course.mandatory:
            assert self.course.has(h.Closed, h.Bypassed)

    def nothing_goes_on_before_a_bundle_that_grew_is_screened_as_one(self) -> None:
        for place, step in self.kept.each((h.Served, h.RoundBegun, h.Closed, h.Submitted, h.Adopted)):
            assert not self.kept.grown(place), f"{step} came before the screening"
        for place, screened in self.kept.each(h.Screened):
            assert all(each.on <= screened.on for at, each in self.kept.each(h.Arrived) if at < place)
        waits = self.kept.grown(len(self.kept.taken)) and not self.course.ended
        assert self.row.awaits_screening == waits

    def every_screening_is_read_and_no_yes_and_no_version_that_was_acted_on_is_taken_back(self) -> None:
        held = [(step.on, step.what.screening) for _, step in self.kept.each(h.Screened)]
        assert [(on, what.screening) for _, on, what in self.course.each(h.Screened)] == held
        assert self.screenings["page"] == held[:-1]
        assert self.screenings["sheet"] == held[:-1]
        versions = [step.what.procedure for _, step in self.kept.each(h.Screened)]
        for number, (place, _) in enumerate(self.kept.each(h.Screened)):
            if self.kept.acted_on(place) and number:
                assert self.kept.grown(place), "screened anew without a reason"
                assert self.kept.touches(place) <= self.kept.touches(place + 1)
                assert versions[number - 1] == versions[number]

    def a_round_is_of_its_own_opinions_and_one_of_a_screening_counts_against_no_limit(self) -> None:
        assert self.course.rounds == tuple(map(self.kept.round, range(len(self.kept.taken))))
        assert self.kept.rounds_left(self.terms) >= 0
        for place, opined in self.kept.each(h.Opined):
            number = self.kept.round(place)
            assert number == 1 or opined.on >= self.kept.opened(number).on

    def coordination_is_closed_on_no_day_before_what_it_closes(self) -> None:
        words = (h.Served, h.Opined, h.Answered, h.Stood, h.RoundBegun, h.Met, h.Ruled)
        for place, closed in self.kept.each(h.Closed):
            assert all(step.on <= closed.on for at, step in self.kept.each(words) if at < place)

    def every_step_stands_in_the_chain_and_nothing_is_altered(self) -> None:
        assert self.altered == []
        assert self.broken is None
        assert len(self.told) == len(self.rows) == len(self.kept.taken)
        assert [(row.on, row.person, typed(row.happening().what)) for row in self.rows] == [
            (step.on, step.person, step.what) for step in self.kept.taken
        ]
        handed_in = [what.sheet for _, _, what in self.course.each(h.Submitted)]
        assert all(len(each) == 64 for each in handed_in), "a sheet goes with every submission"

    def the_kept_summary_is_the_one_computed_anew_from_the_course(self) -> None:
        assert self.anew == self.dump


CLAIMS: Final = (
    DraftLife.every_remark_ever_made_is_read_with_its_wording_its_body_and_its_day,
    DraftLife.every_answer_ever_given_is_read_in_order_with_who_and_when,
    DraftLife.an_answer_changed_after_the_next_step_says_why_and_leaves_the_old_one_and_an_event,
    DraftLife.a_late_opinion_is_kept_and_marked_late_and_one_in_time_is_not,
    DraftLife.no_mandatory_draft_is_submitted_or_adopted_without_a_close_or_a_bypass_on_record,
    DraftLife.nothing_goes_on_before_a_bundle_that_grew_is_screened_as_one,
    DraftLife.every_screening_is_read_and_no_yes_and_no_version_that_was_acted_on_is_taken_back,
    DraftLife.a_round_is_of_its_own_opinions_and_one_of_a_screening_counts_against_no_limit,
    DraftLife.coordination_is_closed_on_no_day_before_what_it_closes,
    DraftLife.every_step_stands_in_the_chain_and_nothing_is_altered,
    DraftLife.the_kept_summary_is_the_one_computed_anew_from_the_course,
)


def prove(place: Place, trials: Trials, lives: int) -> Counter[str]:
    """Let so many drafts live from each beginning on; return how often each step was taken."""
    world = World(place, make_register_in(place))
    for beginning in beginnings():
        for number in trials.of(lives):
            life = DraftLife(world, beginning, Random(f"{trials.seed} {beginning} {number}"))
            with closing(life.database):
                for _ in life.go_through(_MOVES):
                    life.holds()
    trials.told = f"({lives} lives from each of {len(beginnings())} beginnings: {dict(world.reached)})"
    print(trials.told)
    return world.reached


def make_register_in(place: Place) -> Register:
    """Make the database that each life begins with: a register with one draft of a bundle in it."""
    place.copy("empty", "register")
    with closing(place.open("register", START)) as database:
        return make_register(make_scene(database, lines=1, terms=False, stage=Stage.PREPARING), BUNDLE)


def test_of_a_draft_nothing_vanishes_changes_or_goes_past_unseen_whatever_is_tried(
    sqlite_template: Path, tmp_path: Path, trials: Trials
) -> None:
    reached = prove(Files(sqlite_template, tmp_path), trials, lives=200)
    assert {what: reached[what] for what, least in MUST_BE_REACHED.items() if reached[what] < least} == {}


@pytest.mark.postgres
def test_nothing_of_a_draft_vanishes_on_a_server_either(postgres_server: str, trials: Trials) -> None:
    """Half the lives of SQLite: each takes longer there."""
    with closing(Server(postgres_server)) as place:
        reached = prove(place, trials, lives=100)
    assert min(reached[kind.__name__] for kind in (h.Arrived, h.Screened, h.Opined, h.Answered)) > 0
