"""The rules of filing, comparing and limiting, without a database."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from budgetproto.accounts.domain import Party, Side
from budgetproto.disputes import domain
from budgetproto.disputes.domain import (
    Figure,
    FigureMissing,
    FigureOfAnotherKind,
    FloorAboveCap,
    Line,
    LineText,
    Measure,
    OnlyLeadStatesFigure,
    Position,
    TooLate,
)
from budgetproto.disputes.figures import stands
from budgetproto.disputes.figures.jumps import jumps
from budgetproto.disputes.figures.stands import Difference, Stand
from budgetproto.i18n import Named, Points, Words, text
from budgetproto.money import Som
from tests.stated import GRANTS, MILLION, line_text, make_position

DEADLINE = datetime(2020, 5, 14, 12, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def party(name: str, side: Side) -> Party:
    return Party(name, name, side, Named(name, name, name))


MINISTRY, HEALTH = party("ministry", "government"), party("health", "government")
UNION, CITIES = party("union", "lsg"), party("cities", "lsg")
PARTIES = (MINISTRY, HEALTH, UNION, CITIES)


def line(described: LineText | None = None) -> Line:
    described = described or line_text(lead_government="ministry")
    return Line("line", "sitting", 1, described, None, None, 1)


def check(position: Position, *, who: Party = UNION, at: datetime, text: LineText | None = None) -> None:
    domain.check_filing(line(text), who, position, at=at, until=DEADLINE, deadline=DEADLINE)


def test_the_last_microsecond_before_the_deadline_is_in_time() -> None:
    check(make_position(), at=DEADLINE - TICK)


@pytest.mark.parametrize("after", [timedelta(0), TICK, timedelta(hours=1)])
def test_at_the_deadline_it_is_too_late(after: timedelta) -> None:
    with pytest.raises(TooLate):
        check(make_position(), at=DEADLINE + after)


def test_when_filing_has_ended_no_time_is_early_enough_and_the_deadline_is_told() -> None:
    with pytest.raises(TooLate) as refusal:
        domain.check_filing(
            line(), UNION, make_position(), at=DEADLINE - timedelta(days=9), until=None, deadline=DEADLINE
        )
    assert refusal.value.details == {"deadline": DEADLINE}


def test_neither_figure_nor_rationale_is_no_position() -> None:
    with pytest.raises(FigureMissing):
        check(make_position(figure=None), at=DEADLINE - TICK)


@pytest.mark.parametrize(
    "position", [make_position(figure=Som(0)), make_position(figure=None, rationale="Ң")]
)
def test_a_zero_is_a_position_and_so_is_a_text_alone(position: Position) -> None:
    check(position, at=DEADLINE - TICK)


def test_another_ministry_may_add_a_text_but_no_figure() -> None:
    check(make_position(figure=None, rationale="Ооруканалар"), who=HEALTH, at=DEADLINE - TICK)
    with pytest.raises(OnlyLeadStatesFigure):
        check(make_position(figure=Som(0)), who=HEALTH, at=DEADLINE - TICK)


def test_every_association_may_state_a_figure_whoever_leads() -> None:
    led = line_text(lead_government="ministry", lead_lsg="union")
    check(make_position(), who=CITIES, at=DEADLINE - TICK, text=led)


def test_without_a_lead_every_ministry_may_state_a_figure() -> None:
    check(make_position(), who=HEALTH, at=DEADLINE - TICK, text=line_text())


@pytest.mark.parametrize(
    ("figure", "measure"),
    [
        (3550, Measure.AMOUNT),
        (True, Measure.AMOUNT),
        (GRANTS, Measure.PERCENTAGE),
        (True, Measure.PERCENTAGE),
        (1, Measure.YES_NO),
        (Som(0), Measure.TEXT),
        (Words(Named("ооба")), Measure.YES_NO),
    ],
)
def test_a_figure_of_another_kind_than_the_line_asks_for_is_refused(figure: Figure, measure: Measure) -> None:
    with pytest.raises(FigureOfAnotherKind):
        check(make_position(figure=figure), at=DEADLINE - TICK, text=line_text(measure=measure))


def test_the_difference_is_lsg_minus_government_signed_and_absolute() -> None:
    """Bishkek's share of 15.42 bn: 12 % offered, 25 % asked; and a cut of 600 million to 347.5385."""
    assert stands.difference(GRANTS, Som(34_753_850_000)) == Difference(
        Som(-25_246_150_000), Som(25_246_150_000), Fraction(-2_524_615, 6_000_000)
    )
    assert stands.difference(1200, 2500) == Difference(1300, 1300, Fraction(1300, 1200))


def test_the_share_is_undefined_when_the_government_states_zero() -> None:
    found = stands.difference(Som(0), GRANTS)
    assert found == Difference(GRANTS, GRANTS, None)
    assert stands.difference(0, 2500) == Difference(2500, 2500, None)


@pytest.mark.parametrize(
    ("government", "lsg"),
    [
        (None, GRANTS),
        (GRANTS, None),
        (None, None),
        (True, False),
        (GRANTS, 2500),
        (Words(Named("а")), Words(Named("б"))),
    ],
)
def test_there_is_no_difference_without_two_figures_of_one_countable_kind(
    government: Figure, lsg: Figure
) -> None:
    assert stands.difference(government, lsg) is None


def positions(**figures: Figure) -> dict[str, Position]:
    return {name: make_position(figure=figure, rationale="Себеп") for name, figure in figures.items()}


def test_the_leads_figures_count_whatever_others_state() -> None:
    led = line_text(lead_government="ministry", lead_lsg="union")
    filed = positions(ministry=Som(0), health=None, union=GRANTS, cities=Som(70_000 * MILLION))
    assert stands.stand(led, filed, PARTIES) == Stand(Som(0), GRANTS, lsg_divided=False)


def test_a_silent_lead_leaves_no_figure_and_nobody_speaks_for_it() -> None:
    led = line_text(lead_government="ministry", lead_lsg="union")
    assert stands.stand(led, positions(cities=GRANTS), PARTIES) == Stand(None, None, lsg_divided=False)


def test_associations_that_agree_are_a_joint_figure_and_a_silent_one_does_not_disagree() -> None:
    assert stands.stand(line_text(), positions(union=GRANTS, cities=GRANTS), PARTIES).lsg == GRANTS
    assert stands.stand(line_text(), positions(union=GRANTS, cities=None), PARTIES).lsg == GRANTS


def test_associations_that_differ_leave_their_side_divided_and_no_figure_is_picked() -> None:
    found = stands.stand(line_text(), positions(union=GRANTS, cities=Som(0)), PARTIES)
    assert found == Stand(None, None, lsg_divided=True)


def test_zero_and_blank_are_told_apart_in_what_a_side_states() -> None:
    assert stands.stand(line_text(), positions(union=Som(0)), PARTIES).lsg == Som(0)
    assert stands.stand(line_text(), positions(union=None), PARTIES).lsg is None


@pytest.mark.parametrize(
    ("figure", "base", "confirm"),
    [
        (Som(600_000 * MILLION), GRANTS, True),  # thousand soms taken for soms
        (Som(6_000 * MILLION), GRANTS, True),
        (Som(6_000 * MILLION - 1), GRANTS, False),
        (Som(60 * MILLION), GRANTS, True),
        (Som(60 * MILLION + 1), GRANTS, False),
        (Som(-6_000 * MILLION), GRANTS, True),
        (Som(0), GRANTS, False),
        (GRANTS, Som(0), False),
        (GRANTS, None, False),
        (None, GRANTS, False),
        (25, 2500, True),
        (True, 10, False),
    ],
)
def test_ten_times_the_base_or_a_tenth_of_it_asks_for_confirmation(
    figure: Figure, base: Som | int | None, confirm: bool
) -> None:
    assert jumps(figure, base) is confirm


@pytest.mark.parametrize(("floor", "cap"), [(Som(2), Som(1)), (2500, 1200), (Som(0), Som(-1))])
def test_a_floor_above_the_cap_is_refused(floor: Som | int, cap: Som | int) -> None:
    with pytest.raises(FloorAboveCap):
        domain.check_limits(line_text(floor=floor, cap=cap))


@pytest.mark.parametrize(
    ("floor", "cap"), [(Som(1), Som(1)), (None, Som(1)), (Som(1), None), (None, None), (0, 0)]
)
def test_limits_that_leave_room_are_taken(floor: Som | int | None, cap: Som | int | None) -> None:
    domain.check_limits(line_text(floor=floor, cap=cap))


def test_a_refusal_tells_a_percentage_as_a_percentage() -> None:
    with pytest.raises(FloorAboveCap) as refusal:
        domain.check_limits(line_text(floor=2500, cap=1200))
    assert refusal.value.details == {"floor": Points(2500), "cap": Points(1200)}
    told = text("disputes.floor_above_cap", "en", **refusal.value.details)
    assert "25%" in told
    assert "12%" in told


def test_every_kind_of_figure_can_be_told() -> None:
    figures: tuple[Figure, ...] = (None, GRANTS, 2500, True, Words(Named("Өргө")))
    told = [text("disputes.jump_unconfirmed", "ky", figure=domain.told(each), base=None) for each in figures]
    for shown, expected in zip(told, ("—", "600\u00a0000,0", "25\u00a0%", "ооба", "Өргө"), strict=True):
        assert expected in shown


def test_a_side_with_a_lead_is_heard_through_its_lead_alone() -> None:
    text = line_text(lead_government="ministry")
    assert stands.sides_heard(text, ["health", "cities"], PARTIES) == {"lsg"}
    assert stands.sides_heard(text, ["ministry", "cities"], PARTIES) == {"government", "lsg"}
