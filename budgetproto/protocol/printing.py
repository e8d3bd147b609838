"""Print a protocol in every language and sign the files: the paper says how far its signature reaches."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from budgetproto.i18n import LANGUAGES, Language, text
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.composition import compose, fingerprint
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.events import ProtocolSigned
from budgetproto.protocol.signature.signing import NoTimeStamp, ServiceKey
from budgetproto.protocol.snapshot import Level, Snapshot


@dataclass(frozen=True)
class Printed:
    """A snapshot as it is printed, its fingerprint, its files, and what is noted of the signature."""

    snapshot: Snapshot
    composed: str
    files: Mapping[Language, bytes]
    signed: ProtocolSigned | None = None


def print_files(snapshot: Snapshot, key: ServiceKey | None) -> Printed:
    """Print and sign a protocol; raise NoTimeStamp where a time stamp is demanded and none is to be had.

    Where none is demanded and its service does not answer, everything is drawn again without.
    """
    if key is None:
        return _printed(compose(snapshot))
    *higher, least = key.levels
    for level in higher:
        try:
            return _signed(snapshot, key, level)
        except NoTimeStamp:
            continue
    return _signed(snapshot, key, least)


def _printed(protocol: Protocol) -> Printed:
    files = {language: draw(protocol, language) for language in LANGUAGES}
    return Printed(protocol.facts, fingerprint(protocol), files)


def _signed(snapshot: Snapshot, key: ServiceKey, level: Level) -> Printed:
    made = _printed(compose(replace(snapshot, service_level=level)))
    number, place = snapshot.number or "", snapshot.sitting.place
    files = {
        language: key.signed(
            content,
            level=level,
            reason=text("protocol.signature.reason", language, number=number),
            place=place.text(language),
        )
        for language, content in made.files.items()
    }
    return replace(made, files=files, signed=ProtocolSigned(number, key.name, level))
