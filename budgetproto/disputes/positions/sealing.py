"""Sealing: encryption and commitment of positions until they open. Everything sealed passes here.

A position is AES-256-GCM ciphertext under one data key per sitting, which is wrapped by the key in
`BUDGETPROTO_SEAL_KEY_FILE`. Its commitment is a SHA-256 over the length-prefixed sitting, line, party,
version, the canonical bytes of the whole position, and a 256-bit nonce that lies only in the ciphertext and
on the party's receipt: without it the few likely amounts could be tried one by one.
"""

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from budgetproto.errors import ConciliationError, SetUp
from budgetproto.journal.domain import length_prefixed

_COMMITMENT: Final = b"budgetproto.position.1"
_DATA_KEY: Final = b"budgetproto.data-key.1"
_FILE: Final = b"budgetproto.attachment.1"
_NONCE_BYTES: Final = 32
_IV_BYTES: Final = 12
#: Plain texts are padded to a multiple of this, so that the size of the row does not tell the text's length:
#: room for some 7,000 Kyrgyz letters besides the figure.
_BLOCK: Final = 16_384
#: The smallest room a file is sealed in; each next one is twice as large, so that a row tells seven sizes.
_SMALLEST_ROOM: Final = 2**18
#: The room of what is known of a file beside its bytes, always the same.
_HEADER_ROOM: Final = 8_192


class SealBroken(ConciliationError):
    """A sealed position does not open, or is not what its commitment says: the database was altered."""

    message_key = "disputes.seal_broken"


@dataclass(frozen=True)
class Place:
    """Which position a ciphertext belongs to; it opens nowhere else.

    `kind` names what is sealed besides positions and drafts, which have none.
    """

    sitting: str
    line: str
    party: str
    version: int
    kind: str = ""

    def bound(self) -> bytes:
        """Return the associated data of the ciphertext."""
        parts = (self.sitting, self.line, self.party, str(self.version))
        return length_prefixed(*(part.encode() for part in (*parts, *filter(None, [self.kind]))))


@dataclass(frozen=True)
class FilePlace:
    """Which attached file a ciphertext belongs to; header and content open nowhere else."""

    sitting: str
    line: str
    party: str
    file: str

    def bound(self, part: str) -> bytes:
        """Return the associated data of one part's ciphertext."""
        return length_prefixed(_FILE, *(each.encode() for each in (*vars(self).values(), part)))


@dataclass(frozen=True)
class Sealed:
    """A sealed position: ciphertext and commitment may be stored, the nonce goes on the receipt only."""

    ciphertext: bytes
    commitment: str
    nonce: str


@dataclass(frozen=True)
class Unsealed:
    """A position out of its seal, with the nonce that proves the commitment."""

    document: str
    nonce: str


class SealKey:
    """The key of one installation that wraps the data key of each sitting."""

    def __init__(self, key: bytes) -> None:
        self._key = AESGCM(key)

    def new_data_key(self, sitting: str) -> bytes:
        """Return a fresh data key for a sitting, wrapped, to be stored."""
        iv = secrets.token_bytes(_IV_BYTES)
        data_key = AESGCM.generate_key(bit_length=256)
        return iv + self._key.encrypt(iv, data_key, length_prefixed(_DATA_KEY, sitting.encode()))

    def data_key(self, sitting: str, wrapped: bytes) -> bytes:
        """Unwrap the data key of a sitting; raise SetUp when this is not the key it was wrapped with."""
        iv, data = wrapped[:_IV_BYTES], wrapped[_IV_BYTES:]
        try:
            return self._key.decrypt(iv, data, length_prefixed(_DATA_KEY, sitting.encode()))
        except (InvalidTag, ValueError) as wrong:  # ValueError: cut short
            raise SetUp(what="BUDGETPROTO_SEAL_KEY_FILE", remedy="README: «seal-key».") from wrong


def make_key(file: Path) -> None:
    """Write a new seal key, readable by its owner alone; never overwrites one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as written:
        written.write(base64.b64encode(secrets.token_bytes(32)) + b"\n")


def load_key(file: Path) -> SealKey:
    """Read the seal key; raise SetUp when the file is missing or holds no key."""
    try:
        key = base64.b64decode(file.read_bytes().strip(), validate=True)
    except (OSError, ValueError) as missing:
        raise SetUp(
            what=f"BUDGETPROTO_SEAL_KEY_FILE ({file.name})", remedy="budgetproto seal-key"
        ) from missing
    if len(key) != 32:
        raise SetUp(what=f"BUDGETPROTO_SEAL_KEY_FILE ({file.name})", remedy="budgetproto seal-key")
    return SealKey(key)


def seal(data_key: bytes, place: Place, document: str) -> Sealed:
    """Encrypt a canonical position document and commit to it."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    iv = secrets.token_bytes(_IV_BYTES)
    ciphertext = iv + AESGCM(data_key).encrypt(iv, _padded(nonce, document.encode()), place.bound())
    return Sealed(ciphertext, commitment(place, document, nonce.hex()), nonce.hex())


def unseal(data_key: bytes, place: Place, ciphertext: bytes) -> Unsealed:
    """Decrypt a position; raise SealBroken when it was altered or belongs elsewhere."""
    iv, data = ciphertext[:_IV_BYTES], ciphertext[_IV_BYTES:]
    try:
        plain = AESGCM(data_key).decrypt(iv, data, place.bound())
    except (InvalidTag, ValueError) as broken:  # ValueError: cut short
        raise SealBroken from broken
    nonce, rest = plain[:_NONCE_BYTES], plain[_NONCE_BYTES:]
    length = int.from_bytes(rest[:8], "big")
    return Unsealed(rest[8 : 8 + length].decode(), nonce.hex())


def commitment(place: Place, document: str, nonce: str) -> str:
    """Return the SHA-256 that binds a party to the whole position, in hexadecimal."""
    parts = (place.bound(), document.encode(), bytes.fromhex(nonce))
    return hashlib.sha256(length_prefixed(_COMMITMENT, *parts)).hexdigest()


def fingerprint(data_key: bytes, place: Place, asked: str) -> str:
    """Return by what a request is known again: without the key it tells nothing of what was asked."""
    return hmac.new(data_key, length_prefixed(place.bound(), asked.encode()), hashlib.sha256).hexdigest()


def check(place: Place, unsealed: Unsealed, committed: str) -> None:
    """Raise SealBroken unless an opened position is the one that was committed to."""
    found = commitment(place, unsealed.document, unsealed.nonce)
    if not secrets.compare_digest(found.encode(), committed.encode()):
        raise SealBroken


def seal_header(data_key: bytes, place: FilePlace, header: str) -> bytes:
    """Encrypt what is known of a file beside its bytes."""
    return _sealed(data_key, place.bound("header"), header.encode(), room=_HEADER_ROOM)


def unseal_header(data_key: bytes, place: FilePlace, ciphertext: bytes) -> str:
    """Decrypt it; raise SealBroken when it was altered or belongs elsewhere."""
    return _unsealed(data_key, place.bound("header"), ciphertext).decode()


def seal_content(data_key: bytes, place: FilePlace, content: bytes) -> bytes:
    """Encrypt the bytes of a file in a room of one of a few sizes."""
    room = max(_SMALLEST_ROOM, 1 << (len(content) + 7).bit_length())
    return _sealed(data_key, place.bound("content"), content, room=room)


def unseal_content(data_key: bytes, place: FilePlace, ciphertext: bytes) -> bytes:
    """Decrypt the bytes of a file; raise SealBroken when they were altered or belong elsewhere."""
    return _unsealed(data_key, place.bound("content"), ciphertext)


def file_commitment(place: FilePlace, header: str) -> str:
    """Return the SHA-256 by which a position commits to a file; the header has the file's hash and a salt."""
    return hashlib.sha256(length_prefixed(place.bound("commitment"), header.encode())).hexdigest()


def blank_commitment() -> str:
    """Return what looks like a commitment to a file and is to none."""
    return secrets.token_hex(32)


def new_salt() -> str:
    """Return a salt that keeps a guessed file from being recognised by its hash."""
    return secrets.token_hex(_NONCE_BYTES)


def _sealed(data_key: bytes, bound: bytes, plain: bytes, *, room: int) -> bytes:
    iv = secrets.token_bytes(_IV_BYTES)
    padded = (len(plain).to_bytes(8, "big") + plain).ljust(room, b"\0")
    return iv + AESGCM(data_key).encrypt(iv, padded, bound)


def _unsealed(data_key: bytes, bound: bytes, ciphertext: bytes) -> bytes:
    try:
        padded = AESGCM(data_key).decrypt(ciphertext[:_IV_BYTES], ciphertext[_IV_BYTES:], bound)
    except (InvalidTag, ValueError) as broken:  # ValueError: cut short
        raise SealBroken from broken
    return padded[8 : 8 + int.from_bytes(padded[:8], "big")]


def _padded(nonce: bytes, document: bytes) -> bytes:
    plain = nonce + len(document).to_bytes(8, "big") + document
    return plain.ljust(-(-len(plain) // _BLOCK) * _BLOCK, b"\0")
