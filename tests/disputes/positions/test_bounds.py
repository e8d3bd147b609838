"""Nobody fills the disk with what is kept for ever: a bound is told in a sentence, what is filed stands."""

import pytest

from budgetproto.database import Database
from budgetproto.disputes.positions import bounds
from budgetproto.disputes.positions.attachments.storage import stored_bytes
from budgetproto.disputes.positions.bounds import (
    MOST_STORED_BYTES,
    MOST_STORED_FILES,
    MOST_VERSIONS,
    StoredFilesTooLarge,
    TooManyStoredFiles,
    TooManyVersions,
    check_stored,
    check_versions,
)
from tests.disputes.positions.attachments.test_service import attach, own_files, remove
from tests.disputes.positions.test_approving import approve
from tests.factories import Scene, file, last_version, make_scene, need_four_eyes, submit

CONTENT = [f"Тизме № {number}\n".encode() for number in range(5)]


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database)


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two be the most, so that tests reach it."""
    for name in ("MOST_VERSIONS", "MOST_STORED_FILES"):
        monkeypatch.setattr(bounds, name, 2)


def test_the_bounds_lie_where_the_manual_says() -> None:
    assert (MOST_VERSIONS, MOST_STORED_FILES, MOST_STORED_BYTES) == (200, 200, 2 * 2**30)
    check_versions(199)
    check_stored(files=199, size=2 * 2**30 - 16, more=16)
    with pytest.raises(TooManyVersions):
        check_versions(200)
    with pytest.raises(TooManyStoredFiles):
        check_stored(files=200, size=0, more=1)
    with pytest.raises(StoredFilesTooLarge):
        check_stored(files=0, size=2 * 2**30 - 16, more=17)


@pytest.mark.usefixtures("two")
def test_a_party_files_so_many_versions_and_the_last_one_stands(scene: Scene) -> None:
    file(scene, scene.union)
    file(scene, scene.union)
    with pytest.raises(TooManyVersions):
        file(scene, scene.union)
    assert last_version(scene, scene.union) == 2
    file(scene, scene.union, line=1)
    file(scene, scene.ministry)


@pytest.mark.usefixtures("two")
def test_submissions_that_nobody_approves_are_bounded_too(scene: Scene) -> None:
    need_four_eyes(scene, scene.union)
    first = submit(scene, scene.unionist)
    second = submit(scene, scene.unionist, submission_seen=first)
    with pytest.raises(TooManyVersions):
        submit(scene, scene.unionist, submission_seen=second)
    approve(scene, scene.assistant, second)


@pytest.mark.usefixtures("two")
def test_files_taken_out_after_they_were_filed_are_counted_still(scene: Scene) -> None:
    for content in CONTENT[:2]:
        attached = attach(scene, scene.union, content=content)
        file(scene, scene.union, confirmed=True)
        remove(scene, scene.union, attached)
    assert own_files(scene, scene.union) == []
    with pytest.raises(TooManyStoredFiles):
        attach(scene, scene.union, content=CONTENT[2])
    attach(scene, scene.union, content=CONTENT[2], line=1)
    attach(scene, scene.ministry, content=CONTENT[2])


@pytest.mark.usefixtures("two")
def test_a_file_taken_out_before_it_was_filed_leaves_nothing(scene: Scene) -> None:
    for content in CONTENT:
        remove(scene, scene.union, attach(scene, scene.union, content=content))
    attach(scene, scene.union)


def test_the_bytes_of_a_party_are_those_of_all_its_lines_and_of_no_other_party(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(scene, scene.union, content=CONTENT[0])
    with scene.database.reading() as session:
        one = stored_bytes(session, scene.sitting, scene.union.id)
    monkeypatch.setattr(bounds, "MOST_STORED_BYTES", 2 * one)
    file(scene, scene.union)
    attach(scene, scene.union, content=CONTENT[1], line=1)
    with pytest.raises(StoredFilesTooLarge):
        attach(scene, scene.union, content=CONTENT[2])
    attach(scene, scene.ministry, content=CONTENT[2])
