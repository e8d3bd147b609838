"""The paper signed by hand is scanned and attached: with its hash, by the secretary, for good."""

import hashlib
from io import BytesIO

import pytest

from budgetproto.disputes.positions.attachments.file_kinds import KindNotTaken, NotItsKind
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import entries
from budgetproto.protocol import service as protocols
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.signing.scans import Scan, ScanTwice, attach_scan, scans_of
from budgetproto.protocol.snapshot import Signing
from budgetproto.sittings.domain import NotYours, WrongStage
from budgetproto.sittings.storage import sitting_row
from tests.staged import Staged

PLACES: tuple[Signing, ...] = ("signed", "signed_with_remarks", "refused", "open", "signed")


@pytest.fixture
def paper(staged: Staged) -> bytes:
    protocols.issue(staged.database, staged.person("secretary").id, staged.finished)
    return draw(staged.protocol(), "ky")


def attach(staged: Staged, content: bytes, *, name: str = "скан.pdf", login: str = "secretary") -> str:
    person = staged.person(login).id
    return attach_scan(staged.database, person, staged.finished, name=name, content=content, places=PLACES)


def listed(staged: Staged) -> list[Scan]:
    with staged.database.reading() as session:
        row = sitting_row(session, staged.finished)
        assert row is not None
        return scans_of(session, row.sitting())


def test_several_scans_are_kept_with_their_hashes(staged: Staged, paper: bytes) -> None:
    files = [paper, paper + b"\n%%EOF\n"]
    digests = [attach(staged, each) for each in files]
    assert digests == [hashlib.sha256(each).hexdigest() for each in files]
    assert [(each.number, each.digest) for each in listed(staged)] == list(enumerate(digests, 1))
    assert listed(staged)[0].places == PLACES
    with staged.database.reading() as session:
        last = entries(session, sitting_chain(staged.finished), kind="protocol.scan_attached")[-1]
    assert last.values()["digest"] == digests[-1]


def test_the_same_file_is_attached_once(staged: Staged, paper: bytes) -> None:
    attach(staged, paper)
    with pytest.raises(ScanTwice):
        attach(staged, paper, name="other.pdf")


def test_the_bytes_have_to_be_what_the_name_says(staged: Staged, paper: bytes) -> None:
    with pytest.raises(NotItsKind):
        attach(staged, paper, name="scan.png")
    with pytest.raises(KindNotTaken):
        attach(staged, b"text", name="scan.txt")
    assert listed(staged) == []


@pytest.mark.parametrize("login", ["chair", "union", "ministry"])
def test_only_the_secretary_attaches(staged: Staged, paper: bytes, login: str) -> None:
    with pytest.raises(NotYours):
        attach(staged, paper, login=login)


def test_nothing_is_attached_before_issue(staged: Staged) -> None:
    with pytest.raises(WrongStage):
        attach(staged, draw(staged.protocol(), "ky"))


def test_a_scan_is_attached_in_the_browser_and_fetched_by_a_reader(staged: Staged, paper: bytes) -> None:
    address = f"/sittings/{staged.finished}/protocol"
    typed = {f"place_{number}": state for number, state in enumerate(PLACES[:5], 1)}
    secretary = staged.visitor("secretary")
    refused = secretary.fill(f"{address}/scans/new", file=(BytesIO(b"no PDF"), "scan.pdf"), **typed)
    assert refused.status_code == 422
    done = secretary.fill(f"{address}/scans/new", file=(BytesIO(paper), "scan.pdf"), **typed)
    assert done.status_code == 303
    union = staged.visitor("union")
    assert hashlib.sha256(paper).hexdigest() in union.get(f"{address}/signing").text
    assert union.get(f"{address}/scans/1").data == paper
    assert union.get(f"{address}/scans/2").status_code == 404
