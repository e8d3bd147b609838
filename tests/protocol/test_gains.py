"""Which territories gain and which lose by the option."""

from dataclasses import replace

import pytest

from budgetproto.i18n import LANGUAGES, Language, Named, text
from budgetproto.money import Som
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.composition import compose
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.gains import gain_of_all, gains
from budgetproto.protocol.snapshot import Known, Line, LineOption
from tests.protocol.reading import plain_text
from tests.protocol.samples import make_line, make_snapshot, million

OSH, TALAS = Named("Ош", "Ош", "Osh"), Named("Талас", "Талас", "Talas")


def placed(number: int, where: Named, option: int | None, last_year: int | None = None) -> Line:
    line = make_line(number, million(100), million(200), territory=where)
    return replace(
        line,
        option=LineOption(million(option)) if option is not None else None,
        approved_last_year=Known(million(last_year)) if last_year is not None else None,
    )


def two_territories() -> Protocol:
    lines = (placed(1, OSH, 150, 160), placed(2, OSH, 120), placed(3, TALAS, 70, 60), placed(4, TALAS, None))
    return compose(make_snapshot(*lines))


def test_each_territory_tells_its_gain_against_the_draft_and_last_year_the_loser_first() -> None:
    talas, osh = gains(two_territories())
    assert (talas.territory, talas.lines, talas.change) == (TALAS, 1, -million(30))
    assert (talas.since_last_year, talas.last_year_lines) == (million(10), 1)
    assert (osh.territory, osh.lines, osh.change) == (OSH, 2, million(70))
    assert (osh.since_last_year, osh.last_year_lines) == (-million(10), 1)
    assert osh.decided is None


def test_two_territories_of_one_name_are_two() -> None:
    one, other = (placed(number, OSH, 150) for number in (1, 2))
    other = replace(other, territory_code="41706255808000")
    assert [gain.lines for gain in gains(compose(make_snapshot(one, other)))] == [1, 1]


def test_what_all_gain_is_what_the_totals_say() -> None:
    protocol = two_territories()
    assert gain_of_all(protocol).change == protocol.overall.extra_computed
    assert Som.total(gain.change for gain in gains(protocol)) == protocol.overall.extra_computed


@pytest.mark.poppler
def test_without_territories_there_is_no_such_annex() -> None:
    found = plain_text(draw(compose(make_snapshot(placed(1, Named(), 150))), "ky"))
    assert f"{text('protocol.annexes.gains', 'ky')} — {text('protocol.annexes.empty', 'ky')}" in found


def test_where_a_higher_figure_costs_the_lsg_side_it_loses_by_it() -> None:
    mirrored = replace(placed(1, OSH, 150, 160), cost_sign=-1)
    (osh,) = gains(compose(make_snapshot(mirrored)))
    assert (osh.change, osh.since_last_year) == (-million(50), million(10))


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_annex_counts_who_gains_and_who_loses(language: Language) -> None:
    found = plain_text(draw(two_territories(), language))
    annex = found.rpartition(text("protocol.annexes.gains", language))[2]
    assert text("protocol.gains.counted", language, gaining=1, losing=1, same=0) in annex
    assert annex.index(TALAS.text(language)) < annex.index(OSH.text(language))
