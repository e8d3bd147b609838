"""Boxes: both verifiers call every whole one genuine and reject every one in which something was altered.

The two share no code. Half of the alterations are bytes that differ, so that the list no longer fits; the
other half are made by whoever holds the key of the service: listed and signed anew, so that only what the
files say of each other can tell.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

import pytest

from budgetproto.protocol.box.archive import unpack
from budgetproto.protocol.box.manifest import MANIFEST, SIGNATURE
from tests.proofs.conftest import Trials
from tests.protocol.box.samples import Files, Key, both, forged, heads, issue, make_key, rewritten
from tests.staged import fresh_database

#: What follows from something else in the box, or is hashed by the journal; the others only the list holds.
_TOLD = ("protocol/", "journal/", "receipts", "records/terms", "records/options")


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Key:
    return make_key(tmp_path_factory.mktemp("key"))


@pytest.fixture
def boxes(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, cheap_hasher: None, key: Key
) -> Callable[[Random], bytes]:
    def made(random: Random) -> bytes:
        database = fresh_database(sqlite_template, tmp_path_factory.mktemp("boxes"))
        box = issue(database, key, random)[1]
        database.close()
        return box

    return made


def test_every_whole_box_is_genuine_to_both(
    boxes: Callable[[Random], bytes], key: Key, trials: Trials
) -> None:
    for _ in trials.of(1_000):
        box = boxes(trials.random)
        assert both(box, key, [trials.random.choice(heads(box))]) == (True, True)


def test_every_damaged_box_is_rejected_by_both(
    boxes: Callable[[Random], bytes], key: Key, trials: Trials
) -> None:
    random = trials.random
    box = boxes(random)
    held, signed = heads(box), 0
    for number in trials.of(10_000):
        if number % 2:
            spoilt = _flipped(box, random)
        else:
            change, signed = random.choice(_FORGERIES), signed + 1
            spoilt = forged(box, key, partial(change, random=random))
        assert both(spoilt, key, held) == (False, False), number
    trials.told = f"({signed} of the last part signed anew)"


def _flipped(box: bytes, random: Random) -> bytes:
    place = random.randrange(len(box))
    return box[:place] + bytes([box[place] ^ 1 << random.randrange(8)]) + box[place + 1 :]


def _byte(files: Files, random: Random) -> None:
    """Put another letter or figure into a file that something else in the box speaks of."""
    name = random.choice([each for each in sorted(files) if each.startswith(_TOLD)])
    held = files[name]
    place = random.choice([found.start() for found in re.finditer(rb"[0-9a-f]", held)])
    other = random.choice([each for each in b"0123456789abcdef" if each != held[place]])
    files[name] = held[:place] + bytes([other]) + held[place + 1 :]


def _line_lost(files: Files, random: Random) -> None:
    """Lose a line of a file that has one value a line."""
    names = [each for each in sorted(files) if each.endswith(".jsonl")]
    name = random.choice(names)
    lines = files[name].splitlines(keepends=True)
    del lines[random.randrange(len(lines))]
    files[name] = b"".join(lines)


def _lines_swapped(files: Files, random: Random) -> None:
    """Change the places of two entries of a journal."""
    name = random.choice([each for each in sorted(files) if each.startswith("journal/")])
    lines = files[name].splitlines(keepends=True)
    place = random.randrange(len(lines))
    lines[place - 1], lines[place] = lines[place], lines[place - 1]
    files[name] = b"".join(lines) if len(lines) > 1 else b""


def _anew(files: Files, random: Random) -> None:
    """Drop an entry and chain the whole journal anew: only a head that somebody holds can tell."""
    name = random.choice([each for each in sorted(files) if each.startswith("journal/")])

    def drop(entries: list[dict[str, object]]) -> None:
        if len(entries) > 1:
            del entries[random.randrange(len(entries))]
        else:
            entries[0]["payload"] = "{}"

    rewritten(files, name, drop)


def _of_others(files: Files, random: Random) -> None:
    """Put the file of one language in the place of another's."""
    one, other = random.sample(("ky", "ru", "en"), 2)
    files[f"protocol/protocol_{one}.pdf"] = files[f"protocol/protocol_{other}.pdf"]


def _figure(files: Files, random: Random) -> None:
    """State another amount in the facts or in what follows from them, written as it should be."""
    protocol = json.loads(files["protocol/protocol.json"])
    amounts = list(_amounts(protocol))
    where = random.choice(amounts)
    where["som"] = f"{random.randrange(10**6)}.{random.randrange(100):02d}"
    written = json.dumps(protocol, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    files["protocol/protocol.json"] = written.encode()


def _amounts(value: object) -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        if set(value) == {"som"}:
            yield value
        for each in value.values():
            yield from _amounts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _amounts(each)


def _file_lost(files: Files, random: Random) -> None:
    """Lose a file altogether."""
    del files[random.choice([each for each in sorted(files) if each.startswith(_TOLD)])]


_FORGERIES = (_byte, _line_lost, _lines_swapped, _anew, _of_others, _figure, _file_lost)


def test_the_list_of_a_box_names_all_its_files_but_itself(
    boxes: Callable[[Random], bytes], trials: Trials
) -> None:
    files = unpack(boxes(trials.random))
    assert set(json.loads(files[MANIFEST])["files"]) == set(files) - {MANIFEST, SIGNATURE}
