"""What lies under a passphrase opens with it alone, whole or not at all."""

import io
import os
from pathlib import Path
from random import Random

import pytest

from budgetproto.database import Database
from budgetproto.disputes.positions import sealing
from budgetproto.errors import SetUp
from budgetproto.operations import archive, locking
from budgetproto.operations.archive import BadBackup
from budgetproto.operations.backup import back_up
from budgetproto.operations.files import Unwritten
from budgetproto.operations.locking import Locking, Unlockable, unlocked
from budgetproto.operations.restoring import drill
from budgetproto.operations.seal_keys import NoExportedKey, export_key, import_key
from tests.factories import make_scene

PASSPHRASE = "ак кеме, кара деңиз"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let scrypt do little work: these tests are about what is refused."""
    monkeypatch.setattr(locking, "_COST", (4, 8, 1))


def locked(data: bytes, purpose: str = "test") -> bytes:
    target = io.BytesIO()
    lock = Locking(target, PASSPHRASE, purpose=purpose)
    for start in range(0, len(data), 300_000):
        lock.write(data[start : start + 300_000])
    lock.close()
    return target.getvalue()


def opened(data: bytes, passphrase: str = PASSPHRASE, purpose: str = "test") -> bytes:
    return b"".join(unlocked(io.BytesIO(data), passphrase, purpose=purpose))


@pytest.mark.parametrize("length", [0, 1, 2**20 - 1, 2**20, 2**20 + 1, 3 * 2**20])
def test_what_was_locked_opens(length: int) -> None:
    data = os.urandom(length)
    assert opened(locked(data)) == data


def test_a_wrong_passphrase_is_told_from_a_damaged_file() -> None:
    with pytest.raises(Unlockable) as refusal:
        opened(locked(b"abc"), "another passphrase")
    assert refusal.value.key == "operations.wrong_passphrase"


@pytest.mark.parametrize("cut", [1, 16, 2**20 + 16, 2**21 + 32])
def test_a_cut_file_does_not_open(cut: int) -> None:
    with pytest.raises(Unlockable):
        opened(locked(os.urandom(2**21 + 5))[:-cut])


def test_swapped_pieces_do_not_open() -> None:
    whole = locked(os.urandom(2**21 + 5))
    piece = 2**20 + 16
    start = len(whole) - 2 * piece - 21
    swapped = whole[:start] + whole[start + piece : start + 2 * piece] + whole[start : start + piece]
    with pytest.raises(Unlockable):
        opened(swapped + whole[start + 2 * piece :])


def test_no_flipped_bit_opens() -> None:
    whole, random = locked(b"sealed"), Random(2020)
    for place in range(len(whole)):
        spoiled = bytearray(whole)
        spoiled[place] ^= 1 << random.randrange(8)
        with pytest.raises(Unlockable):
            opened(bytes(spoiled))


def test_a_file_for_another_purpose_does_not_open() -> None:
    with pytest.raises(Unlockable):
        opened(locked(b"abc", "backup"), purpose="seal key")


def test_a_locked_backup_opens_with_its_passphrase_alone(sqlite_database: Database, tmp_path: Path) -> None:
    scene = make_scene(sqlite_database)
    back_up(sqlite_database, tmp_path / "b.locked", passphrase=PASSPHRASE)
    assert archive.is_locked(tmp_path / "b.locked")
    assert "Асанов".encode() not in (tmp_path / "b.locked").read_bytes()
    assert drill(tmp_path / "b.locked", key=scene.key, passphrase=PASSPHRASE).unopenable == ()
    with pytest.raises(Unlockable):
        drill(tmp_path / "b.locked", key=scene.key, passphrase="not this one")
    with pytest.raises(BadBackup) as refusal:
        drill(tmp_path / "b.locked", key=scene.key)
    assert refusal.value.key == "operations.locked"


def test_a_seal_key_comes_back_from_the_safe(tmp_path: Path) -> None:
    key_file, exported = tmp_path / "seal.key", tmp_path / "exported.txt"
    sealing.make_key(key_file)
    wrapped = sealing.load_key(key_file).new_data_key("sitting")
    export_key(key_file, exported, PASSPHRASE)
    assert key_file.read_bytes().strip() not in exported.read_bytes()
    import_key(exported, tmp_path / "new" / "seal.key", PASSPHRASE)
    assert sealing.load_key(tmp_path / "new" / "seal.key").data_key("sitting", wrapped)
    assert (tmp_path / "new" / "seal.key").stat().st_mode & 0o777 == 0o600


def test_an_exported_key_survives_printing_and_typing(tmp_path: Path) -> None:
    key_file, exported = tmp_path / "seal.key", tmp_path / "exported.txt"
    sealing.make_key(key_file)
    export_key(key_file, exported, PASSPHRASE)
    typed = "\r\n".join(line + "  " for line in exported.read_text().splitlines())
    (tmp_path / "typed.txt").write_text("A note before.\n" + typed.replace("  ", "", 1))
    import_key(tmp_path / "typed.txt", tmp_path / "back.key", PASSPHRASE)
    assert (tmp_path / "back.key").read_bytes() == key_file.read_bytes()


def test_a_seal_key_is_never_overwritten_by_an_import(tmp_path: Path) -> None:
    key_file, exported = tmp_path / "seal.key", tmp_path / "exported.txt"
    sealing.make_key(key_file)
    export_key(key_file, exported, PASSPHRASE)
    kept = key_file.read_bytes()
    with pytest.raises(Unwritten):
        import_key(exported, key_file, PASSPHRASE)
    assert key_file.read_bytes() == kept


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN BUDGETPROTO SEAL KEY-----\n!\n"])
def test_a_file_without_an_exported_key_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other.txt").write_bytes(content)
    with pytest.raises((NoExportedKey, Unlockable)):
        import_key(tmp_path / "other.txt", tmp_path / "seal.key", PASSPHRASE)
    assert not (tmp_path / "seal.key").exists()


def test_a_missing_seal_key_is_not_exported(tmp_path: Path) -> None:
    with pytest.raises(SetUp):
        export_key(tmp_path / "none.key", tmp_path / "exported.txt", PASSPHRASE)
