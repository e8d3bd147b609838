"""Rounds that something else than their initiator begins, and appeals that outlive a version."""

from datetime import timedelta

import pytest

from budgetproto.coordination import happenings as h
from budgetproto.coordination.course import Course
from budgetproto.coordination.happenings import Stance, Verdict
from budgetproto.coordination.paper.domain import Sheet, step_of
from budgetproto.coordination.telling import Fact, facts
from budgetproto.i18n import Named
from tests.coordination.going import MANDATORY, START, goes, served
from tests.coordination.held import DRAFT

LATER = START + timedelta(21)


def grown() -> Course:
    """Let a companion arrive after the notice: the bundle is screened anew and put to everybody anew."""
    return goes(served(), LATER, h.Arrived(0, Named("Жобо")), h.Screened(MANDATORY, 1, ("union",)))


def argued() -> Course:
    """Begin another round over a remark that was rejected."""
    said = h.Opined("union", Stance.WITH_REMARKS, "", (("3", "Калсын"),))
    course = goes(served(), START, said, h.Answered(1, Verdict.REJECTED, "Акча жок"))
    return goes(course, LATER, h.RoundBegun("3-пункт өзгөрдү"))


@pytest.mark.parametrize("course", [grown(), argued()])
def test_the_sheet_has_the_day_of_a_later_round_whatever_began_it(course: Course) -> None:
    steps = tuple(step_of(each, None, by_keeper=False) for each in course.happenings)
    assert Sheet(1, DRAFT, Named("Министрлик"), START, LATER, steps).course.later_rounds == (LATER,)
    assert served().later_rounds == ()


def test_an_appeal_keeps_the_words_it_was_made_with_when_a_version_sends_them_elsewhere() -> None:
    appeal = h.Appealed("union", "Комитетке", "Жооп жок", elsewhere=False)
    course = goes(served(), LATER, h.Opined("union", Stance.DISAGREES, "Каршы"), appeal)

    def told(ky: str) -> Fact:
        said = facts(course, 3, {}, DRAFT, Named(ky, "Комитету"))
        return next(fact for fact in said if fact.label == "coordination.fact.to")

    assert told("Комитетке").name == Named("Комитетке", "Комитету")
    assert told("Кабинетке").text == "Комитетке"
