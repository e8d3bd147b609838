"""A database of the first version comes to the present schema with everything in it; there is no way back."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from budgetproto.accounts.storage import person_row
from budgetproto.app import create_app
from budgetproto.commands import main
from budgetproto.database import Database
from budgetproto.database.migrations import check_schema, migrate, migrate_within, present_revision
from budgetproto.disputes.positions import sealing
from budgetproto.disputes.terms.proposing import keep_terms
from budgetproto.errors import SetUp
from budgetproto.operations import archive, storage, wire
from budgetproto.operations.manifest import Manifest
from budgetproto.operations.restoring import drill
from budgetproto.operations.verification import altered_records, checked_chains, unopenable
from budgetproto.settings import Settings
from budgetproto.sittings.document import written
from budgetproto.sittings.domain import terms_digest
from budgetproto.sittings.procedure import noted_with, procedure_of
from budgetproto.sittings.settling import latest_terms
from budgetproto.sittings.storage import sittings
from budgetproto.web.data import EXTENSION

FIRST = Path(__file__).parent / "first_version"
PASSWORD = "first-version-1"


@pytest.fixture
def old(database: Database) -> tuple[Database, Manifest]:
    """Give a database as the first version left it."""
    with archive.opened(FIRST / "backup.zip", None) as backup, database.rebuilding() as session:
        storage.clear(session)
        migrate_within(session.connection(), "0001")
        loading = storage.Loading(session)
        for part in backup.manifest.parts:
            loading.put(part.table, part.columns, (wire.row(line) for line in backup.lines(part)))
        loading.finish()
        manifest = backup.manifest
    return database, manifest


def application(database: Database, folder: Path) -> Settings:
    url = database.engine.url.render_as_string(hide_password=False)
    return Settings(folder, url, FIRST / "seal.key", "only for tests")


def protocol_texts(database: Database) -> dict[str, bytes]:
    with database.reading() as session:
        query = sa.text("SELECT language, content FROM protocol_file")
        return {language: bytes(content) for language, content in session.connection().execute(query)}


def test_a_first_version_comes_to_the_present_schema_with_every_head(old: tuple[Database, Manifest]) -> None:
    database, manifest = old
    before = protocol_texts(database)
    migrate(database)
    check_schema(database)
    with database.reading() as session:
        assert storage.heads(session) == manifest.heads
        assert all(chain.broken is None for chain in checked_chains(session))
        assert list(altered_records(session)) == []
        assert unopenable(session, sealing.load_key(FIRST / "seal.key")) == ()
    assert protocol_texts(database) == before
    assert set(before) == {"ky", "ru", "en"}


def test_sittings_with_terms_keep_the_procedure_of_the_day_of_the_upgrade(
    old: tuple[Database, Manifest],
) -> None:
    database, _ = old
    with database.writing() as session:
        session.connection().execute(
            sa.text("UPDATE sitting_setting SET value = '13' WHERE key = 'members_total'")
        )
    migrate(database)
    with database.reading() as session:
        for sitting in sittings(session):
            fixed = procedure_of(session, sitting.id) if sitting.terms_version else None
            noted = noted_with(session, sitting.id, sitting.terms_version or 0)
            assert bool(noted) == (fixed is not None)
            assert fixed is None or (fixed.members_total, fixed.quorum) == (13, 7)


def test_fixed_terms_of_the_first_version_still_stand_over_their_lines(
    old: tuple[Database, Manifest],
) -> None:
    """Lines that nobody touched have the hash that the terms name, or a saved line would be refused."""
    database, _ = old
    migrate(database)
    with database.writing() as session:
        secretary = person_row(session, "secretary")
        assert secretary is not None
        for sitting in sittings(session):
            before = latest_terms(session, sitting.id)
            keep_terms(session, secretary.id, sitting)
            assert latest_terms(session, sitting.id) == before
            assert before is None or terms_digest(written(before.terms)) == before.digest


def test_the_pages_of_an_upgraded_first_version_open(old: tuple[Database, Manifest], tmp_path: Path) -> None:
    database, _ = old
    stored = protocol_texts(database)
    migrate(database)
    app = create_app(application(database, tmp_path))
    client = app.test_client()
    page = client.get("/log-in")
    token = page.text.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    typed = {"login": "secretary", "password": PASSWORD, "csrf_token": token}
    assert client.post("/log-in", data=typed).status_code == 303
    with database.reading() as session:
        found = {sitting.number: sitting.id for sitting in sittings(session)}
        assert person_row(session, "secretary") is not None
    issued = f"/sittings/{found['2020-1']}"
    pages = ("", "/journal?verify=yes", "/option", "/protocol", "/discrepancies")
    for address in ("/", *(issued + page for page in pages), f"/sittings/{found['2020-2']}"):
        assert client.get(address).status_code == 200, address
    for language, content in stored.items():
        assert client.get(f"{issued}/protocol/{language}.pdf").data == content
    app.extensions[EXTENSION].close()


def test_a_backup_of_the_first_version_is_restored_at_the_present_schema() -> None:
    report = drill(FIRST / "backup.zip", key=sealing.load_key(FIRST / "seal.key"))
    assert report.manifest.revision == "0001"
    assert report.unopenable == ()


def test_a_database_of_a_newer_version_is_refused_by_a_sentence(database: Database) -> None:
    _claim(database, "9999")
    for refused in (migrate, check_schema):
        with pytest.raises(SetUp) as refusal:
            refused(database)
        assert refusal.value.key == "errors.newer_schema"
        assert refusal.value.details == {"found": "9999", "known": present_revision()}
    _claim(database, present_revision())


def test_an_older_service_says_what_to_do_with_a_newer_database(
    sqlite_database: Database, tmp_path: Path
) -> None:
    _claim(sqlite_database, "9999")
    environment = {"BUDGETPROTO_DATABASE_URL": sqlite_database.url, "BUDGETPROTO_FOLDER": str(tmp_path)}
    result = CliRunner().invoke(main, ["migrate", "--language", "en"], env=environment)
    assert result.exit_code == 1
    assert "a newer version has migrated it" in result.output


def _claim(database: Database, revision: str | None) -> None:
    with database.writing() as session:
        statement = sa.text("UPDATE alembic_version SET version_num = :revision")
        session.connection().execute(statement, {"revision": revision})
