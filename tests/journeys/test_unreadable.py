"""What no browser sends is answered with a sentence too: NULs, endless numbers, years out of all reason."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from budgetproto.app import create_app
from budgetproto.database import Database
from budgetproto.disputes.domain import Measure
from budgetproto.money import Som
from budgetproto.settings import Settings
from budgetproto.sittings.domain import Stage
from budgetproto.transfers.domain import TransferKind
from budgetproto.web import data
from tests.factories import PASSWORD, Scene, file, make_scene, open_all, start_session
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown, token_of

Kinds = tuple[TransferKind, ...]

ENDLESS = "9" * 5_000


@pytest.fixture
def stranger(settings: Settings, database: Database) -> Iterator[FlaskClient]:
    """Ask the application over either database as nobody."""
    app = create_app(replace(settings, database_url=database.url))
    yield app.test_client()
    with app.app_context():
        data.database().close()


def test_a_nul_in_a_log_in_is_a_request_that_cannot_be_read(stranger: FlaskClient) -> None:
    token = token_of(stranger.get("/log-in"))
    typed = {"csrf_token": token, "login": "a\0b", "password": PASSWORD}
    answer = stranger.post("/log-in", data=typed)
    assert answer.status_code == 400
    assert said("web.unreadable_request") in shown(answer)


def test_a_nul_in_an_address_or_a_query_is_no_fault_of_ours(visit: Visit, scene: Scene) -> None:
    unionist = visit(scene.unionist)
    assert unionist.get("/lines/%00").status_code == 404
    assert unionist.get(f"/lines/{scene.lines[0]}/position?party=%00").status_code == 400


def test_who_guesses_elsewhere_shuts_nobody_out_at_the_log_in(app: Flask, scene: Scene) -> None:
    answers = [log_in(app, scene, "wrong-password", "192.0.2.7") for _ in range(6)]
    assert answers == [422] * 6
    assert log_in(app, scene, PASSWORD, "192.0.2.7") == 422
    assert log_in(app, scene, PASSWORD, "192.0.2.8") == 303


def log_in(app: Flask, scene: Scene, password: str, address: str, reported: str = "") -> int:
    """Try to log in from a network address, by way of a proxy that reports another; return the status."""
    client, origin = app.test_client(), {"REMOTE_ADDR": address, "HTTP_X_FORWARDED_FOR": reported}
    token = token_of(client.get("/log-in", environ_overrides=origin))
    typed = {"csrf_token": token, "login": scene.unionist.login, "password": password}
    return client.post("/log-in", data=typed, environ_overrides=origin).status_code


def test_an_endless_number_of_the_terms_is_no_version(visit: Visit, scene: Scene) -> None:
    address = f"/sittings/{scene.sitting}/terms/acknowledge"
    answer = visit(scene.unionist).send(address, party=scene.union.id, number=ENDLESS)
    assert answer.status_code == 409
    assert said("sittings.terms_moved", theirs=1, yours=0) in shown(answer)
    answer = visit(scene.secretary).send(f"/sittings/{scene.sitting}/terms/fix", number=ENDLESS)
    assert answer.status_code in {409, 422}


def test_an_endless_version_of_a_kind_is_stale(visit: Visit, scene: Scene, kinds: Kinds) -> None:
    answer = visit(scene.secretary).fill(f"/transfer-kinds/{kinds[0].code}", version=ENDLESS)
    assert answer.status_code == 409


def test_an_endless_version_of_a_position_is_stale(visit: Visit, scene: Scene) -> None:
    address = f"/lines/{scene.lines[0]}/position"
    typed = {"figure": "600 000,0", "rationale_ky": "Себеп", "vulnerable": "none"}
    unionist = visit(scene.unionist)
    assert unionist.fill(address, act="file", **typed).status_code == 303
    assert unionist.fill(address, act="file", **typed, seen=ENDLESS).status_code == 409
    assert unionist.fill(address, act="draft", **typed, draft_seen=ENDLESS).status_code == 303


def test_an_endless_version_of_a_proposal_is_stale(visit: Visit, scene: Scene) -> None:
    file(scene, scene.ministry, figure=Som(0))
    file(scene, scene.union)
    open_all(scene)
    start_session(scene)
    chair, address = visit(scene.chair), f"/lines/{scene.lines[0]}/proposal"
    assert chair.fill(address, figure="1,0", reason_ky="Себеп").status_code == 303
    assert chair.fill(address, figure="2,0", reason_ky="Себеп", seen=ENDLESS).status_code == 409


def test_an_endless_version_of_a_line_is_stale(visit: Visit, scene: Scene) -> None:
    other = make_scene(scene.database, key=scene.key, stage=Stage.PREPARING)
    answer = visit(other.secretary).fill(f"/lines/{other.lines[0]}/edit", seen=ENDLESS)
    assert answer.status_code == 409


@pytest.mark.parametrize("year", ["0", "1989", "2201", "9" * 400, ENDLESS])
def test_a_year_out_of_all_reason_is_told_beside_its_field(visit: Visit, scene: Scene, year: str) -> None:
    other = make_scene(scene.database, key=scene.key, stage=Stage.PREPARING)
    answer = visit(other.secretary).fill(f"/lines/{other.lines[0]}/edit", year=year)
    assert answer.status_code == 422
    key = "web.not_a_whole_number" if year == ENDLESS else "web.year_out_of_range"
    assert f"{said('disputes.year')}: {said(key, first='1990', last='2200')}" in shown(answer)


@pytest.mark.parametrize("field", ["deadline_day", "held_on", "draft_submitted"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_out_of_all_reason_is_told(visit: Visit, scene: Scene, field: str, day: str) -> None:
    answer = visit(scene.secretary).fill("/sittings/new", **{field: day})
    assert answer.status_code == 422
    assert said("web.year_out_of_range", first="1990", last="2200") in shown(answer)


@pytest.mark.parametrize("measure", Measure)
def test_a_line_can_be_given_another_measure(visit: Visit, scene: Scene, measure: Measure) -> None:
    other = make_scene(scene.database, key=scene.key, stage=Stage.PREPARING)
    page = visit(other.secretary).get(f"/lines/{other.lines[0]}/edit?measure={measure.value}")
    assert page.status_code == 200


@pytest.mark.parametrize(("proxies", "other"), [(0, 422), (1, 303)])
def test_behind_a_proxy_the_origin_is_the_address_it_reports(
    settings: Settings, scene: Scene, proxies: int, other: int
) -> None:
    app = create_app(replace(settings, proxies=proxies))
    for _ in range(5):
        assert log_in(app, scene, "wrong-password", "127.0.0.1", "192.0.2.7") == 422
    assert log_in(app, scene, PASSWORD, "127.0.0.1", "192.0.2.8") == other
    # What a client claims himself stands before what the proxy adds, and is not believed.
    assert log_in(app, scene, PASSWORD, "127.0.0.1", "192.0.2.9, 192.0.2.7") == 422
    with app.app_context():
        data.database().close()
