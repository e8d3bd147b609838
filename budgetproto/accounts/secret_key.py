"""The key under which the secrets of second factors lie encrypted, derived from the installation's own."""

import base64
import secrets
from dataclasses import dataclass, field
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from budgetproto.errors import SetUp

_PURPOSE: Final = b"budgetproto.accounts.second_factor.1"
_NONCE: Final = 12


@dataclass(frozen=True)
class SecretKey:
    """AES-256-GCM under a key of its own; what is encrypted belongs to one person."""

    key: bytes = field(repr=False)

    @classmethod
    def derived(cls, secret: str) -> Self:
        """Derive the key from the installation's secret key; another secret gives another key."""
        return cls(HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode()))

    def locked(self, words: str, *, person: str) -> str:
        """Encrypt something for one person."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(self.key).encrypt(nonce, words.encode(), person.encode())
        return base64.b64encode(nonce + sealed).decode()

    def unlocked(self, kept: str, *, person: str) -> str:
        """Decrypt it; raise SetUp when the installation's secret key is no longer the one it was."""
        raw = base64.b64decode(kept)
        try:
            return AESGCM(self.key).decrypt(raw[:_NONCE], raw[_NONCE:], person.encode()).decode()
        except InvalidTag as changed:
            raise SetUp(
                what="BUDGETPROTO_SECRET_KEY", remedy="budgetproto user reset-second-factor"
            ) from changed
