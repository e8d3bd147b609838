"""What a thief of the database file holds: no sealed figure and no sealed text in any form."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from budgetproto.database import Database
from budgetproto.disputes.positions import filing
from budgetproto.money import Som
from tests.factories import Scene, file, make_scene, open_all
from tests.stated import make_position

FIGURE = Som(7_319_482_635_791)
TEXT = "Ысык-Көлдүн өзгөчө жолу: үңкүр, көчкү, 41-чакырым"
DRAFTED = Som(8_274_619_353_947)
DRAFT_TEXT = "Чүйдүн төмөнкү айылына жаңы көпүрө, үчүнчү түр"


def traces(figure: Som, text: str) -> dict[str, bytes]:
    """Return every form in which the figure or the text could lie in a file."""
    tyiyn, written = str(figure.tyiyn), figure.to_json()
    whole = f"{figure.tyiyn // 100:,}"
    forms = {
        "tyiyn": tyiyn.encode(),
        "tyiyn in utf-16": tyiyn.encode("utf-16-le"),
        "soms": written.encode(),
        "soms in utf-16": written.encode("utf-16-le"),
        "soms with a comma": written.replace(".", ",").encode(),
        "soms in groups": whole.replace(",", " ").encode(),
        "soms in fixed groups": whole.replace(",", "\u00a0").encode(),
        "big-endian": figure.tyiyn.to_bytes(8, "big"),
        "SQLite's six bytes": figure.tyiyn.to_bytes(6, "big"),
        "little-endian": figure.tyiyn.to_bytes(8, "little"),
        "text": text.encode(),
        "text in utf-16": text.encode("utf-16-le"),
        "text in utf-16, the other way": text.encode("utf-16-be"),
        "text as JSON escapes": text.encode("ascii", "backslashreplace"),
    }
    return forms | {word: word.encode() for word in text.split() if len(word) > 6}


def stored_bytes(database: Database, folder: Path) -> bytes:
    """Return all bytes of the SQLite folder after a checkpoint, or all rows of a PostgreSQL database."""
    if database.is_sqlite:
        before = b"".join(file.read_bytes() for file in sorted(folder.iterdir()))  # with the WAL as it is
        with database.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        return before + b"".join(file.read_bytes() for file in sorted(folder.iterdir()))
    found = []
    with database.engine.connect() as connection:
        for table in sa.inspect(connection).get_table_names():
            for row in connection.exec_driver_sql(f'SELECT *, "{table}"::text FROM "{table}"'):
                found += [each if isinstance(each, bytes) else str(each).encode() for each in row]
    return b"\n".join(found)


def found_in(haystack: bytes, needles: dict[str, bytes]) -> list[str]:
    return [name for name, needle in needles.items() if needle in haystack]


@pytest.fixture
def scene(database: Database) -> Scene:
    scene = make_scene(database)
    file(scene, scene.ministry, figure=Som(0))
    file(scene, scene.union, figure=Som(FIGURE.tyiyn - 1), rationale=TEXT)
    file(scene, scene.union, figure=FIGURE, rationale=TEXT)
    filing.save_draft(
        database,
        scene.key,
        scene.unionist.id,
        scene.lines[1],
        party_id=scene.union.id,
        position=make_position(figure=DRAFTED, rationale=DRAFT_TEXT),
        seen=0,
    )
    return scene


def test_no_filed_figure_or_text_lies_in_the_database_in_the_clear(scene: Scene, tmp_path: Path) -> None:
    assert found_in(stored_bytes(scene.database, tmp_path), traces(FIGURE, TEXT)) == []


def test_no_draft_lies_in_the_database_in_the_clear(scene: Scene, tmp_path: Path) -> None:
    assert found_in(stored_bytes(scene.database, tmp_path), traces(DRAFTED, DRAFT_TEXT)) == []


def test_the_nonce_on_the_receipt_lies_nowhere_in_the_database(scene: Scene, tmp_path: Path) -> None:
    receipt = file(scene, scene.cities, figure=FIGURE)
    needles = {"hex": receipt.nonce.encode(), "raw": bytes.fromhex(receipt.nonce)}
    assert found_in(stored_bytes(scene.database, tmp_path), needles) == []


def test_the_same_search_finds_figure_and_text_once_they_are_opened(scene: Scene, tmp_path: Path) -> None:
    """Without this the three searches above could be blind."""
    open_all(scene)
    found = found_in(stored_bytes(scene.database, tmp_path), traces(FIGURE, TEXT))
    assert {"soms", "text", "Ысык-Көлдүн"} <= set(found)
    assert found_in(stored_bytes(scene.database, tmp_path), traces(DRAFTED, DRAFT_TEXT)) == []


def test_the_search_would_find_an_amount_kept_as_a_number(scene: Scene, tmp_path: Path) -> None:
    with scene.database.writing() as session:
        session.connection().execute(sa.text("UPDATE dispute_line SET cap = :cap"), {"cap": DRAFTED.tyiyn})
    found = set(found_in(stored_bytes(scene.database, tmp_path), traces(DRAFTED, DRAFT_TEXT)))
    assert found & {"tyiyn", "SQLite's six bytes", "big-endian"}
