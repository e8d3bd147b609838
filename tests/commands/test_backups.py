"""Backup, restore, drill and the seal key's way to the safe, as an administrator types them."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from budgetproto.commands import main
from budgetproto.operations import locking
from tests.test_upgrade import FIRST

PASSPHRASE = "ак кеме, кара деңиз"


@pytest.fixture(scope="module")
def restored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Restore an installation from the first version's backup, once."""
    made = tmp_path_factory.mktemp("restored")
    (made / "seal.key").write_bytes((FIRST / "seal.key").read_bytes())
    assert call("restore", str(FIRST / "backup.zip"), BUDGETPROTO_FOLDER=str(made)).exit_code == 0
    return made


@pytest.fixture
def folder(restored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the commands a copy of that installation."""
    for name in ("DATABASE_URL", "SEAL_KEY_FILE", "SECRET_KEY", "PRODUCTION"):
        monkeypatch.delenv(f"BUDGETPROTO_{name}", raising=False)
    monkeypatch.setenv("BUDGETPROTO_FOLDER", str(tmp_path))
    monkeypatch.setattr(locking, "_COST", (4, 8, 1))
    return Path(shutil.copytree(restored, tmp_path, dirs_exist_ok=True))


def call(*arguments: str, typed: str = "", **environment: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--language", "en"], input=typed, env=environment)


def test_a_backup_says_what_is_not_in_it(folder: Path) -> None:
    result = call("backup", str(folder / "b.zip"))
    assert result.exit_code == 0
    assert "neither the seal key nor the secret key" in result.output
    assert "not encrypted" in result.output


def test_a_second_backup_to_the_same_file_is_refused(folder: Path) -> None:
    call("backup", str(folder / "b.zip"))
    result = call("backup", str(folder / "b.zip"))
    assert result.exit_code == 1
    assert "not overwritten" in result.output


def test_a_backup_is_locked_under_a_passphrase_typed_twice(folder: Path) -> None:
    result = call("backup", str(folder / "b"), "--lock", typed=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert result.exit_code == 0
    assert PASSPHRASE not in result.output
    assert "not encrypted" not in result.output
    assert call("drill", str(folder / "b"), typed=f"{PASSPHRASE}\n").exit_code == 0
    wrong = call("drill", str(folder / "b"), typed="another one\n")
    assert wrong.exit_code == 1
    assert "passphrase is wrong" in wrong.output


def test_a_passphrase_is_read_from_a_file(folder: Path) -> None:
    (folder / "words").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    words = ("--passphrase-file", str(folder / "words"))
    assert call("backup", str(folder / "b"), *words).exit_code == 0
    assert call("drill", str(folder / "b"), *words).exit_code == 0


def test_a_short_passphrase_locks_nothing(folder: Path) -> None:
    result = call("backup", str(folder / "b"), "--lock", typed="short\nshort\n")
    assert result.exit_code == 1
    assert "at least 12" in result.output
    assert not (folder / "b").exists()


def test_a_drill_tells_the_chains_and_the_seconds(folder: Path) -> None:
    result = call("drill", str(FIRST / "backup.zip"))
    assert result.exit_code == 0
    assert "Chains verified: 6. Seconds: " in result.output
    assert "opens every sealed sitting" in result.output


def test_a_restore_without_the_seal_key_names_the_closed_sittings(folder: Path) -> None:
    (folder / "seal.key").unlink()
    result = call("drill", str(FIRST / "backup.zip"))
    assert result.exit_code == 3
    assert "sitting 2020-1" not in result.output  # issued: its positions have long been opened
    assert "sitting 2020-2" in result.output


def test_a_restore_replaces_only_after_the_name_was_typed(folder: Path) -> None:
    refused = call("restore", str(FIRST / "backup.zip"))
    assert refused.exit_code == 1
    assert "not empty" in refused.output
    assert call("restore", str(FIRST / "backup.zip"), "--replace", typed="yes\n").exit_code == 1
    replaced = call("restore", str(FIRST / "backup.zip"), "--replace", typed="budgetproto.sqlite3\n")
    assert replaced.exit_code == 0, replaced.output


def test_a_restored_installation_verifies(folder: Path) -> None:
    result = call("verify-journal")
    assert result.exit_code == 0
    assert all("whole" in line for line in result.output.splitlines())


def test_the_seal_key_goes_to_the_safe_and_comes_back(folder: Path) -> None:
    typed = f"{PASSPHRASE}\n{PASSPHRASE}\n"
    assert call("seal-key", "--export", str(folder / "safe.txt"), typed=typed).exit_code == 0
    assert call("seal-key", "--import", str(folder / "safe.txt"), typed=f"{PASSPHRASE}\n").exit_code == 1
    kept = (folder / "seal.key").read_bytes()
    (folder / "seal.key").unlink()
    back = call("seal-key", "--import", str(folder / "safe.txt"), typed=f"{PASSPHRASE}\n")
    assert back.exit_code == 0, back.output
    assert (folder / "seal.key").read_bytes() == kept


def test_a_server_that_does_not_answer_is_told_in_one_sentence(folder: Path) -> None:
    url = "postgresql+psycopg://nobody@127.0.0.1:9/none"
    result = CliRunner().invoke(
        main, ["backup", str(folder / "x"), "--language", "en"], env={"BUDGETPROTO_DATABASE_URL": url}
    )
    assert result.exit_code == 1
    assert "The database does not answer" in result.output
