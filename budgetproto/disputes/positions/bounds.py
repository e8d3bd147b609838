"""PURE: how much one party may have stored: what is filed is kept for ever, and disks are not.

Each bound lies far above what a sitting needs. Nothing is ever taken away for it: what was filed stands.
"""

from typing import Final

from budgetproto.errors import Refused

#: Bytes in a gibibyte.
GIBIBYTE: Final = 2**30
#: Versions of a party's position on one line, and texts submitted for approval there.
MOST_VERSIONS: Final = 200
#: Files that a party has stored on one line, those of all its versions together.
MOST_STORED_FILES: Final = 200
#: Bytes of files that a party has stored in one sitting, as they lie in the database.
MOST_STORED_BYTES: Final = 2 * GIBIBYTE

#: Letters of the texts of a position, by their names.
LONGEST: Final = {
    "timing": 200,
    "translator": 200,
    "speaker": 300,
    "legal_basis": 1000,
    "source": 1000,
    "figure": 4000,
    "vulnerable_text": 4000,
    "rationale": 8000,
}


class TooManyVersions(Refused):
    """The party has filed, or submitted, as many versions of this position as there may be."""

    message_key = "disputes.too_many_versions"


class TooManyStoredFiles(Refused):
    """The versions of this position have as many files as are kept of one party."""

    message_key = "disputes.attachment.too_many_stored"


class StoredFilesTooLarge(Refused):
    """The files of this party have as many bytes as are kept of one party in a sitting."""

    message_key = "disputes.attachment.too_much_stored"


def check_versions(stored: int) -> None:
    """Raise TooManyVersions unless one more may follow the version with this number.

    >>> check_versions(199)
    """
    if stored >= MOST_VERSIONS:
        raise TooManyVersions(most=MOST_VERSIONS)


def check_stored(*, files: int, size: int, more: int) -> None:
    """Raise unless a file of `more` bytes may lie beside those that are stored."""
    if files >= MOST_STORED_FILES:
        raise TooManyStoredFiles(most=MOST_STORED_FILES)
    if size + more > MOST_STORED_BYTES:
        raise StoredFilesTooLarge(gigabytes=MOST_STORED_BYTES // GIBIBYTE)
