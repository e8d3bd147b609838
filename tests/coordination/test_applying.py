"""Which rules a page of several drafts prints: terms by version and basis, words once for their levels."""

from dataclasses import replace
from datetime import date, timedelta

from budgetproto.coordination.applying import alike, every_term, held_in, resting
from budgetproto.coordination.domain import Level
from budgetproto.coordination.procedure_values import TIMED, Procedure, Rule
from budgetproto.coordination.shipped import shipped
from budgetproto.i18n import Named

SHIPPED = shipped()
MINISTRY = SHIPPED[Level.MINISTRY]
LAW = Rule(Named("Мыйзам, 9-берене", "Закон, статья 9"), date(2027, 1, 1), by_act=True, number=4)


def version(number: int, since: date, **rules: Rule) -> Procedure:
    return replace(MINISTRY, version=number, since=since, rules={**MINISTRY.rules, **rules})


def test_only_the_terms_of_what_is_shown_are_printed_each_once() -> None:
    shown = [(MINISTRY, "answer_days"), (MINISTRY, "opinion_days"), (MINISTRY, "answer_days")]
    (found,) = resting({Level.MINISTRY: shown})
    assert found.terms == (("opinion_days", 10), ("answer_days", 10))
    assert (found.level, found.version) == (Level.MINISTRY, 1)
    assert resting({}) == ()


def test_a_term_that_an_act_sets_stands_apart_from_those_that_none_does() -> None:
    second = version(2, date(2027, 1, 1), opinion_days=LAW)
    by_basis = {each.rule.by_act: dict(each.terms) for each in resting(every_term([second]))}
    assert by_basis[True] == {"opinion_days": 4}
    assert set(by_basis[False]) == set(TIMED) - {"opinion_days"}


def test_levels_and_versions_stand_in_their_order() -> None:
    second, cabinet = version(2, date(2027, 1, 1)), SHIPPED[Level.CABINET]
    found = resting(every_term([second, cabinet, MINISTRY]))
    assert [(each.level, each.version) for each in found] == [
        (Level.CABINET, 1),
        (Level.MINISTRY, 1),
        (Level.MINISTRY, 2),
    ]


def test_words_that_levels_share_are_printed_once_with_those_levels() -> None:
    definition, *consequences = alike(tuple(SHIPPED.values()), ("definition", "consequences"))
    assert definition.levels == tuple(Level)
    assert [each.levels for each in consequences] == [
        (Level.PRESIDENT, Level.CABINET, Level.MINISTRY, Level.LOCAL_ADMINISTRATION),
        (Level.DEPUTY,),
    ]
    assert all(each.rule.text.ky for each in consequences)


def test_a_year_has_the_versions_that_were_in_force_in_it_or_the_first() -> None:
    early = date(2026, 11, 1)
    versions = {n: version(n, early + timedelta(days)) for n, days in ((1, 0), (2, 61), (3, 300), (4, 300))}
    numbers = {year: [each.version for each in held_in(versions, year)] for year in (2020, 2026, 2027, 2028)}
    assert numbers == {2020: [1], 2026: [1], 2027: [2, 4], 2028: [4]}
    assert held_in({}, 2026) == ()
