"""A certificate authority for trying things out: whatever it signs says that it is a test."""

from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

_DAYS: Final = 3650
_ORGANISATION: Final = "ТЕСТ / TEST — budgetproto"


class TestKey(NamedTuple):
    """A key with its certificate (PKCS#12), and that of the authority that vouches for it (PEM)."""

    key: bytes
    trusted: bytes


def make_authority(passphrase: str) -> TestKey:
    """Make an authority and a key it vouches for; its own key is thrown away, so it signs nothing else."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root_name, name = _name("TEST ROOT, NOT TRUSTED"), _name("ТЕСТ: КОЛДОНУУГА БОЛБОЙТ / TEST")
    root = _certificate(root_name, root_name, root_key.public_key(), root_key, authority=True)
    own = _certificate(name, root_name, key.public_key(), root_key, authority=False)
    packed = pkcs12.serialize_key_and_certificates(
        b"budgetproto test", key, own, [root], BestAvailableEncryption(passphrase.encode())
    )
    return TestKey(packed, root.public_bytes(Encoding.PEM))


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "KG"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    signing: ec.EllipticCurvePrivateKey,
    *,
    authority: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    constraints = x509.BasicConstraints(ca=authority, path_length=0 if authority else None)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=_DAYS))
        .add_extension(constraints, critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False
        )
        .sign(signing, SHA256())
    )
