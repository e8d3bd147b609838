"""The box: whole it passes with both verifiers, and whatever somebody alters in it fails with both."""

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Final

import pytest
from click.testing import CliRunner
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from budgetproto.commands import main
from budgetproto.database import Database
from budgetproto.disputes.domain import Measure
from budgetproto.errors import NotPermitted, Refused, Unknown
from budgetproto.i18n import LANGUAGES
from budgetproto.money import Som
from budgetproto.protocol import service
from budgetproto.protocol.box import verify_box as alone
from budgetproto.protocol.box.archive import unpack
from budgetproto.protocol.box.contents import verifier
from budgetproto.protocol.box.manifest import SIGNATURE
from budgetproto.protocol.box.opened import OpenedBox
from budgetproto.protocol.box.service import box_of
from budgetproto.protocol.verification.boxes import verify_box
from tests.factories import Scene
from tests.journeys.visitor import Visitor, said, token_of
from tests.parameters import COST, NORM, put_parameters, put_priced
from tests.protocol.box.samples import (
    Files,
    Key,
    both,
    failed,
    forged,
    heads,
    issue,
    make_key,
)
from tests.staged import Staged
from tests.stated import line_text

PROTOCOL: Final = "protocol/protocol.json"


def test_both_verifiers_call_a_whole_box_genuine(box: bytes, key: Key) -> None:
    assert both(box, key, []) == (True, True)
    assert failed(box, key, heads(box)) == (set(), set())


def test_every_check_is_made_where_a_certificate_and_a_head_are_held(box: bytes, key: Key) -> None:
    found = verify_box(box, trusted=key.der, heads=heads(box))
    assert {each.name for each in found.checks if each.outcome != "passed"} == {"box_known"}
    assert found.number is not None


def test_a_question_about_a_parameter_is_proved_like_any_other(sqlite_database: Database, key: Key) -> None:
    put_parameters(sqlite_database)
    question = replace(line_text(measure=Measure.PERCENTAGE, government=1_200), parameter=NORM, step=25)
    _, held = issue(sqlite_database, key, Random(7), (question, line_text(government=Som(5))))
    assert both(held, key, []) == (True, True)
    assert failed(held, key, heads(held)) == (set(), set())
    first, second = json.loads(unpack(held)[PROTOCOL])["protocol"]["facts"]["lines"]
    assert ("norms" in first["parameter"]["en"].lower(), "parameter" in second) == (True, False)


ABOUT_COST = replace(line_text(measure=Measure.PERCENTAGE), parameter=COST, cap=20_000)


@pytest.mark.parametrize("seed", range(4))
def test_a_parameter_with_prices_is_rechecked_by_them_and_the_verifier_says_so(
    sqlite_database: Database, key: Key, seed: int
) -> None:
    put_priced(sqlite_database)
    _, held = issue(sqlite_database, key, Random(seed), (ABOUT_COST, line_text(government=Som(5))))
    assert failed(held, key, heads(held)) == (set(), set())
    first, second = json.loads(unpack(held)[PROTOCOL])["protocol"]["facts"]["lines"]
    assert ("prices" in first, "prices" in second) == (True, False)
    assert "read from the terms: no model of transfers is run again" in str(alone.__doc__)


@pytest.mark.parametrize("moved", [-100, 100, 50])
def test_a_value_that_the_money_does_not_give_back_fails_with_both(
    sqlite_database: Database, key: Key, moved: int
) -> None:
    put_priced(sqlite_database)
    _, held = issue(sqlite_database, key, Random(1), (ABOUT_COST,))

    def alter(files: Files) -> None:
        document = json.loads(files[PROTOCOL])
        document["protocol"]["facts"]["lines"][0]["option"]["figure"] += moved
        files[PROTOCOL] = json.dumps(
            document, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()

    assert all("option" in each for each in failed(forged(held, key, alter), key, []))


def test_without_certificate_and_head_nothing_vouches_for_it(box: bytes) -> None:
    assert not verify_box(box).genuine


def test_a_head_that_a_party_holds_vouches_for_it(box: bytes) -> None:
    assert verify_box(box, heads=heads(box)).genuine
    assert not verify_box(box, heads=["0" * 64]).genuine


def test_a_certificate_of_somebody_else_does_not(box: bytes, tmp_path: Path) -> None:
    assert both(box, make_key(tmp_path), []) == (False, False)


def test_the_service_knows_its_own_files(issued: tuple[Scene, bytes]) -> None:
    scene, box = issued
    assert verify_box(box, database=scene.database).genuine


def test_packed_again_it_differs_by_the_signature_alone(issued: tuple[Scene, bytes], key: Key) -> None:
    scene, box = issued
    again = unpack(box_of(scene.database, scene.minister.id, scene.sitting, 1, key=key.service).content)
    assert {name for name, held in unpack(box).items() if again[name] != held} == {SIGNATURE}


def test_without_a_key_it_is_not_signed_and_a_head_vouches_for_it(
    issued: tuple[Scene, bytes], key: Key
) -> None:
    scene, _ = issued
    unsigned = box_of(scene.database, scene.minister.id, scene.sitting, 1).content
    assert SIGNATURE not in unpack(unsigned)
    assert both(unsigned, key, heads(unsigned)) == (True, True)
    assert both(unsigned, key, []) == (False, False)


def test_a_stranger_gets_no_box(issued: tuple[Scene, bytes]) -> None:
    scene, _ = issued
    with pytest.raises((NotPermitted, Unknown)):
        box_of(scene.database, scene.outsider.id, scene.sitting, 1)


def test_a_draft_has_no_box(kept: Staged) -> None:
    with pytest.raises(Unknown):
        box_of(kept.database, kept.person("union").id, kept.finished, 1)


def test_a_sitting_that_still_collects_has_none(kept: Staged) -> None:
    with pytest.raises(Refused):
        box_of(kept.database, kept.person("union").id, kept.collecting, 1)


def test_what_happened_inside_a_party_is_not_in_it(box: bytes) -> None:
    assert {chain.partition(":")[0] for chain in OpenedBox(unpack(box)).chains} == {"sitting", "party"}


def test_only_what_was_opened_has_a_nonce_in_it(box: bytes) -> None:
    found = OpenedBox(unpack(box))
    stated = {(line.number, each.party) for line in found.facts.lines for each in line.positions}
    assert {(each.line_number, each.party_key) for each in found.receipts} == stated
    assert len(found.receipts) == len(stated)


def test_the_journal_in_it_ends_with_the_issue_and_its_signature(box: bytes) -> None:
    last = [each.kind for each in OpenedBox(unpack(box)).sitting[-2:]]
    assert last == ["protocol.issued", "protocol.signed"]


def test_the_tables_hold_the_figures_of_the_protocol(box: bytes) -> None:
    files = unpack(box)
    rows = list(csv.DictReader(io.StringIO(files["data/lines.csv"].decode())))
    made = OpenedBox(files).protocol
    assert [row["lsg"] for row in rows] == [
        "" if line.lsg.money is None else line.lsg.money.to_json() for line in made.lines
    ]
    summed = sum(int(row["decided"].replace(".", "")) for row in rows if row["decided"])
    every = made.overall.compared.decided + made.overall.one_sided.decided
    assert Som(summed) == every


def test_the_descriptor_names_every_column_in_its_order(box: bytes) -> None:
    files = unpack(box)
    described = json.loads(files["datapackage.json"])
    for resource in described["resources"]:
        content = files[resource["path"]]
        header = next(csv.reader(io.StringIO(content.decode())))
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == header
        assert len(content) == resource["bytes"]
        assert set(resource["schema"]["primaryKey"]) <= set(header)
    assert re.fullmatch(r"[a-z0-9._-]+", described["name"])


def test_every_sentence_that_the_facts_name_is_told_in_three_languages(box: bytes) -> None:
    texts = json.loads(unpack(box)["texts.json"])
    assert "balancing.sentence.pair" in texts
    assert all(set(each) == set(LANGUAGES) for each in texts.values())


def test_the_verifier_in_the_box_is_at_most_300_lines_and_needs_no_room_of_ours(box: bytes) -> None:
    source = unpack(box)["verify_box.py"].decode()
    assert source.encode() == verifier()
    assert len(source.splitlines()) <= 300
    assert "import budgetproto" not in source
    assert "from budgetproto" not in source


def test_it_runs_out_of_the_box_alone(box: bytes, key: Key, tmp_path: Path) -> None:
    (tmp_path / "box.zip").write_bytes(box)
    (tmp_path / "verify_box.py").write_bytes(unpack(box)["verify_box.py"])
    (tmp_path / "trusted.pem").write_bytes(key.trusted)

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "verify_box.py", "box.zip", *options]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    whole = run("--trust", "trusted.pem", "--head", heads(box)[0])
    assert (whole.returncode, whole.stdout.count("PASSED")) == (0, 9)
    assert run().returncode == 1
    (tmp_path / "box.zip").write_bytes(b"none")
    assert run("--trust", "trusted.pem").returncode == 2


def test_the_command_checks_a_box_with_no_database(box: bytes, key: Key, tmp_path: Path) -> None:
    file, trusted = tmp_path / "box.zip", tmp_path / "trusted.pem"
    trusted.write_bytes(key.trusted)

    def left(content: bytes, *options: str) -> int:
        file.write_bytes(content)
        return CliRunner().invoke(main, ["verify", str(file), *options]).exit_code

    assert left(box, "--trust", str(trusted)) == 0
    assert left(box, "--head", heads(box)[0].upper()) == 0
    assert left(box) == 1
    assert left(box[:-1]) == 2


def test_the_protocol_is_printed_again_from_its_box(box: bytes, tmp_path: Path) -> None:
    (tmp_path / "box.zip").write_bytes(box)
    asked = ["rebuild", str(tmp_path / "box.zip"), "--out", str(tmp_path / "out"), "--language", "en"]
    told = CliRunner().invoke(main, asked)
    assert (told.exit_code, told.output.count("The same as the issued file")) == (0, 3)
    for language in LANGUAGES:
        drawn = (tmp_path / "out" / f"rebuilt_{language}.pdf").read_bytes()
        assert (tmp_path / "out" / f"protocol/protocol_{language}.pdf").read_bytes().startswith(drawn)


def test_the_page_hands_out_the_box_and_the_public_page_checks_it(staged: Staged) -> None:
    address, union = f"/sittings/{staged.finished}/protocol", staged.visitor("union")
    assert union.get(f"{address}/versions/1/box.zip").status_code == 404
    service.issue(staged.database, staged.person("secretary").id, staged.finished)
    assert f"{address}/versions/1/box.zip" in union.get(address).text
    handed = union.get(f"{address}/versions/1/box.zip")
    assert (handed.status_code, handed.mimetype) == (200, "application/zip")
    found = said("protocol.verified.genuine_box", "en", number="2020-1")
    assert found in checked(union, handed.data)
    assert said("protocol.box.unreadable", "en") in checked(union, handed.data[:-9])


def checked(visitor: Visitor, content: bytes) -> str:
    """Send a file to the public page; as one piece, since the client would leave large parts open."""
    token = token_of(visitor.get("/verify"))
    boundary, sent = encode_multipart(
        {"csrf_token": token, "file": FileStorage(io.BytesIO(content), "box.zip")}
    )
    kind = f"multipart/form-data; boundary={boundary}"
    return visitor.client.post("/verify", data=sent, content_type=kind).text


def test_on_either_database_the_stored_facts_draw_the_issued_files(database: Database, key: Key) -> None:
    _, box = issue(database, key, Random(7))
    found = {each.name: each.outcome for each in verify_box(box, database=database).checks}
    assert (found["box_text"], found["box_known"]) == ("passed", "passed")


def test_both_verifiers_have_the_same_checks_in_the_same_order(box: bytes) -> None:
    ours = [each.name.removeprefix("box_") for each in verify_box(box).checks]
    assert list(alone.SAID)[:8] == ours[:8]
