"""No Government or committee role reads, edits or delays an annual report before it is filed."""

import re
from collections.abc import Iterator
from typing import Final

import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from budgetproto.reporting.annual import filing
from budgetproto.sittings.domain import Stage
from tests.access.expecting import NOWHERE, PLACES, Attempt, attempts, values_of
from tests.access.kinds import ACTING, OfReport
from tests.access.seats import SEATS, Caller, House, nothing_kept
from tests.counts import by_make_long
from tests.reporting.annual.writing import Desk, begun, filed, written
from tests.statements import counted

#: Those who write the report; nobody else ever learns of it before it is filed.
OWN = {"unionist", "assistant"}
STAGE = Stage.IN_SESSION
#: Everybody who is logged in and is not one of its own people.
OTHERS = sorted(set(SEATS) - OWN - {"stranger"})
#: What programs are shown of reports, once they are filed.
FOR_PROGRAMS = {"api_reports.report", "api_reports.values"}
#: Left out by the database's layer when a denial is noted within the millisecond of the one before.
_SAME_MOMENT: Final = "UPDATE account_denied SET since"
_FORM_TOKEN: Final = re.compile(r'name="csrf_token"[^>]*value="[^"]*"')


@pytest.fixture(scope="module")
def draft(house: House) -> Desk:
    return written(house.scenes[STAGE])


@pytest.fixture(scope="module")
def waiting(house: House) -> Desk:
    desk = written(house.scenes[STAGE])
    filing.close(desk.database, desk.author, desk.report, seen=desk.version)
    return desk


@pytest.fixture(scope="module")
def handed_in(house: House) -> Desk:
    return filed(house.scenes[STAGE])


def of_reports(house: House) -> Iterator[Attempt]:
    yield from (each for each in attempts(house.app) if isinstance(each.judged, OfReport))


def statuses(house: House, seat: str, desk: Desk, stage: Stage = STAGE) -> dict[tuple[str, str], int]:
    caller = house.caller(seat, stage)
    values = {**PLACES, "report_id": desk.report, "soate": "41702000000000", "year": 2020}
    with nothing_kept(house.database):
        return {
            (each.view, each.method): caller.call(each, values=values).status_code
            for each in of_reports(house)
        }


@pytest.mark.parametrize("seat", OTHERS)
def test_a_draft_is_unknown_to_everybody_else_at_every_address(house: House, draft: Desk, seat: str) -> None:
    found = statuses(house, seat, draft)
    assert len(found) > 25
    assert {place: status for place, status in found.items() if status != 404} == {}


@pytest.mark.parametrize("seat", OTHERS)
def test_a_closed_text_that_waits_for_approval_is_unknown_to_everybody_else_too(
    house: House, waiting: Desk, seat: str
) -> None:
    found = statuses(house, seat, waiting)
    assert {place: status for place, status in found.items() if status != 404} == {}


@by_make_long
@pytest.mark.parametrize("closed", [False, True])
def test_while_positions_are_collected_from_its_people_it_is_unknown_too(house: House, closed: bool) -> None:
    # Of the stages in which the scenes' delegates act for their bodies: writing enters them in the lists.
    (stage,) = ACTING - {STAGE}
    desk = written(house.scenes[stage])
    if closed:
        filing.close(desk.database, desk.author, desk.report, seen=desk.version)
    for seat in OTHERS:
        assert set(statuses(house, seat, desk, stage).values()) == {404}, seat


def test_a_stranger_is_asked_to_log_in_whatever_the_address(house: House, draft: Desk) -> None:
    found = statuses(house, "stranger", draft)
    assert {place for place, status in found.items() if status == 401} == {
        (each, "GET") for each in FOR_PROGRAMS
    }
    assert set(found.values()) == {303, 401}


@pytest.mark.parametrize("seat", OTHERS)
def test_a_draft_is_answered_as_what_is_not_there_in_every_letter_and_by_as_many_questions(
    house: House, draft: Desk, seat: str
) -> None:
    caller, empty = house.caller(seat, STAGE), begun(house.scenes[STAGE]).report
    for each in of_reports(house):
        nothing = whole_answer(house, caller, each, NOWHERE)
        assert nothing[0] == 404
        assert whole_answer(house, caller, each, draft.report) == nothing, each.view
        assert whole_answer(house, caller, each, empty) == nothing, each.view


@pytest.mark.parametrize("seat", ["minister", "secretary", "chair", "administrator"])
def test_the_lists_tell_nothing_of_what_is_being_written(house: House, seat: str) -> None:
    caller = house.caller(seat, STAGE)
    before = lists(caller)
    written(house.scenes[STAGE])
    begun(house.scenes[STAGE])
    assert lists(caller) == before


@pytest.mark.parametrize("seat", sorted(OWN))
def test_its_own_people_open_every_page_of_it(house: House, draft: Desk, seat: str) -> None:
    found = statuses(house, seat, draft)
    # What is recorded of a filed report, and the closed text, are not there yet.
    later = {("annual.as_json", "GET"), ("annual.steps", "GET"), ("annual.steps", "POST")}
    later |= {("public_reports.publication", "GET"), ("public_reports.publication", "POST")}
    # Programs read what is filed alone, also for those who write it.
    later |= {(each, "GET") for each in FOR_PROGRAMS}
    # A drawing of another page, and a form that names nobody.
    elsewhere = {("annual.drawing", "GET"), ("annual.dismiss", "POST")}
    refused = {place for place, status in found.items() if status in {403, 404}}
    assert refused == later | elsewhere


@pytest.mark.parametrize("seat", OTHERS)
def test_filed_it_is_read_by_everybody_and_changed_by_nobody(
    house: House, handed_in: Desk, seat: str
) -> None:
    found = statuses(house, seat, handed_in)
    reading = {"annual.report", "annual.values", "annual.pdf", "annual.as_json", *FOR_PROGRAMS}
    assert {view: found[view, "GET"] for view in reading} == dict.fromkeys(reading, 200)
    kept = {"secretary", "administrator"}
    changing = {
        place: status
        for place, status in found.items()
        if place[1] == "POST" and not (place[0] == "annual.steps" and seat in kept)
    }
    assert set(changing.values()) == {403}


def whole_answer(house: House, caller: Caller, attempt: Attempt, report: str) -> tuple[object, ...]:
    """Return all that one learns by asking for a report: status, headers, text, and statements it took."""
    # All of the address is looked up first: what the test itself asks is not counted.
    values = {
        **values_of(caller.scene),
        **PLACES,
        "report_id": report,
        "soate": "41702000000000",
        "year": 2020,
    }
    with nothing_kept(house.database), counted() as statements:
        answer = caller.call(attempt, values=values)
    # The address that was asked for is told again, in links to the other languages.
    text = text_of(answer).replace(report, NOWHERE)
    asked = [each for each in statements if not each.startswith(_SAME_MOMENT)]
    return answer.status_code, bare(answer.headers), text, asked


def lists(caller: Caller) -> list[tuple[object, ...]]:
    """Return what the lists of reports say: to programs, on the page and to the public."""
    program = {"Authorization": f"Bearer {caller.bearer}"}
    asked: tuple[tuple[str, dict[str, str]], ...] = (
        ("/api/v1/reports", program),
        ("/annual-reports", {}),
        ("/published-reports", {}),
    )
    found: list[tuple[object, ...]] = []
    for path, headers in asked:
        with counted() as statements:
            answer = caller.client.get(path, headers=headers)
        assert answer.status_code == 200, path
        found.append((path, text_of(answer), bare(answer.headers), list(statements)))
    return found


def text_of(answer: TestResponse) -> str:
    """Return the text of an answer without the tokens of its forms, which move with the second."""
    return _FORM_TOKEN.sub("", answer.get_data(as_text=True))


def bare(headers: Headers) -> list[tuple[str, str]]:
    """Return the headers without those that no two answers share."""
    return [(name, value) for name, value in headers if name not in {"X-Request-Id", "Set-Cookie"}]
