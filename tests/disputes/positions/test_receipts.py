"""A receipt proves its position with nothing but a hash function, against the party's own chain."""

import hashlib

import pytest

from budgetproto.database import Database
from budgetproto.disputes.positions import document, receipts
from budgetproto.journal import party_chain, sitting_chain
from budgetproto.journal.storage import check, entries, head
from budgetproto.money import Som
from tests.factories import Scene, file, make_scene
from tests.stated import GRANTS, MILLION


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database)


def test_a_receipt_proves_its_position_with_nothing_but_hashlib(scene: Scene) -> None:
    receipt = file(scene, scene.union, rationale="Стимулдаштыруучу гранттар")

    def prefixed(*parts: bytes) -> bytes:
        return b"".join(len(part).to_bytes(8, "big") + part for part in parts)

    bound = prefixed(
        *(str(part).encode() for part in (receipt.sitting, receipt.line, receipt.party, receipt.version))
    )
    parts = (b"budgetproto.position.1", bound, receipt.position.encode(), bytes.fromhex(receipt.nonce))
    assert hashlib.sha256(prefixed(*parts)).hexdigest() == receipt.commitment
    assert len(bytes.fromhex(receipt.nonce)) == 32
    assert document.read(receipt.position).figure == GRANTS


def test_the_head_on_a_receipt_is_the_head_of_the_partys_own_chain(scene: Scene) -> None:
    file(scene, scene.ministry, figure=Som(0))
    file(scene, scene.union, line=1)
    receipt = file(scene, scene.union)
    with scene.database.reading() as session:
        end = head(session, party_chain(scene.sitting, scene.union.id))
        assert (receipt.chain, receipt.sequence, receipt.head) == (end.chain, end.length, end.hash)
        assert end.length == 2  # nothing of the ministry's filing moves it
        assert check(session, end.chain) is None
        last = entries(session, end.chain)[-1]
        assert last.values()["commitment"] == receipt.commitment


def test_the_chain_tells_the_commitment_and_nothing_of_the_position(scene: Scene) -> None:
    receipt = file(scene, scene.union, rationale="Жашыруун себеп")
    with scene.database.reading() as session:
        told = entries(session, receipt.chain)[0].payload
    for secret in ("600000000", "60000000000", "Жашыруун", receipt.nonce):
        assert secret not in told


def test_a_filing_leaves_the_chain_of_the_sitting_alone(scene: Scene) -> None:
    with scene.database.reading() as session:
        before = head(session, sitting_chain(scene.sitting))
    file(scene, scene.union)
    with scene.database.reading() as session:
        assert head(session, sitting_chain(scene.sitting)) == before


def test_a_receipt_is_given_once_more_word_for_word(scene: Scene) -> None:
    first = file(scene, scene.union, rationale="Биринчи")
    with scene.database.reading() as session:
        again = receipts.receipt(session, scene.key, scene.assistant.id, scene.lines[0], scene.union.id)
    assert again == first


def test_a_receipt_names_the_last_version_even_after_other_lines(scene: Scene) -> None:
    file(scene, scene.union)
    second = file(scene, scene.union, figure=Som(500 * MILLION))
    file(scene, scene.union, line=1)
    with scene.database.reading() as session:
        again = receipts.receipt(session, scene.key, scene.unionist.id, scene.lines[0], scene.union.id)
    assert again == second
