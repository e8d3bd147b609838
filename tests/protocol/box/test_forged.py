"""Whatever is altered in a box, both verifiers tell it: by the holder of the key, or any byte by anybody."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from random import Random

import pytest

from budgetproto.protocol.box.archive import NoBox, pack, unpack
from budgetproto.protocol.box.manifest import MANIFEST
from tests.protocol.box.samples import (
    Files,
    Key,
    both,
    failed,
    forged,
    heads,
    rewritten,
    swapped,
)

JOURNAL, PROTOCOL = "journal/sitting.jsonl", "protocol/protocol.json"


def figure(files: Files) -> None:
    swapped(files, PROTOCOL, '"signed":{"som":"', '"signed":{"som":"1')


def total(files: Files) -> None:
    swapped(files, PROTOCOL, '"decided_lines":', '"decided_lines":1')


def table(files: Files) -> None:
    swapped(files, "data/lines.csv", "amount", "text")


def position(files: Files) -> None:
    swapped(files, "receipts.jsonl", "Негиздеме", "негиздеме")


def nonce(files: Files) -> None:
    found = re.search(rb'"nonce":"([0-9a-f]{8})', files["receipts.jsonl"])
    assert found
    swapped(files, "receipts.jsonl", found[1].decode(), "00000000")


def left_out(files: Files) -> None:
    files["receipts.jsonl"] = b"\n".join(files["receipts.jsonl"].splitlines()[1:]) + b"\n"


def terms(files: Files) -> None:
    swapped(files, "records/terms.jsonl", "quantum", "quantun")


def option(files: Files) -> None:
    swapped(files, "records/options.jsonl", "granted", "grantet")


def entry(files: Files) -> None:
    swapped(files, JOURNAL, "sittings.prepared", "sittings.prepareD")


def cut_journal(files: Files) -> None:
    files[JOURNAL] = b"\n".join(files[JOURNAL].splitlines()[:-1]) + b"\n"


def paper(files: Files) -> None:
    files["protocol/protocol_ru.pdf"] += b"\n"


def other_paper(files: Files) -> None:
    files["protocol/protocol_ru.pdf"] = files["protocol/protocol_ky.pdf"]


def missing(files: Files) -> None:
    del files["receipts.jsonl"]


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (figure, "figures"),
        (total, "figures"),
        (position, "positions"),
        (nonce, "positions"),
        (left_out, "positions"),
        (terms, "records"),
        (option, "records"),
        (entry, "journal"),
        (cut_journal, "journal"),
        (paper, "records"),
        (other_paper, "records"),
        (missing, "positions"),
    ],
)
def test_what_the_holder_of_the_key_alters_is_told_by_both(
    box: bytes, key: Key, change: Callable[[Files], None], check: str
) -> None:
    one, other = failed(forged(box, key, change), key, [])
    assert check in one
    assert check in other


def test_a_table_of_open_data_that_differs_is_told_by_the_service(box: bytes, key: Key) -> None:
    assert "figures" in failed(forged(box, key, table), key, [])[1]


def test_a_journal_written_anew_is_told_by_a_head_that_a_party_holds(box: bytes, key: Key) -> None:
    def anew(files: Files) -> None:
        def change(entries: list[dict[str, object]]) -> None:
            del entries[3]

        rewritten(files, JOURNAL, change)

    assert "head" in failed(forged(box, key, anew), key, heads(box))[0]
    assert "head" in failed(forged(box, key, anew), key, heads(box))[1]


def test_a_file_that_was_added_is_told(box: bytes, key: Key) -> None:
    files = unpack(box)
    files["notes.txt"] = b"."
    assert failed(pack(files), key, []) == ({"files"}, {"files"})


def test_a_byte_that_differs_anywhere_is_told(box: bytes, key: Key) -> None:
    chance = Random(20201)
    for _ in range(40):
        place = chance.randrange(len(box))
        spoilt = box[:place] + bytes([box[place] ^ 1 << chance.randrange(8)]) + box[place + 1 :]
        assert both(spoilt, key, heads(box)) == (False, False), place


def test_what_is_no_box_is_refused(box: bytes) -> None:
    for content in (b"", b"PK\x03\x04", box[:-1], box + b"\n", box[: len(box) // 2]):
        with pytest.raises(NoBox):
            unpack(content)


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/passwd", "a/b/c.txt", "a\\b.txt", "..", "a/../b.txt"])
def test_a_box_whose_files_would_lie_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(NoBox):
        unpack(pack({name: b""}))


def test_a_box_that_swells_when_it_is_opened_is_refused() -> None:
    with zipfile.ZipFile(held := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", bytes(10**7))
    with pytest.raises(NoBox):
        unpack(held.getvalue())


def test_the_list_is_canonical(box: bytes, key: Key) -> None:
    files = unpack(box)
    spaced = json.dumps(json.loads(files[MANIFEST])).encode()
    assert failed(pack({**files, MANIFEST: spaced}), key, [])[1] >= {"files", "signature"}
