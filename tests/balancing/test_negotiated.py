"""The table of the rules against real outcomes is the one that the fixture and the engine give."""

from fractions import Fraction

from docs.tables.negotiated import PAGE, by_rule, items, misses, page


def test_the_page_says_what_is_computed() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_one_figure_alone_gets_the_envelope_under_every_rule() -> None:
    alone = [item for item in items() if item.line == "EU2017-CA"]
    assert misses(alone, by_rule("A")(alone)) == [0]


def test_a_miss_is_a_share_of_the_gap_between_the_two() -> None:
    found = [item for item in items() if item.line == "DOE95-1"]
    assert misses(found, [found[0].second]) == [Fraction(5, 7)], "agreed 372.6, asked 376.6 and 362.6"
