"""Sets and figures in the database: versions only grow, a real figure goes before a made-up one."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from budgetproto.accounts.domain import Person
from budgetproto.database import Database
from budgetproto.errors import BadInput, NotPermitted
from budgetproto.i18n import Named
from budgetproto.transfers.domain import Territory
from budgetproto.transfers.modelling import storage
from budgetproto.transfers.modelling.service import (
    SetChanged,
    SetOfAnotherModel,
    SetUnchanged,
    add_version,
    load_models,
    require_set,
    simulated,
)
from budgetproto.transfers.modelling.shipped import read_sets, read_shipped, shipped_digest
from budgetproto.transfers.models import Input, ParameterSet
from budgetproto.transfers.reference import read_reference, read_sources
from budgetproto.transfers.storage import put_territories
from tests.transfers.test_routes import ANALYST, SECRETARY

BISHKEK = "41711000000000"
SET = ParameterSet("sharing", "a", Named("а"), "proposal", date(2026, 1, 1), {"norm.income": 5_000}, "Кат")


@pytest.fixture
def keeping(database: Database) -> Database:
    territory = Territory(
        BISHKEK, 1, "republican_city", Named(ru="г. Бишкек"), None, "2021-04", self_governing=True
    )
    with database.writing() as session:
        put_territories(session, [territory])
    return database


def added(
    database: Database, parameters: ParameterSet, seen: int, keeper: Person = SECRETARY
) -> ParameterSet:
    return add_version(database, keeper=keeper, parameters=parameters, seen=seen)


def test_versions_only_grow(keeping: Database) -> None:
    added(keeping, SET, 0)
    newer = added(keeping, replace(SET, values={"norm.income": 6_000}), 1)
    assert newer.key == "a.2"
    with keeping.reading() as session:
        assert require_set(session, "a.1").values == {"norm.income": 5_000}
        assert require_set(session, "a") == newer
    for refusal, changed, seen in (
        (SetChanged, replace(SET, values={"norm.income": 1}), 1),
        (SetUnchanged, replace(SET, values={"norm.income": 6_000}), 2),
        (SetOfAnotherModel, replace(SET, model="equalization", values={"fund": 1}), 2),
    ):
        with pytest.raises(refusal):
            added(keeping, changed, seen)
    with pytest.raises(NotPermitted):
        added(keeping, replace(SET, code="b"), 0, ANALYST)


def test_no_version_is_ever_changed_or_deleted(keeping: Database) -> None:
    added(keeping, SET, 0)
    for statement in (
        "UPDATE transfers_parameter_set SET stated = '{}'",
        "DELETE FROM transfers_parameter_set",
    ):
        with pytest.raises(sa.exc.DBAPIError), keeping.writing() as session:
            session.connection().execute(sa.text(statement))


def test_a_real_figure_goes_before_a_made_up_one_and_both_are_kept(keeping: Database) -> None:
    made_up = Input(BISHKEK, 2026, "tax", "income", "PROJECT", 100_000, illustrative=True)
    real = replace(made_up, amount=10**15, source="Казына", illustrative=False)
    with keeping.writing() as session:
        storage.put_inputs(session, [made_up])
    with keeping.reading() as session:
        found = simulated(session, model="sharing", year=2026, base=SET, other=SET)
    assert (found.comparison.whole.before, found.illustrative) == (50_000, True)
    with keeping.writing() as session:
        storage.put_inputs(session, [real, replace(made_up, amount=7)])
    with keeping.reading() as session:
        found = simulated(session, model="sharing", year=2026, base=SET, other=SET)
        assert len(storage.find_inputs(session, "sharing", 2026)) == 2
        assert storage.years_of(session, "sharing") == {2026: {"income"}}
    assert (found.comparison.whole.before, found.illustrative) == (10**15 // 2, False)
    assert found.sources == ("Казына",)


def test_a_year_without_figures_is_refused(keeping: Database) -> None:
    with keeping.reading() as session, pytest.raises(BadInput):
        simulated(session, model="sharing", year=2031, base=SET, other=SET)


def test_what_is_shipped_is_loaded_once(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        put_territories(session, read_reference().territories)
    assert load_models(sqlite_database)
    assert not load_models(sqlite_database)
    with sqlite_database.reading() as session:
        assert storage.find_sets(session)
        found = storage.find_inputs(session, "sharing", 2022)
    assert [each.amount for each in found] == [15_420_000_000_00]
    assert not found[0].illustrative


def test_everything_drawn_is_marked_and_drawn_the_same_again() -> None:
    shipped = read_shipped()
    drawn = [each for each in shipped.inputs if each.source == "PROJECT"]
    assert all(each.illustrative for each in drawn)
    assert [each for each in shipped.inputs if not each.illustrative] == [
        Input(BISHKEK, 2022, "tax", "all_revenue", "AQP23", 15_420_000_000_00)
    ]
    income = {
        each.soate: each.amount for each in drawn if (each.item, each.year) == ("income_tax_agent", 2026)
    }
    assert (len(income), income["41702205805000"]) == (484, 8_614_900_00)
    assert not any(each.kind == "population" for each in shipped.inputs)  # type: ignore[comparison-overlap]
    assert len(shipped_digest()) == 64


def test_every_shipped_set_names_known_sources_and_says_what_is_made_up() -> None:
    sets, sources = read_sets(), read_sources()
    assert all(set(each.source.split()) <= sources.keys() for each in sets)
    assert all(
        each.illustrative == (each.source == "PROJECT") or each.note.ky for each in sets if each.illustrative
    )
    assert not any(each.source == "PROJECT" for each in sets if not each.illustrative)
