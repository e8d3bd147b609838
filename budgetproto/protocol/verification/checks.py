"""PURE: what a check can say, and what all of them say together."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["passed", "failed", "not_possible"]
#: The checks in the order in which they are numbered.
Name = Literal["signature", "certificate", "file", "text", "figures", "head", "journal", "records", "option"]


@dataclass(frozen=True)
class Check:
    """One check; `why` names the sentence that says what was missing or found, where there is one."""

    name: Name
    outcome: Outcome
    why: str = ""


#: What the service can have made: a protocol, or a paper from one; a text laid out for signature is none yet.
Kind = Literal["issued", "published", "extract", "laid_out", "laid_out_issued", "withdrawn"]


@dataclass(frozen=True)
class Known:
    """What a file is by the record of the service, of which protocol, and which number replaced that."""

    kind: Kind
    number: str
    replaced_by: str | None


@dataclass(frozen=True)
class Verified:
    """All checks of one file, and the number of the protocol where the record knows it."""

    checks: tuple[Check, ...]
    number: str | None = None
    signer: str = ""
    known: Known | None = None

    @property
    def genuine(self) -> bool:
        """Whether no check failed, and the record or a trusted certificate vouches for the file."""
        passed = {check.name for check in self.checks if check.outcome == "passed"}
        failed = any(check.outcome == "failed" for check in self.checks)
        made = self.known is not None and self.known.kind in {"issued", "published", "extract"}
        return not failed and (made or "file" in passed or {"signature", "certificate"} <= passed)


def told(name: Name, passed: bool | None, why: str = "") -> Check:
    """Return a check by what it found: None where it could not be made.

    >>> told("file", None).outcome
    'not_possible'
    """
    return Check(name, "not_possible" if passed is None else "passed" if passed else "failed", why)
