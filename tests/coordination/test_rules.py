"""The state machine of coordination: what may follow what, and what can never happen."""

from datetime import date, timedelta
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetproto.coordination import happenings as h
from budgetproto.coordination import refusals as no
from budgetproto.coordination.course import Conclusion, Course, Stage
from budgetproto.coordination.domain import GroundNote
from budgetproto.coordination.happenings import Happening, Ruling, Stance, Verdict
from budgetproto.coordination.rules import check_happening, gone_on_from
from budgetproto.errors import Refused
from tests.coordination.going import MANDATORY, START, deadlines, goes, screened, screening, served

LATER = date(2026, 11, 10)
AGREES = h.Opined("union", Stance.AGREES, "")
REMARKS = h.Opined("union", Stance.WITH_REMARKS, "", (("Art. 3", "Keep the norm"), ("Art. 5", "Give money")))
REJECTED = h.Answered(1, Verdict.REJECTED, "No room in the budget")
ACCEPTED = h.Answered(2, Verdict.ACCEPTED, "")
INSISTS = h.Stood("union", 1, insists=True, why="The law promises it")
MET = h.Met("Ministry, Union", "Each kept to its figure")
APPEAL = h.Appealed("union", "To the Prime Minister", "The rejection of remark 1")


def disputed() -> Course:
    return goes(served(), LATER, REMARKS, REJECTED, ACCEPTED, INSISTS)


def test_a_draft_goes_from_notice_over_agreement_to_adoption() -> None:
    course = goes(served(), LATER, AGREES, h.Closed(), h.Submitted("Jogorku Kenesh"), h.Adopted("№ 10"))
    assert (course.conclusion, course.stage) == (Conclusion.AGREED, Stage.ADOPTED)


@pytest.mark.parametrize("step", [h.Submitted("Jogorku Kenesh"), h.Adopted("№ 10")])
def test_a_mandatory_draft_goes_nowhere_before_it_is_closed_or_its_bypass_recorded(step: h.What) -> None:
    with pytest.raises(no.NotScreened):
        goes(Course(), START, step)
    with pytest.raises(no.NotCoordinated):
        goes(served(), LATER, AGREES, step)
    goes(served(), LATER, AGREES, h.Closed(), step)
    goes(served(), LATER, h.Bypassed("Put to the vote on the same day"), step)


@pytest.mark.parametrize("step", [h.Submitted("JK"), h.Adopted("№ 1")])
def test_a_mandatory_draft_goes_on_no_earlier_than_the_day_of_its_close(step: h.What) -> None:
    closed = goes(served(), LATER, AGREES, h.Closed())
    with pytest.raises(no.BeforeItsReason) as refused:
        goes(closed, LATER - timedelta(days=1), step, recorded=LATER)
    assert refused.value.details["earliest"] == LATER
    assert goes(closed, LATER, step).has(type(step))


def test_a_draft_that_went_past_is_submitted_on_the_day_on_which_it_was() -> None:
    course = goes(served(), LATER, h.Bypassed("Three readings in a day"))
    assert goes(course, START, h.Submitted("JK"), recorded=LATER).stage is Stage.SUBMITTED


def test_what_was_submitted_while_it_stood_closed_may_be_entered_after_it_was_closed_again() -> None:
    course = goes(served(), START, AGREES, h.Closed(), h.Appealed("union", "PM", "It"))
    course = goes(course, LATER, h.Ruled(1, Ruling.UPHELD, "Why"), h.Closed())
    assert goes(course, START, h.Submitted("JK"), recorded=LATER).stage is Stage.SUBMITTED
    with pytest.raises(no.BeforeItsReason):
        goes(course, START - timedelta(days=1), h.Submitted("JK"), recorded=LATER)


@pytest.mark.parametrize("step", [AGREES, h.Served("cities", "№ 12")])
def test_coordination_is_not_closed_on_a_day_before_what_it_closes(step: h.What) -> None:
    course = goes(screened("union", "cities"), START, h.Served("union", "№ 12"))
    course = goes(course, START, h.Opined("cities", Stance.AGREES, ""))
    course = goes(course, LATER, step, *([] if step is AGREES else [AGREES]))
    with pytest.raises(no.BeforeItsReason):
        goes(course, START, h.Closed(), recorded=LATER)
    assert goes(course, LATER, h.Closed()).closed is not None


def test_a_draft_that_touches_nobody_goes_on_at_once() -> None:
    free = goes(Course(), START, h.Screened(screening(), 1))
    assert goes(free, START, h.Submitted("Cabinet")).stage is Stage.SUBMITTED
    assert goes(free, START, h.Closed()).conclusion is Conclusion.NOT_NEEDED
    with pytest.raises(no.NothingBypassed):
        goes(free, START, h.Bypassed("?"))


def test_a_screening_is_acted_on_and_then_stands() -> None:
    again = h.Screened(screening(), 1)
    assert not goes(screened(), START, again).mandatory
    with pytest.raises(no.ScreenedAndUnderWay):
        goes(served(), LATER, again)
    with pytest.raises(no.NobodyToAsk):
        goes(Course(), START, h.Screened(MANDATORY, 1))


def test_a_notice_needs_proof_and_one_of_those_that_are_asked() -> None:
    with pytest.raises(no.ProofMissing):
        goes(screened(), START, h.Served("union", " "))
    with pytest.raises(no.NotAsked):
        goes(screened(), START, h.Served("cities", "№ 12"))
    with pytest.raises(no.ServedAlready):
        goes(served(), LATER, h.Served("union", "№ 13"))
    with pytest.raises(no.BeforeItsReason):
        goes(screened(), START - timedelta(days=1), h.Served("union", "№ 12"), recorded=START)


def test_coordination_is_not_closed_over_the_head_of_an_association() -> None:
    with pytest.raises(no.NoticeAwaited):
        goes(screened("union", "cities"), LATER, h.Served("union", "№ 1"), AGREES, h.Closed())
    with pytest.raises(no.OpinionAwaited):
        goes(served("union", "cities"), LATER, AGREES, h.Closed())


def test_silence_after_the_term_lets_coordination_close_and_is_called_silence() -> None:
    last_day = date(2026, 11, 16)
    with pytest.raises(no.OpinionAwaited):
        goes(served(), last_day, h.Closed())
    course = goes(served(), last_day + timedelta(days=1), h.Closed())
    assert course.conclusion is Conclusion.SILENT


def test_an_opinion_after_the_close_is_kept_with_its_remarks_and_changes_no_conclusion() -> None:
    course = goes(served(), date(2026, 11, 17), h.Closed(), REMARKS)
    assert course.conclusion is Conclusion.SILENT
    assert [remark.number for remark in course.unanswered] == [1, 2]
    assert goes(course, date(2026, 11, 18), REJECTED).answers[1]


@pytest.mark.parametrize(
    ("opinion", "refusal"),
    [
        (h.Opined("union", Stance.AGREES, "", (("", "But"),)), no.AgreesWithRemarks),
        (h.Opined("union", Stance.WITH_REMARKS, "Text"), no.RemarksMissing),
        (h.Opined("union", Stance.DISAGREES, " "), no.DisagreementUnsaid),
        (h.Opined("union", Stance.WITH_REMARKS, "", (("Art. 3", " "),)), no.RemarkUnsaid),
        (h.Opined("cities", Stance.AGREES, ""), no.NotAsked),
    ],
)
def test_an_opinion_says_what_it_means(opinion: h.Opined, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        goes(served(), LATER, opinion)


def test_a_body_gives_one_opinion_in_a_round() -> None:
    with pytest.raises(no.OpinedAlready):
        goes(served(), LATER, AGREES, AGREES)


def test_each_remark_is_answered_and_a_rejection_says_why() -> None:
    course = goes(served(), LATER, REMARKS)
    with pytest.raises(no.AnswerUnreasoned):
        goes(course, LATER, h.Answered(1, Verdict.PARTLY, ""))
    with pytest.raises(no.NoSuchRemark):
        goes(course, LATER, h.Answered(3, Verdict.ACCEPTED, ""))
    with pytest.raises(no.RemarkUnanswered):
        goes(course, LATER, REJECTED, h.Closed())


def test_an_answer_is_changed_freely_until_the_next_step_and_then_with_its_reason() -> None:
    course = goes(served(), LATER, REMARKS, REJECTED, h.Answered(1, Verdict.PARTLY, "Half of it"))
    assert not gone_on_from(course, 1)
    course = goes(course, LATER, INSISTS)
    with pytest.raises(no.ChangeUnreasoned):
        goes(course, LATER, h.Answered(1, Verdict.ACCEPTED, ""))
    course = goes(course, LATER, h.Answered(1, Verdict.ACCEPTED, "", changed="New revenue was found"))
    assert [answer.verdict for _, _, answer in course.answers[1]] == [
        Verdict.REJECTED,
        Verdict.PARTLY,
        Verdict.ACCEPTED,
    ]
    assert 1 not in course.stands


def test_only_its_author_lets_a_remark_go() -> None:
    course = goes(served("union", "cities"), LATER, REMARKS, REJECTED)
    with pytest.raises(no.RemarkOfAnother):
        goes(course, LATER, h.Stood("cities", 1, insists=False))
    with pytest.raises(no.NotAnswered):
        goes(course, LATER, h.Stood("union", 2, insists=False))
    with pytest.raises(no.InsistenceUnreasoned):
        goes(course, LATER, h.Stood("union", 1, insists=True))
    assert [remark.number for remark in goes(course, LATER, INSISTS).unsettled] == [1, 2]


def test_a_dispute_is_closed_only_after_both_sides_met() -> None:
    with pytest.raises(no.MeetingAwaited):
        goes(disputed(), LATER, h.Closed())
    assert goes(disputed(), LATER, MET, h.Closed()).conclusion is Conclusion.NOT_AGREED
    settled = h.Met("Ministry, Union", "Half is found", settled=(1,))
    assert goes(disputed(), LATER, settled, h.Closed()).conclusion is Conclusion.AGREED


def test_a_meeting_is_of_no_day_before_the_newest_opinion_that_it_conciliates() -> None:
    early = LATER - timedelta(days=1)
    with pytest.raises(no.BeforeItsReason) as refused:
        goes(disputed(), early, MET, recorded=LATER)
    assert refused.value.details["earliest"] == LATER
    again = h.Opined("union", Stance.DISAGREES, "Not enough")
    second = goes(disputed(), LATER, MET, h.RoundBegun("Rewritten"), h.Served("union", "№ 20"))
    second = goes(second, LATER + timedelta(days=2), again)
    with pytest.raises(no.BeforeItsReason):
        goes(second, LATER + timedelta(days=1), MET, recorded=LATER + timedelta(days=2))
    assert goes(second, LATER + timedelta(days=2), MET).met == LATER + timedelta(days=2)


def test_the_author_of_a_rejected_remark_has_its_term_to_speak() -> None:
    course = goes(served(), LATER, REMARKS, REJECTED, ACCEPTED, MET)
    with pytest.raises(no.StandAwaited):
        goes(course, date(2026, 11, 13), h.Closed())
    assert goes(course, date(2026, 11, 14), h.Closed()).conclusion is Conclusion.NOT_AGREED


def test_a_second_round_asks_everybody_anew_and_agreement_there_lets_the_remarks_go() -> None:
    second = goes(disputed(), LATER, h.RoundBegun("Art. 3 is rewritten"))
    with pytest.raises(no.NoticeAwaited):
        goes(second, LATER, h.Closed())
    course = goes(second, LATER, h.Served("union", "№ 20"), AGREES, h.Closed())
    assert course.conclusion is Conclusion.AGREED
    assert len(course.remarks) == 2
    assert course.unsettled == ()


def test_there_are_no_more_rounds_than_the_procedure_allows() -> None:
    against = h.Opined("union", Stance.DISAGREES, "Not enough")
    second = goes(disputed(), LATER, h.RoundBegun("Rewritten"), h.Served("union", "№ 20"), against)
    with pytest.raises(no.NoMoreRounds):
        goes(second, LATER, h.RoundBegun("Once more"))
    with pytest.raises(no.NothingDisputed):
        goes(served(), LATER, AGREES, h.RoundBegun("For no reason"))


def test_an_appeal_needs_a_ground_and_is_decided_before_the_close() -> None:
    with pytest.raises(no.NothingToAppeal):
        goes(served(), START, APPEAL)
    course = goes(disputed(), LATER, MET, APPEAL)
    with pytest.raises(no.AppealOpen):
        goes(course, LATER, h.Closed())
    course = goes(course, LATER, h.Ruled(1, Ruling.DISMISSED, "The reason given is sound"), h.Closed())
    with pytest.raises(no.RuledAlready):
        goes(course, LATER, h.Ruled(1, Ruling.UPHELD, "On second thought"))


@pytest.mark.parametrize(
    ("course", "on"),
    [
        (screened(), date(2026, 11, 6)),
        (goes(served(), START, REMARKS), date(2026, 11, 10)),
        (goes(served(), START, h.Bypassed("Put to the vote")), START),
    ],
    ids=["no notice in time", "no answer in time", "bypassed"],
)
def test_a_duty_not_kept_is_a_ground_of_appeal(course: Course, on: date) -> None:
    assert goes(course, on, APPEAL).open_appeals == (1,)


def test_an_appeal_that_is_upheld_opens_coordination_again_with_a_round_more() -> None:
    course = goes(disputed(), LATER, MET, h.Closed(), APPEAL, h.Ruled(1, Ruling.UPHELD, "Ask again"))
    assert course.closed is None
    with pytest.raises(no.NotCoordinated):
        goes(course, LATER, h.Adopted("№ 10"))
    assert goes(course, LATER, h.RoundBegun("As the appeal asks")).round == 2


def test_nothing_reopens_what_was_adopted() -> None:
    course = goes(disputed(), LATER, MET, h.Closed(), h.Adopted("№ 10"), APPEAL)
    course = goes(course, LATER, h.Ruled(1, Ruling.UPHELD, "It should have been heard"))
    assert course.conclusion is Conclusion.NOT_AGREED
    with pytest.raises(no.IsAdopted):
        goes(course, LATER, h.Bypassed("Late record"))


def test_only_what_is_disputed_becomes_a_contested_line_and_only_once() -> None:
    referred = h.Referred(1, "sitting", "line")
    with pytest.raises(no.SettledAlready):
        goes(disputed(), LATER, h.Referred(2, "sitting", "line"))
    with pytest.raises(no.ReferredAlready):
        goes(disputed(), LATER, referred, referred)


def test_what_was_taken_back_stays_so() -> None:
    course = goes(served(), LATER, h.Withdrawn("Rewritten as a law"))
    with pytest.raises(no.IsWithdrawn):
        goes(course, LATER, AGREES)


def test_what_has_not_happened_is_not_recorded() -> None:
    with pytest.raises(no.DayToCome):
        goes(screened(), LATER, h.Served("union", "№ 1"), recorded=START)


_BODIES = st.sampled_from(["union", "cities", "stranger"])
_NUMBERS = st.integers(1, 5)
_REMARKS = st.lists(st.just(("Art. 1", "Keep it")), max_size=2).map(tuple)
STEPS: st.SearchStrategy[h.What] = st.one_of(
    st.builds(h.Noted, st.just(GroundNote())),
    st.builds(
        h.Screened,
        st.sampled_from([MANDATORY, screening()]),
        st.just(1),
        st.sampled_from([("union",), ("union", "cities")]),
    ),
    st.builds(h.Served, _BODIES, st.just("№ 1")),
    st.builds(h.Consulted, st.just("Leilek"), st.just("Said"), st.just("")),
    st.builds(h.Opined, _BODIES, st.sampled_from(Stance), st.just("Text"), _REMARKS),
    st.builds(h.Answered, _NUMBERS, st.sampled_from(Verdict), st.just("Why"), st.sampled_from(["", "New"])),
    st.builds(h.Stood, _BODIES, _NUMBERS, st.booleans(), st.just("Why")),
    st.just(h.RoundBegun("Rewritten")),
    st.builds(h.Met, st.just("All"), st.just("Said"), st.lists(_NUMBERS, max_size=2).map(tuple)),
    st.builds(h.Appealed, _BODIES, st.just("PM"), st.just("It")),
    st.builds(h.Ruled, st.integers(1, 2), st.sampled_from(Ruling), st.just("Why")),
    st.builds(h.Referred, _NUMBERS, st.just("s"), st.just("l")),
    *(st.just(each) for each in (h.Closed(), h.Bypassed("?"), h.Submitted("JK"), h.Adopted("№ 1"))),
    st.just(h.Withdrawn("Rewritten")),
    st.builds(h.Arrived, st.integers(0, 2)),
)
_MOVES = st.lists(st.tuples(STEPS, st.integers(0, 6)), max_size=40)


def walked(moves: list[tuple[h.What, int]]) -> list[Course]:
    """Every course on the way, taking each step that can be taken and passing over the others."""
    course, found = Course(), [Course()]
    days = accumulate((days for _, days in moves), lambda day, more: day + timedelta(more), initial=START)
    for (step, _), day in zip(moves, days, strict=False):
        happening = Happening(day, step, day)
        try:
            check_happening(happening, deadlines(course))
        except Refused:
            continue
        course = course.then(happening)
        found.append(course)
    return found


@settings(max_examples=300, deadline=None)
@given(_MOVES)
def test_no_walk_adopts_a_mandatory_draft_without_a_close_or_a_recorded_bypass(
    moves: list[tuple[h.What, int]],
) -> None:
    for course in walked(moves):
        if course.has(h.Submitted, h.Adopted) and course.mandatory:
            assert course.has(h.Closed) or course.bypassed


@settings(max_examples=300, deadline=None)
@given(_MOVES)
def test_no_remark_and_no_answer_ever_vanishes(moves: list[tuple[h.What, int]]) -> None:
    way = walked(moves)
    for before, after in pairwise(way):
        assert after.remarks[: len(before.remarks)] == before.remarks
        for number, answers in before.answers.items():
            assert after.answers[number][: len(answers)] == answers


@settings(max_examples=300, deadline=None)
@given(_MOVES)
def test_whatever_is_closed_was_answered_then_and_every_association_had_its_term(
    moves: list[tuple[h.What, int]],
) -> None:
    for course in walked(moves):
        if not course.happenings or not isinstance(course.happenings[-1].what, h.Closed):
            continue
        assert course.unanswered == ()
        assert course.open_appeals == ()
        if course.mandatory:
            assert {(course.round, body) for body in course.bodies} <= {*course.served, *course.opinions}


@settings(max_examples=300, deadline=None)
@given(_MOVES)
def test_no_walk_goes_on_with_a_bundle_that_was_not_screened_as_a_whole(
    moves: list[tuple[h.What, int]],
) -> None:
    for before, after in pairwise(walked(moves)):
        if before.awaits_screening:
            on = (h.Served, h.RoundBegun, h.Closed, h.Submitted, h.Adopted)
            assert not isinstance(after.happenings[-1].what, on)


@settings(max_examples=300, deadline=None)
@given(_MOVES)
def test_no_walk_takes_a_yes_back_on_which_somebody_was_served(moves: list[tuple[h.What, int]]) -> None:
    served = False
    for before, after in pairwise(walked(moves)):
        served = served or bool(before.served)
        if served and before.mandatory:
            assert after.mandatory


@settings(max_examples=300, deadline=None)
@given(_MOVES)
def test_every_walk_can_still_come_to_an_end(moves: list[tuple[h.What, int]]) -> None:
    last = walked(moves)[-1]
    day = max((each.on for each in last.happenings), default=START)
    if not last.ended:
        assert goes(last, day, h.Withdrawn("Given up")).stage is Stage.WITHDRAWN
