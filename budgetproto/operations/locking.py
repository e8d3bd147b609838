"""A stream under a passphrase: scrypt makes the key, AES-256-GCM seals pieces that cannot be swapped or cut.

The file begins with a magic line, the cost of scrypt, a salt and a mark by which a wrong passphrase is told
from a damaged file. Each piece has its number and «last or not» in its nonce, the head as associated data.
"""

import hashlib
import secrets
import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from budgetproto.errors import ConciliationError

MAGIC: Final = b"budgetproto locked file 1\n"
_HEAD: Final = struct.Struct(">BBB16s16s16s")
_PIECE: Final = 2**20
_TAG: Final = 16
#: scrypt with 2^17, 8, 1 takes 128 MiB and about half a second for every guess.
_COST: Final = (17, 8, 1)
_HIGHEST_COST: Final = (20, 16, 4)
#: A passphrase that protects a file for years is guessed at without any limit on attempts.
SHORTEST: Final = 12


class Unlockable(ConciliationError):
    """A locked file does not open: the passphrase is wrong, or the file was damaged."""

    message_key = "operations.locked_damaged"


class Locking:
    """Writes what it is given to `target`, locked; `close` writes the last piece and leaves `target` open."""

    def __init__(self, target: BinaryIO, passphrase: str, *, purpose: str) -> None:
        salt = secrets.token_bytes(16)
        key, mark = _key(passphrase, salt, _COST)
        self._head = MAGIC + _HEAD.pack(*_COST, salt, mark, _purpose(purpose))
        self._target, self._cipher, self._number, self._held = target, AESGCM(key), 0, bytearray()
        target.write(self._head)

    def write(self, data: bytes) -> int:
        """Take bytes; whole pieces are passed on."""
        self._held += data
        while len(self._held) > _PIECE:
            self._pass_on(last=False)
        return len(data)

    def flush(self) -> None:
        """Keep what is no whole piece yet."""

    def close(self) -> None:
        """Write the last piece."""
        self._pass_on(last=True)

    def _pass_on(self, *, last: bool) -> None:
        piece = bytes(self._held[:_PIECE])
        del self._held[:_PIECE]
        self._target.write(self._cipher.encrypt(_nonce(self._number, last=last), piece, self._head))
        self._number += 1


def unlocked(source: BinaryIO, passphrase: str, *, purpose: str) -> Iterator[bytes]:
    """Yield what was locked, piece by piece, each proven before it is given."""
    head = source.read(len(MAGIC) + _HEAD.size)
    if not head.startswith(MAGIC) or len(head) != len(MAGIC) + _HEAD.size:
        raise Unlockable
    *cost, salt, mark, found = _HEAD.unpack(head[len(MAGIC) :])
    if found != _purpose(purpose) or any(
        not 0 < each <= most for each, most in zip(cost, _HIGHEST_COST, strict=True)
    ):
        raise Unlockable
    key, expected = _key(passphrase, salt, (cost[0], cost[1], cost[2]))
    if not secrets.compare_digest(mark, expected):
        raise Unlockable("operations.wrong_passphrase")
    yield from _pieces(source, AESGCM(key), head)


def _pieces(source: BinaryIO, cipher: AESGCM, head: bytes) -> Iterator[bytes]:
    piece, number = source.read(_PIECE + _TAG), 0
    while True:
        following = source.read(_PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), piece, head)
        except (InvalidTag, ValueError) as broken:  # ValueError: cut short
            raise Unlockable from broken
        if not following:
            return
        piece, number = following, number + 1


def _key(passphrase: str, salt: bytes, cost: tuple[int, int, int]) -> tuple[bytes, bytes]:
    """Return the key, and the mark that tells whether a passphrase is the right one."""
    exponent, block, lanes = cost
    made = hashlib.scrypt(
        passphrase.encode(),
        salt=salt,
        n=2**exponent,
        r=block,
        p=lanes,
        maxmem=2**31 - 1,
        dklen=64,
    )
    return made[:32], hashlib.sha256(made[32:]).digest()[:16]


def _purpose(purpose: str) -> bytes:
    return hashlib.sha256(purpose.encode()).digest()[:16]


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
