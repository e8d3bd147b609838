"""Sums, counts and the fingerprint of the composed protocol."""

import time
from dataclasses import replace

import pytest

from budgetproto.i18n import Named
from budgetproto.money import Som
from budgetproto.protocol.composition import compose, fingerprint, snapshot_document, stored_snapshot
from budgetproto.protocol.snapshot import Decision, LineOption, Snapshot
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.long_samples import long_sitting
from tests.protocol.samples import make_line, make_snapshot, million

THREE_BY_YEAR = make_snapshot(
    make_line(1, million(10), million(16), year=2020, option=LineOption(million(13))),
    make_line(2, million(9), million(7), year=2020, option=LineOption(million(7))),
    make_line(3, million(4), million(5), year=2021, decision=Decision(decided=million(5), outcome="agreed")),
)


def test_only_lines_with_both_figures_are_in_the_sums_of_2020() -> None:
    total = compose(dispute_2020()).overall
    assert (total.lines, total.compared.lines, total.one_sided.lines) == (3, 1, 2)
    assert (total.compared.government, total.compared.lsg) == (Som(0), million(600))


def test_one_sided_lines_are_summed_apart() -> None:
    apart = compose(dispute_2020()).overall.one_sided
    assert (apart.decided, apart.decided_lines, apart.government_lines, apart.lsg_lines) == (
        million(1744),
        2,
        1,
        0,
    )


def test_a_loan_is_shown_apart_from_grants() -> None:
    (part,) = compose(dispute_2020()).overall.instruments
    assert (part.instrument, part.lines, part.decided) == ("disputes.instrument.loan", 1, million(744))


def test_the_envelope_says_what_is_left() -> None:
    use = compose(dispute_2020()).envelope
    assert (use.total, use.left_computed, use.left_decided) == (million(450), Som(0), Som(10_246_150_000))


def test_an_envelope_without_sources_is_not_zero() -> None:
    use = compose(make_snapshot(make_line(1, Som(0), million(1)))).envelope
    assert (use.total, use.left_computed) == (None, None)


def test_plus_and_minus_do_not_hide_each_other() -> None:
    total = compose(THREE_BY_YEAR).overall
    assert (total.signed, total.absolute) == (million(5), million(9))


def test_years_are_summed_apart_and_add_up_to_all() -> None:
    protocol = compose(THREE_BY_YEAR)
    assert [year.year for year in protocol.years] == [2020, 2021]
    assert Som.total(year.signed for year in protocol.years) == protocol.overall.signed


@pytest.mark.parametrize("snapshot", [dispute_2020(), THREE_BY_YEAR, long_sitting(30)])
def test_the_signed_difference_is_the_difference_of_the_sums(snapshot: Snapshot) -> None:
    for total in (*compose(snapshot).years, compose(snapshot).overall):
        assert total.signed == total.compared.lsg - total.compared.government


def test_more_for_the_lsg_side_is_counted_from_the_governments_figures() -> None:
    total = compose(THREE_BY_YEAR).overall
    assert (total.extra_computed, total.extra_decided) == (million(1), million(1))


def test_a_sum_says_how_many_lines_it_has() -> None:
    sums = compose(THREE_BY_YEAR).overall.compared
    assert (sums.computed_lines, sums.proposed_lines, sums.decided_lines) == (2, 0, 1)


def test_a_text_line_has_no_money() -> None:
    total = compose(make_snapshot(make_line(1, measure="text"))).overall
    assert (total.without_money, total.one_sided.lines) == (1, 0)


def test_the_counts_say_where_the_lines_stand() -> None:
    protocol = compose(dispute_2020())
    assert (protocol.count("agreed"), protocol.count("partly_agreed"), protocol.count("referred")) == (
        2,
        1,
        0,
    )


def test_the_largest_difference_comes_first_and_the_unknown_last() -> None:
    lines = (make_line(1, Som(0), None), make_line(2, Som(0), million(1)), make_line(3, million(9), Som(0)))
    assert compose(make_snapshot(*lines)).by_size == (3, 2, 1)


def test_the_quorum_is_a_setting() -> None:
    snapshot = dispute_2020()
    missed = replace(snapshot, attendance=replace(snapshot.attendance, quorum=9))
    unset = replace(snapshot, attendance=replace(snapshot.attendance, quorum=None))
    found = [compose(it).quorum_reached for it in (snapshot, missed, unset)]
    assert found == [True, False, None]


def test_one_made_up_source_marks_the_paper() -> None:
    assert compose(dispute_2020()).illustrative
    clean = make_snapshot(make_line(1, Som(0), million(1)))
    assert not compose(replace(clean, attendance=replace(clean.attendance, illustrative=False))).illustrative


def test_a_stored_snapshot_composes_to_the_same_fingerprint() -> None:
    snapshot = dispute_2020()
    again = stored_snapshot(snapshot_document(snapshot))
    assert fingerprint(compose(again)) == fingerprint(compose(snapshot))


def test_any_changed_letter_changes_the_fingerprint() -> None:
    snapshot = dispute_2020()
    title = Named("2020-жылга такталган республикалык бюджет.")
    changed = replace(snapshot, sitting=replace(snapshot.sitting, title=title))
    assert fingerprint(compose(changed)) != fingerprint(compose(snapshot))


def as_first_printed(facts: Snapshot) -> Snapshot:
    """Leave out what protocols did not tell at first: they keep their hash."""
    lines = tuple(replace(line, answers=()) for line in facts.lines)
    terms = replace(facts.terms, procedure=(), extensions=())
    return replace(facts, terms=terms, lines=lines, participation=None)


def test_the_fingerprint_of_the_2020_sitting_is_stable() -> None:
    # A change here changes the hash on every protocol already printed: bump FORMAT and keep the old reader.
    assert fingerprint(compose(as_first_printed(dispute_2020()))) == FINGERPRINT_2020


def test_five_hundred_lines_are_composed_in_a_blink() -> None:
    snapshot = long_sitting(500, sentences=1)
    begun = time.perf_counter()
    compose(snapshot)
    assert time.perf_counter() - begun < 0.5


FINGERPRINT_2020 = "e562c21aac0e6e8ad3772934dd8d244a31f2c987f53a249c7c83a9f2c87dd56f"
