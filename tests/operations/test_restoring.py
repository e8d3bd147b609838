"""What was backed up comes back whole, on either database, or nothing is changed."""

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from budgetproto.accounts import deeds, links, managing, service
from budgetproto.accounts.deeds import Deed
from budgetproto.accounts.links_storage import open_requests
from budgetproto.accounts.rules import Rules
from budgetproto.accounts.secret_key import SecretKey
from budgetproto.database import Database, now
from budgetproto.database.migrations import check_schema
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.errors import ConciliationError, Refused
from budgetproto.journal import SYSTEM
from budgetproto.journal.storage import check, entries
from budgetproto.operations import archive, storage, wire
from budgetproto.operations.archive import BadBackup
from budgetproto.operations.backup import back_up
from budgetproto.operations.restoring import NotWhole, drill, restore
from tests.factories import PASSWORD, Scene, file_all, make_scene, open_all

RULES = Rules(SecretKey.derived("only for tests"))


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Database]:
    """Give an empty SQLite database."""
    database = Database(f"sqlite:///{tmp_path}/target.sqlite3")
    yield database
    database.close()


def everything(database: Database) -> dict[str, list[bytes]]:
    """Return every row there is."""
    with database.reading() as session:
        return {each.table: [wire.line(row) for row in each.rows] for each in storage.contents(session)}


def without_restoring(rows: dict[str, list[bytes]]) -> dict[str, list[bytes]]:
    """Leave out what a restoring adds: its own event at the end of the system chain."""
    journal = {"journal_entry", "journal_chain"}
    kept = [line for line in rows["journal_entry"] if b"operations.restored" not in line]
    return {name: lines for name, lines in rows.items() if name not in journal} | {"journal_entry": kept}


def test_every_row_comes_back_as_it_was(scene: Scene, backup: Path, target: Database) -> None:
    before = without_restoring(everything(scene.database))
    restore(target, backup, key=scene.key, replace=False)
    assert without_restoring(everything(target)) == before


def test_a_backup_moves_to_the_other_database(
    sqlite_database: Database, tmp_path: Path, database: Database
) -> None:
    """From SQLite to PostgreSQL, and (the other round of the fixture) to SQLite again."""
    scene = make_scene(sqlite_database)
    file_all(scene)
    open_all(scene)
    back_up(sqlite_database, tmp_path / "b.zip")
    before = without_restoring(everything(sqlite_database))
    if not database.is_sqlite:
        restore(database, tmp_path / "b.zip", key=scene.key, replace=False)
        back_up(database, tmp_path / "c.zip")
        target = Database(f"sqlite:///{tmp_path}/back.sqlite3")
        restore(target, tmp_path / "c.zip", key=scene.key, replace=False)
        assert without_restoring(everything(target)) == before
        target.close()
        return
    restore(database, tmp_path / "b.zip", key=scene.key, replace=True)
    assert without_restoring(everything(database)) == before


def test_a_restoring_stands_in_the_journal(scene: Scene, backup: Path, target: Database) -> None:
    restore(target, backup, key=scene.key, replace=False)
    with target.reading() as session:
        last = entries(session, SYSTEM)[-1]
        assert last.kind == "operations.restored"
        assert check(session, SYSTEM) is None


def test_a_restored_record_can_only_be_appended_to(scene: Scene, backup: Path) -> None:
    restore(scene.database, backup, key=scene.key, replace=True)
    check_schema(scene.database)
    for statement in ("UPDATE journal_entry SET kind = 'x'", "DELETE FROM dispute_position"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), scene.database.writing() as session:
            session.connection().execute(sa.text(statement))


def test_a_restored_sitting_goes_on(scene: Scene, backup: Path) -> None:
    restore(scene.database, backup, key=scene.key, replace=True)
    assert open_all(scene) == 1


def test_a_database_that_holds_something_is_not_touched(scene: Scene, backup: Path) -> None:
    before = everything(scene.database)
    with pytest.raises(Refused) as refusal:
        restore(scene.database, backup, key=scene.key, replace=False)
    assert refusal.value.key == "operations.not_empty"
    assert everything(scene.database) == before


def test_a_migrated_database_without_people_counts_as_empty(
    database: Database, tmp_path: Path, sqlite_template: Path
) -> None:
    source = Database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'source.sqlite3')}")
    scene = make_scene(source)
    back_up(source, tmp_path / "b.zip")
    source.close()
    report = restore(database, tmp_path / "b.zip", key=scene.key, replace=False)
    assert report.unopenable == ()


def test_a_missing_or_wrong_seal_key_is_named_with_its_sittings(scene: Scene, backup: Path) -> None:
    with scene.database.reading() as session:
        number = session.connection().execute(sa.text("SELECT number FROM sitting")).scalar_one()
    assert drill(backup, key=scene.key).unopenable == ()
    assert drill(backup, key=None).unopenable == (number,)
    assert drill(backup, key=SealKey(b"x" * 32)).unopenable == (number,)


def test_a_drill_touches_no_database_and_tells_its_seconds(scene: Scene, backup: Path) -> None:
    before = everything(scene.database)
    report = drill(backup, key=scene.key)
    assert report.seconds > 0
    assert report.manifest.rows == sum(map(len, before.values()))
    assert everything(scene.database) == before


def _cut(made: Path) -> None:
    made.write_bytes(made.read_bytes()[:-1])


def _halved(made: Path) -> None:
    made.write_bytes(made.read_bytes()[: made.stat().st_size // 2])


def _longer(made: Path) -> None:
    made.write_bytes(made.read_bytes() + b"\0")


def _other(made: Path) -> None:
    made.write_text("line,government,lsg\n")


def _other_zip(made: Path) -> None:
    with zipfile.ZipFile(made, "w") as zipped:
        zipped.writestr("word/document.xml", "<w/>")


def _missing(made: Path) -> None:
    made.unlink()


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (_cut, "operations.damaged"),
        (_halved, "operations.damaged"),
        (_longer, "operations.damaged"),
        (_other, "operations.no_backup"),
        (_other_zip, "operations.no_backup"),
        (_missing, "operations.unreadable"),
    ],
)
def test_a_file_that_is_no_whole_backup_is_refused_by_its_sentence(
    embedded_backup: Path, embedded: Scene, spoil: Callable[[Path], None], key: str
) -> None:
    before = everything(embedded.database)
    spoil(embedded_backup)
    with pytest.raises(BadBackup) as refusal:
        restore(embedded.database, embedded_backup, key=embedded.key, replace=True)
    assert refusal.value.key == key
    assert everything(embedded.database) == before


def test_any_flipped_bit_is_seen(embedded_backup: Path, embedded: Scene, tmp_path: Path) -> None:
    whole, random = embedded_backup.read_bytes(), Random(2020)
    for _ in range(200):
        spoiled = bytearray(whole)
        spoiled[random.randrange(len(whole))] ^= 1 << random.randrange(8)
        (tmp_path / "s.zip").write_bytes(spoiled)
        with pytest.raises(BadBackup):
            drill(tmp_path / "s.zip", key=embedded.key)


def rewritten(source: Path, target: Path, **changes: object) -> Path:
    """Write a backup whose manifest says something else, with every hash of the file made to fit."""
    with archive.opened(source, None) as opened, archive.written(target, None) as writer:
        manifest = opened.manifest
        for part in manifest.parts:
            writer.add(part.table, part.columns, opened.lines(part))
        document = json.loads(manifest.document()) | changes
        writer._zip.writestr("manifest.json", json.dumps(document))
    return target


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"revision": "9999"}, "operations.newer"),
        ({"form": 2}, "operations.other_form"),
        ({"heads": []}, "operations.not_whole"),
    ],
)
def test_a_manifest_that_does_not_fit_changes_nothing(
    embedded_backup: Path, embedded: Scene, tmp_path: Path, changes: dict[str, object], key: str
) -> None:
    before = everything(embedded.database)
    other = rewritten(embedded_backup, tmp_path / "other.zip", **changes)
    with pytest.raises(ConciliationError) as refusal:
        restore(embedded.database, other, key=embedded.key, replace=True)
    assert refusal.value.key == key
    assert everything(embedded.database) == before


def test_a_rewritten_journal_is_not_restored(embedded_backup: Path, embedded: Scene, tmp_path: Path) -> None:
    """Whoever alters an entry and makes every hash of the file fit is betrayed by the chain."""
    before = everything(embedded.database)
    with (
        archive.opened(embedded_backup, None) as opened,
        archive.written(tmp_path / "altered.zip", None) as writer,
    ):
        manifest, parts = json.loads(opened.manifest.document()), []
        for part in opened.manifest.parts:
            lines = list(opened.lines(part))
            if part.table == "journal_entry":
                lines = [line.replace(b"accounts.person_added", b"accounts.person_addex") for line in lines]
            parts.append(vars(writer.add(part.table, part.columns, lines)))
        writer._zip.writestr("manifest.json", json.dumps(manifest | {"parts": parts}))
    with pytest.raises(NotWhole):
        restore(embedded.database, tmp_path / "altered.zip", key=embedded.key, replace=True)
    assert everything(embedded.database) == before


def test_no_log_in_that_was_ended_after_the_backup_comes_back_to_life(
    scene: Scene, tmp_path: Path, target: Database
) -> None:
    token = service.log_in(scene.database, scene.unionist.login, PASSWORD)
    back_up(scene.database, tmp_path / "b.zip")
    service.log_out(scene.database, token)
    restore(target, tmp_path / "b.zip", key=scene.key, replace=False)
    with target.reading() as session:
        assert service.who(session, token) is None
    assert service.log_in(target, scene.unionist.login, PASSWORD)


def test_a_link_that_was_used_after_the_backup_sets_no_second_password(
    scene: Scene, tmp_path: Path, target: Database
) -> None:
    link = managing.invite(scene.database, RULES, scene.secretary.id, login="aida", name="Аида Осмонова")
    back_up(scene.database, tmp_path / "b.zip")
    links.set_password(scene.database, RULES, link.token, "төрт эски суу тегирмен", origin="")
    restore(target, tmp_path / "b.zip", key=scene.key, replace=False)
    with pytest.raises(links.LinkNotGood):
        links.owner(target, link.token, origin="")


def test_what_was_agreed_on_after_the_backup_is_asked_for_anew(
    scene: Scene, tmp_path: Path, target: Database
) -> None:
    request = deeds.ask(
        scene.database, scene.secretary.id, scene.unionist.id, Deed.NEW_LINK, "Сырсөзүн унутту"
    )
    back_up(scene.database, tmp_path / "b.zip")
    restore(target, tmp_path / "b.zip", key=scene.key, replace=False)
    with target.reading() as session:
        assert request not in {each.id for each in open_requests(session, now(session))}
