"""What option and decisions cost the republican budget in the budget year and both planning years."""

from dataclasses import replace

import pytest

from budgetproto.i18n import LANGUAGES, Language, text
from budgetproto.money import Som
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.composition import compose
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.effects import Cost, effects
from budgetproto.protocol.snapshot import Decision, LineOption, Position
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.reading import plain_text
from tests.protocol.samples import MINISTRY, UNION, make_line, make_snapshot, million, reserve, words


def three_years() -> Protocol:
    """Return a one-off and a yearly question for 2020, one for 2021, nothing for 2022."""
    agreed = Decision(outcome="agreed", decided=million(130))
    option = LineOption(million(150))
    once = make_line(1, million(100), million(200), option=option, decision=agreed)
    yearly = replace(once, number=2, recurring=True, decision=None)
    next_year = replace(
        once, number=3, year=2021, decision=Decision(outcome="not_agreed", decided=million(130))
    )
    return compose(make_snapshot(once, yearly, next_year, envelope=(reserve(million(120)),)))


def test_each_year_tells_its_cost_what_recurs_and_what_is_left_of_its_sources() -> None:
    first, second, third = effects(three_years())
    assert (first.year, first.lines, first.sources) == (2020, 2, million(120))
    assert first.computed == Cost(million(100), million(50), million(20))
    assert first.decided == Cost(million(30), Som(0), million(90))
    assert (second.year, second.sources) == (2021, None)
    # Without a source everything adds to the deficit; what was voted down costs nothing.
    assert second.computed == Cost(million(50), Som(0), -million(50))
    assert second.decided == Cost(Som(0), Som(0), Som(0))
    assert (third.year, third.lines, third.computed, third.decided) == (2022, 0, None, None)


@pytest.mark.parametrize("protocol", [three_years(), compose(dispute_2020())], ids=["three", "2020"])
def test_the_costs_of_the_years_are_the_totals(protocol: Protocol) -> None:
    found = effects(protocol)
    assert (
        Som.total(year.computed.total for year in found if year.computed) == protocol.overall.extra_computed
    )
    assert Som.total(year.decided.total for year in found if year.decided) == protocol.overall.extra_decided


@pytest.mark.poppler
def test_a_decision_where_the_lsg_side_states_no_figure_is_told_below_the_table() -> None:
    protocol = compose(dispute_2020())
    assert [year.besides for year in effects(protocol)] == [million(744), Som(0), Som(0)]
    said = text("protocol.effects.besides", "en", year="2020", more="+744,000.0 thousand soms")
    assert said in plain_text(draw(protocol, "en"))


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_planning_year_without_figures_is_printed_as_not_given(language: Language) -> None:
    printed = plain_text(draw(three_years(), language))
    table = printed.partition(text("protocol.effects.title", language))[2]
    row = table.partition(" 2022 ")[2]
    assert row.startswith(f"0 {text('protocol.effects.not_given', language)} ")


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_tells_whether_anybody_spoke_of_vulnerable_groups(language: Language) -> None:
    silent = make_line(1, million(1), million(2))
    stated = (Position(MINISTRY, million(1)), Position(UNION, million(2), vulnerable_groups=words("балдар")))
    unsaid = text("protocol.position.vulnerable_unsaid", language)
    assert plain_text(draw(compose(make_snapshot(silent)), language)).count(unsaid) == 1
    assert unsaid not in plain_text(draw(compose(make_snapshot(replace(silent, positions=stated))), language))
