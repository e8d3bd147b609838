"""Sealing: a position opens only in its place, unaltered, and its commitment tells nothing."""

import base64
import os
import random
from dataclasses import replace
from pathlib import Path

import pytest

from budgetproto.disputes.positions import document, sealing
from budgetproto.disputes.positions.sealing import Place, SealBroken, SealKey, Unsealed
from budgetproto.errors import SetUp
from budgetproto.money import Som
from tests.counts import scaled
from tests.stated import make_position

DATA_KEY = bytes(range(32))
PLACE = Place("sitting-2020", "line-grants", "union", 3)
WRITTEN = document.written(make_position(figure=Som(60_000_000_000), rationale="Өргө айылы жолду күтөт"))


def test_a_position_opens_in_its_place() -> None:
    sealed = sealing.seal(DATA_KEY, PLACE, WRITTEN)
    assert sealing.unseal(DATA_KEY, PLACE, sealed.ciphertext) == Unsealed(WRITTEN, sealed.nonce)


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(PLACE, sitting="sitting-2021"),
        replace(PLACE, line="line-pay"),
        replace(PLACE, party="cities"),
        replace(PLACE, version=2),
        # the same letters parted elsewhere
        replace(PLACE, sitting="sitting-2020l", line="ine-grants"),
    ],
)
def test_a_position_opens_in_no_other_place(elsewhere: Place) -> None:
    sealed = sealing.seal(DATA_KEY, PLACE, WRITTEN)
    with pytest.raises(SealBroken):
        sealing.unseal(DATA_KEY, elsewhere, sealed.ciphertext)
    with pytest.raises(SealBroken):
        sealing.check(elsewhere, Unsealed(WRITTEN, sealed.nonce), sealed.commitment)


def test_one_flipped_bit_anywhere_is_refused() -> None:
    sealed = sealing.seal(DATA_KEY, PLACE, WRITTEN)
    bits = len(sealed.ciphertext) * 8
    chosen = random.Random(5).sample(range(bits), min(bits, scaled(200_000)))
    for bit in [*range(12 * 8), *chosen, *range(bits - 16 * 8, bits)]:
        flipped = bytearray(sealed.ciphertext)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealBroken):
            sealing.unseal(DATA_KEY, PLACE, bytes(flipped))


@pytest.mark.parametrize("length", [0, 1, 7, 8, 11, 12, 27, 28, 100])
def test_a_ciphertext_cut_short_is_refused(length: int) -> None:
    sealed = sealing.seal(DATA_KEY, PLACE, WRITTEN)
    with pytest.raises(SealBroken):
        sealing.unseal(DATA_KEY, PLACE, sealed.ciphertext[:length])


def test_a_ciphertext_under_another_key_is_refused() -> None:
    sealed = sealing.seal(DATA_KEY, PLACE, WRITTEN)
    with pytest.raises(SealBroken):
        sealing.unseal(bytes(32), PLACE, sealed.ciphertext)


def test_the_commitment_changes_with_every_field_of_place_and_text() -> None:
    nonce = "ab" * 32
    found = {
        sealing.commitment(PLACE, WRITTEN, nonce),
        sealing.commitment(replace(PLACE, sitting="x"), WRITTEN, nonce),
        sealing.commitment(replace(PLACE, line="x"), WRITTEN, nonce),
        sealing.commitment(replace(PLACE, party="x"), WRITTEN, nonce),
        sealing.commitment(replace(PLACE, version=4), WRITTEN, nonce),
        sealing.commitment(PLACE, WRITTEN.replace("600000000.00", "600000000.01"), nonce),
        sealing.commitment(PLACE, WRITTEN, "ac" * 32),
    }
    assert len(found) == 7


@pytest.mark.parametrize("committed", ["", "0" * 64, "ң" * 64, "F" * 64])
def test_a_commitment_that_was_altered_is_refused(committed: str) -> None:
    sealed = sealing.seal(DATA_KEY, PLACE, WRITTEN)
    with pytest.raises(SealBroken):
        sealing.check(PLACE, Unsealed(WRITTEN, sealed.nonce), committed)


def test_an_amount_cannot_be_guessed_from_its_commitment_without_the_nonce() -> None:
    """Every round amount up to a billion soms is tried, with the nonces a guesser could think of."""
    position = make_position(figure=Som(60_000_000_000))
    sealed = sealing.seal(DATA_KEY, PLACE, document.written(position))
    amounts = [Som(millions * 100_000_000) for millions in range(scaled(300_000))]
    assert Som(60_000_000_000) in amounts
    guesses = [document.written(replace(position, figure=amount)) for amount in amounts]
    for nonce in ("", "00" * 32, "ff" * 32):
        assert sealed.commitment not in {sealing.commitment(PLACE, guess, nonce) for guess in guesses}
    # With the nonce the same dictionary finds it at once: the attack is a real one.
    found = [g for g in guesses if sealing.commitment(PLACE, g, sealed.nonce) == sealed.commitment]
    assert found == [document.written(position)]


def test_the_same_position_sealed_twice_looks_different_each_time() -> None:
    first, second = (sealing.seal(DATA_KEY, PLACE, WRITTEN) for _ in range(2))
    assert first.commitment != second.commitment
    assert first.nonce != second.nonce
    assert first.ciphertext[:12] != second.ciphertext[:12]


def test_a_figure_alone_and_a_long_text_are_sealed_to_the_same_length() -> None:
    short = document.written(make_position(figure=None, rationale="ң"))
    long = document.written(make_position(rationale="Өзгөчө " * 1_000))
    lengths = {len(sealing.seal(DATA_KEY, PLACE, each).ciphertext) for each in (short, WRITTEN, long)}
    assert len(lengths) == 1


def test_the_ciphertext_holds_neither_nonce_nor_text() -> None:
    sealed = sealing.seal(DATA_KEY, PLACE, WRITTEN)
    assert bytes.fromhex(sealed.nonce) not in sealed.ciphertext
    assert "Өргө".encode() not in sealed.ciphertext


def test_the_data_key_of_one_sitting_opens_under_no_other() -> None:
    key = SealKey(b"k" * 32)
    wrapped = key.new_data_key("2020")
    assert len(key.data_key("2020", wrapped)) == 32
    with pytest.raises(SetUp):
        key.data_key("2021", wrapped)


@pytest.mark.parametrize("length", [0, 5, 11, 20])
def test_a_wrapped_key_cut_short_is_a_fault_of_the_set_up(length: int) -> None:
    key = SealKey(b"k" * 32)
    with pytest.raises(SetUp):
        key.data_key("2020", key.new_data_key("2020")[:length])


def test_another_key_file_is_a_fault_of_the_set_up(tmp_path: Path) -> None:
    for name in ("ours", "theirs"):
        sealing.make_key(tmp_path / name)
    ours, theirs = (sealing.load_key(tmp_path / name) for name in ("ours", "theirs"))
    with pytest.raises(SetUp):
        theirs.data_key("2020", ours.new_data_key("2020"))


def test_a_key_file_is_its_owners_alone_and_never_overwritten(tmp_path: Path) -> None:
    sealing.make_key(tmp_path / "keys" / "seal.key")
    assert os.stat(tmp_path / "keys" / "seal.key").st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        sealing.make_key(tmp_path / "keys" / "seal.key")


@pytest.mark.parametrize(
    "content",
    [b"", b"A", b"not base64 at all!", base64.b64encode(b"short"), base64.b64encode(b"x" * 33), b"\xff\xfe"],
)
def test_a_file_without_a_key_is_a_fault_of_the_set_up(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "seal.key").write_bytes(content)
    with pytest.raises(SetUp):
        sealing.load_key(tmp_path / "seal.key")


def test_a_missing_key_file_is_a_fault_of_the_set_up(tmp_path: Path) -> None:
    with pytest.raises(SetUp):
        sealing.load_key(tmp_path / "seal.key")
