"""A summary says of a draft what its course says: nothing is counted twice, and silence needs no entry."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from budgetproto.coordination import happenings as h
from budgetproto.coordination.course import Conclusion, Course
from budgetproto.coordination.domain import Amended, Draft, Level, act_key
from budgetproto.coordination.happenings import Stance, Verdict
from budgetproto.coordination.summary import Summary, Tally, summary
from budgetproto.i18n import Named
from tests.coordination.going import START, deadlines, goes, served

DRAFT = Draft(
    Named("Теңдөө тартиби", "Порядок выравнивания"),
    Level.MINISTRY,
    Named("Финансы министрлиги"),
    published=date(2026, 10, 1),
    amends=(Amended(date(2011, 7, 15), "№ 101"),),
)
REMARKS = tuple((f"Art. {number}", "Keep") for number in (1, 2, 3, 4))
OPINION = h.Opined("union", Stance.WITH_REMARKS, "", REMARKS)
#: The notice of the second of November runs out on the sixteenth.
LAST, AFTER = date(2026, 11, 16), date(2026, 11, 17)


def of(course: Course, draft: Draft = DRAFT) -> Summary:
    return summary(draft, course, deadlines(course) if course.screened else None, entered=START)


def tally(course: Course, body: str = "union") -> Tally:
    return next(each for each in of(course).tallies if each.body == body)


def test_remarks_are_counted_by_their_last_answers() -> None:
    course = goes(
        served(),
        START,
        OPINION,
        h.Answered(1, Verdict.REJECTED, "No room"),
        h.Answered(2, Verdict.PARTLY, "Half"),
        h.Answered(3, Verdict.REJECTED, "No room"),
        h.Answered(1, Verdict.ACCEPTED, "Found"),
    )
    found = tally(course)
    assert (found.accepted, found.partly, found.rejected, found.unanswered) == (1, 1, 1, 1)
    assert found.remarks == len(course.remarks)


def test_a_term_that_runs_is_awaited_and_one_that_ran_out_before_the_close_was_silence() -> None:
    assert (tally(served()).silent, tally(served()).awaited_until) == (0, LAST)
    closed = tally(goes(served(), AFTER, h.Closed()))
    assert (closed.silent, closed.awaited_until) == (1, None)


@pytest.mark.parametrize(("on", "silent"), [(LAST, 0), (AFTER, 1)])
def test_whom_a_bypass_overtook_within_the_term_was_not_silent(on: date, silent: int) -> None:
    assert tally(goes(served(), on, h.Bypassed("Three readings in a day"))).silent == silent


def test_a_late_opinion_is_late_and_no_silence() -> None:
    found = tally(goes(served(), AFTER, OPINION))
    assert (found.opinions, found.late, found.silent, found.awaited_until) == (1, 1, 0, None)
    assert tally(goes(served(), LAST, OPINION)).late == 0


def test_silence_in_the_first_round_stays_when_a_second_begins() -> None:
    course = goes(served("cities", "union"), AFTER, OPINION, *_rejected())
    course = goes(course, AFTER, h.RoundBegun("New text"))
    assert tally(course, "cities").silent == 1
    assert tally(course).silent == 0


def _rejected() -> list[h.Answered]:
    return [h.Answered(number, Verdict.REJECTED, "No room") for number in (1, 2, 3, 4)]


def test_what_is_due_first_stands_in_the_summary_until_it_is_done() -> None:
    assert of(served()).due_on == LAST
    assert of(goes(served(), START, OPINION)).due_on == date(2026, 11, 9)
    assert of(goes(served(), AFTER, h.Closed())).due_on is None
    assert of(Course()).due_on is None


def test_an_adopted_act_has_its_days_its_key_and_the_year_in_which_it_may_be_amended_again() -> None:
    course = goes(served(), AFTER, h.Closed(), h.Submitted("ЖК"), h.Adopted("№ 12"))
    found = of(course)
    assert (found.year, found.adopted_on, found.adoption_days) == (2026, AFTER, 47)
    assert found.amendable_until == AFTER + timedelta(days=365)
    assert found.own_key == act_key(AFTER, "12")
    assert found.changes == ("2011-07-15 101",)
    assert found.conclusion is Conclusion.SILENT


def test_a_draft_without_publication_counts_in_the_year_of_its_entry_and_has_no_days() -> None:
    draft = replace(DRAFT, published=None)
    course = goes(served(), AFTER, h.Closed(), h.Adopted("№ 12"))
    found = of(course, draft)
    assert (found.year, found.adoption_days) == (START.year, None)


def test_a_draft_is_found_by_its_words_in_small_letters() -> None:
    words = of(Course(), replace(DRAFT, reference="МИНФИН-7")).words
    assert "порядок выравнивания" in words
    assert "минфин-7" in words
