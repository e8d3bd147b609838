"""PURE: what a check can say, and what all of them say together."""

from dataclasses import dataclass
from typing import Final, Literal

Outcome = Literal["passed", "failed", "not_possible"]
#: The checks in the order in which they are numbered: those of a PDF, then those of a box.
Name = Literal[
    "signature",
    "certificate",
    "file",
    "text",
    "figures",
    "head",
    "journal",
    "records",
    "option",
    "box_files",
    "box_signature",
    "box_journal",
    "box_head",
    "box_records",
    "box_positions",
    "box_figures",
    "box_option",
    "box_known",
    "box_text",
]
#: What alone vouches for a file: it is in the record, or the reader holds its head or trusts its certificate.
_VOUCHING: Final[frozenset[Name]] = frozenset({"file", "box_signature", "box_head", "box_known"})


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
        vouched = made or passed & _VOUCHING or {"signature", "certificate"} <= passed
        return not failed and bool(vouched)

    @property
    def verdict(self) -> str:
        """The key of the sentence that says what the file is; the number may stand in it."""
        if self.known and self.known.kind != "issued":
            return f"protocol.known.{self.known.kind}"
        if not self.genuine:
            return "protocol.verified.not_genuine"
        if self.checks[0].name == "box_files":
            return "protocol.verified.genuine_box"
        return f"protocol.verified.{'genuine_as' if self.number else 'genuine'}"


def told(name: Name, passed: bool | None, why: str = "") -> Check:
    """Return a check by what it found: None where it could not be made.

    >>> told("file", None).outcome
    'not_possible'
    """
    return Check(name, "not_possible" if passed is None else "passed" if passed else "failed", why)
