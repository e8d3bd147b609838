"""The addresses of the service: people keep them in their notes, so none changes by accident."""

from pathlib import Path

import pytest
from flask import Flask

from budgetproto.app import create_app
from budgetproto.database import Database
from budgetproto.disputes.positions import sealing
from budgetproto.settings import Settings

GOLDEN = Path(__file__).parent / "golden" / "routes.txt"


@pytest.fixture
def app(sqlite_database: Database, tmp_path: Path) -> Flask:
    """Make the application as it is served."""
    key_file = tmp_path / "seal.key"
    sealing.make_key(key_file)
    return create_app(Settings(tmp_path, sqlite_database.url, key_file, "only for tests"))


def addresses(app: Flask) -> list[str]:
    """Return each address with its methods and the name of its view."""
    return sorted(
        f"{rule.rule} {'|'.join(sorted((rule.methods or set()) - {'HEAD', 'OPTIONS'}))} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
    )


def test_the_addresses_are_those_of_the_list(app: Flask) -> None:
    assert "\n".join(addresses(app)) + "\n" == GOLDEN.read_text(encoding="utf-8")


def test_every_act_is_a_post_with_a_token(app: Flask) -> None:
    exempt = {"language.switch"}
    client = app.test_client()
    acts = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or set())]
    assert len(acts) > 20
    for rule in acts:
        if rule.endpoint in exempt:
            continue
        with app.test_request_context():
            values = {name: 1 if "number" in name or name == "year" else "x" for name in rule.arguments}
            address = app.url_map.bind("localhost").build(rule.endpoint, values, method="POST")
        assert client.post(address).status_code == 400, rule.endpoint
