"""Who stands on the paper: the chair with the role, the secretary who recorded, delegates who were there."""

import pytest

from budgetproto.accounts.domain import Role
from budgetproto.database import Database
from budgetproto.i18n import NO_NAME, Named
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import Attendee, Group
from budgetproto.protocol.snapshot import Snapshot
from tests import sessions
from tests.factories import Scene, make_person, make_scene
from tests.protocol.test_service import snapshot_of
from tests.staged import Staged


@pytest.fixture
def scene(sqlite_database: Database) -> Scene:
    return make_scene(sqlite_database)


def attendee(name: str, *, present: bool = True, group: Group = Group.MEMBER) -> Attendee:
    member = Named("комитеттин мүчөсү", "член комитета", "committee member")
    return Attendee(group, name, member, NO_NAME, NO_NAME, present, NO_NAME)


@pytest.fixture
def in_session(sqlite_database: Database) -> Scene:
    return sessions.in_session(sqlite_database)


def attending(scene: Scene, *people: Attendee, by: str | None = None) -> Snapshot:
    proceedings.record_attendance(scene.database, by or scene.secretary.id, scene.sitting, list(people))
    return snapshot_of(scene.database, scene.sitting)


def signatories(snapshot: Snapshot) -> dict[str, str]:
    return {each.role: each.name for each in snapshot.signatories}


def test_the_chair_is_the_member_with_the_role_and_not_the_first_of_the_list(in_session: Scene) -> None:
    chair = in_session.chair.name
    snapshot = attending(in_session, attendee("Нурбек Касымов"), attendee(chair))
    assert snapshot.attendance.chair == chair
    assert signatories(snapshot)["chair"] == chair


def test_nobody_is_taken_for_a_chair_who_was_absent(in_session: Scene) -> None:
    absent = attendee(in_session.chair.name, present=False)
    snapshot = attending(in_session, attendee("Нурбек Касымов"), absent)
    assert (snapshot.attendance.chair, signatories(snapshot)["chair"]) == ("", "")


def test_the_secretary_is_who_recorded_the_attendance_of_this_sitting(in_session: Scene) -> None:
    second = make_person(in_session.database, name="Гүлмира Асанова", roles=frozenset({Role.SECRETARY}))
    snapshot = attending(in_session, attendee("Нурбек Касымов"), by=second.id)
    assert snapshot.attendance.secretary == "Гүлмира Асанова"
    assert signatories(snapshot)["secretary"] == "Гүлмира Асанова"


def test_before_the_attendance_is_recorded_the_places_of_the_committee_stay_open(in_session: Scene) -> None:
    snapshot = snapshot_of(in_session.database, in_session.sitting)
    assert (signatories(snapshot)["chair"], signatories(snapshot)["secretary"]) == ("", "")


def test_the_demonstration_names_its_chair_and_its_secretary(kept: Staged) -> None:
    attendance = kept.protocol().facts.attendance
    assert (attendance.chair, attendance.secretary) == ("Асел Токтобаева", "Мээрим Кожоева")


def test_a_delegation_is_signed_for_by_a_delegate_who_was_there(in_session: Scene) -> None:
    """Two people speak for the ministry; the one who came stands in the signature block."""
    for name in (in_session.minister.name, in_session.deputy.name):
        snapshot = attending(in_session, attendee(name, group=Group.GOVERNMENT))
        block = [each.name for each in snapshot.signatories if each.body == in_session.ministry.name]
        assert block == [name]
