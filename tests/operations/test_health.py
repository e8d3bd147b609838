"""Health for machines, figures for those who may see them, and nothing that moves with a sealed act."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from budgetproto.app import create_app
from budgetproto.database import Database
from budgetproto.disputes.positions import sealing
from budgetproto.errors import SetUp
from budgetproto.operations.health import Health
from budgetproto.settings import Settings
from tests.factories import file_all, make_scene
from tests.journeys.conftest import app, catalogue, kinds, seal_key_file, settings  # noqa: F401 - fixtures
from tests.journeys.visitor import Visitor


def test_a_ready_service_says_so_and_no_more(app: Flask) -> None:  # noqa: F811
    client = app.test_client()
    assert client.get("/health/live").json == {"status": "live"}
    assert client.get("/health/ready").json == {"status": "ready"}


@pytest.fixture
def health(database: Database, tmp_path: Path) -> Health:
    """Look at an installation whose sitting is sealed with its key."""
    sealing.make_key(tmp_path / "seal.key")
    key = sealing.load_key(tmp_path / "seal.key")
    make_scene(database, key=key, lines=1)
    return Health(database, key, tmp_path, least_free=1)


def test_nothing_is_wrong_with_a_whole_installation(health: Health) -> None:
    assert health.faults() == frozenset()


def test_another_seal_key_does_not_fit(health: Health, tmp_path: Path) -> None:
    sealing.make_key(tmp_path / "other.key")
    assert replace(health, key=sealing.load_key(tmp_path / "other.key")).faults() == {"seal_key"}


def test_a_full_disk_is_no_place_for_a_sitting(health: Health) -> None:
    assert replace(health, least_free=2**60).faults() == {"disk"}


def test_a_database_that_does_not_answer_is_named(health: Health) -> None:
    gone = Database("postgresql+psycopg://nobody@127.0.0.1:9/none")
    assert replace(health, database=gone).faults() == {"database"}
    gone.close()


def test_an_older_schema_is_not_ready(tmp_path: Path, health: Health) -> None:
    bare = Database(f"sqlite:///{tmp_path}/bare.sqlite3")
    assert replace(health, database=bare).faults() == {"schema"}
    bare.close()


def test_a_service_that_is_not_ready_tells_a_stranger_one_word(settings: Settings, catalogue: None) -> None:  # noqa: F811
    client = create_app(replace(settings, least_free=2**60)).test_client()
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json) == (503, {"status": "not ready", "reason": "disk"})


def test_figures_are_shown_to_nobody_unless_it_is_set(app: Flask) -> None:  # noqa: F811
    client = app.test_client()
    hidden, missing = client.get("/metrics"), client.get("/no-such-page")
    assert hidden.status_code == missing.status_code == 404
    bearing = client.get("/metrics", headers={"Authorization": "Bearer "})
    assert bearing.status_code == 404


def test_figures_are_shown_to_a_network_and_to_the_bearer_of_the_token(
    settings: Settings,  # noqa: F811
    catalogue: None,  # noqa: F811
) -> None:
    networks = Settings.from_environment(
        {"BUDGETPROTO_METRICS_NETWORKS": "10.1.0.0/16", "BUDGETPROTO_FOLDER": str(settings.folder)}
    ).metrics_networks
    client = create_app(replace(settings, metrics_networks=networks, metrics_token="t0ken")).test_client()
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "10.1.2.3"}).status_code == 200
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "10.2.2.3"}).status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer t0ken"}).status_code == 200
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404


def _figures(app: Flask) -> str:  # noqa: F811
    """Return the figures but those about the asking itself."""
    text = app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": "10.1.2.3"}).text
    return re.sub(r'^.*rule="/metrics".*\n', "", text, flags=re.MULTILINE)


def test_no_figure_moves_with_what_a_party_does(
    sqlite_database: Database,
    settings: Settings,  # noqa: F811
    catalogue: None,  # noqa: F811
) -> None:
    """Log in, read, draft, file, fail to file, declare final: the figures stay letter for letter."""
    networks = Settings.from_environment(
        {"BUDGETPROTO_METRICS_NETWORKS": "10.1.0.0/16", "BUDGETPROTO_FOLDER": str(settings.folder)}
    ).metrics_networks
    scene = make_scene(sqlite_database, key=sealing.load_key(settings.seal_key_file))
    watched = create_app(replace(settings, metrics_networks=networks))
    before = _figures(watched)
    union = Visitor(watched, scene.unionist)
    line, sitting = f"/lines/{scene.lines[0]}", f"/sittings/{scene.sitting}"
    typed = {"figure": "600 000,0", "rationale_ky": "Себеби бар.", "vulnerable": "not_studied"}
    assert union.fill(f"{line}/position", act="file", jump_confirmed="y", **typed).status_code == 303
    assert union.fill(f"{line}/position", act="file", figure="бир").status_code == 422
    for page in ("/", sitting, line, f"{line}/receipt", f"{sitting}/journal"):
        assert union.get(page).status_code == 200
    union.get("/static/css/budgetproto.css").close()
    file_all(scene)
    assert union.send(f"{sitting}/final", party=scene.union.id, final="yes").status_code in {303, 422}
    assert _figures(watched) == before
    union.get("/transfers")
    assert _figures(watched) != before  # what is measured does move


@pytest.mark.parametrize(
    ("name", "stated"),
    [("METRICS_NETWORKS", "everybody"), ("LOG_LEVEL", "loud"), ("LEAST_FREE_MB", "-1")],
)
def test_a_setting_that_means_nothing_is_refused(tmp_path: Path, name: str, stated: str) -> None:
    with pytest.raises(SetUp) as refusal:
        Settings.from_environment({f"BUDGETPROTO_{name}": stated, "BUDGETPROTO_FOLDER": str(tmp_path)})
    assert f"BUDGETPROTO_{name}" in str(refusal.value.details["what"])


def test_secrets_can_lie_in_files(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from a file\n")
    stated = {"BUDGETPROTO_SECRET_KEY_FILE": str(tmp_path / "secret"), "BUDGETPROTO_FOLDER": str(tmp_path)}
    assert Settings.from_environment(stated).secret_key == "from a file"
    with pytest.raises(SetUp):
        Settings.from_environment({**stated, "BUDGETPROTO_SECRET_KEY_FILE": str(tmp_path / "none")})
