"""What is known of territories: recast by code over mergers, whole or no data, and the budget of one year."""

from datetime import date

import pytest
from sqlmodel import Session

from budgetproto.analysis.consequences.knowledge import Contested, Knowledge, knowledge
from budgetproto.database import Database
from budgetproto.i18n import Named
from budgetproto.money import Som
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

WAS, ALSO, NOW, OTHER, UNKNOWN = (f"4170220580{place}000" for place in range(1, 6))
ON = date(2025, 6, 30)
SAME = Named("Ак-Суу", "Ак-Суу", "Ak-Suu")


@pytest.fixture
def merged(database: Database) -> Database:
    """Two units of 2023 are one in 2025, all of one name; another has no known successor."""
    places = [
        Territory(code, 4, "aiyl_aimak", SAME, None, "2021-04", self_governing=True)
        for code in (WAS, ALSO, NOW, OTHER, UNKNOWN)
    ]
    kinds = [
        TransferKind(code, Named(code, code, code), Named(), Named(), "reported", ())
        for code in ("equalization", "targeted")
    ]
    with database.writing() as session:
        put_territories(session, places)
        put_kinds(session, kinds)
        day = date(2024, 9, 1)
        replace_changes(
            session,
            [
                *(Change(code, "merged", "law", day, successor=NOW) for code in (WAS, ALSO)),
                Change(UNKNOWN, "merged", "law", day),
            ],
        )
    return database


def put(session: Session, code: str, kind: IndicatorKind, value: int, year: int = 2023) -> None:
    counted = Som(value) if kind == "own_revenue" else value
    add_indicator(session, Indicator(code, kind, counted, date(year, 12, 31), "a count"))


def gave(
    session: Session, code: str, kind: str, amount: int, *, end: str = "2023-12", year: int = 2023
) -> None:
    period = Period(f"{year}-01", end)
    put_transfers(session, [Transfer(code, kind, SAME, period, "a report", executed=Som(amount))])


def known(database: Database, contested: Contested | None = None, *codes: str) -> Knowledge:
    with database.reading() as session:
        return knowledge(session, codes or (NOW, OTHER, UNKNOWN), ON, contested or Contested())


def test_figures_of_units_that_merged_are_added_up_by_code_and_the_change_is_told(merged: Database) -> None:
    with merged.writing() as session:
        for code, people, revenue in ((WAS, 300, 7_000), (ALSO, 200, 5_000), (OTHER, 50, 900)):
            put(session, code, "population", people)
            put(session, code, "own_revenue", revenue)
    found = known(merged)
    assert dict(found.facts.population) == {NOW: 500, OTHER: 50}
    assert dict(found.facts.revenue) == {NOW: 12_000, OTHER: 900}
    assert {step.was for step in found.steps} == {WAS, ALSO}
    assert {each.kind for each in found.sources} == {"population", "own_revenue"}


def test_a_sum_with_a_missing_part_is_no_data_and_one_name_joins_nothing(merged: Database) -> None:
    with merged.writing() as session:
        put(session, WAS, "population", 300)
        put(session, UNKNOWN, "population", 40)
    found = known(merged)
    assert dict(found.facts.population) == {}
    assert [(each.soate, each.why) for each in found.apart] == [(UNKNOWN, "no_successor")]


def test_a_newer_count_of_the_unit_itself_counts(merged: Database) -> None:
    with merged.writing() as session:
        put(session, WAS, "population", 300)
        put(session, ALSO, "population", 200)
        put(session, NOW, "population", 480, 2024)
    found = known(merged)
    assert dict(found.facts.population) == {NOW: 480}
    assert found.apart == ()


def test_the_budget_is_own_revenue_with_the_transfers_of_its_year_recast_too(merged: Database) -> None:
    with merged.writing() as session:
        for code, revenue in ((WAS, 7_000), (ALSO, 5_000), (OTHER, 900)):
            put(session, code, "own_revenue", revenue)
        gave(session, WAS, "equalization", 100)
        gave(session, ALSO, "equalization", 30)
        gave(session, WAS, "targeted", 4)
        gave(session, ALSO, "targeted", 1)
    found = known(merged)
    assert found.year == 2023
    assert dict(found.budget) == {NOW: 12_135}
    assert dict(found.counting("budget").revenue) == {NOW: 12_135}
    assert dict(found.counting("revenue").revenue) == {NOW: 12_000, OTHER: 900}
    assert found.transfer_sources == ("a report",)


def test_contested_kinds_count_as_contested_and_not_twice(merged: Database) -> None:
    with merged.writing() as session:
        put(session, OTHER, "own_revenue", 900)
        gave(session, OTHER, "equalization", 100)
        gave(session, OTHER, "targeted", 5)
    here = Contested(by_territory={OTHER: frozenset({"equalization"})})
    assert dict(known(merged, here).budget) == {OTHER: 905}
    assert dict(known(merged, Contested(frozenset({"equalization", "targeted"}))).budget) == {OTHER: 900}


def test_a_part_of_a_year_or_another_year_is_no_budget(merged: Database) -> None:
    with merged.writing() as session:
        put(session, OTHER, "own_revenue", 900)
        gave(session, OTHER, "equalization", 100, end="2023-07")
        gave(session, OTHER, "targeted", 5, end="2022-12", year=2022)
    found = known(merged)
    assert (found.year, dict(found.budget)) == (None, {})
