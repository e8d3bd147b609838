"""Four eyes: who writes does not approve, approving is filing, and nobody outside the party notices."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from budgetproto.accounts.domain import Person
from budgetproto.database import Database
from budgetproto.disputes.domain import TooLate
from budgetproto.disputes.journal.chronicle import chronicle
from budgetproto.disputes.positions import approving, filing, opening
from budgetproto.disputes.positions.approving import NothingWaits, OwnText, SubmissionMoved
from budgetproto.disputes.positions.filing import FourEyesNeeded, NotApprover
from budgetproto.disputes.positions.own import OwnPosition, own_position
from budgetproto.disputes.positions.receipts import Receipt, receipt
from budgetproto.disputes.positions.seat import NotAuthor, PositionMoved
from budgetproto.disputes.positions.storage import opened
from budgetproto.errors import Unknown
from budgetproto.journal import inner_chain, party_chain
from budgetproto.journal.storage import entries
from budgetproto.money import Som
from budgetproto.sittings.domain import MandatePart
from budgetproto.sittings.service import ReasonMissing
from tests.factories import (
    Scene,
    declare_all_final,
    file,
    make_scene,
    need_four_eyes,
    open_all,
    reach_deadline,
    set_part,
    submit,
)
from tests.stated import make_position

WHY = "Долбоорлор даяр"


@pytest.fixture
def scene(database: Database) -> Scene:
    """Make a sitting in which the union files with four eyes: both its delegates may do both parts."""
    scene = make_scene(database)
    need_four_eyes(scene, scene.union)
    return scene


def approve(scene: Scene, person: Person, number: int = 1, *, line: int = 0, request: str = "") -> Receipt:
    return approving.approve(
        scene.database,
        scene.key,
        person.id,
        scene.lines[line],
        party_id=scene.union.id,
        number=number,
        request=request,
    )


def give_back(scene: Scene, person: Person, number: int = 1, reason: str = "Булагы жок") -> None:
    approving.give_back(
        scene.database,
        scene.key,
        person.id,
        scene.lines[0],
        party_id=scene.union.id,
        number=number,
        reason=reason,
    )


def own(scene: Scene, person: Person) -> OwnPosition:
    with scene.database.reading() as session:
        return own_position(session, scene.key, person.id, scene.lines[0], scene.union.id)


def test_with_four_eyes_nobody_files_alone(scene: Scene) -> None:
    with pytest.raises(FourEyesNeeded):
        file(scene, scene.union)
    assert file(scene, scene.ministry, figure=Som(0)).version == 1


def test_what_was_submitted_is_no_position_until_it_is_approved(scene: Scene) -> None:
    assert submit(scene, scene.unionist, rationale=WHY) == 1
    seen = own(scene, scene.assistant)
    assert (seen.version, seen.filed) == (0, None)
    assert seen.waiting is not None
    assert seen.waiting.position == make_position(rationale=WHY)
    assert approve(scene, scene.assistant).version == 1
    assert own(scene, scene.assistant).waiting is None


def test_the_filed_document_and_the_journal_name_both(scene: Scene) -> None:
    submit(scene, scene.unionist, rationale=WHY)
    made = approve(scene, scene.assistant)
    assert made.stated().written_by == scene.unionist.id
    assert made.stated().approved_by == scene.assistant.id
    with scene.database.reading() as session:
        filed = entries(session, party_chain(scene.sitting, scene.union.id))
        again = receipt(session, scene.key, scene.unionist.id, scene.lines[0], scene.union.id)
    told = [(each.kind, each.values()["author"], each.values()["person"]) for each in filed]
    assert told == [("disputes.position_approved", scene.unionist.id, scene.assistant.id)]
    assert again == made


def test_nobody_approves_his_own_text(scene: Scene) -> None:
    submit(scene, scene.unionist)
    with pytest.raises(OwnText):
        approve(scene, scene.unionist)
    with pytest.raises(OwnText):
        give_back(scene, scene.unionist)


def test_an_author_does_not_approve_and_an_approver_does_not_write(scene: Scene) -> None:
    set_part(scene, scene.assistant, MandatePart.AUTHOR)
    submit(scene, scene.unionist)
    with pytest.raises(NotApprover):
        approve(scene, scene.assistant)
    set_part(scene, scene.assistant, MandatePart.APPROVER)
    with pytest.raises(NotAuthor):
        submit(scene, scene.assistant, submission_seen=1)
    with pytest.raises(NotAuthor):
        filing.save_draft(
            scene.database,
            scene.key,
            scene.assistant.id,
            scene.lines[0],
            party_id=scene.union.id,
            position=make_position(),
            seen=0,
        )


def test_without_four_eyes_an_author_alone_still_submits(database: Database) -> None:
    scene = make_scene(database)
    set_part(scene, scene.unionist, MandatePart.AUTHOR)
    with pytest.raises(FourEyesNeeded):
        file(scene, scene.union)
    submit(scene, scene.unionist)
    assert approve(scene, scene.assistant).version == 1


def test_the_deadline_counts_at_the_approval(scene: Scene) -> None:
    submit(scene, scene.unionist, rationale=WHY)
    reach_deadline(scene)
    with pytest.raises(TooLate):
        approve(scene, scene.assistant)
    seen = own(scene, scene.unionist)
    assert seen.version == 0
    assert seen.waiting is not None
    with pytest.raises(TooLate):
        submit(scene, scene.unionist, rationale="Кеч", submission_seen=1)
    assert own(scene, scene.unionist).draft == make_position(rationale="Кеч")


def test_given_back_the_text_is_the_authors_draft_again_with_the_reason(scene: Scene) -> None:
    submit(scene, scene.unionist, rationale=WHY)
    give_back(scene, scene.assistant)
    seen = own(scene, scene.unionist)
    assert seen.draft == make_position(rationale=WHY)
    assert seen.given_back is not None
    assert (seen.given_back.person, seen.given_back.reason) == (scene.assistant.id, "Булагы жок")
    assert own(scene, scene.assistant).given_back is None
    with pytest.raises(NothingWaits):
        approve(scene, scene.assistant)
    assert submit(scene, scene.unionist, rationale="Булагы менен", submission_seen=1) == 2
    assert own(scene, scene.unionist).given_back is None
    assert approve(scene, scene.assistant, 2).version == 1


def test_a_newer_draft_of_the_author_is_not_overwritten_by_what_comes_back(scene: Scene) -> None:
    submit(scene, scene.unionist, rationale=WHY)
    filing.save_draft(
        scene.database,
        scene.key,
        scene.unionist.id,
        scene.lines[0],
        party_id=scene.union.id,
        position=make_position(rationale="Жаңысы"),
        seen=0,
    )
    give_back(scene, scene.assistant)
    assert own(scene, scene.unionist).draft == make_position(rationale="Жаңысы")


def test_giving_back_needs_a_reason(scene: Scene) -> None:
    submit(scene, scene.unionist)
    with pytest.raises(ReasonMissing):
        give_back(scene, scene.assistant, reason="  ")


def test_an_approver_decides_on_what_he_has_read(scene: Scene) -> None:
    submit(scene, scene.unionist, rationale=WHY)
    submit(scene, scene.unionist, rationale="Башка", submission_seen=1)
    with pytest.raises(SubmissionMoved):
        approve(scene, scene.assistant, 1)
    assert approve(scene, scene.assistant, 2).stated().rationale == make_position(rationale="Башка").rationale


def test_the_second_author_who_saw_an_older_submission_gets_both_texts(scene: Scene) -> None:
    submit(scene, scene.unionist, rationale="Биринчи")
    with pytest.raises(PositionMoved) as refusal:
        submit(scene, scene.assistant, rationale="Экинчи")
    assert refusal.value.details == {
        "yours": make_position(rationale="Экинчи"),
        "theirs": make_position(rationale="Биринчи"),
    }


def test_a_text_written_over_an_older_version_is_not_approved(scene: Scene) -> None:
    submit(scene, scene.unionist, rationale="Биринчи")
    approve(scene, scene.assistant)
    submit(scene, scene.unionist, rationale="Экинчи", seen=1, submission_seen=1)
    with pytest.raises(PositionMoved):
        submit(scene, scene.unionist, rationale="Үчүнчү", seen=0, submission_seen=2)


def test_approved_twice_it_is_filed_once(scene: Scene) -> None:
    submit(scene, scene.unionist, request="s")
    assert submit(scene, scene.unionist, request="s") == 1
    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(lambda _: approve(scene, scene.assistant, request="a"), range(4)))
    assert receipts == [receipts[0]] * 4
    assert own(scene, scene.assistant).version == 1


def test_only_who_approves_declares_final(scene: Scene) -> None:
    set_part(scene, scene.unionist, MandatePart.AUTHOR)
    with pytest.raises(NotApprover):
        filing.declare_final(scene.database, scene.unionist.id, scene.sitting, party_id=scene.union.id)
    filing.declare_final(scene.database, scene.assistant.id, scene.sitting, party_id=scene.union.id)


def test_an_approved_position_opens_like_any_other_and_names_both(scene: Scene) -> None:
    submit(scene, scene.unionist, rationale=WHY)
    approve(scene, scene.assistant)
    file(scene, scene.ministry, figure=Som(0))
    open_all(scene)
    with scene.database.reading() as session:
        shown = {each.party: each.position for each in opened(session, scene.sitting)}
    assert shown[scene.union.id].written_by == scene.unionist.id
    assert shown[scene.union.id].approved_by == scene.assistant.id
    assert shown[scene.ministry.id].approved_by is None


def test_what_only_waits_is_never_opened(scene: Scene) -> None:
    submit(scene, scene.unionist, rationale=WHY)
    file(scene, scene.ministry, figure=Som(0))
    declare_all_final(scene)
    opening.open_positions(scene.database, scene.key, scene.secretary.id, scene.sitting)
    with scene.database.reading() as session:
        assert [each.party for each in opened(session, scene.sitting)] == [scene.ministry.id]


def test_strangers_other_parties_and_the_secretary_get_the_same_unknown(scene: Scene) -> None:
    submit(scene, scene.unionist)
    for person in (scene.minister, scene.mayor, scene.secretary, scene.outsider):
        with pytest.raises(Unknown):
            approve(scene, person)
        with pytest.raises(Unknown):
            give_back(scene, person)


def test_the_inner_chain_is_read_by_the_party_alone_even_after_the_opening(scene: Scene) -> None:
    submit(scene, scene.unionist)
    give_back(scene, scene.assistant)
    file(scene, scene.ministry, figure=Som(0))
    open_all(scene)
    inner = inner_chain(scene.sitting, scene.union.id)
    for person, sees in ((scene.assistant, True), (scene.minister, False), (scene.secretary, False)):
        with scene.database.reading() as session:
            _, chains = chronicle(session, person.id, scene.sitting)
        assert (inner in {each.end.chain for each in chains}) == sees
        assert all(each.broken is None for each in chains)


def test_the_events_hold_nothing_of_the_text(scene: Scene) -> None:
    submit(scene, scene.unionist, rationale=WHY)
    give_back(scene, scene.assistant, reason="Купуя себеп")
    with scene.database.reading() as session:
        told = " ".join(each.payload for each in entries(session, inner_chain(scene.sitting, scene.union.id)))
    assert WHY not in told
    assert "Купуя" not in told
