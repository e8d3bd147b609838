"""How evenly money is spread in a year is told of the units of that year, with residents joined by code."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from sqlmodel import Session

from budgetproto.database import Database
from budgetproto.i18n import Named
from budgetproto.money import Som
from budgetproto.reporting.annual import service
from budgetproto.reporting.annual.gathering import gathered
from budgetproto.reporting.annual.report import YearOfBalance
from budgetproto.reporting.annual.storage import known_report
from budgetproto.sittings.domain import Stage
from budgetproto.transfers.domain import (
    Change,
    Indicator,
    IndicatorKind,
    Period,
    Territory,
    Transfer,
    TransferKind,
)
from budgetproto.transfers.storage import (
    add_indicator,
    put_kinds,
    put_territories,
    put_transfers,
    replace_changes,
)
from tests.bodies import stand_all
from tests.factories import Scene, make_scene

WAS, ALSO, NOW, OTHER = (f"4170220580{place}000" for place in range(1, 5))
NAME = Named("Ак-Суу", "Ак-Суу", "Ak-Suu")
JOINED = date(2019, 9, 1)


def joined(database: Database, counted: Mapping[str, int]) -> Scene:
    """Make units of which two were joined in 2019, with residents counted before and money of 2020."""
    made = make_scene(database, lines=1, stage=Stage.IN_SESSION)
    stand_all(made)
    with database.writing() as session:
        put_territories(session, [*(unit(code, last=JOINED) for code in (WAS, ALSO)), unit(NOW), unit(OTHER)])
        put_kinds(session, [TransferKind("equalization", NAME, Named(), Named(), "reported", ())])
        replace_changes(
            session, [Change(code, "merged", "law", JOINED, successor=NOW) for code in (WAS, ALSO)]
        )
        for code, people in counted.items():
            put(session, code, "population", people, 2018)
        for code, revenue in ((NOW, 10_000), (OTHER, 1_000)):
            put(session, code, "own_revenue", revenue, 2020)
        put_transfers(session, [gave(NOW, 5_000), gave(OTHER, 500)])
    return made


def unit(code: str, *, last: date | None = None) -> Territory:
    return Territory(code, 4, "aiyl_aimak", NAME, None, "2021-04", self_governing=True, valid_to=last)


def put(session: Session, code: str, kind: IndicatorKind, value: int, year: int) -> None:
    counted = Som(value) if kind == "own_revenue" else value
    add_indicator(session, Indicator(code, kind, counted, date(year, 12, 31), "санак"))


def gave(code: str, amount: int) -> Transfer:
    return Transfer(code, "equalization", NAME, Period("2020-01", "2020-12"), "отчёт", executed=Som(amount))


def balances(scene: Scene) -> dict[int, YearOfBalance]:
    report = service.open_report(scene.database, scene.unionist.id, party_id=scene.union.id, year=2020)
    with scene.database.reading() as session:
        found = gathered(session, known_report(session, report), [scene.unionist.id])
    return {each.year: each for each in found.balance}


def test_residents_counted_before_a_merger_are_those_of_the_unit_that_came_of_it(database: Database) -> None:
    found = balances(joined(database, {WAS: 300, ALSO: 200, OTHER: 50}))[2020]
    # 10 000 som for 500 people and 1 000 som for 50 are the same for each of them
    before = found.found.before
    assert (before.places, before.gini) == (2, Fraction(0))
    assert before.per_head == Fraction(Som(11_000).tyiyn, 550)


def test_a_unit_that_is_no_more_is_not_told_as_one_left_out(database: Database) -> None:
    assert balances(joined(database, {WAS: 300, ALSO: 200, OTHER: 50}))[2020].left_out == 0


def test_where_a_part_is_not_counted_the_whole_is_left_out(database: Database) -> None:
    found = balances(joined(database, {ALSO: 200, OTHER: 50}))[2020]
    assert (found.found.before.places, found.left_out) == (1, 1)
