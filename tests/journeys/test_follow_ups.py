"""What became of a question later is read on its card, with its figure, its instrument and its source."""

from pathlib import Path

import pytest

from budgetproto.app import create_app
from budgetproto.database import Database
from budgetproto.demonstration import read_fixture, stage
from budgetproto.disputes import storage
from budgetproto.disputes.positions import sealing
from budgetproto.settings import Settings

PASSWORD = "tests-of-a-sitting"


@pytest.mark.parametrize(
    ("number", "figure"), [(1, "347\u00a0538,5"), (2, "1\u00a0000\u00a0000,0"), (3, "744\u00a0000,0")]
)
def test_the_real_outcome_stands_on_the_card(
    sqlite_database: Database, tmp_path: Path, number: int, figure: str
) -> None:
    sealing.make_key(tmp_path / "seal.key")
    key = sealing.load_key(tmp_path / "seal.key")
    sitting = stage(sqlite_database, key, read_fixture(), password=PASSWORD).finished
    with sqlite_database.reading() as session:
        line = next(each for each in storage.lines(session, sitting) if each.number == number)
    app = create_app(Settings(tmp_path, sqlite_database.url, tmp_path / "seal.key", "s" * 32))
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/log-in", data={"login": "analyst", "password": PASSWORD})
    page = client.get(f"/lines/{line.id}").text
    later = page.partition('id="later"')[2]
    assert figure in later
    assert "https://" in later
