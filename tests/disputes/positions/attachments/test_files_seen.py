"""A position is filed with the files its author had before him; a change in between is told first."""

import pytest

from budgetproto.database import Database
from budgetproto.disputes.positions import approving, filing
from budgetproto.disputes.positions.attachments.service import FilesMoved
from budgetproto.disputes.positions.receipts import Receipt
from tests.disputes.positions.attachments.test_service import attach, own_files, remove
from tests.factories import Scene, last_version, make_scene, need_four_eyes, seen_by
from tests.stated import make_position


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database)


def file_seeing(scene: Scene, files_seen: str) -> Receipt:
    return filing.file_position(
        scene.database,
        scene.key,
        scene.unionist.id,
        scene.lines[0],
        party_id=scene.union.id,
        position=make_position(),
        seen=last_version(scene, scene.union),
        files_seen=files_seen,
    )


def seen(scene: Scene) -> str:
    return seen_by(scene, scene.union).files_seen


def test_a_file_attached_after_the_page_was_opened_is_not_filed_unseen(scene: Scene) -> None:
    before = seen(scene)
    attach(scene, scene.union)
    with pytest.raises(FilesMoved):
        file_seeing(scene, before)
    assert last_version(scene, scene.union) == 0


def test_a_file_taken_out_after_the_page_was_opened_is_not_missed_unseen(scene: Scene) -> None:
    attached = attach(scene, scene.union)
    before = seen(scene)
    remove(scene, scene.union, attached)
    with pytest.raises(FilesMoved):
        file_seeing(scene, before)


def test_a_file_exchanged_for_the_same_bytes_is_another_file(scene: Scene) -> None:
    """Who reads it may differ, although its bytes do not."""
    attached = attach(scene, scene.union)
    before = seen(scene)
    remove(scene, scene.union, attached)
    attach(scene, scene.union)
    with pytest.raises(FilesMoved):
        file_seeing(scene, before)


def test_what_was_seen_is_filed(scene: Scene) -> None:
    attach(scene, scene.union)
    assert file_seeing(scene, seen(scene)).version == 1
    assert [filed for _, filed in own_files(scene, scene.union)] == [True]
    assert file_seeing(scene, seen(scene)).version == 2, "filed files are the same files"


def test_the_other_sides_files_are_nobody_elses_business(scene: Scene) -> None:
    before = seen(scene)
    attach(scene, scene.ministry)
    assert seen(scene) == before
    assert file_seeing(scene, before).version == 1


def test_a_text_is_submitted_with_the_files_its_author_saw(scene: Scene) -> None:
    need_four_eyes(scene, scene.union)
    before = seen(scene)
    attach(scene, scene.union)
    with pytest.raises(FilesMoved):
        approving.submit(
            scene.database,
            scene.key,
            scene.unionist.id,
            scene.lines[0],
            party_id=scene.union.id,
            position=make_position(),
            seen=0,
            submission_seen=0,
            files_seen=before,
        )
    assert seen_by(scene, scene.union).waiting is None
