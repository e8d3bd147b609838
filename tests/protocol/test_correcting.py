"""After issue a correction is a new protocol that refers to the old one, which is never touched."""

import json
from typing import Any

import pytest

from budgetproto.accounts.storage import PersonRow
from budgetproto.disputes import storage as disputes
from budgetproto.i18n import LANGUAGES
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import check as broken
from budgetproto.journal.storage import entries
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import Outcome, Votes
from budgetproto.proceedings.service import Recorded
from budgetproto.protocol import service, storage
from budgetproto.protocol.composition import stored_snapshot
from budgetproto.protocol.correcting import (
    CorrectionReasonMissing,
    NotDropped,
    begin_correction,
    drop_correction,
)
from budgetproto.protocol.delivery.recording import record
from budgetproto.protocol.delivery.steps import Publication
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.signing.scans import attach_scan
from budgetproto.protocol.snapshot import Snapshot
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import NotYours, Stage, WrongStage
from budgetproto.sittings.storage import sitting_row
from tests.protocol.reading import plain_text
from tests.protocol.test_publication import anybody, today
from tests.staged import Staged

WHY = "Депутаттын аты-жөнү туура эмес жазылган"
PAGE = "/sittings/{}/protocol"


@pytest.fixture
def issued(staged: Staged) -> Staged:
    issue(staged)
    return staged


def issue(staged: Staged) -> str:
    return service.issue(staged.database, staged.person("secretary").id, staged.finished)


def correct(staged: Staged, reason: str = WHY, *, login: str = "secretary") -> None:
    begin_correction(staged.database, staged.person(login).id, staged.finished, reason=reason)


def rows(staged: Staged) -> list[storage.ProtocolRow]:
    with staged.database.reading() as session:
        return storage.versions(session, staged.finished)


def files(staged: Staged, row: storage.ProtocolRow) -> list[bytes]:
    with staged.database.reading() as session:
        return [storage.issued_file(session, row.id, language).content for language in LANGUAGES]


def snapshot(row: storage.ProtocolRow) -> Snapshot:
    return stored_snapshot(json.loads(row.snapshot))


def last(staged: Staged, kind: str) -> dict[str, Any]:
    with staged.database.reading() as session:
        assert broken(session, sitting_chain(staged.finished)) is None
        return entries(session, sitting_chain(staged.finished), kind=kind)[-1].values()


def test_a_misspelt_name_is_corrected_by_a_new_protocol_and_the_old_one_stays(issued: Staged) -> None:
    (old,) = rows(issued)
    before = files(issued, old)
    correct(issued)
    with issued.database.writing() as session:
        row = session.get_one(PersonRow, issued.person("secretary").id)
        row.name = "Мээрим Кожоева-Асанова"
        session.add(row)
    assert issue(issued) == "2020-1-1"
    kept, new = rows(issued)
    assert (kept, files(issued, kept)) == (old, before)
    said = snapshot(new)
    assert said.replaces == "2020-1"
    assert said.correction is not None
    assert (said.correction.at, said.correction.fingerprint) == (old.at, old.fingerprint)
    assert said.correction.reason.text.ky == WHY
    assert said.signatories[-1].name == "Мээрим Кожоева-Асанова"
    assert said.sitting.ended == snapshot(old).sitting.ended
    event = last(issued, "protocol.replaced")
    assert (event["fingerprint"], event["replaced_fingerprint"]) == (new.fingerprint, old.fingerprint)
    assert (event["number"], event["replaces"], event["reason"]) == ("2020-1-1", "2020-1", WHY)


@pytest.mark.poppler
def test_the_new_paper_says_what_it_replaces_and_why(issued: Staged) -> None:
    (old,) = rows(issued)
    correct(issued)
    issue(issued)
    said = plain_text(draw(issued.protocol(), "ky"))
    for told in ("№ 2020-1-1", "Мурунку протоколду алмаштырат: № 2020-1,", old.fingerprint, WHY):
        assert told in said


def test_a_wrong_figure_is_decided_anew_and_both_protocols_are_compared(issued: Staged) -> None:
    secretary = issued.person("secretary").id
    correct(issued, "Санда ката кеткен")
    sittings.take_step(issued.database, secretary, issued.finished, Stage.IN_SESSION, reason="Кайра чечүү")
    with issued.database.reading() as session:
        line = disputes.lines(session, issued.finished)[0].id
        version = proceedings.decisions(session, secretary, issued.finished)[line].version
    recorded = Recorded(None, Votes(6, 1, 0), Outcome.REFERRED)
    proceedings.record_decision(issued.database, secretary, line, recorded, version=version)
    proceedings.close_session(issued.database, secretary, issued.finished)
    with pytest.raises(NotDropped):
        drop_correction(issued.database, secretary, issued.finished, reason="Кереги жок")
    issue(issued)
    old, new = map(snapshot, rows(issued))
    assert (old.lines[0].decision, new.lines[0].decision) != (None, None)
    assert old.lines[0].decision != new.lines[0].decision
    page = issued.visitor("union").get(PAGE.format(issued.finished) + "/comparison").text
    assert "2020-1-1" in page


def test_what_is_asked_of_who_corrects(issued: Staged) -> None:
    for login in ("chair", "union", "analyst"):
        with pytest.raises(NotYours):
            correct(issued, login=login)
    with pytest.raises(CorrectionReasonMissing):
        correct(issued, " ")
    correct(issued)
    with pytest.raises(WrongStage):
        correct(issued)


def test_each_correction_has_the_next_mark(issued: Staged) -> None:
    for number in ("2020-1-1", "2020-1-2"):
        correct(issued)
        assert issue(issued) == number
    assert snapshot(rows(issued)[-1]).replaces == "2020-1-1"


def test_a_correction_begun_by_mistake_is_dropped_and_its_protocol_stands(issued: Staged) -> None:
    correct(issued)
    secretary = issued.person("secretary").id
    drop_correction(issued.database, secretary, issued.finished, reason="Жаңылыш башталган")
    with issued.database.reading() as session:
        row = sitting_row(session, issued.finished)
        paper = service.paper_of(session, secretary, issued.finished)
    assert row is not None
    assert row.stage == Stage.ISSUED
    assert paper.issue is not None
    assert paper.issue.number == "2020-1"
    assert last(issued, "protocol.correction_dropped")["number"] == "2020-1"


def test_what_was_never_issued_has_nothing_to_drop(staged: Staged) -> None:
    with pytest.raises(NotDropped):
        drop_correction(staged.database, staged.person("secretary").id, staged.finished, reason="Себеп")


def test_every_page_of_the_old_protocol_says_what_replaced_it(issued: Staged) -> None:
    secretary, page = issued.person("secretary").id, PAGE.format(issued.finished)
    facts = Publication("all", today(issued))
    record(issued.database, secretary, issued.finished, facts, reason="Токтом")
    attach_scan(
        issued.database,
        secretary,
        issued.finished,
        name="a.pdf",
        content=files(issued, rows(issued)[0])[0],
        places=(),
    )
    visitor, replaced = issued.visitor("secretary"), "In its place stands protocol No. 2020-1-1"
    assert visitor.fill(f"{page}/correction", words="").status_code == 422
    assert visitor.fill(f"{page}/correction", words=WHY, language="ky").status_code == 303
    for address in (page, f"/sittings/{issued.finished}"):
        assert "Protocol No. 2020-1 is being corrected." in visitor.get(address).text
    assert "a.pdf" not in visitor.get(f"{page}/signing").text
    withdrawn = Publication("totals", today(issued))
    record(issued.database, secretary, issued.finished, withdrawn, reason="Ката табылды")
    assert issued.app.test_client().get("/published/2020-1/ru.pdf").status_code == 404
    issue(issued)
    old = visitor.get(f"{page}/versions/1").text
    assert replaced in old
    assert "a.pdf" in old
    assert visitor.get(f"{page}/scans/1").status_code == 200
    assert replaced in visitor.get(f"{page}/transmittal").text
    assert replaced not in visitor.get(f"{page}/versions/2").text
    assert visitor.get(f"{page}/versions/3").status_code == 404
    assert visitor.get(f"{page}/versions/1/ru.pdf").data == files(issued, rows(issued)[0])[1]
    assert visitor.get(f"{page}/ru.pdf").data == files(issued, rows(issued)[1])[1]
    assert replaced in visitor.get(f"{page}/extract?version=1").text
    for address in ("/published", "/published/2020-1"):
        assert replaced in anybody(issued).get(address).text
    listed = visitor.get(page).text
    for told in ("versions/1", "versions/2", WHY, "Replaces protocol No. 2020-1", "comparison?before="):
        assert told in listed


@pytest.mark.poppler
def test_an_extract_of_the_old_protocol_says_so_too(issued: Staged) -> None:
    correct(issued)
    issue(issued)
    page = PAGE.format(issued.finished)
    union = issued.visitor("union")
    old = union.get(f"{page}/extract?line=1&language=en&version=1").data
    new = union.get(f"{page}/extract?line=1&language=en").data
    assert "In its place stands protocol No. 2020-1-1" in plain_text(old)
    assert "In its place stands" not in plain_text(new)
