"""Answers to the option by programs: read by whoever reads what is open, given by one's own party once."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from budgetproto.accounts.domain import Person
from budgetproto.database import Database
from budgetproto.disputes.positions import sealing
from budgetproto.settings import Settings
from tests.api.program import Program
from tests.applications import application
from tests.disputes.responses.answering import accept, publish_again, reject, seen
from tests.factories import Scene
from tests.sessions import in_session

Seat = Callable[[Person], Program]

COUNTER: dict[str, Any] = {
    "option": 1,
    "kind": "counter",
    "figure": {"amount": "7000000.00"},
    "reason": {"language": "ky", "ky": "Каражат жетпейт", "ru": "Средств не хватает"},
    "confirmed": True,
}
ACCEPT: dict[str, Any] = {"option": 1, "kind": "accept"}


@pytest.fixture
def app(sqlite_database: Database, tmp_path: Any) -> Flask:
    """Serve the test's own database."""
    sealing.make_key(tmp_path / "seal.key")
    return application(Settings(tmp_path, sqlite_database.url, tmp_path / "seal.key", "only for tests"))


@pytest.fixture
def scene(app: Flask, sqlite_database: Database) -> Scene:
    """Put the first version of the option before a session."""
    return in_session(sqlite_database, key=app.extensions["budgetproto.seal_key"], versions=1)


@pytest.fixture
def seat(app: Flask, sqlite_database: Database) -> Seat:
    """Give somebody a program."""
    return lambda person: Program(app, sqlite_database, person)


def place(scene: Scene, *, line: int = 0) -> str:
    return f"/lines/{scene.lines[line]}/responses/{scene.union.id}"


def listed(program: Program, scene: Scene, **asked: object) -> list[dict[str, Any]]:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    answer = program.get(f"/sittings/{scene.sitting}/responses?{query}")
    assert answer.status_code == 200
    items: list[dict[str, Any]] = answer.get_json()["items"]
    return items


def key_of(answer: TestResponse) -> str:
    return str(answer.get_json()["key"])


def test_a_program_answers_what_the_page_shows(scene: Scene, seat: Seat) -> None:
    union = seat(scene.unionist)
    before = union.get(place(scene))
    assert (before.headers["ETag"], before.get_json()["response"]) == ('"0"', None)
    given = union.put(place(scene), COUNTER, If_Match='"0"')
    assert (given.status_code, given.headers["ETag"]) == (200, '"1"')
    told = given.get_json()["response"]
    assert (told["kind"], told["figure"]) == ("counter", COUNTER["figure"])
    assert told["reason"]["text"]["ru"] == "Средств не хватает"
    (item,) = listed(seat(scene.minister), scene)
    assert (item["response"], item["number"], item["option"], item["last"]) == (told, 1, 1, True)


def test_answers_are_listed_page_by_page_and_kept_until_something_happens(scene: Scene, seat: Seat) -> None:
    accept(scene, scene.union)
    reject(scene, scene.union)
    accept(scene, scene.ministry, line=1)
    reader = seat(scene.chair)
    address = f"/sittings/{scene.sitting}/responses"
    first = reader.get(f"{address}?limit=2").get_json()
    rest = reader.get(f"{address}?limit=2&cursor={first['next']}").get_json()
    every = [*first["items"], *rest["items"]]
    assert [(each["line_number"], each["number"], each["last"]) for each in every] == [
        (1, 1, False),
        (1, 2, True),
        (2, 1, True),
    ]
    assert rest["next"] is None
    mark = reader.get(address).headers["ETag"]
    assert reader.get(address, If_None_Match=mark).status_code == 304
    accept(scene, scene.cities)
    assert reader.get(address, If_None_Match=mark).status_code == 200


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        ({"option": 1, "kind": "reject"}, "responses.reason_missing"),
        ({"option": 1, "kind": "condition", "lines": [1]}, "responses.condition_on_itself"),
        ({"option": 1, "kind": "condition", "lines": [77]}, "responses.condition_without_figure"),
        ({"option": 1, "kind": "accept", "lines": [2]}, "responses.part_of_another_answer.lines"),
        ({**COUNTER, "figure": None}, "responses.figure_missing"),
        ({**COUNTER, "figure": {"points": 7}}, "disputes.figure_of_another_kind"),
        ({**COUNTER, "figure": {"amount": "7.00"}, "confirmed": False}, "disputes.jump_unconfirmed"),
        ({"option": 1, "kind": "maybe"}, "errors.bad_input"),
        ({"kind": "accept"}, "errors.bad_input"),
        ({"option": 1, "kind": "accept", "more": 1}, "errors.bad_input"),
        ({"option": 1, "kind": "accept", "lines": ["1"]}, "errors.bad_input"),
    ],
)
def test_what_cannot_be_answered_is_told(scene: Scene, seat: Seat, sent: dict[str, Any], key: str) -> None:
    answer = seat(scene.unionist).put(place(scene), sent, If_Match='"0"')
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert key_of(answer) == key
    assert seen(scene, scene.union) == 0


def test_an_answer_to_an_old_version_or_over_another_answer_is_told_with_both(
    scene: Scene, seat: Seat
) -> None:
    union = seat(scene.unionist)
    accept(scene, scene.union)
    other = union.put(place(scene), COUNTER, If_Match='"0"')
    assert (other.status_code, key_of(other)) == (412, "responses.response_moved")
    assert json.loads(other.get_json()["theirs"])["kind"] == "accept"
    assert json.loads(other.get_json()["yours"])["kind"] == "counter"
    publish_again(scene)
    old = union.put(place(scene), ACCEPT, If_Match='"1"')
    assert (old.status_code, key_of(old)) == (412, "responses.option_moved")
    assert "amount" in json.loads(old.get_json()["theirs"])
    assert union.put(place(scene), ACCEPT, If_Match="*").status_code == 412
    assert union.put(place(scene), ACCEPT).status_code == 428
    assert seen(scene, scene.union) == 1


def test_the_same_request_is_answered_the_same(scene: Scene, seat: Seat) -> None:
    union = seat(scene.unionist)
    again = {"If_Match": '"0"', "Idempotency_Key": "a"}
    first, second = (union.put(place(scene), ACCEPT, **again) for _ in range(2))
    assert (first.status_code, first.get_json()) == (200, second.get_json())
    used = union.put(place(scene), {**ACCEPT, "option": 1, "kind": "reject"}, **again)
    assert key_of(used) == "disputes.key_used"
    assert seen(scene, scene.union) == 1


def rest(scene: Scene) -> str:
    return f"/sittings/{scene.sitting}/responses/{scene.union.id}"


def test_all_that_is_left_is_answered_at_once_and_once(scene: Scene, seat: Seat) -> None:
    union = seat(scene.unionist)
    accept(scene, scene.union)
    before = union.get(rest(scene))
    numbers = [each["line_number"] for each in before.get_json()["left"]]
    assert (before.headers["ETag"], numbers) == ('"1"', list(range(2, len(scene.lines) + 1)))
    again = {"If_Match": '"1"', "Idempotency_Key": "rest"}
    reject_all = {"option": 1, "kind": "reject", "reason": COUNTER["reason"]}
    first, second = (union.put(rest(scene), reject_all, **again) for _ in range(2))
    assert (first.status_code, first.get_json()) == (200, second.get_json())
    assert first.get_json()["left"] == []
    kinds = {each["line_number"]: each["response"]["kind"] for each in listed(seat(scene.chair), scene)}
    assert kinds == {1: "accept"} | dict.fromkeys(numbers, "reject")
    other = union.put(rest(scene), reject_all, If_Match='"2"', Idempotency_Key="rest")
    assert key_of(other) == "disputes.key_used"
    none_left = union.put(rest(scene), ACCEPT, If_Match=first.headers["ETag"])
    assert key_of(none_left) == "responses.nothing_left"


def test_what_is_left_is_not_answered_over_what_its_author_has_not_seen(scene: Scene, seat: Seat) -> None:
    union = seat(scene.unionist)
    accept(scene, scene.union)
    other = union.put(rest(scene), ACCEPT, If_Match='"0"')
    assert (other.status_code, key_of(other)) == (412, "responses.rest_moved")
    publish_again(scene)
    old = union.put(rest(scene), ACCEPT, If_Match='"1"')
    assert (old.status_code, key_of(old)) == (412, "responses.option_moved")
    assert union.put(rest(scene), ACCEPT).status_code == 428
    unexplained = union.put(rest(scene), {"option": 2, "kind": "reject"}, If_Match='"1"')
    assert key_of(unexplained) == "responses.reason_missing"
    for sent in ({"option": 2, "kind": "counter"}, {"kind": "accept"}, {**ACCEPT, "lines": [2]}):
        assert union.put(rest(scene), sent, If_Match='"1"').status_code == 422
    assert len(listed(seat(scene.chair), scene)) == 1


def test_nobody_answers_for_another_party(scene: Scene, seat: Seat) -> None:
    for person, status in ((scene.minister, 404), (scene.outsider, 404), (scene.secretary, 403)):
        assert seat(person).put(place(scene), ACCEPT, If_Match='"0"').status_code == status
        assert seat(person).get(place(scene)).status_code == status
        assert seat(person).put(rest(scene), ACCEPT, If_Match='"0"').status_code == status
        assert seat(person).get(rest(scene)).status_code == status
    assert seat(scene.outsider).get(f"/sittings/{scene.sitting}/responses").status_code == 404


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        (2, "api.fault.list"),
        (None, "api.fault.null"),
        (["2"], "api.fault.whole"),
        ([2] * 51, "api.fault.many"),
    ],
    ids=["no list", "null", "no number", "too many"],
)
def test_what_is_no_list_of_questions_is_refused_with_a_sentence(
    scene: Scene, seat: Seat, lines: object, key: str
) -> None:
    sent = {"option": 1, "kind": "condition", "lines": lines}
    refused = seat(scene.unionist).put(place(scene), sent, If_Match='"0"')
    faults = refused.get_json()["problems"]
    assert (refused.status_code, [each["key"] for each in faults]) == (422, [key])
    assert faults[0]["field"].startswith("lines")
