"""Two protocols side by side: what is new, gone and changed, each sum as composition made it."""

from dataclasses import replace

from budgetproto.i18n import Named
from budgetproto.money import Som
from budgetproto.protocol.composed import Protocol, Stand
from budgetproto.protocol.composition import compose
from budgetproto.protocol.delivery.comparison import Change, Comparison, compare
from budgetproto.protocol.snapshot import Decision, Line
from tests.protocol.samples import make_line, make_snapshot, million


def made(*lines: Line) -> Protocol:
    return compose(make_snapshot(*lines))


def fields(found: Comparison, number: int) -> dict[str, Change]:
    line = next(each for each in found.lines if each.line.number == number)
    return {change.field: change for change in line.changes}


GRANTS = make_line(1, million(0), million(600))
SALARIES = make_line(2, million(1000), million(1744))


def test_a_protocol_does_not_differ_from_itself() -> None:
    found = compare(made(GRANTS, SALARIES), made(GRANTS, SALARIES))
    assert [line.state for line in found.lines] == ["same", "same"]
    assert found.differing == ()
    assert all(each.change in (None, Som(0)) for each in found.sums)


def test_a_changed_figure_is_told_from_what_to_what() -> None:
    found = compare(made(GRANTS), made(make_line(1, million(0), million(450))))
    assert fields(found, 1) == {
        "lsg": Change("lsg", Stand(million(600), million(600)), Stand(million(450), million(450)))
    }


def test_a_blank_position_differs_from_zero() -> None:
    found = compare(made(make_line(1, None, million(600))), made(GRANTS))
    assert fields(found, 1)["government"] == Change("government", None, Stand(million(0), million(0)))


def test_lines_of_one_sitting_are_matched_by_number() -> None:
    found = compare(made(GRANTS), made(GRANTS, SALARIES))
    assert [(line.line.number, line.state) for line in found.lines] == [(1, "same"), (2, "new")]
    back = compare(made(GRANTS, SALARIES), made(GRANTS))
    assert [(line.line.number, line.state) for line in back.lines] == [(1, "same"), (2, "gone")]
    assert [found.of("new"), back.of("gone")] == [1, 1]


def test_lines_of_two_sittings_are_matched_by_what_they_were_made_from() -> None:
    later = (replace(SALARIES, number=1), replace(GRANTS, number=5), make_line(3, million(1), million(2)))
    found = compare(made(GRANTS, SALARIES), made(*later), kin=[(2, 1), (1, 5)])
    assert [(line.line.number, line.state) for line in found.lines] == [(1, "same"), (3, "new"), (5, "same")]


def test_without_kinship_equal_numbers_of_two_sittings_say_nothing() -> None:
    found = compare(made(GRANTS), made(GRANTS), kin=[])
    assert [line.state for line in found.lines] == ["new", "gone"]


def test_a_question_divided_into_two_stands_beside_both() -> None:
    later = (make_line(1, million(0), million(200)), make_line(2, million(0), million(400)))
    found = compare(made(GRANTS), made(*later), kin=[(1, 1), (1, 2)])
    assert [line.state for line in found.lines] == ["changed", "changed"]


def test_kinship_with_a_line_that_is_in_neither_protocol_is_passed_over() -> None:
    found = compare(made(GRANTS), made(GRANTS), kin=[(1, 1), (7, 1), (1, 9)])
    assert [line.state for line in found.lines] == ["same"]


def test_of_a_new_line_its_figures_are_told() -> None:
    told = fields(compare(made(), made(GRANTS)), 1)
    assert list(told) == ["government", "lsg", "outcome"]
    assert told["lsg"].before is None


def test_a_decision_and_a_title_are_compared() -> None:
    after = replace(
        GRANTS, title=Named(ru="Иначе"), decision=Decision(decided=million(347), outcome="agreed")
    )
    told = fields(compare(made(GRANTS), made(after)), 1)
    assert {"title", "decided", "outcome"} == set(told)


def test_the_sums_are_those_of_the_protocols_and_their_change() -> None:
    before, after = made(GRANTS), made(GRANTS, SALARIES)
    sums = {each.name: each for each in compare(before, after).sums}
    assert (sums["lsg"].before, sums["lsg"].after) == (
        before.overall.compared.lsg,
        after.overall.compared.lsg,
    )
    assert sums["signed"].change == million(744)
    assert (sums["decided"].before, sums["decided"].change) == (None, None)


def test_the_numbers_of_lines_are_told_before_and_after() -> None:
    counts = {each.name: (each.before, each.after) for each in compare(made(GRANTS), made()).counts}
    assert counts == {"lines": (1, 0), "compared": (1, 0), "undecided": (1, 0)}
