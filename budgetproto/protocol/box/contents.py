"""What lies in a box, from what the rooms keep of a sitting and its issued protocol."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from importlib.metadata import version
from importlib.resources import files as resources
from typing import Any, Final

from budgetproto.i18n import LANGUAGES, Language, is_known, pattern, text
from budgetproto.journal.domain import Entry
from budgetproto.protocol import composition, document
from budgetproto.protocol.box import data_package
from budgetproto.protocol.box.manifest import CERTIFICATES, MANIFEST, SIGNATURE, canonical
from budgetproto.protocol.composed import Protocol

PROTOCOL: Final = "protocol/protocol.json"
VERIFIER: Final = "verify_box.py"
RECEIPTS: Final = "receipts.jsonl"
TERMS: Final = "records/terms.jsonl"
OPTIONS: Final = "records/options.jsonl"
#: What the readme speaks of: commands and files.
_SAID_OF: Final = {
    "alone": (f"python {VERIFIER} BOX.zip --trust CERTIFICATE.pem --head HEAD",),
    "service": ("budgetproto verify BOX.zip", "budgetproto rebuild BOX.zip --out FOLDER"),
    "list": (MANIFEST, SIGNATURE, CERTIFICATES),
    "papers": ("protocol/*.pdf", PROTOCOL, "texts.json"),
    "data": ("data/*.csv", data_package.DESCRIPTOR),
    "proofs": ("journal/*.jsonl", RECEIPTS, TERMS, OPTIONS, "records/settings.json"),
}
#: What the key of a sentence looks like; nothing else that people typed is looked up.
_KEY: Final = re.compile(r"[a-z]+(\.[a-z0-9_]+){1,6}")


@dataclass(frozen=True)
class Kept:
    """A version of the terms or of the option as it is stored: its number and its canonical document."""

    number: int
    document: str


@dataclass(frozen=True)
class BoxReceipt:
    """What proves an opened position: its words, the nonce, and its entry in the chain of its party.

    `position` is the canonical document that was committed to, `version` its number, `head` the hash of the
    entry: the head of the chain when it was filed, as the party's own receipt has it.
    """

    sitting: str
    line: str
    line_number: int
    party: str
    party_key: str
    version: int
    position: str
    nonce: str
    chain: str
    sequence: int
    head: str


@dataclass(frozen=True)
class Material:
    """What a box is made of; `chains` are whole from their first entry, that of the sitting is the first."""

    sitting: str
    protocol: Protocol
    papers: Mapping[Language, bytes]
    chains: tuple[Sequence[Entry], ...]
    receipts: tuple[BoxReceipt, ...]
    terms: tuple[Kept, ...]
    options: tuple[Kept, ...]


def paper_name(language: Language) -> str:
    """Return the name of the file of the protocol in one language."""
    return f"protocol/protocol_{language}.pdf"


def contents(material: Material) -> dict[str, bytes]:
    """Return the files of a box by their names, but for the list of them and its signature."""
    protocol = material.protocol
    return {
        "README.txt": _readme(protocol),
        VERIFIER: verifier(),
        PROTOCOL: composition.canonical_bytes(protocol),
        **{paper_name(language): held for language, held in material.papers.items()},
        **dict(_journals(material.chains)),
        RECEIPTS: _lines(asdict(each) for each in material.receipts),
        TERMS: _lines(asdict(each) for each in material.terms),
        OPTIONS: _lines(asdict(each) for each in material.options),
        "records/settings.json": canonical(document.to_document(protocol.facts.settings)),
        "texts.json": canonical(_texts(protocol)),
        **data_package.data_package(protocol),
    }


def about(material: Material) -> dict[str, object]:
    """Return what the list says of the box itself: whose it is, by which versions it was made."""
    heads = {chain[-1].chain: {"hash": chain[-1].hash, "length": len(chain)} for chain in material.chains}
    return {
        "sitting": material.sitting,
        "number": material.protocol.facts.number,
        "fingerprint": composition.fingerprint(material.protocol),
        "heads": heads,
        "made_by": {name: version(name) for name in ("budgetproto", "reportlab")},
    }


def verifier() -> bytes:
    """Return the program by which anybody checks a box without the service."""
    return (resources("budgetproto.protocol.box") / VERIFIER).read_bytes()


def _journals(chains: Iterable[Sequence[Entry]]) -> Iterator[tuple[str, bytes]]:
    for place, chain in enumerate(chains):
        name = f"party_{place}" if place else "sitting"
        yield f"journal/{name}.jsonl", _lines(_entry(each) for each in chain)


def _entry(entry: Entry) -> dict[str, object]:
    return asdict(entry) | {"at": entry.at.isoformat(timespec="microseconds")}


def _texts(protocol: Protocol) -> dict[str, dict[str, str]]:
    """Return the sentences that the facts name by their keys, with their places, in each language."""
    named = sorted({each for each in _strings(protocol.facts) if _KEY.fullmatch(each) and is_known(each)})
    return {key: {language: pattern(key, language) for language in LANGUAGES} for key in named}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _strings(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))


def _readme(protocol: Protocol) -> bytes:
    return "\n".join(line for language in LANGUAGES for line in _told(protocol, language)).encode()


def _told(protocol: Protocol, language: Language) -> Iterator[str]:
    """Yield what a readme says in one language: what is in the box, and what to do with it."""
    yield text("protocol.box.readme.title", language, number=protocol.facts.number or "")
    for part, names in _SAID_OF.items():
        yield ""
        yield text(f"protocol.box.readme.{part}", language)
        yield from (f"    {name}" for name in names)
    yield "\n"


def _lines(values: Iterable[object]) -> bytes:
    return b"".join(canonical(each) + b"\n" for each in values)
