"""What was altered, exchanged or taken away opens nothing: chain and commitment prove each ciphertext."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from budgetproto.database import Database
from budgetproto.disputes.positions import document, sealing, seat
from budgetproto.disputes.positions import storage as position_storage
from budgetproto.disputes.positions.sealing import Place, SealBroken
from budgetproto.errors import SetUp
from budgetproto.journal import party_chain
from budgetproto.money import Som
from budgetproto.sittings.domain import Stage
from tests.disputes.positions.test_opening import chains, open_now, revealed, stage
from tests.factories import Scene, drop_guard, file, open_all, reach_deadline
from tests.sessions import filed
from tests.stated import MILLION, make_position


@pytest.fixture
def scene(database: Database) -> Scene:
    return filed(database)


def alter(scene: Scene, statement: str, **values: object) -> None:
    """Change filed positions past the service, as a database administrator could."""
    drop_guard(scene.database, "dispute_position")
    with scene.database.writing() as session:
        session.connection().execute(sa.text(statement), values)


def test_every_reveal_proves_the_commitment_of_its_receipt(scene: Scene) -> None:
    receipt = file(scene, scene.union, rationale="Айыл өкмөттөрү")
    open_all(scene)
    with scene.database.reading() as session:
        row = session.get_one(position_storage.RevealRow, (scene.lines[0], scene.union.id))
        assert (row.document, row.nonce) == (receipt.position, receipt.nonce)
        place = Place(scene.sitting, row.line, row.party, row.number)
        assert sealing.commitment(place, row.document, row.nonce) == receipt.commitment


def assert_nothing_opens(scene: Scene) -> None:
    reach_deadline(scene)
    before = chains(scene)
    with pytest.raises(SealBroken):
        open_now(scene)
    assert (stage(scene), revealed(scene), chains(scene)) == (Stage.COLLECTING, [], before)


def test_an_altered_ciphertext_opens_nothing(scene: Scene) -> None:
    with scene.database.reading() as session:
        row = position_storage.latest_position(session, scene.lines[1], scene.union.id)
    assert row is not None
    flipped = bytes([*row.ciphertext[:-1], row.ciphertext[-1] ^ 1])
    alter(
        scene,
        "UPDATE dispute_position SET ciphertext = :new WHERE line = :line AND party = :party",
        new=flipped,
        line=row.line,
        party=row.party,
    )
    assert_nothing_opens(scene)


def test_an_altered_commitment_opens_nothing(scene: Scene) -> None:
    alter(
        scene,
        "UPDATE dispute_position SET commitment = :new WHERE party = :party",
        new="0" * 64,
        party=scene.union.id,
    )
    assert_nothing_opens(scene)


def test_positions_exchanged_between_lines_open_nothing(scene: Scene) -> None:
    with scene.database.reading() as session:
        rows = [position_storage.latest_position(session, line, scene.union.id) for line in scene.lines]
    first, second = (row for row in rows if row is not None)
    for line, other in ((first.line, second), (second.line, first)):
        alter(
            scene,
            "UPDATE dispute_position SET ciphertext = :new, commitment = :committed "
            "WHERE line = :line AND party = :party",
            new=other.ciphertext,
            committed=other.commitment,
            line=line,
            party=scene.union.id,
        )
    assert_nothing_opens(scene)


def test_a_forgery_with_the_key_itself_opens_nothing_since_the_chain_holds_the_commitment(
    scene: Scene,
) -> None:
    place = Place(scene.sitting, scene.lines[0], scene.union.id, 1)
    with scene.database.reading() as session:
        data_key = seat.data_key(session, scene.key, scene.sitting)
    forged = sealing.seal(data_key, place, document.written(make_position(figure=Som(1))))
    alter(
        scene,
        "UPDATE dispute_position SET ciphertext = :new, commitment = :committed "
        "WHERE line = :line AND party = :party",
        new=forged.ciphertext,
        committed=forged.commitment,
        line=place.line,
        party=place.party,
    )
    assert_nothing_opens(scene)


def test_a_last_version_taken_away_opens_nothing(scene: Scene) -> None:
    file(scene, scene.union, figure=Som(500 * MILLION))
    alter(scene, "DELETE FROM dispute_position WHERE number = 2")
    assert_nothing_opens(scene)


def test_a_party_chain_with_an_altered_entry_opens_nothing(scene: Scene) -> None:
    drop_guard(scene.database, "journal_entry")
    with scene.database.writing() as session:
        session.connection().execute(
            sa.text("UPDATE journal_entry SET payload = '{}' WHERE chain = :chain AND sequence = 1"),
            {"chain": party_chain(scene.sitting, scene.ministry.id)},
        )
    assert_nothing_opens(scene)


def test_the_wrong_seal_key_opens_nothing(scene: Scene) -> None:
    reach_deadline(scene)
    with pytest.raises(SetUp):
        open_now(replace(scene, key=sealing.SealKey(b"w" * 32)))
    assert (stage(scene), revealed(scene)) == (Stage.COLLECTING, [])
