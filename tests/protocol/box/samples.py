"""Issued protocols with drawn figures, their boxes, and what the holder of the key could make of them."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate

from budgetproto.database import Database
from budgetproto.disputes.domain import LineText, Measure
from budgetproto.disputes.options import service as options
from budgetproto.i18n import NO_NAME
from budgetproto.journal.domain import EMPTY, entry_hash
from budgetproto.money import Som
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import Attendee, Group, Outcome, Votes
from budgetproto.proceedings.service import Recorded
from budgetproto.protocol import service
from budgetproto.protocol.box import verify_box as alone
from budgetproto.protocol.box.archive import pack, unpack
from budgetproto.protocol.box.manifest import MANIFEST, SIGNATURE, canonical, sha256
from budgetproto.protocol.box.opened import OpenedBox
from budgetproto.protocol.box.service import box_of
from budgetproto.protocol.signature.authority import make_authority
from budgetproto.protocol.signature.signing import ServiceKey
from budgetproto.protocol.verification.boxes import verify_box
from budgetproto.settings import SigningSettings
from tests.factories import Scene, file, make_scene, open_all, start_session
from tests.parameters import COST
from tests.stated import MILLION, line_text

Files = dict[str, bytes]
PASSPHRASE: Final = "сыноо үчүн гана 2026"
#: Named in boxes by what proves them; the terms of these sittings follow rule A.
_OUTCOMES: Final = (Outcome.AGREED, Outcome.PARTLY_AGREED, Outcome.NOT_AGREED, Outcome.REFERRED)


@dataclass(frozen=True)
class Key:
    """A key for tests, and the certificate of the authority that vouches for it (PEM)."""

    service: ServiceKey
    trusted: bytes

    @property
    def der(self) -> tuple[bytes, ...]:
        return (load_pem_x509_certificate(self.trusted).public_bytes(Encoding.DER),)


def make_key(folder: Path) -> Key:
    made = make_authority(PASSPHRASE)
    (folder / "key.p12").write_bytes(made.key)
    loaded = ServiceKey.load(SigningSettings(key_file=folder / "key.p12", passphrase=PASSPHRASE))
    assert loaded is not None
    return Key(loaded, made.trusted)


def issue(
    database: Database, key: Key | None, random: Random, texts: tuple[LineText, ...] = ()
) -> tuple[Scene, bytes]:
    """Hold a sitting on two to five drawn questions, or on these, issue its protocol, and return its box."""
    texts = texts or tuple(_drawn(random) for _ in range(random.randint(2, 5)))
    # with a deadline of its own: no two of these sittings are alike, and none is remembered
    scene = make_scene(database, texts=texts, deadline=datetime.now(UTC) + timedelta(days=1))
    for place, text in enumerate(texts):
        _file(scene, place, text, random)
    open_all(scene)
    options.publish_option(database, scene.secretary.id, scene.sitting)
    start_session(scene)
    people = [
        Attendee(Group.MEMBER, f"Мүчө {number}", NO_NAME, NO_NAME, NO_NAME, present=True, reason=NO_NAME)
        for number in range(6)
    ]
    proceedings.record_attendance(database, scene.secretary.id, scene.sitting, people)
    for place, text in enumerate(texts):
        _decide(scene, place, text, random)
    proceedings.close_session(database, scene.secretary.id, scene.sitting)
    signing = key.service if key else None
    service.issue(database, scene.secretary.id, scene.sitting, key=signing)
    return scene, box_of(database, scene.unionist.id, scene.sitting, 1, key=signing).content


def _drawn(random: Random) -> LineText:
    if random.random() < 0.3:
        base = Som(random.randrange(1, 900) * MILLION)
        return line_text(measure=Measure.PERCENTAGE, government=1_000, lsg=1_200, money_base=base)
    return line_text(government=Som(MILLION), lsg=Som(2 * MILLION), protected=random.random() < 0.2)


def _figure(text: LineText, random: Random) -> Som | int:
    if text.parameter == COST:
        return 100 * random.randrange(50, 150)
    return random.randrange(500, 4_000) if text.measure is Measure.PERCENTAGE else _money(random)


def _money(random: Random) -> Som:
    return Som(random.randrange(0, 9_000) * MILLION // 10)


def _file(scene: Scene, place: int, text: LineText, random: Random) -> None:
    sides = [scene.ministry, scene.union][: random.choice((1, 2, 2, 2, 2))]
    for party in sides:
        figure = _figure(text, random)
        file(scene, party, line=place, figure=figure, rationale=f"Негиздеме {secrets.token_hex(4)}")
        if random.random() < 0.2:
            file(scene, party, line=place, figure=_figure(text, random), rationale="Экинчи жолу")


def _decide(scene: Scene, place: int, text: LineText, random: Random) -> None:
    outcome = random.choice(_OUTCOMES)
    agreed = outcome in {Outcome.AGREED, Outcome.PARTLY_AGREED}
    recorded = Recorded(_figure(text, random) if agreed else None, Votes(6, 0, 0), outcome)
    proceedings.record_decision(scene.database, scene.secretary.id, scene.lines[place], recorded, version=0)


def heads(box: bytes) -> list[str]:
    """Return the ends of the journals in a box: what the parties hold."""
    return [chain[-1].hash for chain in OpenedBox(unpack(box)).chains.values()]


def both(box: bytes, key: Key, held: list[str]) -> tuple[bool, bool]:
    """Tell what the verifier in the box says of it, and what the rooms say: whether it is genuine."""
    try:
        found = {name: outcome for name, outcome, _ in alone.outcomes(_alone(box, key, held))}
    except Exception:  # what cannot be read is not genuine
        found = {"files": "failed"}
    one = "failed" not in found.values() and "passed" in (found["signature"], found["head"])
    try:
        other = verify_box(box, trusted=key.der, heads=held).genuine
    except Exception:
        other = False
    return one, other


def _alone(box: bytes, key: Key, held: list[str]) -> alone.Box:
    return alone.Box(box, load_pem_x509_certificate(key.trusted), held)


def failed(box: bytes, key: Key, held: list[str]) -> tuple[set[str], set[str]]:
    """Return the checks that fail, by each verifier."""
    one = {name for name, outcome, _ in alone.outcomes(_alone(box, key, held)) if outcome == "failed"}
    other = verify_box(box, trusted=key.der, heads=held).checks
    return one, {each.name.removeprefix("box_") for each in other if each.outcome == "failed"}


def forged(box: bytes, key: Key, change: Callable[[Files], None]) -> bytes:
    """Alter the files of a box, list them anew and sign the list: what only the holder of the key can do."""
    files = unpack(box)
    change(files)
    listed = json.loads(files[MANIFEST])
    listed["files"] = {it: sha256(held) for it, held in files.items() if it not in {MANIFEST, SIGNATURE}}
    files[MANIFEST] = canonical(listed)
    files[SIGNATURE] = key.service.detached(files[MANIFEST])
    return pack(files)


def rewritten(files: Files, name: str, change: Callable[[list[dict[str, Any]]], None]) -> None:
    """Alter the entries of a journal and chain them anew from the first, its end in the list too."""
    entries = [json.loads(line) for line in files[name].splitlines()]
    change(entries)
    before = EMPTY
    for number, entry in enumerate(entries, 1):
        entry |= {"sequence": number, "previous": before}
        before = entry["hash"] = _hashed(entry)
    files[name] = b"".join(canonical(each) + b"\n" for each in entries)
    listed = json.loads(files[MANIFEST])
    listed["heads"][entries[0]["chain"]] = {"hash": before, "length": len(entries)}
    files[MANIFEST] = canonical(listed)


def _hashed(entry: Mapping[str, Any]) -> str:
    values = {name: entry[name] for name in ("chain", "sequence", "kind", "payload", "previous")}
    return entry_hash(**values, at=datetime.fromisoformat(entry["at"]))


def swapped(files: Files, name: str, before: str, after: str) -> None:
    """Write one text for another in a file."""
    assert before.encode() in files[name], (name, before)
    files[name] = files[name].replace(before.encode(), after.encode(), 1)
