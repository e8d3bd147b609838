"""Whether a signature beside a file holds, and whether its certificate is trusted."""

from collections.abc import Collection, Sequence

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256


def holds(signer: x509.Certificate, signature: bytes, content: bytes) -> bool:
    """Tell whether a signature (ECDSA, or RSA with PKCS #1 v1.5, over SHA-256) is of this content."""
    key = signer.public_key()
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, content, ec.ECDSA(SHA256()))
            return True
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, content, padding.PKCS1v15(), SHA256())
            return True
    except InvalidSignature:
        return False
    return False


def comes_from(chain: Sequence[x509.Certificate], trusted: Collection[x509.Certificate]) -> bool:
    """Tell whether the first certificate is trusted, or issued by a trusted one, directly or through others.

    `chain` holds the signer's own first, then those between, each the issuer of the one before.
    """
    for place, seen in enumerate(chain):
        if any(seen == each or _issued(seen, each) for each in trusted):
            return True
        if place + 1 == len(chain) or not _issued(seen, chain[place + 1]):
            return False
    return False


def _issued(seen: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        seen.verify_directly_issued_by(issuer)
        return issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
