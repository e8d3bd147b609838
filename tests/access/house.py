"""One installation with a sitting in every stage, for all the attempts and all the looks of a test run."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session

from budgetproto.app import create_app
from budgetproto.coordination.shipped import load_procedures
from budgetproto.database import Database
from budgetproto.disputes.positions import sealing
from budgetproto.settings import Settings
from budgetproto.transfers.modelling import storage
from budgetproto.transfers.modelling.shipped import read_sets, read_shipped
from budgetproto.transfers.reference import read_reference
from budgetproto.transfers.storage import put_kinds, put_territories
from tests.access.seats import House, make_house
from tests.hurry import hurried


@pytest.fixture(scope="session")
def house(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, cheap_hasher: None
) -> Iterator[House]:
    """Make an installation with a sitting in every stage, once."""
    folder = tmp_path_factory.mktemp("house")
    app, database = _installed(sqlite_template, folder)
    reference = read_reference()
    with database.writing() as session:
        put_kinds(session, reference.kinds)
        put_territories(session, [each for each in reference.territories if each.level <= 2])
        put_models(session)
    load_procedures(database)
    yield make_house(app, database, sealing.load_key(folder / "seal.key"))
    database.close()


@pytest.fixture
def production(sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    """Make an empty installation as it is set up for real."""
    app, database = _installed(sqlite_template, tmp_path, production=True)
    yield app
    database.close()


def put_models(session: Session) -> None:
    """Put the parameter sets there, and the figures that a document states."""
    for parameters in read_sets():
        storage.add_set(session, parameters)
    storage.put_inputs(session, [each for each in read_shipped().inputs if not each.illustrative])


def _installed(template: Path, folder: Path, *, production: bool = False) -> tuple[Flask, Database]:
    shutil.copy(template, folder / "budgetproto.sqlite3")
    sealing.make_key(folder / "seal.key")
    address = f"sqlite:///{folder}/budgetproto.sqlite3"
    app = create_app(Settings(folder, address, folder / "seal.key", "only for tests", production=production))
    database: Database = hurried(app.extensions["budgetproto.database"])
    return app, database
