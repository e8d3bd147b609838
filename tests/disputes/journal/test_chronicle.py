"""The journal of a sitting: whose chain is told, and whose is only a head and a length."""

import pytest
import sqlalchemy as sa

from budgetproto.accounts.domain import Person
from budgetproto.database import Database
from budgetproto.disputes.journal.chronicle import Chain, chronicle
from budgetproto.disputes.positions import opening
from budgetproto.journal import party_chain
from budgetproto.money import Som
from tests.factories import Scene, drop_guard, end_second_term, file, make_scene, reach_deadline


def open_now(scene: Scene) -> int:
    return opening.open_positions(scene.database, scene.key, scene.secretary.id, scene.sitting)


def chains(scene: Scene, reader: Person) -> dict[str, Chain]:
    """Return what a reader sees of the parties' chains, by party."""
    with scene.database.reading() as session:
        _, seen = chronicle(session, reader.id, scene.sitting)
    return {chain.party.id: chain for chain in seen if chain.party}


@pytest.fixture
def scene(database: Database) -> Scene:
    """Only the union filed on line 1, twice; both sides on line 2: the first opening is one-sided."""
    scene = make_scene(database)
    file(scene, scene.union)
    file(scene, scene.union)
    file(scene, scene.union, line=1)
    file(scene, scene.ministry, line=1, figure=Som(0))
    reach_deadline(scene)
    assert open_now(scene) == 1
    return scene


@pytest.mark.parametrize("reader", ["minister", "mayor", "chair", "secretary"])
def test_while_a_line_is_closed_another_party_is_a_head_and_a_length(scene: Scene, reader: str) -> None:
    seen = chains(scene, getattr(scene, reader))[scene.union.id]
    assert (seen.entries, dict(seen.names), seen.broken) == ((), {}, None)
    assert seen.end == chains(scene, scene.unionist)[scene.union.id].end
    assert seen.end.length >= 3


def test_the_own_chain_is_told_while_a_line_is_closed(scene: Scene) -> None:
    own = chains(scene, scene.unionist)[scene.union.id]
    filed = [each.values() for each in own.entries if each.kind == "disputes.position_filed"]
    assert [each["number"] for each in filed] == [1, 2, 1]


def test_what_is_filed_in_the_second_term_moves_nothing_for_the_others(scene: Scene) -> None:
    before = chains(scene, scene.unionist)[scene.ministry.id]
    file(scene, scene.ministry, figure=Som(0))
    assert chains(scene, scene.unionist)[scene.ministry.id] == before


def test_when_every_line_is_open_everybody_reads_every_chain(scene: Scene) -> None:
    end_second_term(scene)
    assert open_now(scene) == 1
    told = chains(scene, scene.minister)[scene.union.id]
    assert told == chains(scene, scene.unionist)[scene.union.id]
    assert len(told.entries) == told.end.length


def test_a_chain_that_is_not_told_is_verified_all_the_same(scene: Scene) -> None:
    drop_guard(scene.database, "journal_entry")
    with scene.database.writing() as session:
        session.connection().execute(
            sa.text("UPDATE journal_entry SET payload = '{}' WHERE chain = :chain AND sequence = 2"),
            {"chain": party_chain(scene.sitting, scene.union.id)},
        )
    seen = chains(scene, scene.minister)[scene.union.id]
    assert seen.entries == ()
    assert seen.broken is not None
    assert seen.broken.sequence == 2
