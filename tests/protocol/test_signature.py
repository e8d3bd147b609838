"""The signature of the service: made once, after the file, and not a byte of the file escapes it."""

import asyncio
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import keys
from asn1crypto import x509 as certificates
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper, TimestampRequestError

from budgetproto.errors import SetUp
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.protocol.composition import compose, fingerprint
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.printing import Printed, print_files
from budgetproto.protocol.signature.apart import apart
from budgetproto.protocol.signature.authority import make_authority
from budgetproto.protocol.signature.checking import NoPdf, check_signature, unsigned
from budgetproto.protocol.signature.signing import NoTimeStamp, ServiceKey
from budgetproto.settings import SigningSettings
from tests.counts import scaled
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.reading import plain_text

PASSPHRASE = "сыноо үчүн гана 2026"
NAME = "ТЕСТ: КОЛДОНУУГА БОЛБОЙТ / TEST"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> SigningSettings:
    folder, made = tmp_path_factory.mktemp("signing"), make_authority(PASSPHRASE)
    key_file, trusted = folder / "key.p12", folder / "trusted.pem"
    key_file.write_bytes(made.key)
    trusted.write_bytes(made.trusted)
    return SigningSettings(key_file=key_file, passphrase=PASSPHRASE, trusted_file=trusted)


@pytest.fixture(scope="module")
def key(settings: SigningSettings) -> ServiceKey:
    found = ServiceKey.load(settings)
    assert found
    return found


@pytest.fixture(scope="module")
def trusted(settings: SigningSettings) -> tuple[bytes, ...]:
    assert settings.trusted_file
    read = x509.load_pem_x509_certificate(settings.trusted_file.read_bytes())
    return (read.public_bytes(Encoding.DER),)


@pytest.fixture(scope="module")
def drawn() -> bytes:
    return draw(compose(dispute_2020()), "ky")


@pytest.fixture(scope="module")
def file(key: ServiceKey, drawn: bytes) -> bytes:
    return sign(key, drawn)


def sign(key: ServiceKey, content: bytes) -> bytes:
    return key.signed(content, level="B-B", reason="№ 2020-1", place="Бишкек")


def test_a_signed_protocol_is_whole_and_its_certificate_is_trusted(
    file: bytes, trusted: tuple[bytes, ...]
) -> None:
    found = check_signature(file, trusted)
    assert (found.signer, found.whole, found.trusted, found.stamped) == (NAME, True, True, False)


def test_whom_to_trust_is_for_the_reader_to_say(file: bytes) -> None:
    assert check_signature(file).trusted is None


def test_a_certificate_of_somebody_else_is_not_trusted(file: bytes) -> None:
    other = x509.load_pem_x509_certificate(make_authority(PASSPHRASE).trusted)
    found = check_signature(file, (other.public_bytes(Encoding.DER),))
    assert (found.whole, found.trusted) == (True, False)


def test_the_signature_only_adds_to_the_file(drawn: bytes, file: bytes) -> None:
    assert file[: len(drawn)] == drawn
    assert unsigned(file) == drawn


def test_a_file_without_a_signature_has_nothing_before_one(drawn: bytes) -> None:
    assert unsigned(drawn) is None
    assert check_signature(drawn).signer == ""


def test_a_draft_has_no_place_for_a_signature(key: ServiceKey) -> None:
    draft = draw(compose(replace(dispute_2020(), number=None)), "ky")
    assert b"/Sig" not in draft
    with pytest.raises(Exception, match="form"):
        sign(key, draft)


def test_it_is_made_and_checked_where_an_event_loop_is_running(key: ServiceKey, drawn: bytes) -> None:
    async def both() -> bool:
        return check_signature(sign(key, drawn)).whole

    assert apart(lambda: asyncio.run(both()))


def test_any_byte_before_the_signature_is_missed(file: bytes, drawn: bytes) -> None:
    for place in range(0, len(drawn), len(drawn) // scaled(20_000)):
        assert not _whole(_flipped(file, place)), place


def test_nothing_can_be_put_behind_the_signature(file: bytes) -> None:
    assert not _whole(file + b"\n")


def test_nothing_hides_in_the_padding_of_its_container(file: bytes) -> None:
    padding = file.rindex(b"0>", 0, len(file) - 10)
    assert _whole(file)
    assert not _whole(file[:padding] + b"1" + file[padding + 1 :])


def test_a_page_turned_in_a_further_revision_is_noticed(file: bytes) -> None:
    import io

    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(file))
    page, _ = writer.find_page_for_modification(0)  # type: ignore[no-untyped-call]
    page.get_object()["/Rotate"] = generic.NumberObject(90)  # type: ignore[no-untyped-call]
    writer.mark_update(page)
    turned = io.BytesIO()
    writer.write(turned)  # type: ignore[no-untyped-call]
    assert not _whole(turned.getvalue())


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%%EOF\n", b"PK\x03\x04" + bytes(200)])
def test_what_is_no_pdf_is_told_so(content: bytes) -> None:
    with pytest.raises(NoPdf):
        check_signature(content)


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_readers_call_it_valid(key: ServiceKey, language: Language, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(sign(key, draw(compose(dispute_2020()), language)))
    told = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid." in told
    assert "Total document signed" in told


def test_the_letters_are_still_there(file: bytes) -> None:
    assert "аралык мамилелер боюнча" in plain_text(file)


def test_a_wrong_passphrase_stops_the_service_with_a_sentence(settings: SigningSettings) -> None:
    with pytest.raises(SetUp, match="signing_key_unreadable"):
        ServiceKey.load(replace(settings, passphrase="башка"))


def test_without_a_key_nothing_is_signed() -> None:
    assert ServiceKey.load(SigningSettings()) is None


class Silent(DummyTimeStamper):
    """A time-stamp service that does not answer."""

    async def async_request_tsa_response(self, req: Any) -> Any:  # noqa: ARG002
        raise TimestampRequestError("no answer")


def with_stamps(settings: SigningSettings, kind: type[DummyTimeStamper], *, required: bool) -> ServiceKey:
    """Return the key with a time-stamp service of its own."""
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import NoEncryption, PrivateFormat

    own = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "TEST TIME STAMPS")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(own.public_key())
        .serial_number(7)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2060, 1, 1, tzinfo=UTC))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(own, SHA256())
    )
    stamps = kind(
        tsa_cert=certificates.Certificate.load(made.public_bytes(Encoding.DER)),
        tsa_key=keys.PrivateKeyInfo.load(
            own.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
    )
    signer = SimpleSigner.load_pkcs12(  # type: ignore[no-untyped-call]
        str(settings.key_file), passphrase=PASSPHRASE.encode()
    )
    return ServiceKey(signer, time_stamps=stamps, required=required, long_term=False)


@pytest.mark.poppler
def test_with_a_time_stamp_service_the_moment_is_vouched_for(settings: SigningSettings) -> None:
    made = print_files(dispute_2020(), with_stamps(settings, DummyTimeStamper, required=True))
    assert level_of(made) == "B-T"
    assert all(check_signature(content).stamped for content in made.files.values())


@pytest.mark.poppler
def test_where_it_does_not_answer_the_paper_is_drawn_again_and_says_so(settings: SigningSettings) -> None:
    made = print_files(dispute_2020(), with_stamps(settings, Silent, required=False))
    assert level_of(made) == "B-B"
    for content in made.files.values():
        found = check_signature(content)
        assert (found.whole, found.stamped) == (True, False)


def test_unless_the_settings_demand_a_time_stamp(settings: SigningSettings) -> None:
    with pytest.raises(NoTimeStamp):
        print_files(dispute_2020(), with_stamps(settings, Silent, required=True))


def test_a_service_without_a_key_says_nothing_of_its_signature() -> None:
    made = print_files(dispute_2020(), None)
    assert made.signed is None
    assert made.snapshot == dispute_2020()


def level_of(made: Printed) -> str:
    """Return the level that journal, snapshot and each paper name."""
    assert made.signed
    assert made.signed.level == made.snapshot.service_level
    assert made.composed == fingerprint(compose(made.snapshot))
    for content in made.files.values():
        assert f"({made.signed.level})" in plain_text(content)
    return made.signed.level


def _flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def _whole(content: bytes) -> bool:
    try:
        return check_signature(content).whole
    except NoPdf:
        return False
