"""The secretary hands in a file of figures, sees what it would change, and takes it; nobody else may."""

import io

import pytest
from werkzeug.test import TestResponse

from budgetproto.accounts.domain import Role
from budgetproto.database import Database
from budgetproto.transfers.reference import read_reference
from budgetproto.transfers.storage import find_transfers, put_territories
from tests.factories import Scene, make_person
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor, said, shown

OSH = "41706000000000"
SOURCE = "Каттын көчүрмөсү, № 7"
HEAD = "territory,kind,period_from,period_to,executed\n"
ROW = f"{OSH},equalization,2025-01,2025-08,450400.0\n"


@pytest.fixture
def secretary(sqlite_database: Database, scene: Scene, visit: Visit) -> Visitor:
    with sqlite_database.writing() as session:
        put_territories(session, read_reference().territories)
    return visit(scene.secretary)


def hand_in(visitor: Visitor, rows: str, *, name: str = "osh.csv", source: str = SOURCE) -> TestResponse:
    file = (io.BytesIO((HEAD + rows).encode()), name)
    return visitor.fill("/transfers/import", file=file, unit="THOUSAND_SOMS", source=source)


def stored(database: Database) -> list[int | None]:
    with database.reading() as session:
        return [each.executed and each.executed.tyiyn for each in find_transfers(session)]  # type: ignore[misc]


def test_a_file_is_looked_at_before_it_is_taken(secretary: Visitor, sqlite_database: Database) -> None:
    sent = hand_in(secretary, ROW)
    assert sent.status_code == 303
    page = secretary.get(sent.location)
    assert said("transfers.import.nothing_yet", file="osh.csv", rows=1) in shown(page)
    assert said("transfers.import.checked", seconds=1) in shown(page)
    assert stored(sqlite_database) == []
    taken = secretary.fill(sent.location, act="take")
    assert (taken.status_code, stored(sqlite_database)) == (303, [45_040_000_000])
    assert said("transfers.import.taken", new=1, changed=0) in shown(secretary.get(taken.location))
    assert secretary.get(sent.location).status_code == 404


def test_a_faulty_file_is_refused_with_the_place_and_the_form_stays_filled_in(
    secretary: Visitor, sqlite_database: Database
) -> None:
    page = hand_in(secretary, ROW + f"{OSH},wishes,2025-01,2025-08,1\n")
    assert page.status_code == 422
    assert "osh.csv · 3-сап · «kind» тилкеси" in shown(page)
    assert SOURCE in page.text
    assert stored(sqlite_database) == []


def test_amounts_in_another_unit_wait_for_a_tick(secretary: Visitor, sqlite_database: Database) -> None:
    secretary.fill(hand_in(secretary, ROW).location, act="take")
    waiting = hand_in(secretary, ROW.replace("450400.0", "450.4")).location
    refused = secretary.fill(waiting, act="take")
    assert (refused.status_code, stored(sqlite_database)) == (422, [45_040_000_000])
    secretary.fill(waiting, act="take", confirmed="y")
    assert stored(sqlite_database) == [45_040_000]


def test_a_file_can_be_forgotten(secretary: Visitor, sqlite_database: Database) -> None:
    waiting = hand_in(secretary, ROW).location
    assert secretary.fill(waiting, act="forget").status_code == 303
    assert (secretary.get(waiting).status_code, stored(sqlite_database)) == (404, [])


def test_a_file_of_somebody_else_is_unknown(
    secretary: Visitor, sqlite_database: Database, visit: Visit
) -> None:
    waiting = hand_in(secretary, ROW).location
    administrator = make_person(sqlite_database, roles=frozenset({Role.ADMINISTRATOR}))
    assert visit(administrator).get(waiting).status_code == 404


def test_a_source_without_an_address_is_no_link(secretary: Visitor) -> None:
    waiting = hand_in(secretary, ROW, source="javascript:alert(1)").location
    secretary.fill(waiting, act="take")
    assert 'href="javascript' not in secretary.get("/transfers").text
