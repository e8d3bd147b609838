"""What can be recorded next, at each turn of a course; every offered step is one the rules let pass."""

from datetime import date

import pytest

from budgetproto.coordination import happenings as h
from budgetproto.coordination.course import Course
from budgetproto.coordination.happenings import Ruling, Stance, Verdict
from budgetproto.coordination.offered import offers
from tests.coordination.going import START, deadlines, goes, served

REMARK = h.Opined("union", Stance.WITH_REMARKS, "", (("Art. 3", "Keep the norm"),))
REJECTED = h.Answered(1, Verdict.REJECTED, "No room")
INSISTS = h.Stood("union", 1, insists=True, why="Promised")


def names(course: Course, day: date = START) -> list[str]:
    return [offer.kind.__name__ for offer in offers(deadlines(course), day)]


@pytest.mark.parametrize(
    ("steps", "offered"),
    [
        ((), "Consulted Opined Bypassed Withdrawn"),
        ((REMARK,), "Consulted Answered"),
        ((REMARK, REJECTED), "Answered Stood Met Appealed Referred"),
        ((REMARK, REJECTED, INSISTS), "Met RoundBegun Referred"),
        ((h.Bypassed("Three readings in a day"),), "Appealed Submitted Adopted"),
    ],
)
def test_what_is_offered(steps: tuple[h.What, ...], offered: str) -> None:
    assert set(offered.split()) <= set(names(goes(served(), START, *steps)))


COMPLETING = ["Arrived", "Published", "Amending", "Corrected"]


def test_an_unscreened_draft_is_noted_screened_taken_back_or_its_entry_completed() -> None:
    assert names(Course()) == ["Noted", "Screened", "Withdrawn", *COMPLETING, "Attached"]


def test_a_bundle_that_waits_for_its_screening_is_offered_that_and_no_way_on() -> None:
    course = goes(served(), START, h.Opined("union", Stance.AGREES, ""), h.Arrived(1))
    assert "Screened" in names(course)
    assert not {"Served", "RoundBegun", "Closed", "Submitted", "Adopted"} & set(names(course))


def test_the_entry_of_an_adopted_act_is_completed_no_more() -> None:
    course = goes(served(), START, h.Bypassed("?"), h.Adopted("№ 1"))
    assert not set(COMPLETING) & set(names(course))


def test_nothing_is_offered_of_a_withdrawn_draft() -> None:
    assert names(goes(served(), START, h.Withdrawn("Written anew"))) == []


def test_a_second_opinion_in_a_round_is_not_offered() -> None:
    assert "Opined" not in names(goes(served(), START, REMARK))


def test_an_offer_says_whose_step_it_is_and_about_what() -> None:
    course = goes(served(), START, REMARK, REJECTED, INSISTS, h.Met("Both", "Said"))
    course = goes(course, START, h.Appealed("union", "Prime Minister", "The rejection"))
    ruled = [offer for offer in offers(deadlines(course), START) if offer.kind is h.Ruled]
    assert [(offer.body, offer.number) for offer in ruled] == [("union", 1)]
    course = goes(course, START, h.Ruled(1, Ruling.DISMISSED, "Within its powers"))
    assert "Closed" in names(course)
    assert "Ruled" not in names(course)
