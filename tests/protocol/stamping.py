"""An authority with a time-stamp service and a list of revoked certificates, behind a server on loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final

from asn1crypto import keys, tsp
from asn1crypto import x509 as certificates
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from budgetproto.settings import SigningSettings

PASSPHRASE: Final = "сыноо үчүн гана 2026"
_Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass
class Authority:
    """Where it is reached, what it has done, and whether it answers."""

    address: str
    folder: Path
    stamped: int = 0
    asked: int = 0
    answers: bool = True

    def settings(self, *, long_term: bool, required: bool = True) -> SigningSettings:
        return SigningSettings(
            key_file=self.folder / "key.p12",
            passphrase=PASSPHRASE,
            time_stamp_url=f"{self.address}/stamps",
            time_stamp_required=required,
            long_term=long_term,
            trusted_file=self.folder / "root.pem",
        )


@contextmanager
def authority(folder: Path) -> Iterator[Authority]:
    """Serve an authority until the block ends; its root and a key it vouches for lie in `folder`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    made = Authority(f"http://127.0.0.1:{server.server_address[1]}", folder)
    _equip(server, made)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Any

    def do_GET(self) -> None:
        self.server.authority.asked += 1
        self._answer(self.server.revoked, "application/pkix-crl")

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.server.authority.answers:
            return self._answer(b"", "text/plain", status=503)
        self.server.authority.stamped += 1
        made = self.server.stamper.request_tsa_response(tsp.TimeStampReq.load(sent))
        return self._answer(made.dump(), "application/timestamp-reply")

    def _answer(self, content: bytes, kind: str, *, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _equip(server: Any, made: Authority) -> None:
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    stamp_key = rsa.generate_private_key(65537, 2048)
    root = _certificate("TEST ROOT", root_key, "TEST ROOT", root_key, made.address)
    own = _certificate("TEST SIGNER", key, "TEST ROOT", root_key, made.address)
    stamps = _certificate("TEST STAMPS", stamp_key, "TEST ROOT", root_key, made.address)
    (made.folder / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
    packed = pkcs12.serialize_key_and_certificates(
        b"test", key, own, [root], BestAvailableEncryption(PASSPHRASE.encode())
    )
    (made.folder / "key.p12").write_bytes(packed)
    server.authority, server.revoked = made, _revoked(root_key)
    server.stamper = DummyTimeStamper(
        tsa_cert=certificates.Certificate.load(stamps.public_bytes(Encoding.DER)),
        tsa_key=keys.PrivateKeyInfo.load(
            stamp_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _certificate(
    name: str, key: _Key, by: str, signing: ec.EllipticCurvePrivateKey, address: str
) -> x509.Certificate:
    now, authority = datetime.now(UTC), name == by
    built = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(by))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(_usage(authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False
        )
    )
    if not authority:
        place = x509.DistributionPoint(
            [x509.UniformResourceIdentifier(f"{address}/root.crl")], None, None, None
        )
        built = built.add_extension(x509.CRLDistributionPoints([place]), critical=False)
    if name.endswith("STAMPS"):
        built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return built.sign(signing, SHA256())


def _usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
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


def _revoked(signing: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the list of what the authority has revoked: nothing."""
    now = datetime.now(UTC)
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(_name("TEST ROOT"))
        .last_update(now - timedelta(hours=1))
        .next_update(now + timedelta(days=30))
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False
        )
        .sign(signing, SHA256())
    )
    return made.public_bytes(Encoding.DER)
