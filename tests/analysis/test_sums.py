"""Subtotals: made by the composition's own sums, closing with the whole, blank where there is no figure."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.analysis.choice import Choice, chosen
from budgetproto.analysis.discrepancies import subtotal, subtotal_columns, subtotal_row, subtotal_sheet
from budgetproto.analysis.entries import STATUSES, Entry, Later, entries_of
from budgetproto.analysis.sums import GROUPINGS, SUMMED, Group, grouped, whole
from budgetproto.exchange import Total
from budgetproto.i18n import NO_NAME, Named, every_language
from budgetproto.money import Som
from budgetproto.protocol.composed import STANDINGS, Stand
from budgetproto.protocol.composition import compose
from budgetproto.protocol.snapshot import Base, Decision, Line, LineOption, Outcome
from tests.protocol.long_samples import long_sitting
from tests.protocol.samples import make_line, make_snapshot, million

KINDS = tuple(Named(name, name, name) for name in ("гранттар", "трансферттер", "нормативдер"))
PLACES = (NO_NAME, *(Named(name, name, name) for name in ("Ош", "Нарын", "Баткен")))
OUTCOMES: tuple[Outcome | None, ...] = ("agreed", "partly_agreed", "not_agreed", "referred", None)
REGIONS = ("republic", "several", "41703000000000", "41706000000000")


def sample(lines: int = 60, seed: int = 7) -> tuple[Entry, ...]:
    """Return lines of every kind, place, year and outcome, some with one side's figure or none, some in money
    beyond 64 bits taken together, with what became of a third of them.
    """  # noqa: D205 - one sentence of two lines
    chance = random.Random(seed)
    made = [_line(number, chance) for number in range(1, lines + 1)]
    return tuple(_entry(entry, chance) for entry in entries_of(compose(make_snapshot(*made))))


def _line(number: int, chance: random.Random) -> Line:
    figures = [chance.choice([None, Som(0), Som(chance.randrange(10**15)), Som(10**18)]) for _ in range(5)]
    decision = Decision(proposed=figures[2], decided=figures[3], outcome=chance.choice(OUTCOMES))
    option = LineOption(figures[4], rate=Fraction(1, 3), reason="FREE", midpoint=figures[4])
    line = make_line(
        number,
        figures[0],
        figures[1],
        kind=chance.choice(KINDS),
        territory=chance.choice(PLACES),
        year=chance.choice([2020, 2021]),
        recurring=chance.random() < 0.5,
        option=option,
        decision=decision,
        lsg_divided=False,
        bases=(Base("government", Som(chance.randrange(10**15))),) if chance.random() < 0.5 else (),
    )
    percentage = {"measure": "percentage", "money_base": million(4_000), "positions": (), "decision": None}
    return replace(line, option=None, **percentage) if number % 11 == 0 else line  # type: ignore[arg-type]


def _entry(entry: Entry, chance: random.Random) -> Entry:
    money = Som(chance.randrange(10**15)) if chance.random() < 0.3 else None
    later = Later(Stand(money, money), source="24.kg") if money else Later()
    region = chance.choice(REGIONS)
    return replace(
        entry, region=region, region_name=Named(region, region, region), adopted=later, executed=later
    )


def added(groups: tuple[Group, ...], key: str) -> tuple[Som | None, int]:
    sums = [subtotal(group, key) for group in groups]
    known = [found.money for found in sums if found.money is not None]
    return (Som.total(known) if known else None), sum(found.lines for found in sums)


ENTRIES = sample(90)
CHOICES = st.builds(
    Choice,
    region=st.sampled_from(["", *REGIONS]),
    status=st.sampled_from(["", *STATUSES]),
    outcome=st.sampled_from(["", *STANDINGS]),
    measure=st.sampled_from(["", "amount", "percentage"]),
    recurring=st.sampled_from(["", "yes", "no"]),
    year=st.sampled_from(["", "2020", "2021"]),
    least=st.sampled_from([None, Som(0), Som(10**14)]),
    words=st.sampled_from(["", "ош", "дем"]),
    sort=st.sampled_from(["", "title", "difference"]),
)


@given(choice=CHOICES, by=st.sampled_from(GROUPINGS))
def test_for_every_filter_and_grouping_the_subtotals_add_up_to_the_whole(choice: Choice, by: str) -> None:
    shown = chosen(ENTRIES, choice, "ky")
    every, groups = whole(shown), grouped(shown, by, "ky")
    for key in (*SUMMED, *(f"{name}_apart" for name in SUMMED)):
        total = subtotal(every, key)
        assert added(groups, key) == (total.money, total.lines), key
    assert sum(group.totals.lines for group in groups) == len(shown)
    assert sum(group.totals.compared.lines for group in groups) == every.totals.compared.lines
    assert sorted(e.line.number for g in groups for e in g.entries) == sorted(e.line.number for e in shown)


def test_the_sample_has_lines_of_every_sort() -> None:
    every = whole(ENTRIES)
    assert every.totals.compared.lines
    assert every.totals.one_sided.lines
    assert all(every.compared[key].money is not None for key in SUMMED)
    assert subtotal(every, "adopted_apart").money is not None
    assert {entry.status for entry in ENTRIES} >= {"both", "one_sided", "neither"}


def test_sums_beyond_64_bits_are_exact() -> None:
    lines = [make_line(number, Som(0), Som(10**18 + 1)) for number in range(1, 21)]
    every = whole(entries_of(compose(make_snapshot(*lines))))
    assert every.compared["lsg"].money == Som(20 * (10**18 + 1))
    assert every.compared["lsg"].money > Som(2**64)


def test_the_sums_of_the_whole_are_the_composed_totals() -> None:
    protocol = compose(long_sitting(40, sentences=0))
    every, both = whole(entries_of(protocol)), protocol.overall.compared
    assert every.totals == protocol.overall
    assert (every.compared["government"].money, every.compared["decided"].money) == (
        both.government,
        both.decided,
    )
    assert every.compared["difference"].money == protocol.overall.signed


def test_a_group_without_a_figure_is_blank_and_not_zero() -> None:
    blank, zero = (
        whole([e]) for e in entries_of(compose(make_snapshot(make_line(1), make_line(2, Som(0), Som(0)))))
    )
    assert (blank.compared["government"].money, blank.compared["difference"].money) == (None, None)
    assert (zero.compared["government"].money, zero.compared["difference"].money) == (Som(0), Som(0))


def test_the_figure_of_one_side_alone_is_added_up_apart() -> None:
    every = whole(entries_of(compose(make_snapshot(make_line(1, million(5))))))
    assert every.compared["government"].money is None
    assert every.apart["government"].money == million(5)
    assert every.apart["difference"].money is None


def test_groups_stand_in_the_order_of_the_kyrgyz_alphabet_what_belongs_nowhere_last() -> None:
    names = ("Өзгөн", "Ош", "Талас")
    lines = [make_line(1, territory=NO_NAME)]
    lines += [make_line(place, territory=Named(name)) for place, name in enumerate(names, start=2)]
    groups = grouped(entries_of(compose(make_snapshot(*lines))), "territory", "ky")
    assert [group.name.ky for group in groups] == [
        "Ош",
        "Өзгөн",
        "Талас",
        every_language("analysis.whole_republic").ky,
    ]


def test_two_territories_of_one_name_stay_apart() -> None:
    manas = Named("Манас", "Манас", "Manas")
    entries = entries_of(compose(make_snapshot(make_line(1, territory=manas), make_line(2, territory=manas))))
    apart = [replace(entry, territory=code) for entry, code in zip(entries, ("41707", "41703"), strict=True)]
    assert len(grouped(apart, "territory", "ky")) == 2


@pytest.mark.parametrize("by", GROUPINGS)
def test_no_lines_have_no_groups(by: str) -> None:
    assert grouped((), by, "ru") == ()


def test_the_last_row_of_a_table_of_subtotals_is_the_composed_total() -> None:
    every, groups = whole(ENTRIES), grouped(ENTRIES, "kind", "ky")
    table = subtotal_sheet("kind", groups, every)
    assert len(table.rows) == len(KINDS)
    assert table.totals == [Total(subtotal_row(every, subtotal_columns(every)))]


def test_sums_of_which_there_are_none_have_no_column() -> None:
    protocol = compose(make_snapshot(make_line(1, million(1), million(2))))
    assert subtotal_columns(whole(entries_of(protocol))) == (
        "government",
        "lsg",
        "difference",
        "difference_absolute",
    )
