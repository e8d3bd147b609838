"""The service signs a finished file: one PAdES signature in one revision after it (ETSI EN 319 142-1).

Baseline B-B alone; B-T with a time-stamp service; B-LTA where what proves that no certificate had been
revoked is to be kept in the file as well. What stood there before is never touched.
"""

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_der_private_key
from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, TimestampDSSContentSettings
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper, TimestampRequestError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError

from budgetproto.errors import Refused, SetUp
from budgetproto.protocol.signature.apart import apart
from budgetproto.protocol.signature.certificates import certificates
from budgetproto.protocol.snapshot import Level
from budgetproto.protocol.typesetting.archive import FIELD
from budgetproto.settings import SigningSettings

#: Seconds the time-stamp service has for its answer.
_PATIENCE: Final = 15


#: What proves the last time stamp goes into the file before it, so that this stamp covers every byte.
_COVERED: Final = DSSContentSettings(
    next_ts_settings=TimestampDSSContentSettings(update_before_ts=True, include_vri=False)
)


class NoTimeStamp(Refused):
    """The time-stamp service did not answer, and the settings demand a time stamp."""

    message_key = "protocol.no_time_stamp"


class ServiceKey:
    """The key of the service with its certificate, and where time stamps come from."""

    def __init__(
        self,
        signer: SimpleSigner,
        *,
        time_stamps: TimeStamper | None = None,
        required: bool = False,
        long_term: bool = False,
        roots: Sequence[x509.Certificate] = (),
    ) -> None:
        self._signer = signer
        self._certificate: x509.Certificate = signer.signing_cert
        self._time_stamps = time_stamps
        self._required = required
        self._long_term = long_term
        self._roots = roots

    @classmethod
    def load(cls, settings: SigningSettings) -> "ServiceKey | None":
        """Return the key of the settings, None where they name none; raise SetUp where it is unreadable."""
        if settings.key_file is None:
            return None
        found = _read(settings.key_file, settings.passphrase or "")
        stamps = (
            HTTPTimeStamper(settings.time_stamp_url, timeout=_PATIENCE) if settings.time_stamp_url else None
        )
        return cls(
            found,
            time_stamps=stamps,
            required=settings.time_stamp_required,
            long_term=settings.long_term,
            roots=_roots(settings.trusted_file) if settings.long_term and settings.trusted_file else (),
        )

    @property
    def name(self) -> str:
        """Whose certificate it is, as the certificate says."""
        return str(self._certificate.subject.native.get("common_name", ""))

    @property
    def levels(self) -> tuple[Level, ...]:
        """How far its signature reaches; then how far where the time-stamp service does not answer."""
        if self._time_stamps is None:
            return ("B-B",)
        reached: Level = "B-LTA" if self._long_term else "B-T"
        return (reached,) if self._required else (reached, "B-B")

    def signed(self, content: bytes, *, level: Level, reason: str, place: str) -> bytes:
        """Sign a file that has a place for it up to a level; raise NoTimeStamp when no stamp is to be had."""
        if level == "B-B":
            return self._sign(content, None, reason=reason, place=place)
        try:
            return self._sign(content, self._time_stamps, reason=reason, place=place)
        except (TimestampRequestError, SigningError, PathError, OSError) as unanswered:
            raise NoTimeStamp from unanswered

    @property
    def certificates(self) -> bytes:
        """Its certificate and those of the authorities above it, as the key file has them (PEM)."""
        others = (each for each in self._signer.cert_registry if each != self._certificate)
        own = (load_der_x509_certificate(each.dump()) for each in (self._certificate, *others))
        return b"".join(each.public_bytes(Encoding.PEM) for each in own)

    def detached(self, content: bytes) -> bytes:
        """Sign bytes that are no PDF, such as the list of a box: SHA-256 with ECDSA or RSA (PKCS #1 v1.5)."""
        key = load_der_private_key(self._signer.signing_key.dump(), None)
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return key.sign(content, ec.ECDSA(SHA256()))
        if isinstance(key, rsa.RSAPrivateKey):
            return key.sign(content, padding.PKCS1v15(), SHA256())
        raise SetUp("protocol.signing_key_unfit")

    def _proving(self) -> ValidationContext:
        """Return how it is proved that no certificate had been revoked: their lists are fetched anew."""
        return ValidationContext(
            trust_roots=list(self._roots), allow_fetching=True, revocation_mode="hard-fail"
        )

    def _sign(self, content: bytes, stamps: TimeStamper | None, *, reason: str, place: str) -> bytes:
        lasting = self._long_term and stamps is not None
        about = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            name=self.name,
            reason=reason,
            location=place,
            embed_validation_info=lasting,
            use_pades_lta=lasting,
            validation_context=self._proving() if lasting else None,
            dss_settings=_COVERED,
        )
        signer = PdfSigner(about, signer=self._signer, timestamper=stamps)
        with _quietly():
            writer = IncrementalPdfFileWriter(io.BytesIO(content))
            made = apart(lambda: signer.sign_pdf(writer, existing_fields_only=True))
        return bytes(made.getbuffer())


def _roots(file: Path) -> list[x509.Certificate]:
    """Return the certificates that what is kept in a file is proved up to."""
    return [x509.Certificate.load(each) for each in certificates(file.read_bytes())]


def _read(file: Path, passphrase: str) -> SimpleSigner:
    with _quietly():
        # The library states no types for this call; what it returns is stated here.
        found: SimpleSigner | None = SimpleSigner.load_pkcs12(  # type: ignore[no-untyped-call]
            str(file), passphrase=passphrase.encode()
        )
    if found is None:
        raise SetUp("protocol.signing_key_unreadable", file=file)
    return found


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep the library's own messages out of the log: what goes wrong is told by what is raised."""
    logger = logging.getLogger("pyhanko")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before
