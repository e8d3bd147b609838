"""What happens to the protocol, for the sitting's chain."""

from dataclasses import dataclass
from typing import ClassVar

from budgetproto.journal import Event


@dataclass(frozen=True)
class ProtocolIssued(Event):
    """The protocol was numbered and issued; its hash and those of its files are kept here."""

    kind: ClassVar[str] = "protocol.issued"
    person: str
    number: str
    fingerprint: str
    file_ky: str
    file_ru: str
    file_en: str


@dataclass(frozen=True)
class ProtocolSigned(Event):
    """The service signed the files of a protocol: with whose certificate, and up to which PAdES level."""

    kind: ClassVar[str] = "protocol.signed"
    number: str
    signer: str
    level: str
