"""Four eyes look at the files too: what is filed with an approved text is what was submitted with it."""

import pytest

from budgetproto.database import Database
from budgetproto.disputes.positions.approving import FilesChanged
from budgetproto.disputes.positions.attachments import service as attachments
from budgetproto.disputes.positions.attachments.service import proofs, working_set
from budgetproto.disputes.positions.seat import take_seat
from tests.disputes.positions.attachments.test_service import attach, remove
from tests.disputes.positions.test_approving import approve
from tests.factories import Scene, make_scene, need_four_eyes, submit


@pytest.fixture
def scene(database: Database) -> Scene:
    """Make a sitting in which the union files with four eyes."""
    scene = make_scene(database)
    need_four_eyes(scene, scene.union)
    return scene


def test_a_file_submitted_with_a_text_is_filed_with_it(scene: Scene) -> None:
    attached = attach(scene, scene.union)
    submit(scene, scene.unionist)
    approve(scene, scene.assistant)
    with scene.database.reading() as session:
        seat = take_seat(session, scene.key, scene.assistant.id, scene.lines[0], scene.union.id)
        filed = seat.filed
        assert filed is not None
        assert [proof.file for proof in proofs(seat, filed)] == [attached]


def test_no_file_is_filed_that_the_approver_may_not_have_read(scene: Scene) -> None:
    submit(scene, scene.unionist)
    attach(scene, scene.union)
    with pytest.raises(FilesChanged):
        approve(scene, scene.assistant)


def test_no_file_is_left_out_behind_the_approver_or_exchanged(scene: Scene) -> None:
    first = attach(scene, scene.union)
    submit(scene, scene.unionist)
    remove(scene, scene.union, first)
    with pytest.raises(FilesChanged):
        approve(scene, scene.assistant)
    attach(scene, scene.union)  # the same bytes again: another file all the same
    with pytest.raises(FilesChanged):
        approve(scene, scene.assistant)


def test_submitted_anew_the_text_is_approved_with_the_files_it_has_now(scene: Scene) -> None:
    submit(scene, scene.unionist)
    attach(scene, scene.union)
    submit(scene, scene.unionist, submission_seen=1)
    approve(scene, scene.assistant, 2)
    with scene.database.reading() as session:
        seat = take_seat(session, scene.key, scene.assistant.id, scene.lines[0], scene.union.id)
        assert [each.filed for each in working_set(seat)] == [True]
        assert not attachments.changed(seat)
