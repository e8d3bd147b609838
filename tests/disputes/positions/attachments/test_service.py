"""Attached files: sealed like a position, filed with it, opened as far as each one says, never to others."""

import hashlib
import json
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from budgetproto.accounts.domain import Party, Person, Role
from budgetproto.database import Database
from budgetproto.disputes.journal.verifying import altered
from budgetproto.disputes.positions import opening, sealing
from budgetproto.disputes.positions import storage as position_storage
from budgetproto.disputes.positions.attachments import service as attachments
from budgetproto.disputes.positions.attachments import storage as files_storage
from budgetproto.disputes.positions.attachments.service import AttachingOver, File, NewFile
from budgetproto.disputes.positions.attachments.storage import AttachmentRow, DraftAttachmentRow
from budgetproto.disputes.positions.attachments.values import (
    LARGEST,
    SLOTS,
    FileEmpty,
    FilesTooLarge,
    FileTooLarge,
    FileTwice,
    Limits,
    TooManyFiles,
    Visibility,
)
from budgetproto.disputes.positions.own import own_position
from budgetproto.disputes.positions.sealing import FilePlace
from budgetproto.errors import Refused, SetUp, Unknown
from budgetproto.i18n import Named
from budgetproto.money import Som
from budgetproto.sittings.domain import Stage
from budgetproto.sittings.storage import SittingRow
from tests.factories import Scene, file, make_person, make_scene, open_all, reach_deadline, start_session

SECRET = "Ысык-Көлдүн жашыруун тизмеси: үңкүр, көчкү, 41-чакырым\n".encode()
NAME = "жашыруун_тизме.txt"


def attach(
    scene: Scene,
    party: Party,
    *,
    content: bytes = SECRET,
    name: str = NAME,
    visibility: Visibility = Visibility.BOTH_SIDES,
    line: int = 0,
    limits: Limits | None = None,
) -> str:
    return attachments.attach(
        scene.database,
        scene.key,
        scene.speaker(party).id,
        scene.lines[line],
        party_id=party.id,
        new=NewFile(name, content, visibility, Named("Тизме")),
        limits=limits or Limits(),
    )


def remove(scene: Scene, party: Party, attachment: str, *, person: Person | None = None) -> None:
    attachments.remove(
        scene.database,
        scene.key,
        (person or scene.speaker(party)).id,
        scene.lines[0],
        party_id=party.id,
        attachment=attachment,
    )


def fetched(scene: Scene, person: Person, attachment: str, *, line: int = 0) -> File | None:
    with scene.database.reading() as session:
        try:
            return attachments.file_of(session, scene.key, person.id, scene.lines[line], attachment)
        except Unknown:
            return None


def own_files(scene: Scene, party: Party) -> list[tuple[str, bool]]:
    with scene.database.reading() as session:
        person = scene.speaker(party).id
        own = own_position(session, scene.key, person, scene.lines[0], party.id)
    return [(each.header.name, each.filed) for each in own.attachments]


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database)


def test_a_file_comes_back_as_it_was_with_its_cleaned_name(scene: Scene) -> None:
    attachment = attach(scene, scene.union, name="C:\\тизме  2020.TXT")
    found = fetched(scene, scene.unionist, attachment)
    assert found is not None
    assert (found.content, found.header.name, found.header.title.ky) == (SECRET, "тизме 2020.txt", "Тизме")


def test_every_delegate_of_the_party_sees_what_will_be_filed(scene: Scene) -> None:
    attachment = attach(scene, scene.union)
    assert fetched(scene, scene.assistant, attachment) is not None
    assert own_files(scene, scene.union) == [(NAME, False)]


@pytest.mark.parametrize("visibility", Visibility)
@pytest.mark.parametrize("filed", [False, True])
def test_before_the_opening_nobody_else_gets_a_file(
    scene: Scene, visibility: Visibility, filed: bool
) -> None:
    attachment = attach(scene, scene.union, visibility=visibility)
    if filed:
        file(scene, scene.union)
    others = (scene.minister, scene.doctor, scene.mayor, scene.secretary, scene.chair, scene.outsider)
    assert [fetched(scene, person, attachment) for person in others] == [None] * len(others)


_CIRCLES: dict[Visibility, frozenset[str]] = {
    Visibility.OWN_PARTY: frozenset({"unionist", "assistant"}),
    Visibility.BOTH_SIDES: frozenset({"unionist", "assistant", "minister", "doctor", "mayor"}),
}
_CIRCLES[Visibility.COMMITTEE] = _CIRCLES[Visibility.BOTH_SIDES] | {"secretary", "chair", "member"}
_CIRCLES[Visibility.PUBLIC] = _CIRCLES[Visibility.COMMITTEE] | {"analyst", "observer"}
_EVERYBODY = (*sorted(_CIRCLES[Visibility.PUBLIC]), "administrator", "outsider")


def people(scene: Scene) -> dict[str, Person]:
    roles = (Role.MEMBER, Role.ANALYST, Role.OBSERVER, Role.ADMINISTRATOR)
    made = {role.value: make_person(scene.database, roles=frozenset({role})) for role in roles}
    return made | {name: getattr(scene, name) for name in _EVERYBODY if name not in made}


@pytest.mark.parametrize("visibility", Visibility)
def test_after_the_opening_each_circle_gets_it_in_every_stage(scene: Scene, visibility: Visibility) -> None:
    attachment = attach(scene, scene.union, visibility=visibility)
    for party in (scene.union, scene.ministry):
        file(scene, party)
        file(scene, party, line=1)
    open_all(scene)
    everybody = people(scene)
    for stage in (Stage.OPENED, Stage.IN_SESSION, Stage.DECIDED):
        if stage is Stage.IN_SESSION:
            start_session(scene)
        elif stage is Stage.DECIDED:
            with scene.database.writing() as session:
                row = session.get_one(SittingRow, scene.sitting)
                row.stage = stage.value
                session.add(row)
        got = {name for name, person in everybody.items() if fetched(scene, person, attachment)}
        assert got == _CIRCLES[visibility], stage


def test_what_the_own_party_keeps_leaves_no_trace_in_what_is_opened(scene: Scene) -> None:
    attach(scene, scene.union, visibility=Visibility.OWN_PARTY)
    file(scene, scene.union)
    file(scene, scene.ministry)
    open_all(scene)
    with scene.database.reading() as session:
        opened = {row.party: row for row in position_storage.reveals(session, scene.sitting)}
        assert files_storage.reveals_of(session, scene.lines) == []
    lengths = {len(json.loads(row.document)["attachments"]) for row in opened.values()}
    assert lengths == {SLOTS}, "with one file or with none, as many commitments"
    assert len({len(row.document) for row in opened.values()}) == 1
    digest = hashlib.sha256(SECRET).hexdigest()
    assert digest not in opened[scene.union.id].document


def test_a_line_with_one_side_keeps_its_files_closed(scene: Scene) -> None:
    attachment = attach(scene, scene.union)
    file(scene, scene.union)
    reach_deadline(scene)
    opening.open_positions(scene.database, scene.key, scene.secretary.id, scene.sitting)
    assert fetched(scene, scene.minister, attachment) is None
    assert fetched(scene, scene.unionist, attachment) is not None


def test_another_party_neither_attaches_nor_removes(scene: Scene) -> None:
    attachment = attach(scene, scene.union)
    with pytest.raises(Unknown):
        attachments.attach(
            scene.database,
            scene.key,
            scene.minister.id,
            scene.lines[0],
            party_id=scene.union.id,
            new=NewFile(NAME, SECRET, Visibility.PUBLIC, Named()),
            limits=Limits(),
        )
    for person, party in ((scene.minister, scene.union), (scene.minister, scene.ministry)):
        with pytest.raises(Unknown):
            remove(scene, party, attachment, person=person)
    assert own_files(scene, scene.union) == [(NAME, False)]


def test_a_file_taken_out_of_a_draft_is_gone(scene: Scene) -> None:
    attachment = attach(scene, scene.union)
    remove(scene, scene.union, attachment)
    with scene.database.reading() as session:
        assert session.get(DraftAttachmentRow, attachment) is None
    assert fetched(scene, scene.unionist, attachment) is None


def test_a_filed_file_stays_with_its_version_when_the_next_leaves_it_out(scene: Scene) -> None:
    attachment = attach(scene, scene.union)
    file(scene, scene.union)
    assert own_files(scene, scene.union) == [(NAME, True)]
    remove(scene, scene.union, attachment)
    assert own_files(scene, scene.union) == []
    with scene.database.reading() as session:
        assert session.get(AttachmentRow, attachment) is not None


def test_only_files_of_the_last_version_are_opened(scene: Scene) -> None:
    first = attach(scene, scene.union)
    file(scene, scene.union)
    remove(scene, scene.union, first)
    second = attach(scene, scene.union, content=SECRET + b"2")
    file(scene, scene.union)
    file(scene, scene.ministry)
    open_all(scene)
    assert fetched(scene, scene.minister, first) is None
    assert fetched(scene, scene.minister, second) is not None


def test_the_same_file_goes_on_into_the_next_version(scene: Scene) -> None:
    attachment = attach(scene, scene.union)
    file(scene, scene.union)
    file(scene, scene.union, figure=Som(100))
    file(scene, scene.ministry)
    open_all(scene)
    found = fetched(scene, scene.minister, attachment)
    assert found is not None
    assert found.content == SECRET


def test_the_receipt_proves_each_file_of_its_version_and_no_other(scene: Scene) -> None:
    first = attach(scene, scene.union)
    receipt = file(scene, scene.union)
    (proof,) = receipt.files
    assert (proof.file, proof.commitment) == (
        first,
        sealing.file_commitment(place_of(scene, first), proof.header),
    )
    assert proof.commitment in json.loads(receipt.position)["attachments"]
    assert json.loads(proof.header)["digest"] == hashlib.sha256(SECRET).hexdigest()
    remove(scene, scene.union, first)
    assert file(scene, scene.union).files == ()


def place_of(scene: Scene, attachment: str) -> FilePlace:
    return FilePlace(scene.sitting, scene.lines[0], scene.union.id, attachment)


def test_a_position_whose_files_changed_since_is_not_all_sent(scene: Scene) -> None:
    def sent() -> bool:
        with scene.database.reading() as session:
            person, party = scene.unionist.id, scene.union.id
            return own_position(session, scene.key, person, scene.lines[0], party).sent

    file(scene, scene.union)
    assert sent()
    attachment = attach(scene, scene.union)
    assert not sent()
    file(scene, scene.union)
    assert sent()
    remove(scene, scene.union, attachment)
    assert not sent()


@pytest.mark.parametrize(
    "statement", ["UPDATE dispute_attachment SET party = 'x'", "DELETE FROM dispute_attachment"]
)
def test_a_filed_file_is_never_changed_or_deleted(scene: Scene, statement: str) -> None:
    attach(scene, scene.union)
    file(scene, scene.union)
    with pytest.raises(DBAPIError, match="append-only"), scene.database.writing() as session:
        session.connection().exec_driver_sql(statement)


def test_no_file_can_be_attached_once_none_can_be_filed(scene: Scene) -> None:
    attachment = attach(scene, scene.union)
    reach_deadline(scene)
    with pytest.raises(AttachingOver):
        attach(scene, scene.union, content=SECRET + b"2")
    with pytest.raises(AttachingOver):
        remove(scene, scene.union, attachment)


@pytest.mark.parametrize(
    ("content", "limits", "refusal"),
    [
        (b"", Limits(), FileEmpty),
        (b"a" * (LARGEST + 1), Limits(), FileTooLarge),
        (SECRET, Limits(), FileTwice),
        (b"b", Limits(count=1), TooManyFiles),
        (b"b" * 200, Limits(total=len(SECRET) + 100), FilesTooLarge),
    ],
)
def test_the_limits_of_a_position(
    scene: Scene, content: bytes, limits: Limits, refusal: type[Refused]
) -> None:
    attach(scene, scene.union)
    with pytest.raises(refusal):
        attach(scene, scene.union, content=content, limits=limits)


def test_another_side_does_not_count_towards_the_limits(scene: Scene) -> None:
    attach(scene, scene.ministry)
    attach(scene, scene.union, limits=Limits(count=1, total=len(SECRET)))


def test_an_installation_cannot_let_a_position_carry_more_files_than_it_commits_to() -> None:
    with pytest.raises(SetUp):
        Limits(count=SLOTS + 1)


@dataclass(frozen=True)
class Opened:
    """A sitting with one opened file."""

    scene: Scene
    attachment: str

    def altered(self, *, key: bool) -> list[str]:
        with self.scene.database.reading() as session:
            found = altered(session, self.scene.sitting, self.scene.key if key else None)
        return [each.key for each in found]

    def change(self, statement: str, **values: object) -> None:
        """Change a row past its guards, as whoever owns the database can."""
        with self.scene.database.writing() as session:
            connection = session.connection()
            if self.scene.database.is_sqlite:
                for table in ("dispute_attachment", "dispute_attachment_reveal"):
                    connection.exec_driver_sql(f"DROP TRIGGER {table}_no_update")
            else:
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.execute(sa.text(statement), values)


@pytest.fixture
def opened(scene: Scene) -> Opened:
    attachment = attach(scene, scene.union)
    file(scene, scene.union)
    file(scene, scene.ministry)
    open_all(scene)
    return Opened(scene, attachment)
