"""The sentences: every one exists in three languages, and says what the figures say."""

import itertools
from fractions import Fraction

import pytest

from budgetproto.balancing import (
    Line,
    Money,
    Option,
    Raw,
    Reason,
    Sentence,
    balance,
    midpoint,
    sentences,
    summary,
)
from budgetproto.i18n import LANGUAGES, Language, text

WITH_EVERYTHING = [
    Line("L1", 120_000, 180_000),
    Line("L2", 30_000, 60_000, priority_lsg=10_000),
    Line("L3", 50_000, 62_000, protected=True),
    Line("L5", 20_000, 20_000),
    Line("L6", 15_000, 21_000, floor=18_000),
    Line("L7", 60_000, 75_000, cap=61_000),
    Line("L8", 35, 50, money_per_unit=900, step=1),
    Line("L9", 12_000, 8_000, cost_sign=-1),
    Line("L10", 9_000, 7_000),
    Line("L11", 5_000, None),
    Line("L12", None, 5_000),
    Line("L13", 1, 3, money_per_unit=0),
    Line("L14", 0, 100, floor=70, cap=50),
    Line("L15", 100, 200, floor=300),
    Line("L16", 100, 200, cap=50),
    Line("L17", 100, 50, cost_sign=-1, floor=300),
    Line("L18", 100, 50, cost_sign=-1, cap=20),
    Line("L19", 10, 10, floor=30),
    Line("L20", 120_000, 180_000),
    Line("L21", 42, 57),
]


def _option(envelope: int | None = 90_000, *, quantum: int = 1) -> Option:
    return balance(WITH_EVERYTHING, envelope, kappa=1_000, quantum=quantum, on_conflict="hold_at_floor")


RESIDENTS = [
    Line("a", 0, 100, population=10, own_revenue=40),
    Line("b", 0, 60, population=20, own_revenue=20),
    Line("c", 0, 40, population=5, own_revenue=5),
]
MARKED = [Line("a", 0, 100, priority_lsg=100), Line("b", 0, 100, priority_government=100), Line("c", 0, 100)]
OPTIONS = [
    _option(),
    _option(90_001),
    _option(90_010, quantum=20),
    _option(10),
    _option(None),
    _option(900_000),
    midpoint(WITH_EVERYTHING, on_conflict="hold_at_floor"),
    balance([Line("a", 0, 3, money_per_unit=900, step=1)], 500),
    balance([Line("a", 0, 5), Line("b", 0, 5)], 5),
    balance([Line("a", 0, 5, floor=5)], 5),
    balance([Line("a", 0, 5)], 9),
    *(balance(RESIDENTS, envelope, rule=rule) for rule in "BCDE" for envelope in (30, 160)),
    balance(RESIDENTS, 100, rule="D"),
    balance(MARKED, 150, rule="F"),
    balance(RESIDENTS, -100, rule="A"),
    balance([Line("a", 50, 100), Line("b", 60, 100)], -50),
    balance([Line("a", 50, 100, population=3), Line("b", 60, 100, population=4)], -51, rule="B", quantum=10),
    balance([Line("a", 50, 100)], -70),
    balance([Line("a", 50, 100, protected=True), Line("b", 50, 40), Line("c", 50, 60, floor=55)], -20),
    balance([Line("a", 50, 100, floor=50), Line("b", 50, 70), Line("c", 10, 20)], -60),
]


def said(option: Option, language: Language) -> list[str]:
    """Return every sentence of an option as text."""
    found = itertools.chain(summary(option), *sentences(option))
    return [text(each.key, language, **each.shown_as(money=int, raw=int)) for each in found]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("option", OPTIONS, ids=range(len(OPTIONS)))
def test_every_sentence_exists_and_is_filled(option: Option, language: Language) -> None:
    assert all("{" not in sentence and sentence for sentence in said(option, language))


def test_the_three_languages_say_different_things_with_the_same_figures() -> None:
    ky, ru, en = (said(OPTIONS[0], language) for language in LANGUAGES)
    assert len(ky) == len(ru) == len(en)
    assert not set(ky) & set(ru) | set(ru) & set(en)


def test_all_reasons_occur_in_the_examples() -> None:
    found = {award.reason for option in OPTIONS for award in option.lines}
    flags = {flag for option in OPTIONS for award in option.lines for flag in award.flags}
    assert found | flags == set(Reason) - {Reason.ENVELOPE}


def test_the_pair_sentence_tells_what_is_granted_and_what_is_given_up() -> None:
    option = balance([Line("roads", 100, 160), Line("schools", 200, 220)], 40)
    assert sentences(option)[0] == (
        Sentence(
            "balancing.sentence.pair",
            {
                "line": "roads",
                "granted": Money(30),
                "claim": Money(60),
                "rate": Fraction(1, 2),
                "conceded": Money(30),
            },
        ),
    )


def test_a_floor_tells_where_the_line_would_be_without_it() -> None:
    option = balance([Line("roads", 100, 160), Line("schools", 200, 220, floor=218)], 40)
    assert (
        text(sentences(option)[1][1].key, "en", **sentences(option)[1][1].shown_as(money=int, raw=int))
        == "Held at the statutory floor 218, otherwise it would be 207."
    )


def test_the_common_rate_and_the_check_are_told_for_the_whole_option() -> None:
    option = balance([Line("roads", 100, 160), Line("schools", 200, 220)], 40)
    assert said(option, "en")[:2] == [
        "All lines not held by a limit close the same share of the gap: 50.0%.",
        "Check: no transfer of 1 between two lines makes the shares more equal.",
    ]


def test_figures_of_a_percentage_line_are_not_shown_as_money() -> None:
    share = Line("share", 3_500, 5_000, floor=4_500, money_per_unit=2, step=100)
    held = sentences(balance([share, Line("roads", 0, 3_000)], 3_000))[0][1]
    assert held == Sentence("balancing.sentence.floor", {"bound": Raw(4_500), "would_be": Raw(4_000)})


def test_the_caller_chooses_how_money_and_raw_figures_are_shown() -> None:
    sentence = Sentence("k", {"a": Money(5), "b": Raw(7), "c": "x"})
    assert sentence.shown_as(money=lambda units: units * 10, raw=str) == {"a": 50, "b": "7", "c": "x"}
