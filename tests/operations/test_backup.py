"""A backup holds everything of one moment, no key, and nobody waits for it."""

import hashlib
import json
import resource
import stat
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count
from pathlib import Path
from threading import Event

import pytest
import sqlalchemy as sa

from budgetproto.accounts.domain import Party
from budgetproto.database import Database
from budgetproto.errors import SetUp
from budgetproto.journal import party_chain
from budgetproto.journal.storage import entries
from budgetproto.money import Som
from budgetproto.operations import archive, storage
from budgetproto.operations.backup import back_up
from budgetproto.operations.files import Unwritten
from budgetproto.operations.restoring import restore
from budgetproto.operations.wire import CARRIED
from tests.factories import Scene, file, make_scene


def test_a_backup_holds_every_row_of_every_table(scene: Scene, backup: Path) -> None:
    with scene.database.reading() as session, archive.opened(backup, None) as opened:
        expected = {each.table: len(list(each.rows)) for each in storage.contents(session)}
        assert {part.table: part.rows for part in opened.manifest.parts} == expected
    assert expected["dispute_position"] == 2


def test_the_manifest_names_schema_engine_moment_and_all_heads(scene: Scene, backup: Path) -> None:
    with archive.opened(backup, None) as opened, scene.database.reading() as session:
        told = opened.manifest
        assert (told.revision, told.engine) == (storage.revision(session), scene.database.engine.dialect.name)
        assert told.heads == storage.heads(session)
        assert len(told.heads) >= 3
        assert told.made_at <= storage.made_at(session)


def test_any_tool_can_open_a_backup_and_prove_it(embedded_backup: Path) -> None:
    with zipfile.ZipFile(embedded_backup) as zipped:
        assert zipped.testzip() is None
        manifest = json.loads(zipped.read("manifest.json"))
        for part in manifest["parts"]:
            lines = zipped.read(f"tables/{part['table']}.jsonl")
            assert hashlib.sha256(lines).hexdigest() == part["digest"]
        assert hashlib.sha256(embedded_backup.read_bytes()[:-64]).hexdigest().encode() == zipped.comment


def test_no_key_is_in_a_backup(embedded: Scene, tmp_path: Path) -> None:
    key = b"k" * 32  # the factories' seal key
    back_up(embedded.database, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as zipped:
        everything = b"".join(zipped.read(name) for name in zipped.namelist())
    assert key not in everything
    assert b"a2tra2tra2tr" not in everything  # the same in base 64


def test_no_sealed_figure_can_be_read_from_a_backup(embedded: Scene, tmp_path: Path) -> None:
    figure = 7_345_612_900
    file(embedded, embedded.union, figure=Som(figure), rationale="Жашыруун негиздеме")
    back_up(embedded.database, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as zipped:
        everything = b"".join(zipped.read(name) for name in zipped.namelist()).decode()
    assert str(figure) not in everything
    assert "Жашыруун" not in everything


def test_a_backup_is_for_its_owner_alone(embedded_backup: Path) -> None:
    assert stat.S_IMODE(embedded_backup.stat().st_mode) == 0o600


def test_an_existing_file_is_never_overwritten(embedded: Scene, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("kept")
    with pytest.raises(Unwritten) as refusal:
        back_up(embedded.database, tmp_path / "b.zip")
    assert refusal.value.key == "operations.file_exists"
    assert (tmp_path / "b.zip").read_text() == "kept"


def test_a_full_disk_is_told_and_leaves_nothing_behind(embedded: Scene, tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    kept = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, kept[1]))
    try:
        with pytest.raises(Unwritten) as refusal:
            back_up(embedded.database, folder / "b.zip")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept)
    assert refusal.value.key == "operations.disk_full"
    assert list(folder.iterdir()) == []


def test_a_folder_that_does_not_exist_is_told(embedded: Scene, tmp_path: Path) -> None:
    with pytest.raises(Unwritten) as refusal:
        back_up(embedded.database, tmp_path / "none" / "b.zip")
    assert refusal.value.key == "operations.unwritten"


def test_a_database_without_tables_has_nothing_to_back_up(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/none.sqlite3")
    with pytest.raises(SetUp):
        back_up(database, tmp_path / "b.zip")
    database.close()
    assert not (tmp_path / "b.zip").exists()


def test_every_column_is_of_a_type_a_backup_carries(database: Database) -> None:
    metadata = sa.MetaData()
    metadata.reflect(database.engine)
    types = {column.type.python_type for table in metadata.tables.values() for column in table.columns}
    assert types <= set(CARRIED)


def test_tables_refer_to_each_other_in_an_order(database: Database) -> None:
    """A circle of references would leave no order to put rows in."""
    metadata = sa.MetaData()
    metadata.reflect(database.engine)
    places = {table.name: place for place, table in enumerate(metadata.sorted_tables)}
    links = [
        (table.name, key.referred_table.name)
        for table in metadata.sorted_tables
        for key in table.foreign_key_constraints
    ]
    assert [(one, other) for one, other in links if places[other] > places[one]] == []


def test_what_was_acknowledged_before_a_backup_is_in_it_while_four_file(
    database: Database, tmp_path: Path
) -> None:
    scene = make_scene(database, lines=4)
    acknowledged: list[str] = []
    stop = Event()

    def keep_filing(place: int) -> None:
        party: Party = (scene.ministry, scene.union)[place % 2]
        own = replace(scene, database=Database(_address(database)))
        for number in count(1):
            if stop.is_set():
                break
            receipt = file(own, party, line=place, figure=Som(number))
            acknowledged.append(receipt.commitment)
        own.database.close()

    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(keep_filing, place) for place in range(4)]
        taken: list[tuple[Path, set[str]]] = []
        try:
            for number in range(2):
                while len(acknowledged) < 4 * (number + 1) and not any(each.done() for each in writers):
                    stop.wait(0.005)
                before = set(acknowledged)
                back_up(database, tmp_path / f"{number}.zip")
                taken.append((tmp_path / f"{number}.zip", before))
        finally:
            stop.set()
        assert [each.result() for each in writers] == [None] * 4
    assert len(acknowledged) > len(taken[0][1])  # they filed on beside the backups
    for made, before in taken:
        restored = Database(f"sqlite:///{tmp_path}/{made.stem}.sqlite3")
        restore(restored, made, key=scene.key, replace=False)
        with restored.reading() as session:
            filed = {
                entry.values().get("commitment")
                for party in scene.parties
                for entry in entries(session, party_chain(scene.sitting, party.id))
            }
        restored.close()
        assert before <= filed


def _address(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)
