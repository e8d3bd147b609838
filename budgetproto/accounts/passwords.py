"""Password hashes by Argon2id, made with no transaction open: each takes a quarter of a second."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from budgetproto.accounts.password_rules import normal

HASHER = PasswordHasher()


def hashed(password: str) -> str:
    """Return the hash to keep."""
    return HASHER.hash(normal(password))


def matches(password_hash: str | None, password: str) -> bool:
    """Compare a password with a kept hash; without one, take the same time and say no."""
    try:
        return HASHER.verify(password_hash or _nobody(), normal(password)) and bool(password_hash)
    except (VerificationError, InvalidHashError):
        return False


def fresh() -> str:
    """Return a new password of four groups of five letters and digits that are hard to confuse."""
    letters = "abcdefghijkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


@cache
def _nobody() -> str:
    return HASHER.hash(secrets.token_hex(16))
