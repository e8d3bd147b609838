"""Reads certificates from the files that people keep them in."""

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from budgetproto.errors import SetUp


def certificates(pem: bytes) -> tuple[bytes, ...]:
    """Return the certificates (DER) of a PEM file; raise SetUp where it holds none."""
    try:
        found = x509.load_pem_x509_certificates(pem)
    except ValueError as unreadable:
        raise SetUp("protocol.no_certificates") from unreadable
    return tuple(each.public_bytes(Encoding.DER) for each in found)
