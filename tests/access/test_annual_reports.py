"""No Government or committee role reads, edits or delays an annual report before it is filed."""

from collections.abc import Iterator

import pytest

from budgetproto.sittings.domain import Stage
from tests.access.expecting import PLACES, Attempt, attempts
from tests.access.kinds import OfReport
from tests.access.seats import SEATS, House, nothing_kept
from tests.reporting.annual.writing import Desk, filed, written

#: Those who write the report; nobody else ever learns of it before it is filed.
OWN = {"unionist", "assistant"}
STAGE = Stage.IN_SESSION


@pytest.fixture(scope="module")
def draft(house: House) -> Desk:
    return written(house.scenes[STAGE])


@pytest.fixture(scope="module")
def handed_in(house: House) -> Desk:
    return filed(house.scenes[STAGE])


def of_reports(house: House) -> Iterator[Attempt]:
    yield from (each for each in attempts(house.app) if isinstance(each.rule, OfReport))


def statuses(house: House, seat: str, desk: Desk) -> dict[tuple[str, str], int]:
    caller = house.caller(seat, STAGE)
    values = {**PLACES, "report_id": desk.report, "soate": "41702000000000", "year": 2020}
    with nothing_kept(house.database):
        return {
            (each.view, each.method): caller.call(each, values=values).status_code
            for each in of_reports(house)
        }


@pytest.mark.parametrize("seat", sorted(set(SEATS) - OWN - {"stranger"}))
def test_a_draft_is_unknown_to_everybody_else_at_every_address(house: House, draft: Desk, seat: str) -> None:
    found = statuses(house, seat, draft)
    assert len(found) > 25
    assert {place: status for place, status in found.items() if status != 404} == {}


def test_a_stranger_is_asked_to_log_in_whatever_the_address(house: House, draft: Desk) -> None:
    assert set(statuses(house, "stranger", draft).values()) == {303}


@pytest.mark.parametrize("seat", sorted(OWN))
def test_its_own_people_open_every_page_of_it(house: House, draft: Desk, seat: str) -> None:
    found = statuses(house, seat, draft)
    # What is recorded of a filed report, and the closed text, are not there yet.
    later = {("annual.as_json", "GET"), ("annual.steps", "GET"), ("annual.steps", "POST")}
    later |= {("public_reports.publication", "GET"), ("public_reports.publication", "POST")}
    elsewhere = {("annual.drawing", "GET")}
    refused = {place for place, status in found.items() if status in {403, 404}}
    assert refused == later | elsewhere


@pytest.mark.parametrize("seat", sorted(set(SEATS) - OWN - {"stranger"}))
def test_filed_it_is_read_by_everybody_and_changed_by_nobody(
    house: House, handed_in: Desk, seat: str
) -> None:
    found = statuses(house, seat, handed_in)
    reading = {"annual.report", "annual.values", "annual.pdf", "annual.as_json"}
    assert {view: found[view, "GET"] for view in reading} == dict.fromkeys(reading, 200)
    kept = {"secretary", "administrator"}
    changing = {
        place: status
        for place, status in found.items()
        if place[1] == "POST" and not (place[0] == "annual.steps" and seat in kept)
    }
    assert set(changing.values()) == {403}
