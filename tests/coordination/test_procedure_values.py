"""A procedure has every rule with its source, and says where no act sets one."""

from dataclasses import replace
from datetime import date

import pytest

from budgetproto.coordination.domain import Level
from budgetproto.coordination.procedure_values import (
    COUNTED,
    LONGEST_TERM,
    TIMED,
    WORDED,
    Procedure,
    Rule,
    RuleMissing,
    RuleSourceMissing,
    RuleUnsaid,
    TermUnfit,
    changed_rules,
    check_procedure,
    in_force,
)
from budgetproto.errors import Refused
from budgetproto.i18n import Named, Sentence, text

SINCE = date(2026, 11, 2)
SOURCE = Named("Комитеттин чечими", "Решение комитета", "Committee decision")
SAID = Rule(SOURCE, SINCE, by_act=False, text=Named("Сөз", "Слова"))
DAYS = Rule(SOURCE, SINCE, by_act=False, number=10)
WHOLE = Procedure(
    Level.MINISTRY,
    1,
    SINCE,
    dict.fromkeys(WORDED, SAID)
    | {key: replace(DAYS, number=n) for n, key in enumerate(TIMED, start=3)}
    | dict.fromkeys(COUNTED, replace(DAYS, number=2)),
)


def with_rule(key: str, rule: Rule) -> Procedure:
    return replace(WHOLE, rules={**WHOLE.rules, key: rule})


def test_the_terms_are_those_of_the_rules() -> None:
    check_procedure(WHOLE)
    terms = WHOLE.terms
    assert (terms.notice, terms.opinion, terms.ruling, terms.rounds) == (3, 4, 10, 2)


def test_a_procedure_without_one_of_its_rules_is_none() -> None:
    for key in (*WORDED, *TIMED, *COUNTED):
        rules = {name: rule for name, rule in WHOLE.rules.items() if name != key}
        with pytest.raises(RuleMissing):
            check_procedure(replace(WHOLE, rules=rules))


@pytest.mark.parametrize(
    ("key", "rule", "refusal"),
    [
        ("definition", replace(SAID, text=Named("Кыргызча гана")), RuleUnsaid),
        ("definition", replace(SAID, source=Named("Булак")), RuleSourceMissing),
        ("answer_days", replace(DAYS, number=0), TermUnfit),
        ("answer_days", replace(DAYS, number=LONGEST_TERM + 1), TermUnfit),
        ("rounds", replace(DAYS, number=6), TermUnfit),
    ],
)
def test_a_rule_out_of_bounds_is_refused(key: str, rule: Rule, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        check_procedure(with_rule(key, rule))


def test_beside_a_rule_stands_the_act_or_that_none_sets_it() -> None:
    assert replace(SAID, by_act=True).basis == SOURCE
    basis = SAID.basis
    assert isinstance(basis, Sentence)
    assert text(basis.key, "ru", **dict(basis.values)).startswith("Ни один акт этого не устанавливает")


def test_the_version_in_force_is_the_latest_that_has_begun() -> None:
    second = replace(with_rule("rounds", replace(DAYS, number=3)), version=2, since=date(2027, 1, 1))
    versions = {1: WHOLE, 2: second}
    assert in_force(versions, date(2026, 11, 1)) is None
    assert in_force(versions, date(2026, 12, 31)) == WHOLE
    assert in_force(versions, date(2027, 1, 1)) == second
    assert changed_rules(WHOLE, second) == ("rounds",)


def test_an_appeal_is_addressed_by_the_first_sentence_of_its_rule() -> None:
    text_ = Named("Төрагага. Чечим жазылат.", "Председателю. Решение записывается.", "")
    procedure = with_rule("appeal_to", replace(SAID, text=text_))
    assert procedure.addressee == Named("Төрагага", "Председателю")


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("Председателю Комитета", "Председателю Комитета"),
        ("Комитету (ст. 5 Регламента). Решение публикуется.", "Комитету (ст. 5 Регламента)"),
        ("Мэрии г. Ош, ул. Ленина, 221. Решение публикуется.", "Мэрии г. Ош, ул. Ленина, 221"),
        ("To the office under Art. 12 of the Rules. It rules.", "To the office under Art. 12 of the Rules"),
        ("Комитетке. Өкүм жазылат.", "Комитетке"),
        ("Комитетке. «Өкүм» деп жазылат.", "Комитетке"),
    ],
)
def test_a_shortened_word_or_a_number_cuts_no_addressee(rule: str, first: str) -> None:
    procedure = with_rule("appeal_to", replace(SAID, text=Named(rule, rule, rule)))
    assert procedure.addressee == Named(first, first, first)
