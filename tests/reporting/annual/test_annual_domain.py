"""An indicator is judged by what was fixed before its value came, and by nothing else."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.i18n import LANGUAGES, NO_NAME, Named
from budgetproto.reporting.annual.content import SECTIONS, Content, FailingAct, missing
from budgetproto.reporting.annual.domain import (
    Better,
    Indicator,
    Judgement,
    Yardstick,
    YardstickLate,
    YardstickUnfit,
    check_yardstick,
    counted,
    judge,
    median,
)
from budgetproto.reporting.annual.starter import starter_set

FIXED = Yardstick(date(2026, 1, 15), threshold=2, base_year=2025, target=12)
NUMBERS = st.integers(0, 10**6)


def sessions(better: Better = "more", yardstick: Yardstick | None = FIXED) -> Indicator:
    return Indicator("council.sessions", NO_NAME, NO_NAME, NO_NAME, "count", better, yardstick=yardstick)


@pytest.mark.parametrize(
    ("value", "verdict", "met"),
    [(12, "better", True), (10, "better", False), (9, "unchanged", False), (7, "unchanged", False)],
)
def test_a_change_counts_from_its_threshold_on(value: int, verdict: str, met: bool) -> None:
    judged = judge(sessions(), {2025: 8, 2026: value}, 2026)
    assert (judged.verdict, judged.met) == (verdict, met)


def test_of_annulled_acts_fewer_is_better() -> None:
    assert judge(sessions("less"), {2025: 8, 2026: 5}, 2026).verdict == "better"
    assert judge(sessions("less"), {2025: 8, 2026: 13}, 2026) == Judgement("worse", 5, False)


def test_what_is_not_stated_is_unknown_and_zero_is_stated() -> None:
    assert judge(sessions(), {2025: 8}, 2026).verdict == "unknown"
    assert judge(sessions(), {2026: 8}, 2026) == Judgement("unknown", None, False)
    assert judge(sessions(), {2025: 8, 2026: 0}, 2026).verdict == "worse"
    assert judge(sessions(yardstick=None), {2025: 8, 2026: 9}, 2026).verdict == "unknown"


def test_the_year_of_the_base_is_not_judged_against_itself() -> None:
    assert judge(sessions(), {2025: 8, 2026: 9}, 2025) == Judgement("unknown", None, False)


def test_a_fixed_base_holds_for_every_territory() -> None:
    indicator = sessions(yardstick=replace(FIXED, base_year=None, base=6))
    assert judge(indicator, {2026: 9}, 2026) == Judgement("better", 3, False)


def test_a_threshold_of_zero_counts_any_change_but_none() -> None:
    indicator = sessions(yardstick=replace(FIXED, threshold=0))
    found = [judge(indicator, {2025: 8, 2026: value}, 2026).verdict for value in (7, 8, 9)]
    assert found == ["worse", "unchanged", "better"]


def test_a_threshold_after_the_first_value_needs_a_reason_that_is_kept() -> None:
    with pytest.raises(YardstickLate):
        check_yardstick(FIXED, year=2026, has_values=True)
    check_yardstick(replace(FIXED, late="The council met for the first time"), year=2026, has_values=True)


@pytest.mark.parametrize(
    "unfit",
    [
        replace(FIXED, threshold=-1),
        replace(FIXED, base_year=None),
        replace(FIXED, base=3),
        replace(FIXED, base_year=2026),
    ],
)
def test_a_yardstick_that_cannot_judge_is_refused(unfit: Yardstick) -> None:
    with pytest.raises(YardstickUnfit):
        check_yardstick(unfit, year=2026, has_values=False)


@given(base=NUMBERS, value=NUMBERS, threshold=st.integers(0, 1000))
def test_more_and_less_are_mirror_images(base: int, value: int, threshold: int) -> None:
    yardstick = replace(FIXED, threshold=threshold, target=None)
    numbers = {2025: base, 2026: value}
    mirrored = {"better": "worse", "worse": "better"}
    more = judge(sessions("more", yardstick), numbers, 2026).verdict
    less = judge(sessions("less", yardstick), numbers, 2026).verdict
    assert less == mirrored.get(more, more)


@given(st.lists(st.integers(-50, 50), min_size=1))
def test_as_many_values_lie_on_either_side_of_the_median(numbers: list[int]) -> None:
    middle = median(sorted(numbers))
    assert middle is not None
    assert sum(each < middle for each in numbers) <= len(numbers) / 2
    assert sum(each > middle for each in numbers) <= len(numbers) / 2


def test_territories_are_counted_by_what_became_of_them() -> None:
    values = [(8, 12), (8, 8), (8, None), (8, 2)]
    judged = [(now, judge(sessions(), _numbers(before, now), 2026)) for before, now in values]
    found = counted(judged)
    assert [found.count(each) for each in ("better", "worse", "unchanged", "unknown")] == [1, 1, 1, 1]
    assert (found.stated, found.met, found.judged_target, found.median) == (3, 1, 3, Fraction(8))


def test_the_starter_set_is_whole_in_three_languages() -> None:
    found = starter_set()
    words = [words for each in found for words in (each.name, each.definition, each.source)]
    assert len(found) == 10
    assert all(getattr(each, language) for each in words for language in LANGUAGES)
    assert len({each.key for each in found}) == len(found)
    assert sum(each.vulnerable for each in found) == 2
    assert all(each.yardstick is None for each in found)


def test_what_is_missing_is_told_part_by_part() -> None:
    told = [each.key for each in missing(Content())]
    assert told.count("annual.missing.section.ky") == told.count("annual.missing.section.ru") == len(SECTIONS)
    assert told[-1] == "annual.missing.indicators"


def test_a_whole_report_misses_nothing() -> None:
    words = Named("Сөз", "Слово")
    act = FailingAct("Law 123", "23", words, words, "Case 5", words)
    content = Content(tuple((key, words) for key in SECTIONS), (sessions(),), (act,))
    assert missing(content) == ()
    assert [each.key for each in missing(replace(content, failing=(replace(act, repair=NO_NAME),)))] == [
        "annual.missing.failing"
    ]


def _numbers(before: int, now: int | None) -> dict[int, int]:
    return {2025: before} | ({} if now is None else {2026: now})
