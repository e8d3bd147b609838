"""Whether a file is a protocol as it was issued: with the record at hand not a byte can differ."""

import random
from collections.abc import Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from budgetproto.commands import main
from budgetproto.errors import SetUp
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.protocol import service
from budgetproto.protocol.signature.authority import make_authority
from budgetproto.protocol.signature.certificates import certificates
from budgetproto.protocol.signature.checking import NoPdf, unsigned
from budgetproto.protocol.signature.signing import ServiceKey
from budgetproto.protocol.verification.verifying import verify
from budgetproto.settings import SigningSettings
from tests.counts import scaled
from tests.factories import drop_guard
from tests.staged import Staged

PASSPHRASE = "сыноо үчүн гана 2026"
HERE = {"file", "text", "figures", "head", "journal", "records", "option"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a trial key and its authority's certificate in a folder."""
    found, made = tmp_path_factory.mktemp("verification"), make_authority(PASSPHRASE)
    (found / "key.p12").write_bytes(made.key)
    (found / "trusted.pem").write_bytes(made.trusted)
    return found


@pytest.fixture
def trusted(folder: Path) -> tuple[bytes, ...]:
    return certificates((folder / "trusted.pem").read_bytes())


@pytest.fixture
def file(staged: Staged, folder: Path) -> bytes:
    """Issue the sitting's protocol with the trial key, and return its Kyrgyz file."""
    key = ServiceKey.load(SigningSettings(key_file=folder / "key.p12", passphrase=PASSPHRASE))
    service.issue(staged.database, staged.person("secretary").id, staged.finished, key=key)
    return issued(staged, "ky")


def issued(staged: Staged, language: Language) -> bytes:
    return service.printed(staged.database, staged.person("union").id, staged.finished, language).content


def outcomes(found: object) -> Mapping[str, str]:
    return {check.name: check.outcome for check in found.checks}  # type: ignore[attr-defined]


def test_with_the_record_and_a_trusted_certificate_every_check_passes(
    staged: Staged, file: bytes, trusted: tuple[bytes, ...]
) -> None:
    found = verify(file, trusted=trusted, database=staged.database)
    assert set(outcomes(found).values()) == {"passed"}
    assert (found.genuine, found.number) == (True, "2020-1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_so_it_is_in_each_language(staged: Staged, file: bytes, language: Language) -> None:
    assert verify(issued(staged, language), database=staged.database).genuine


def test_a_protocol_without_a_signature_is_vouched_for_by_the_record(staged: Staged) -> None:
    service.issue(staged.database, staged.person("secretary").id, staged.finished)
    found = verify(issued(staged, "ru"), database=staged.database)
    assert outcomes(found)["signature"] == "not_possible"
    assert found.genuine


def test_alone_a_file_is_vouched_for_by_a_certificate_that_the_reader_trusts(
    file: bytes, trusted: tuple[bytes, ...]
) -> None:
    found = verify(file, trusted=trusted)
    assert found.genuine
    assert {name for name, outcome in outcomes(found).items() if outcome == "not_possible"} == HERE


def test_without_record_and_certificate_nothing_vouches_for_it(file: bytes) -> None:
    assert not verify(file).genuine


def test_the_head_that_a_side_holds_is_held_against_the_printed_one(
    staged: Staged, file: bytes, trusted: tuple[bytes, ...]
) -> None:
    with staged.database.reading() as session:
        printed = service.protocol_of(session, staged.person("union").id, staged.finished)[
            1
        ].facts.head.digest
    assert outcomes(verify(file, trusted=trusted, head=printed))["head"] == "passed"
    assert not verify(file, trusted=trusted, head="0" * 64).genuine


def test_a_head_that_is_in_no_entry_of_the_journal_is_told(staged: Staged, file: bytes) -> None:
    found = verify(file, head="0" * 64, database=staged.database)
    assert outcomes(found)["head"] == "failed"
    assert not found.genuine


def test_any_byte_that_differs_is_told(staged: Staged, file: bytes) -> None:
    chance = random.Random(20201)
    for _ in range(scaled(5_000)):
        place = chance.randrange(len(file))
        spoilt = file[:place] + bytes([file[place] ^ 1 << chance.randrange(8)]) + file[place + 1 :]
        try:
            assert not verify(spoilt, database=staged.database).genuine, place
        except NoPdf:
            continue


def test_what_stood_there_before_the_signature_is_no_issued_file(staged: Staged, file: bytes) -> None:
    before = unsigned(file)
    assert before
    assert not verify(before, database=staged.database).genuine


@pytest.mark.parametrize(
    ("place", "before", "check"),
    [
        ("protocol.snapshot", "600000000.00", "figures"),
        ("journal_entry.payload", "2020-1", "journal"),
        ("dispute_reveal.document", '"speaker":""', "records"),
        ("dispute_reveal.document", "attachments", "records"),
    ],
)
def test_what_somebody_altered_in_the_record_is_told(
    staged: Staged, file: bytes, place: str, before: str, check: str
) -> None:
    table, _, column = place.partition(".")
    after = before.replace("0", "1").replace("a", "e")
    drop_guard(staged.database, table)
    with staged.database.writing() as session:
        altered = sa.text(f"UPDATE {table} SET {column} = replace({column}, :before, :after)")
        assert session.connection().execute(altered, {"before": before, "after": after}).rowcount
    found = verify(file, database=staged.database)
    assert outcomes(found)[check] == "failed"
    assert not found.genuine


def test_a_file_of_certificates_without_any_is_refused() -> None:
    with pytest.raises(SetUp, match="no_certificates"):
        certificates(b"none")


def test_the_command_leaves_with_what_it_found(file: bytes, folder: Path, tmp_path: Path) -> None:
    def left(content: bytes, *options: str) -> int:
        path = tmp_path / "protocol.pdf"
        path.write_bytes(content)
        return CliRunner().invoke(main, ["verify", str(path), *options]).exit_code

    trust = ("--trust", str(folder / "trusted.pem"))
    assert left(file, *trust) == 0
    assert left(file[:500] + b"?" + file[501:], *trust) in {1, 2}
    assert left(file) == 1
    assert left(b"no pdf", *trust) == 2


def test_the_command_numbers_the_checks_and_says_why_one_was_not_possible(
    file: bytes, folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "protocol.pdf"
    path.write_bytes(file)
    options = ["--trust", str(folder / "trusted.pem"), "--language", "en"]
    told = CliRunner().invoke(main, ["verify", str(path), *options]).output.splitlines()
    assert told[0] == "1. The signature of the service is whole and covers all of the file: PASSED"
    assert told[2].endswith("NOT POSSIBLE (the database of the service is not at hand)")
    assert told[-1] == "The file is genuine."
