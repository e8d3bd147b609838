"""PURE: what a protocol says of the one that it replaces."""

from dataclasses import dataclass
from datetime import datetime

from budgetproto.i18n.languages import Words


@dataclass(frozen=True)
class Correction:
    """Of the protocol that is replaced: when it was issued, its fingerprint, and why it is replaced."""

    at: datetime
    fingerprint: str
    reason: Words
