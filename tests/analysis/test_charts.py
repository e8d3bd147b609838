"""Charts: their sums are those of the table, their pictures the same bytes, their words text."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from budgetproto.analysis.charts.drawing import PICTURES, Picture, draw
from budgetproto.analysis.charts.making import CHARTS, Drawn, chart
from budgetproto.analysis.charts.values import Chart, Heat, Kind, Sides, Waterfall, Years
from budgetproto.analysis.entries import entries_of
from budgetproto.analysis.sums import whole
from budgetproto.i18n import LANGUAGES, Language, Named
from budgetproto.money import Som, Unit
from budgetproto.protocol.composition import compose
from budgetproto.protocol.snapshot import Snapshot
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.long_samples import long_sitting
from tests.protocol.samples import make_line, make_snapshot, million

LONG = entries_of(compose(long_sitting(40, sentences=0)))


def made(kind: Kind, snapshot: Snapshot, *, by: str = "kind", language: Language = "ky") -> Chart:
    entries = entries_of(compose(snapshot))
    return chart(kind, Drawn(entries, by, Unit.THOUSAND_SOMS, language, ("шарттуу мисал",)))


def of_long(kind: Kind, by: str = "year") -> Chart:
    return chart(kind, Drawn(LONG, by, Unit.THOUSAND_SOMS, "ru"))


@pytest.mark.parametrize("by", ["kind", "year", "outcome", "region", "sitting", "lead_lsg"])
def test_the_steps_of_the_waterfall_lead_from_one_sum_to_the_other(by: str) -> None:
    found, totals = of_long("waterfall", by), whole(LONG).totals
    assert isinstance(found, Waterfall)
    assert Som(found.begin.height) == totals.compared.government
    assert found.begin.height + sum(step.height for step in found.steps) == found.end.height
    assert found.frame.rows[-2][-1] == found.frame.rows[-1][-1], "the running total ends at the LSG bodies"


def test_a_bar_is_as_long_as_a_side_is_away_from_the_balanced_point() -> None:
    found = of_long("sides")
    assert isinstance(found, Sides)
    assert (len(found.lines), len(found.frame.rows)) == (20, 40)
    sizes = [abs(line.lsg - line.government) for line in found.lines]
    every = [each.made.difference.money_absolute for each in LONG if each.made.difference]
    assert [Som(size) for size in sizes] == sorted((size for size in every if size), reverse=True)[:20]


def test_the_cells_of_the_heat_table_add_up_to_the_difference_without_sign() -> None:
    found = of_long("heat")
    assert isinstance(found, Heat)
    assert sum(size or 0 for row in found.sizes for size in row) == whole(LONG).totals.absolute.tyiyn


def test_the_years_add_up_to_the_sums_of_the_whole() -> None:
    found, totals = of_long("years"), whole(LONG).totals.compared
    assert isinstance(found, Years)
    sums = [sum(amount or 0 for amount in course.amounts) for course in found.courses]
    assert sums[:3] == [totals.government.tyiyn, totals.lsg.tyiyn, totals.computed.tyiyn]
    assert found.courses[3].amounts == (None, None, None), "what nobody knows is no zero"


@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("picture", PICTURES)
def test_equal_charts_are_equal_bytes(kind: Kind, picture: Picture) -> None:
    first, again = (draw(made(kind, dispute_2020()), picture) for _ in range(2))
    assert first == again
    assert first.startswith(b"\x89PNG" if picture == "png" else b"<?xml")


@pytest.mark.parametrize("kind", CHARTS)
def test_the_words_of_an_svg_are_text_with_kyrgyz_letters(kind: Kind) -> None:
    drawn = ET.fromstring(draw(made(kind, dispute_2020()), "svg"))
    words = " ".join(drawn.itertext())
    assert "шарттуу мисал" in words
    assert set("өүң") & set(words)
    assert words.count("data:font/woff") == 2, "they are seen where nobody has the font"
    assert "600 000" in words.replace("\u00a0", " ") or kind == "years"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", CHARTS)
def test_every_chart_is_said_in_a_sentence_and_stands_empty_without_lines(
    kind: Kind, language: Language
) -> None:
    assert made(kind, dispute_2020(), language=language).frame.said
    nothing = made(kind, make_snapshot(make_line(1, None, million(1))), language=language)
    assert nothing.frame.rows == ()
    assert language != "ky" or draw(nothing, "svg")


def test_a_name_with_signs_of_formulas_is_written_as_it_is() -> None:
    facts = dispute_2020()
    line = replace(facts.lines[0], title=Named("a $x^2$ <b> & $"))
    drawn = ET.fromstring(draw(made("sides", replace(facts, lines=(line,))), "svg"))
    assert "1. a $x^2$ <b> & $" in list(drawn.itertext())
