"""Who may file and learn of filings: the party alone, while its mandate holds and positions are collected."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from budgetproto.accounts.domain import Person
from budgetproto.database import Database, now
from budgetproto.disputes.domain import (
    TooLate,
)
from budgetproto.disputes.positions import filing, receipts, sealing, seat
from budgetproto.disputes.positions import storage as position_storage
from budgetproto.disputes.positions.own import own_position
from budgetproto.errors import SetUp, Unknown
from budgetproto.journal import party_chain
from budgetproto.journal.storage import entries
from budgetproto.money import Som
from budgetproto.sittings.domain import NotYours, Stage
from budgetproto.sittings.storage import MandateRow
from tests.factories import Scene, file, make_scene, open_all
from tests.stated import MILLION, make_position


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database)


Act = Callable[[Scene, Person, str], object]


def _own(scene: Scene, person: Person, line: str) -> object:
    with scene.database.reading() as session:
        return own_position(session, scene.key, person.id, line, scene.union.id)


def _receipt(scene: Scene, person: Person, line: str) -> object:
    with scene.database.reading() as session:
        return receipts.receipt(session, scene.key, person.id, line, scene.union.id)


def _file(scene: Scene, person: Person, line: str) -> object:
    return filing.file_position(
        scene.database,
        scene.key,
        person.id,
        line,
        party_id=scene.union.id,
        position=make_position(),
        seen=0,
    )


def _draft(scene: Scene, person: Person, line: str) -> object:
    return filing.save_draft(
        scene.database,
        scene.key,
        person.id,
        line,
        party_id=scene.union.id,
        position=make_position(),
        seen=0,
    )


ACTS: dict[str, Act] = {"read": _own, "receipt": _receipt, "file": _file, "draft": _draft}


@pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
def test_everybody_but_the_party_gets_one_and_the_same_unknown(scene: Scene, act: Act) -> None:
    """For the other side, another association, the committee, a stranger; lines that exist or do not."""
    file(scene, scene.union)
    others = (scene.minister, scene.mayor, scene.secretary, scene.chair, scene.outsider)
    tries = [(person, line) for person in others for line in (scene.lines[0], "no-such-line")]
    refused = set()
    for person, line in [
        *tries,
        (scene.unionist, "no-such-line"),
        (replace(scene.chair, id="x"), scene.lines[0]),
    ]:
        with pytest.raises(Unknown) as refusal:
            act(scene, person, line)
        refused.add((type(refusal.value), refusal.value.key, str(refusal.value.details)))
    assert len(refused) == 1


@pytest.mark.parametrize("act", [_own, _file, _draft])
def test_before_collecting_nobody_has_a_position(database: Database, act: Act) -> None:
    scene = make_scene(database, stage=Stage.PREPARING)
    with pytest.raises(Unknown):
        act(scene, scene.unionist, scene.lines[0])


def test_a_party_of_another_sitting_is_as_unknown(scene: Scene, database: Database) -> None:
    elsewhere = make_scene(database)
    with pytest.raises(Unknown):
        filing.file_position(
            database,
            scene.key,
            elsewhere.unionist.id,
            scene.lines[0],
            party_id=elsewhere.union.id,
            position=make_position(),
            seen=0,
        )


def test_a_mandate_that_ended_yesterday_files_nothing(database: Database) -> None:
    scene = make_scene(database)
    with database.writing() as session:
        row = session.get_one(MandateRow, (scene.sitting, scene.unionist.id, scene.union.id))
        row.valid_to = now(session).date() - timedelta(days=2)
        session.add(row)
    with pytest.raises(Unknown):
        file(scene, scene.union, seen=0)


def test_another_installations_key_is_a_fault_of_the_set_up_and_files_nothing(scene: Scene) -> None:
    wrong = replace(scene, key=sealing.SealKey(b"w" * 32))
    with pytest.raises(SetUp):
        file(wrong, scene.union, seen=0)
    with scene.database.reading() as session:
        assert position_storage.latest_position(session, scene.lines[0], scene.union.id) is None


def test_a_new_version_takes_back_that_the_party_is_final(scene: Scene) -> None:
    file(scene, scene.union)
    filing.declare_final(scene.database, scene.unionist.id, scene.sitting, party_id=scene.union.id)
    file(scene, scene.union, figure=Som(500 * MILLION))
    with scene.database.reading() as session:
        kinds = [each.kind for each in entries(session, party_chain(scene.sitting, scene.union.id))]
    assert kinds == [
        "disputes.position_filed",
        "disputes.declared_final",
        "disputes.final_withdrawn",
        "disputes.position_filed",
    ]


def test_declaring_final_twice_is_told_once(scene: Scene) -> None:
    for _ in range(2):
        filing.declare_final(scene.database, scene.unionist.id, scene.sitting, party_id=scene.union.id)
    with scene.database.reading() as session:
        assert len(entries(session, party_chain(scene.sitting, scene.union.id))) == 1


def test_nobody_declares_another_party_final(scene: Scene) -> None:
    with pytest.raises(Unknown):
        filing.declare_final(scene.database, scene.mayor.id, scene.sitting, party_id=scene.union.id)


def test_only_the_secretary_learns_who_has_filed(scene: Scene) -> None:
    file(scene, scene.union)
    with scene.database.reading() as session:
        told = filing.filed_yes_no(session, scene.secretary.id, scene.sitting)
        assert told == {(scene.lines[0], scene.union.id)}
        for person in (scene.minister, scene.mayor, scene.unionist, scene.chair, scene.outsider):
            with pytest.raises((Unknown, NotYours)):
                filing.filed_yes_no(session, person.id, scene.sitting)


def test_a_party_learns_its_own_lines_only(scene: Scene) -> None:
    file(scene, scene.union)
    file(scene, scene.ministry, line=1)
    with scene.database.reading() as session:
        mine = filing.filed_lines(session, scene.unionist.id, scene.sitting, scene.union.id)
        assert mine == {scene.lines[0]: 1}
        with pytest.raises(Unknown):
            filing.filed_lines(session, scene.unionist.id, scene.sitting, scene.ministry.id)


def test_after_the_opening_nobody_files_even_if_the_deadline_lies_ahead(scene: Scene) -> None:
    file(scene, scene.union)
    file(scene, scene.ministry, figure=Som(0))
    open_all(scene)
    for party in (scene.union, scene.ministry):
        with pytest.raises(TooLate):
            file(scene, party)


def test_two_sittings_never_share_a_data_key(database: Database) -> None:
    first, second = make_scene(database), make_scene(database)
    with database.reading() as session:
        keys = {seat.data_key(session, each.key, each.sitting) for each in (first, second)}
    assert len(keys) == 2
