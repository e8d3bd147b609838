"""What happens to the protocol, for the sitting's chain."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgetproto.i18n import Language, Sentence, text
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
class CorrectionBegun(Event):
    """An issued protocol is to be replaced; `reason` is printed on the new one, in this language."""

    kind: ClassVar[str] = "protocol.correction_begun"
    person: str
    number: str
    fingerprint: str
    reason: str
    language: str


@dataclass(frozen=True)
class CorrectionDropped(Event):
    """The issued protocol stands after all."""

    kind: ClassVar[str] = "protocol.correction_dropped"
    person: str
    number: str
    fingerprint: str
    reason: str


@dataclass(frozen=True)
class ProtocolReplaced(Event):
    """An issued protocol replaces an earlier one; the hashes of both texts are kept here."""

    kind: ClassVar[str] = "protocol.replaced"
    person: str
    number: str
    fingerprint: str
    replaces: str
    replaced_fingerprint: str
    reason: str


@dataclass(frozen=True)
class IssuedIncomplete(Event):
    """The protocol is issued though places that must sign are open; `places` are their numbers."""

    kind: ClassVar[str] = "protocol.issued_incomplete"
    person: str
    number: str
    places: str
    reason: str


@dataclass(frozen=True)
class ProtocolSigned(Event):
    """The service signed the files of a protocol: with whose certificate, and up to which PAdES level."""

    kind: ClassVar[str] = "protocol.signed"
    number: str
    signer: str
    level: str


@dataclass(frozen=True)
class ScanAttached(Event):
    """A scan of the paper signed by hand was attached; `places` are the states on it, in their order."""

    kind: ClassVar[str] = "protocol.scan_attached"
    person: str
    number: str
    digest: str
    places: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the states in words, each with the number of its place."""
        states = (text(f"protocol.paper.{state}", language) for state in str(values["places"]).split())
        told = "; ".join(f"{number}) {state}" for number, state in enumerate(states, 1))
        return {**values, "places": told}


class _Recorded:
    """An entry about an issued protocol: its day and codes are told as people say them."""

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the day as acts print it, codes in words, a missing reason as a dash."""
        del language
        day = date.fromisoformat(str(values["on"]))
        codes = {
            name: Sentence(f"delivery.{name}.{values[name]}")
            for name in ("result", "scope")
            if name in values
        }
        return {**values, "on": day, "reason": values["reason"] or None, **codes}


@dataclass(frozen=True)
class LetterRecorded(_Recorded, Event):
    """The protocol was sent to parliament with a letter; `reason` where it corrects an entry."""

    kind: ClassVar[str] = "delivery.letter_recorded"
    person: str
    number: str
    on: str
    reason: str
    letter: str
    addressee: str


@dataclass(frozen=True)
class RegistrationRecorded(_Recorded, Event):
    """Parliament registered the letter."""

    kind: ClassVar[str] = "delivery.registration_recorded"
    person: str
    number: str
    on: str
    reason: str
    registered: str


@dataclass(frozen=True)
class HearingRecorded(_Recorded, Event):
    """The protocol was heard."""

    kind: ClassVar[str] = "delivery.hearing_recorded"
    person: str
    number: str
    on: str
    reason: str
    body: str


@dataclass(frozen=True)
class OutcomeRecorded(_Recorded, Event):
    """It was recorded what parliament made of the protocol, by which document."""

    kind: ClassVar[str] = "delivery.outcome_recorded"
    person: str
    number: str
    on: str
    reason: str
    result: str
    source: str


@dataclass(frozen=True)
class PublicationSet(_Recorded, Event):
    """It was decided how much of the protocol the public reads from a day on, and why."""

    kind: ClassVar[str] = "delivery.publication_set"
    person: str
    number: str
    on: str
    reason: str
    scope: str


@dataclass(frozen=True)
class ProtocolLaidOut(Event):
    """The protocol was laid out for signature: from now on exactly this text is confirmed."""

    kind: ClassVar[str] = "protocol.laid_out"
    person: str
    number: str
    fingerprint: str


@dataclass(frozen=True)
class LayOutWithdrawn(Event):
    """The text laid out for signature was withdrawn; what was said of it counts no more."""

    kind: ClassVar[str] = "protocol.lay_out_withdrawn"
    person: str
    number: str
    fingerprint: str
    reason: str


@dataclass(frozen=True)
class PlaceAnswered(Event):
    """A place was signed, refused or entered as absent; `words` are the remarks or the reason."""

    kind: ClassVar[str] = "protocol.place_answered"
    person: str
    place: int
    state: str
    words: str
    way: str
    fingerprint: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Tell the state in words, a missing remark as a dash."""
        del language
        state = Sentence(f"protocol.signatures.{values['state']}")
        return {**values, "state": state, "words": values["words"] or None}
