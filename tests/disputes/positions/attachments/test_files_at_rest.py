"""Files lie sealed: nothing of them is readable, changed unseen, or told by its size."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import select

from budgetproto.database import Database
from budgetproto.disputes.positions import sealing
from budgetproto.disputes.positions.attachments.storage import AttachmentRevealRow, DraftAttachmentRow
from budgetproto.disputes.positions.attachments.values import Visibility
from budgetproto.disputes.positions.sealing import FilePlace
from tests.disputes.positions.attachments import files
from tests.disputes.positions.attachments.test_service import SECRET, Opened, attach, fetched
from tests.disputes.positions.test_at_rest import found_in, stored_bytes
from tests.factories import Scene, file, make_scene, open_all


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database)


def test_no_file_name_or_title_lies_in_the_database_in_the_clear(scene: Scene, tmp_path: Path) -> None:
    attach(scene, scene.union, name="көчкү-картасы.txt")
    file(scene, scene.union)
    attach(scene, scene.ministry, visibility=Visibility.OWN_PARTY)
    needles = {"content": SECRET, "name": "көчкү-картасы".encode(), "title": "Тизме".encode()}
    needles |= {"digest": hashlib.sha256(SECRET).hexdigest().encode()}
    assert found_in(stored_bytes(scene.database, tmp_path), needles) == []


def test_what_the_own_party_keeps_never_lies_in_the_clear(scene: Scene, tmp_path: Path) -> None:
    attach(scene, scene.union, name="көчкү.txt", visibility=Visibility.OWN_PARTY)
    attach(scene, scene.ministry, name="ачык-тизме.txt", content=b"open")
    file(scene, scene.union)
    file(scene, scene.ministry)
    open_all(scene)
    stored = stored_bytes(scene.database, tmp_path)
    assert found_in(stored, {"content": SECRET, "name": "көчкү.txt".encode()}) == []
    assert found_in(stored, {"opened": "ачык-тизме.txt".encode()}) == ["opened"], "else the search is blind"


def test_the_size_of_a_row_tells_one_of_a_few_sizes(scene: Scene) -> None:
    for content in (b"a", b"b" * 200_000):
        attach(scene, scene.union, content=content)
    with scene.database.reading() as session:
        rows = session.exec(select(DraftAttachmentRow)).all()
    assert len({len(row.content or b"") for row in rows}) == 1
    assert len({len(row.header) for row in rows}) == 1


def test_a_ciphertext_opens_nowhere_else() -> None:
    key, place = bytes(32), FilePlace("s", "l", "p", "f")
    content, header = sealing.seal_content(key, place, SECRET), sealing.seal_header(key, place, "{}")
    assert sealing.unseal_content(key, place, content) == SECRET
    for sealed in (
        lambda: sealing.unseal_content(key, replace(place, file="g"), content),
        lambda: sealing.unseal_content(key, place, header),
        lambda: sealing.unseal_header(key, place, content),
        lambda: sealing.unseal_content(key, place, content[:40]),
    ):
        with pytest.raises(sealing.SealBroken):
            sealed()


@pytest.fixture
def opened(scene: Scene) -> Opened:
    attachment = attach(scene, scene.union)
    file(scene, scene.union)
    file(scene, scene.ministry)
    open_all(scene)
    return Opened(scene, attachment)


def test_untouched_files_are_what_was_filed(opened: Opened) -> None:
    assert opened.altered(key=True) == opened.altered(key=False) == []


def test_a_changed_header_is_found_without_the_key(opened: Opened) -> None:
    with opened.scene.database.reading() as session:
        header = session.get_one(AttachmentRevealRow, opened.attachment).header
    other = header.replace("жашыруун", "башка")
    opened.change("UPDATE dispute_attachment_reveal SET header = :header", header=other)
    assert opened.altered(key=False) == ["disputes.altered.attachment"]


def test_changed_bytes_are_found_with_the_key(opened: Opened) -> None:
    opened.change("UPDATE dispute_attachment SET content = :content", content=b"\0" * 300)
    assert opened.altered(key=True) == ["disputes.altered.attachment"]


def test_a_file_is_exchanged_for_another_of_the_kinds(scene: Scene) -> None:
    """Every kind that is taken goes in and comes out whole."""
    whole = {"a.pdf": files.pdf(), "a.xlsx": files.xlsx(), "a.docx": files.docx(), "a.png": files.png()}
    kept = {name: attach(scene, scene.union, name=name, content=content) for name, content in whole.items()}
    for name, attachment in kept.items():
        found = fetched(scene, scene.unionist, attachment)
        assert found is not None
        assert found.content == whole[name]
