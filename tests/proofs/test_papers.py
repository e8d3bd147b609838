"""The printed protocol: drawn anew it is the same to the last byte, and signed not one byte can differ."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from budgetproto.i18n import LANGUAGES
from budgetproto.protocol import service
from budgetproto.protocol.composition import compose, snapshot_document, stored_snapshot
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.printing import print_files
from budgetproto.protocol.signature.authority import make_authority
from budgetproto.protocol.signature.checking import NoPdf
from budgetproto.protocol.signature.signing import ServiceKey
from budgetproto.protocol.verification.verifying import verify
from budgetproto.settings import SigningSettings
from tests.counts import PROVE
from tests.proofs.conftest import PARTS, SEED, Trials
from tests.protocol.archival import verdicts
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.long_samples import long_sitting
from tests.staged import Staged, kept, master, staged

__all__ = ["kept", "master", "staged"]

#: Where and when a file is drawn must not show in it.
_ZONES = ("UTC", "Asia/Bishkek", "America/St_Johns", "Pacific/Kiritimati")
_LOCALES = ("C", "C.UTF-8", "ru_RU.UTF-8")
_DRAW = """
import hashlib, json, sys
from budgetproto.protocol.composition import compose, stored_snapshot
from budgetproto.protocol.drawing import draw
protocol = compose(stored_snapshot(json.load(sys.stdin)))
times = int(sys.argv[2])
print(*{hashlib.sha256(draw(protocol, sys.argv[1])).hexdigest() for _ in range(times)})
"""


def test_a_file_drawn_again_anywhere_is_the_same(trials: Trials) -> None:
    facts, language = dispute_2020(), trials.random.choice(LANGUAGES)
    here = hashlib.sha256(draw(compose(facts), language)).hexdigest()
    written = json.dumps(snapshot_document(facts))
    assert stored_snapshot(json.loads(written)) == facts
    elsewhere = os.environ | {
        "TZ": trials.random.choice(_ZONES),
        "LC_ALL": trials.random.choice(_LOCALES),
        "PYTHONHASHSEED": str(trials.random.randrange(1_000)),
    }
    command = [sys.executable, "-c", _DRAW, language, str(len(trials.of(1_000)))]
    drawn = subprocess.run(
        command, input=written, env=elsewhere, capture_output=True, text=True, check=True, timeout=300
    )
    assert drawn.stdout.split() == [here]


def test_every_byte_of_a_signed_protocol_is_held_to_the_record(
    staged: Staged, tmp_path: Path, trials: Trials
) -> None:
    content = signed(staged, tmp_path)
    step = PARTS if PROVE else 10 * PARTS
    for place in range((trials.seed - SEED) % PARTS, len(content), step):
        spoilt = content[:place] + bytes([content[place] ^ 1 << place % 8]) + content[place + 1 :]
        trials.count += 1
        try:
            assert not verify(spoilt, database=staged.database).genuine, place
        except NoPdf:
            continue


@pytest.mark.verapdf
def test_a_signed_protocol_of_any_length_is_for_archives_and_screen_readers(
    tmp_path: Path, trials: Trials
) -> None:
    """With ordinary runs a short one: they ask the same of 100 lines in protocol/test_archival.py."""
    lines = trials.random.randint(1, 1_000 if PROVE else 20)
    facts = replace(long_sitting(lines, seed=trials.seed), number="2")
    made = print_files(facts, trial_key(tmp_path))
    trials.count += 1
    assert set(verdicts({"signed": made.files["ky"]}).values()) == {""}


def trial_key(folder: Path) -> ServiceKey:
    (folder / "key.p12").write_bytes(make_authority("сыноо үчүн гана").key)
    key = ServiceKey.load(SigningSettings(key_file=folder / "key.p12", passphrase="сыноо үчүн гана"))
    assert key
    return key


def signed(staged: Staged, folder: Path) -> bytes:
    key = trial_key(folder)
    service.issue(staged.database, staged.person("secretary").id, staged.finished, key=key)
    return service.printed(staged.database, staged.person("union").id, staged.finished, "ky").content
