"""A party's own position by a program: sealed as on the page, filed once, by who has seen the last one."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from budgetproto.accounts.domain import Person
from budgetproto.database import Database
from budgetproto.disputes.domain import Instrument, Vulnerable
from budgetproto.disputes.positions import sealing
from budgetproto.disputes.positions.own import own_position
from budgetproto.i18n import Named, Words
from budgetproto.money import Som
from budgetproto.settings import Settings
from tests.api.conftest import Programs
from tests.api.program import Program
from tests.applications import application
from tests.factories import (
    Scene,
    file,
    make_scene,
    need_four_eyes,
    open_all,
    reach_deadline,
)

WHOLE: dict[str, Any] = {
    "figure": {"amount": "600000000.01"},
    "rationale": {"language": "ky", "ky": "Негиздеме", "ru": "Обоснование", "translation_confirmed": True},
    "instrument": "loan",
    "timing": "2027",
    "priority": 250,
    "vulnerable": "affected",
    "vulnerable_text": "Үй-бүлөлөр",
    "source": "Отчёт",
    "source_date": "2026-10-01",
    "confirmed": True,
}
BARE: dict[str, Any] = {"figure": {"amount": "1.00"}, "vulnerable": "none", "confirmed": True}

#: What is wrong is told before anybody looks whether there is such a position.
NOWHERE = f"/lines/{'a' * 26}/positions/{'a' * 26}"

Seat = Callable[[Person], Program]


@pytest.fixture
def app(sqlite_database: Database, tmp_path: Any) -> Flask:
    """Serve the test's own database."""
    sealing.make_key(tmp_path / "seal.key")
    return application(Settings(tmp_path, sqlite_database.url, tmp_path / "seal.key", "only for tests"))


@pytest.fixture
def scene(app: Flask, sqlite_database: Database) -> Scene:
    """Collect positions on two lines."""
    return make_scene(sqlite_database, key=app.extensions["budgetproto.seal_key"])


@pytest.fixture
def seat(app: Flask, sqlite_database: Database) -> Seat:
    """Give somebody a program."""
    return lambda person: Program(app, sqlite_database, person)


@pytest.fixture(scope="module")
def author(programs: Programs) -> Program:
    """Give the union of the demonstration a program."""
    return programs("union")


def place(scene: Scene, *, line: int = 0) -> str:
    return f"/lines/{scene.lines[line]}/positions/{scene.union.id}"


def key_of(answer: TestResponse) -> str:
    return str(answer.get_json()["key"])


def test_a_program_files_what_the_page_shows(scene: Scene, seat: Seat) -> None:
    union = seat(scene.unionist)
    before = union.get(place(scene))
    assert (before.headers["ETag"], before.get_json()["position"]) == ('"0"', None)
    filed = union.put(place(scene), WHOLE, If_Match='"0"')
    assert (filed.status_code, filed.headers["ETag"], filed.headers["Cache-Control"]) == (
        200,
        '"1"',
        "no-store",
    )
    with scene.database.reading() as session:
        own = own_position(session, scene.key, scene.unionist.id, scene.lines[0], scene.union.id).filed
    assert own is not None
    assert (own.figure, own.instrument, own.vulnerable) == (
        Som(60_000_000_001),
        Instrument.LOAN,
        Vulnerable.AFFECTED,
    )
    assert own.rationale == Words(Named("Негиздеме", "Обоснование"), "ky", ("ru",))
    assert (own.priority, own.source_date) == (250, date(2026, 10, 1))
    again = union.get(place(scene)).get_json()
    assert again["position"]["figure"] == WHOLE["figure"]
    receipt = filed.get_json()
    assert json.loads(receipt["position"])["figure"] == WHOLE["figure"]
    assert (receipt["version"], again["version"], again["filed_at"]) == (1, 1, receipt["filed_at"])


@pytest.mark.parametrize(
    ("given", "status", "key"),
    [
        ({}, 428, "errors.version_missing"),
        ({"If_Match": '"0"'}, 412, "disputes.position_moved"),
        ({"If_Match": '"7"'}, 412, "disputes.position_moved"),
        ({"If_Match": 'W/"1"'}, 412, "disputes.position_moved"),
        ({"If_Match": "*"}, 412, "disputes.position_moved"),
        ({"If_Match": '"١"'}, 412, "disputes.position_moved"),
    ],
)
def test_an_edit_names_the_version_it_has_seen(
    scene: Scene, seat: Seat, given: dict[str, str], status: int, key: str
) -> None:
    file(scene, scene.union)
    answer = seat(scene.unionist).put(place(scene), BARE, **given)
    assert (answer.status_code, key_of(answer)) == (status, key)


def test_a_request_sent_again_files_once_and_gives_the_same_receipt(scene: Scene, seat: Seat) -> None:
    union = seat(scene.unionist)
    sent = {"If_Match": '"0"', "Idempotency_Key": "k" * 30}
    first, second = (union.put(place(scene), BARE, **sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.get_json() == second.get_json()
    other = union.put(place(scene), {**BARE, "figure": {"amount": "2.00"}}, **sent)
    assert (other.status_code, key_of(other)) == (422, "disputes.key_used")
    assert union.get(place(scene)).headers["ETag"] == '"1"'


@pytest.mark.parametrize("who", ["minister", "doctor", "mayor", "secretary", "chair", "outsider"])
def test_a_position_of_others_answers_like_one_that_does_not_exist(
    scene: Scene, seat: Seat, who: str
) -> None:
    file(scene, scene.union)
    other = seat(getattr(scene, who))
    nowhere = f"/lines/{'a' * 26}/positions/{scene.union.id}"
    for ask in (other.get, lambda path: other.put(path, BARE, If_Match='"1"')):
        found, missing = ask(place(scene)), ask(nowhere)
        assert still(found) == still(missing)
        assert found.status_code == 404


def test_nothing_a_program_reads_moves_when_another_party_files(scene: Scene, seat: Seat) -> None:
    paths = [
        *("/sittings", f"/sittings/{scene.sitting}", f"/sittings/{scene.sitting}/lines"),
        *(f"/lines/{scene.lines[0]}", f"/sittings/{scene.sitting}/journal/heads", "/pivot", "/transfers"),
        *(f"/sittings/{scene.sitting}/{rest}" for rest in ("positions", "options", "decisions")),
        *(f"/sittings/{scene.sitting}/{rest}" for rest in ("discrepancies", "protocol", "protocols")),
        f"/lines/{scene.lines[0]}/positions/{scene.ministry.id}",
    ]
    others = [seat(person) for person in (scene.minister, scene.mayor, scene.chair)]
    before = [still(other.get(path)) for other in others for path in paths]
    union = seat(scene.unionist)
    assert union.put(place(scene), WHOLE, If_Match='"0"').status_code == 200
    assert union.put(place(scene), BARE, If_Match='"1"').status_code == 200
    assert [still(other.get(path)) for other in others for path in paths] == before


def test_after_the_opening_everybody_reads_it_and_earlier_versions_stay_sealed(
    scene: Scene, seat: Seat
) -> None:
    union = seat(scene.unionist)
    union.put(place(scene), {**BARE, "figure": {"amount": "123456.78"}}, If_Match='"0"')
    union.put(place(scene), WHOLE, If_Match='"1"')
    file(scene, scene.ministry, figure=Som(0))
    open_all(scene)
    answer = seat(scene.chair).get(f"/sittings/{scene.sitting}/positions")
    found = {each["party"]: each for each in answer.get_json()["items"]}
    assert found[scene.union.id]["position"]["figure"] == WHOLE["figure"]
    assert found[scene.union.id]["version"] == 2
    assert "123456.78" not in answer.text
    assert found[scene.ministry.id]["position"]["figure"] == {"amount": "0.00"}


def test_a_position_that_comes_too_late_is_refused_and_kept_as_a_draft(scene: Scene, seat: Seat) -> None:
    reach_deadline(scene)
    answer = seat(scene.unionist).put(place(scene), BARE, If_Match='"0"')
    assert (answer.status_code, key_of(answer)) == (422, "disputes.too_late")
    with scene.database.reading() as session:
        own = own_position(session, scene.key, scene.unionist.id, scene.lines[0], scene.union.id)
    assert own.draft is not None
    assert own.draft.figure == Som(100)


def test_where_two_must_look_a_program_files_nothing_alone(scene: Scene, seat: Seat) -> None:
    need_four_eyes(scene, scene.union)
    answer = seat(scene.unionist).put(place(scene), BARE, If_Match='"0"')
    assert (answer.status_code, key_of(answer)) == (422, "disputes.four_eyes_needed")
    assert seat(scene.unionist).get(place(scene)).get_json()["files_alone"] is False


@pytest.mark.parametrize(
    ("body", "field", "key"),
    [
        ({"figure": {"amount": 600.5}}, "figure.amount", "api.fault.money"),
        ({"figure": {"amount": "600.5"}}, "figure.amount", "api.fault.money"),
        ({"figure": {"amount": "10000000000000.01"}}, "figure.amount", "api.fault.money_large"),
        ({"figure": {"amount": "1.00", "points": 3}}, "figure", "api.fault.figure"),
        ({"figure": {"points": 1.0}}, "figure.points", "api.fault.whole"),
        ({"figure": {"points": True}}, "figure.points", "api.fault.whole"),
        ({"figure": {"colour": "red"}}, "figure.colour", "api.fault.unknown"),
        ({"figure": 600}, "figure", "api.fault.figure"),
        ({"vulnerable": "some"}, "vulnerable", "api.fault.choice"),
        ({"vulnerable": None}, "vulnerable", "api.fault.null"),
        ({"source": "a\nb"}, "source", "api.fault.control"),
        ({"source": "😀"}, "source", "web.letters_missing"),
        ({"source": "\ud800"}, "source", "api.fault.control"),
        ({"timing": "x" * 201}, "timing", "api.fault.length"),
        ({"priority": 10_001}, "priority", "api.fault.range"),
        ({"source_date": "1871-01-01"}, "source_date", "web.year_out_of_range"),
        ({"source_date": "2026-02-30"}, "source_date", "api.fault.day"),
        ({"surprise": 1}, "surprise", "api.fault.unknown"),
        ({"\ud800": 1}, "?", "api.fault.unknown"),
        ({"rationale": {"language": "ky", "ru": "Текст"}}, "rationale_ky", "disputes.original_missing"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_nothing_is_filed(
    author: Program, body: dict[str, Any], field: str, key: str
) -> None:
    answer = author.put(NOWHERE, {**BARE, **body}, If_Match='"1"')
    assert answer.status_code == 422
    assert [(each["field"], each["key"]) for each in answer.get_json()["problems"]] == [(field, key)]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"figure": NaN}', "application/json", 400),
        (b'{"priority": ' + b"9" * 5_000 + b"}", "application/json", 400),
        (b"[]", "application/json", 422),
        (b"figure=1", "application/x-www-form-urlencoded", 415),
    ],
)
def test_what_is_no_body_of_ours_is_turned_away(author: Program, body: bytes, kind: str, status: int) -> None:
    headers = {"Authorization": f"Bearer {author.code}", "If-Match": '"1"'}
    path = f"/api/v1{NOWHERE}"
    answer = author.client.put(path, data=body, content_type=kind, headers=headers)
    assert answer.status_code == status
    assert answer.content_type.startswith("application/problem+json")


def still(answer: TestResponse) -> tuple[int, bytes, dict[str, str]]:
    """Return all of an answer but the number of its request, which is random."""
    return answer.status_code, answer.data, {**answer.headers, "X-Request-Id": ""}
