"""A bundle that grew is screened once more: as one, in a round of its own, and nothing of before is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from budgetproto.coordination import happenings as h
from budgetproto.coordination import refusals as no
from budgetproto.coordination import register, service
from budgetproto.coordination.clock import Due, State, duties
from budgetproto.coordination.course import Conclusion, Course, Stage
from budgetproto.coordination.happenings import Stance, Verdict
from budgetproto.coordination.showing import act_page
from budgetproto.coordination.summary import summary
from budgetproto.database import Database, now
from budgetproto.i18n import Named
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.sittings.domain import Stage as Stages
from tests.coordination.going import MANDATORY, START, deadlines, goes, screening, served
from tests.coordination.held import DRAFT, make_register, opinion
from tests.coordination.test_procedure_values import WHOLE
from tests.factories import make_scene

LATER = START + timedelta(7)
AGREES = h.Opined("union", Stance.AGREES, "")
NOTHING = screening()


def test_a_companion_that_makes_a_draft_mandatory_sends_the_whole_bundle_to_everybody() -> None:
    course = goes(Course(), START, h.Screened(NOTHING, 1, ("union",)), h.Closed())
    assert course.conclusion is Conclusion.NOT_NEEDED
    course = goes(course, LATER, h.Arrived(1))
    for step in (h.Submitted("JK"), h.Adopted("№ 1")):
        with pytest.raises(no.ScreenOnceMore):
            goes(course, LATER, step)
    course = goes(course, LATER, h.Screened(MANDATORY, 1, ("union",)))
    assert course.mandatory
    assert course.stage is Stage.SCREENED
    assert deadlines(course).notice(1) is not None
    with pytest.raises(no.NotCoordinated):
        goes(course, LATER, h.Submitted("JK"))
    assert [what.screening for _, _, what in course.each(h.Screened)] == [NOTHING, MANDATORY]


def test_a_bundle_screened_anew_under_way_is_answered_as_one_in_a_new_round_with_the_full_term() -> None:
    course = goes(served(), START, h.Opined("union", Stance.WITH_REMARKS, "", (("Art. 1", "Keep"),)))
    course = goes(course, LATER, h.Arrived(0, Named("Жобо")))
    course = goes(course, LATER, h.Screened(MANDATORY, 1, ("union",)))
    assert course.round == 2
    with pytest.raises(no.NoticeAwaited):
        goes(course, LATER, h.Closed())
    course = goes(course, LATER, h.Served("union", "№ 13"))
    terms = deadlines(course)
    assert terms.opinion(2, "union") == deadlines(served(on=LATER)).opinion(1, "union")
    assert len(course.remarks) == 1
    assert goes(course, LATER, AGREES).opinions.keys() == {(1, "union"), (2, "union")}


def test_a_round_of_a_screening_takes_none_of_the_rounds_that_the_procedure_allows() -> None:
    course = goes(served(), START, h.Arrived(0, Named("Жобо")), h.Screened(MANDATORY, 1, ("union",)))
    disputed = (h.Served("union", "№ 2"), h.Opined("union", Stance.DISAGREES, "Жок"))
    course = goes(course, START, *disputed, h.RoundBegun("Art. 3"))
    assert course.round == 3


def test_an_opinion_that_a_screening_anew_cut_short_is_nobodys_silence() -> None:
    course = goes(served(), START, h.Arrived(0, Named("Жобо")), h.Screened(MANDATORY, 1, ("union",)))
    assert [duty.what.value for duty in duties(deadlines(course), START)] == ["notice", "notice"]
    assert summary(DRAFT, course, deadlines(course), entered=START).tallies[0].silent == 0


def test_what_was_said_of_a_smaller_bundle_is_no_opinion_of_the_whole() -> None:
    course = goes(served(), LATER, h.Arrived(0, Named("Жобо")), h.Screened(MANDATORY, 1, ("union",)))
    with pytest.raises(no.BeforeItsReason):
        goes(course, START, AGREES, recorded=LATER)
    with pytest.raises(no.NoticeAwaited):
        goes(course, LATER, h.Closed())


def test_a_screening_is_of_no_day_before_a_companion_that_it_is_about_had_arrived() -> None:
    arrived = goes(Course(), LATER, h.Arrived(0, Named("Жобо")))
    with pytest.raises(no.BeforeItsReason):
        goes(arrived, START, h.Screened(NOTHING, 1), recorded=LATER)
    assert not goes(arrived, LATER, h.Screened(NOTHING, 1)).awaits_screening


@pytest.mark.parametrize("step", [h.Submitted("JK"), h.Adopted("№ 1")])
def test_a_draft_goes_on_on_no_day_on_which_its_bundle_was_not_screened_as_a_whole(step: h.What) -> None:
    end = LATER + timedelta(7)
    course = goes(goes(served(), START, AGREES, h.Closed()), LATER, h.Arrived(0, Named("Жобо")))
    again = (h.Screened(MANDATORY, 1, ("union",)), h.Served("union", "№ 13"), AGREES, h.Closed())
    course = goes(course, end, *again)
    with pytest.raises(no.BeforeItsReason) as refused:
        goes(course, LATER, step, recorded=end)
    assert refused.value.details == {"day": LATER, "earliest": end}
    assert goes(course, LATER - timedelta(1), step, recorded=end).has(type(step))


def test_an_answer_from_before_the_bundle_was_put_to_everybody_anew_is_changed_with_its_reason() -> None:
    remark = h.Opined("union", Stance.WITH_REMARKS, "", (("Art. 1", "Keep"),))
    course = goes(served(), START, remark, h.Answered(1, Verdict.REJECTED, "No room"))
    course = goes(course, START, h.Arrived(0, Named("Жобо")))
    assert goes(course, START, h.Answered(1, Verdict.PARTLY, "Found some")).answers[1]
    course = goes(course, START, h.Screened(MANDATORY, 1, ("union",)))
    with pytest.raises(no.ChangeUnreasoned):
        goes(course, START, h.Answered(1, Verdict.PARTLY, "Found some"))
    course = goes(course, START, h.Answered(1, Verdict.PARTLY, "Found some", "The by-law has room"))
    assert len(course.answers[1]) == 2


def test_a_bundle_under_way_goes_on_by_its_own_version_with_the_full_term(database: Database) -> None:
    held = make_register(make_scene(database, lines=1, terms=False, stage=Stages.PREPARING))
    scene = held.served().scene
    held.record(scene.unionist, opinion(scene.union))
    rules = {**WHOLE.rules, "opinion_days": replace(WHOLE.rules["opinion_days"], number=1)}
    with scene.database.reading() as session:
        today = bishkek_day(now(session))
    changed = replace(WHOLE, since=today, rules=rules)
    service.set_procedure(scene.database, scene.secretary.id, changed)
    held.record(scene.secretary, h.Arrived(0, Named("Жобо")))
    screened = held.screen().course.screened
    assert screened is not None
    assert screened.procedure == 1
    held.record(scene.secretary, h.Served(scene.union.id, "№ 2"))
    with scene.database.reading() as session:
        page = act_page(session, scene.unionist.id, held.act)
        due = register.clock(session, scene.unionist.id, State.DUE, None, everybody=False)
    opinions = [term for term in page.terms if term.duty.what is Due.OPINION and term.round == 2]
    assert [term.rule for term in opinions] == [WHOLE.rules["opinion_days"]]
    assert [owed.rule for owed in due.rows if owed.duty.due is Due.OPINION] == [WHOLE.rules["opinion_days"]]
