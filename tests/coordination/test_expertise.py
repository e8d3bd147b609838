"""What may happen to an expertise, in which order, and what of it those outside see."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from budgetproto.coordination.domain import TextTooLong
from budgetproto.coordination.expertise import document
from budgetproto.coordination.expertise import domain as d
from budgetproto.coordination.expertise import refusals as no
from budgetproto.errors import ConciliationError, NotPermitted
from budgetproto.money import Som

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
SUMS = (d.Sum(2027, Som(-12_345_678_900), "Киреше салыгы"), d.Sum(2028, Som(1), "Киреше салыгы"))
WHOLE = d.Review(
    "ky",
    tuple(
        d.Finding(part, touched=part in d.MONEY, text="Жазылды", sums=SUMS if part in d.MONEY else ())
        for part in d.Part
    ),
    d.Verdict.CONDITIONS,
    "Шарт менен",
)
BEGUN = d.Commissioned("Кирешеге таасири", None, ("a", "b"))


def goes(*steps: tuple[str, d.What]) -> d.Course:
    """Take steps, each checked."""
    course = d.Course((d.Entry(1, "chair", AT, BEGUN),))
    for person, what in steps:
        d.check_next(course, person, what)
        course = d.Course((*course.entries, d.Entry(len(course.entries) + 1, person, AT, what)))
    return course


DECLARED = (("a", d.Declared("")), ("b", d.Declared("Союздун кеңешчиси")))
WRITTEN = ("a", d.Written(WHOLE))
SENT = ("b", d.HandedIn())
REPLIED = ("minister", d.Replied(d.Stance.PARTLY, "Макулбуз"))
TAKEN_BACK = ("chair", d.Withdrawn("Долбоор өзгөрдү"))


def test_nobody_writes_before_his_interests_are_declared() -> None:
    with pytest.raises(no.InterestsFirst):
        goes(WRITTEN)
    with pytest.raises(no.InterestsFirst):
        goes(DECLARED[1], WRITTEN)
    assert goes(DECLARED[0], WRITTEN).latest == WHOLE


def test_a_review_waits_for_the_interests_of_every_expert() -> None:
    with pytest.raises(no.InterestsAwaited):
        goes(DECLARED[0], WRITTEN, ("a", d.HandedIn()))
    assert goes(*DECLARED, WRITTEN, SENT).handed_in is not None


@pytest.mark.parametrize("what", [d.Declared(""), d.Written(WHOLE), d.HandedIn()])
def test_only_experts_do_what_experts_do(what: d.What) -> None:
    with pytest.raises(NotPermitted):
        goes(*DECLARED, WRITTEN, ("chair", what))


@pytest.mark.parametrize(
    ("review", "refusal"),
    [
        (replace(WHOLE, findings=WHOLE.findings[1:]), no.PartUnsaid),
        (replace(WHOLE, findings=(replace(WHOLE.findings[0], text=" "), *WHOLE.findings[1:])), no.PartUnsaid),
        (replace(WHOLE, findings=tuple(replace(each, sums=()) for each in WHOLE.findings)), no.SumMissing),
        (replace(WHOLE, verdict=None), no.ConclusionUnsaid),
        (replace(WHOLE, conclusion=" "), no.ConclusionUnsaid),
    ],
)
def test_an_unfinished_review_is_kept_and_not_handed_in(
    review: d.Review, refusal: type[ConciliationError]
) -> None:
    kept = (*DECLARED, ("a", d.Written(review)))
    assert goes(*kept).latest == review
    with pytest.raises(refusal):
        goes(*kept, SENT)


def test_a_part_of_money_may_say_why_no_amount_is_known() -> None:
    findings = tuple(replace(each, sums=(), unknown="Маалымат жок") for each in WHOLE.findings)
    assert goes(*DECLARED, ("a", d.Written(replace(WHOLE, findings=findings))), SENT).handed_in


def test_the_same_version_is_not_handed_in_twice() -> None:
    with pytest.raises(no.NothingWritten):
        goes(*DECLARED, SENT)
    with pytest.raises(no.NothingWritten):
        goes(*DECLARED, WRITTEN, SENT, SENT)
    assert goes(*DECLARED, WRITTEN, SENT, WRITTEN).unsent


def test_outside_only_the_versions_handed_in_are_seen() -> None:
    draft, later = replace(WHOLE, conclusion="Биринчи"), replace(WHOLE, conclusion="Үчүнчү")
    course = goes(*DECLARED, ("a", d.Written(draft)), WRITTEN, SENT, ("a", d.Declared("Жаңы")))
    course = d.Course((*course.entries, d.Entry(8, "a", AT, d.Written(later))))
    outside = course.seen_outside()
    assert outside.latest == WHOLE
    assert [each.what.review for each in outside.entries if isinstance(each.what, d.Written)] == [WHOLE]
    assert outside.interests == {"a": "", "b": "Союздун кеңешчиси"}
    assert goes(*DECLARED, WRITTEN).seen_outside().entries == ()


def test_the_body_replies_to_what_is_handed_in_with_a_reason_and_earlier_replies_stay() -> None:
    with pytest.raises(no.NotHandedIn):
        goes(*DECLARED, WRITTEN, REPLIED)
    with pytest.raises(no.ReplyUnsaid):
        goes(*DECLARED, WRITTEN, SENT, ("minister", d.Replied(d.Stance.ACCEPTS, " ")))
    course = goes(*DECLARED, WRITTEN, SENT, REPLIED, REPLIED)
    assert len(course.replies) == len(course.seen_outside().replies) == 2


@pytest.mark.parametrize(
    "step", [("chair", d.ExpertNamed("c")), DECLARED[0], WRITTEN, ("b", d.HandedIn()), REPLIED, TAKEN_BACK]
)
def test_nothing_happens_to_an_expertise_after_it_was_withdrawn(step: tuple[str, d.What]) -> None:
    for before in ((), (*DECLARED, WRITTEN, SENT), (*DECLARED, WRITTEN, SENT, WRITTEN)):
        course = goes(*before, TAKEN_BACK)
        assert course.withdrawn == (AT, TAKEN_BACK[1])
        with pytest.raises(no.ExpertiseWithdrawn):
            goes(*before, TAKEN_BACK, step)


def test_a_withdrawal_has_its_reason() -> None:
    for reason, refusal in ((" ", no.WithdrawalUnsaid), ("ө" * 100_000, TextTooLong)):
        with pytest.raises(refusal):
            goes(("chair", d.Withdrawn(reason)))


def test_outside_a_withdrawal_is_seen_of_what_was_handed_in_and_opens_no_other_version() -> None:
    later = replace(WHOLE, conclusion="Кийинки")
    course = goes(*DECLARED, WRITTEN, SENT, ("a", d.Written(later)), TAKEN_BACK).seen_outside()
    assert course.withdrawn
    assert [each.what.review for each in course.entries if isinstance(each.what, d.Written)] == [WHOLE]
    assert goes(*DECLARED, WRITTEN, TAKEN_BACK).seen_outside().entries == ()


def test_sums_are_exact_by_year_and_stand_only_with_money() -> None:
    assert WHOLE.finding(d.Part.REVENUE).by_year == {2027: Som(-12_345_678_900), 2028: Som(1)}
    staff = d.Finding(d.Part.STAFF, touched=True, text="", sums=SUMS)
    with pytest.raises(no.TooManySums):
        d.check_review(replace(WHOLE, findings=(staff,)))
    with pytest.raises(TextTooLong):
        d.check_review(replace(WHOLE, conclusion="ө" * 100_000))


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        (replace(BEGUN, task=" "), no.TaskMissing),
        (replace(BEGUN, experts=()), no.NoExperts),
        (replace(BEGUN, experts=("a", "a")), no.ExpertTwice),
        (replace(BEGUN, experts=tuple(map(str, range(21)))), no.TooManyExperts),
    ],
)
def test_an_expertise_is_asked_of_people_and_says_what(
    what: d.Commissioned, refusal: type[ConciliationError]
) -> None:
    d.check_commission(BEGUN)
    with pytest.raises(refusal):
        d.check_commission(what)


def test_interests_are_none_or_said_and_not_both() -> None:
    assert d.declared(" Бар ", none=False) == d.Declared("Бар")
    with pytest.raises(no.InterestsUnsaid):
        d.declared(" ", none=False)
    with pytest.raises(no.InterestsBoth):
        d.declared("Бар", none=True)


@pytest.mark.parametrize(
    "what",
    [BEGUN, d.ExpertNamed("c"), *(each[1] for each in (*DECLARED, WRITTEN, SENT, REPLIED, TAKEN_BACK))],
)
def test_what_is_kept_is_read_back_word_for_word(what: d.What) -> None:
    assert document.read_what(document.kind_of(what), document.written(what)) == what
