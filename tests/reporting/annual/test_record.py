"""A computed value is the sum of a column of the rows beside it; where there are no rows, there is none."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.coordination.statistics import Words
from budgetproto.i18n import NO_NAME
from budgetproto.money import Som
from budgetproto.reporting.annual.domain import Value
from budgetproto.reporting.annual.record import COMPUTED, COUNTRY, SAID, computed, said_of
from budgetproto.reporting.annual.report import DraftFact, Record, SittingFact, Trace, YearOfMoney
from budgetproto.reporting.annual.starter import recorded_set, starter_set
from budgetproto.reporting.domain import TAKEN, Followed

YEAR = 2026
WORDS = Words(opinions=3, late=1, silent=1, accepted=4, partly=2, rejected=1, unanswered=1)
DRAFT = DraftFact(YEAR, 5, "id", coordinated=True, bypassed=False, words=WORDS)
PAST = replace(DRAFT, number=7, coordinated=False, bypassed=True, words=Words())
SITTING = SittingFact(YEAR, "2026-1", "id", parts=4, invited=3, came=2, spoke=1, opinion=0)
LINE = Trace("2026-1", "id", 3, NO_NAME, "", Som(70), Som(60), Som(50), Som(0), territory="417")
RECORD = Record(((YEAR, 9),), (DRAFT, PAST), (SITTING,))
counts = st.integers(0, 30)
said = st.builds(lambda in_time, late, *rest: Words(in_time + late, late, *rest), *[counts] * 7)


def values(
    *keys: str, record: Record = RECORD, traces: tuple[Trace, ...] = (), year: int = YEAR
) -> dict[str, tuple[int, str]]:
    money = (YearOfMoney(YEAR, traces),)
    found = computed((f"record.{each}" for each in keys), record, money, (year,))
    return {each.indicator: (each.value.number, each.value.source) for each in found}


def test_every_shipped_indicator_has_a_rule_and_every_rule_an_indicator() -> None:
    assert {each.key for each in recorded_set()} == COMPUTED
    assert len(recorded_set()) == len(COMPUTED)
    assert COMPUTED & {each.key for each in starter_set()} == frozenset()


def test_shipped_words_are_there_in_every_language() -> None:
    for each in recorded_set():
        for words in (each.name, each.definition, each.source):
            assert all((words.ky, words.ru, words.en)), each.key


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("drafts_touching", (2, "№ 5, 7")),
        ("acts_bypassed", (1, "№ 7")),
        ("drafts_coordinated", (5000, "1 / 2")),
        ("remarks_accepted", (5000, "4 / 8")),
        ("remarks_partly", (2500, "2 / 8")),
        ("remarks_rejected", (1250, "1 / 8")),
        ("remarks_unanswered", (1250, "1 / 8")),
        ("opinions_in_time", (5000, "2 / 4")),
        ("opinions_late", (2500, "1 / 4")),
        ("took_part_invited", (7500, "3 / 4")),
        ("took_part_came", (5000, "2 / 4")),
        ("took_part_spoke", (2500, "1 / 4")),
        ("took_part_opinion", (0, "0 / 4")),
    ],
)
def test_each_value_is_the_sum_of_its_column(key: str, value: tuple[int, str]) -> None:
    assert values(key) == {f"record.{key}": value}


@pytest.mark.parametrize("key", sorted(COMPUTED))
def test_a_year_of_which_the_record_has_nothing_has_no_value(key: str) -> None:
    assert values(key.removeprefix("record."), year=YEAR - 1) == {}


def test_a_year_with_drafts_that_touch_nobody_has_zero_and_no_share() -> None:
    nothing = Record(((YEAR, 9),))
    assert values("drafts_touching", "acts_bypassed", "drafts_coordinated", record=nothing) == {
        "record.drafts_touching": (0, "0"),
        "record.acts_bypassed": (0, "0"),
    }


def test_an_indicator_that_people_count_is_never_computed() -> None:
    keys = [each.key for each in starter_set()]
    assert list(computed(keys, RECORD, (YearOfMoney(YEAR, (LINE,)),), (YEAR,))) == []


def test_the_soms_of_a_territory_are_those_of_its_own_questions() -> None:
    wider, unknown = replace(LINE, line=4, territory=""), replace(LINE, line=5, asked=None)
    other = replace(LINE, line=6, territory="418", illustrative=True)
    money = (YearOfMoney(YEAR, (LINE, replace(LINE, line=9), wider, unknown, other)),)
    found = list(computed(["record.asked", "record.executed"], RECORD, money, (YEAR,)))
    assert [(each.indicator, each.territory) for each in found] == [
        ("record.asked", "417"),
        ("record.asked", "418"),
        ("record.executed", "417"),
        ("record.executed", "418"),
    ]
    assert found[0].value == Value(140, "record", "№ 2026-1: 3, № 2026-1: 9")
    assert found[1].value.illustrative
    assert found[2].value.number == 0


@given(st.lists(st.sampled_from(TAKEN)))
def test_the_share_acted_on_is_that_of_the_page_of_promises(states: list[str]) -> None:
    traces = tuple(replace(LINE, taken=each) for each in states)  # type: ignore[arg-type] # drawn from Taken
    share = Followed(tuple((each, states.count(each)) for each in TAKEN), 0, Som(0), Som(0)).by_count
    found = values("recommendations_acted_on", traces=traces)
    assert (share is None) == (found == {})
    if share is not None:
        part, _, whole = found["record.recommendations_acted_on"][1].partition(" / ")
        assert Fraction(int(part), int(whole)) == share


@given(st.lists(said, min_size=1, max_size=6))
def test_shares_of_the_same_whole_never_add_up_to_more_than_it(words: list[Words]) -> None:
    drafts = tuple(replace(DRAFT, number=place, words=each) for place, each in enumerate(words))
    found = values(
        *(f"remarks_{each}" for each in ("accepted", "partly", "rejected", "unanswered")),
        record=replace(RECORD, drafts=drafts),
    )
    whole = sum(each.remarks for each in words)
    parts = [int(source.partition(" / ")[0]) for _, source in found.values()]
    assert sum(parts) == whole
    assert sum(said_of(each, key) for each in drafts for key in SAID[3:]) == whole


def test_what_is_made_up_marks_the_value() -> None:
    drafts = (DRAFT, replace(PAST, illustrative=True))
    record = replace(RECORD, drafts=drafts)
    keys = ["record.drafts_touching", "record.remarks_accepted", "record.took_part_came"]
    found = {each.indicator: each.value for each in computed(keys, record, (), (YEAR,))}
    assert [found[key].illustrative for key in keys] == [True, True, False]
    assert {each.territory for each in computed(keys, record, (), (YEAR,))} == {COUNTRY}
