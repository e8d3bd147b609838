"""The protocol of a real sitting: gathered from every room, issued once, printed the same anywhere."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from budgetproto.accounts.storage import person_row
from budgetproto.database import Database
from budgetproto.demonstration import read_fixture, stage
from budgetproto.disputes.domain import NotYetTime
from budgetproto.disputes.storage import LineRow, lines
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import LANGUAGES, Language, Named
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import check, entries, head
from budgetproto.proceedings.following import service as following
from budgetproto.proceedings.following.domain import FollowUp
from budgetproto.protocol import printing, service, storage
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.composition import compose, fingerprint, stored_snapshot
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.gathering import gather
from budgetproto.protocol.service import LinesStillClosed, SittingMoved
from budgetproto.protocol.snapshot import Head, Snapshot
from budgetproto.sittings.domain import Stage, WrongStage
from budgetproto.sittings.storage import SittingRow, sitting_row
from tests import sessions
from tests.factories import SEAL_KEY, Scene, make_person, make_scene
from tests.staged import Staged
from tests.stated import GRANTS

LONG_AGO = datetime(2020, 6, 25, 4, 0, tzinfo=UTC)


def issue(staged: Staged) -> str:
    return service.issue(staged.database, staged.person("secretary").id, staged.finished)


def snapshot_of(database: Database, sitting_id: str) -> Snapshot:
    with database.reading() as session:
        row = sitting_row(session, sitting_id)
        assert row is not None
        return gather(session, row.sitting())


def stored(staged: Staged) -> storage.ProtocolRow:
    with staged.database.reading() as session:
        row = storage.issued(session, staged.finished)
    assert row is not None
    return row


def payloads(database: Database, sitting_id: str, kind: str) -> list[dict[str, Any]]:
    with database.reading() as session:
        chain = entries(session, sitting_chain(sitting_id))
    return [json.loads(entry.payload) for entry in chain if entry.kind == kind]


def stage_of(staged: Staged) -> Stage:
    with staged.database.reading() as session:
        row = sitting_row(session, staged.finished)
    assert row is not None
    return Stage(row.stage)


def printed(staged: Staged, language: Language) -> service.Print:
    return service.printed(staged.database, staged.person("union").id, staged.finished, language)


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_what_is_downloaded_is_what_was_stored_when_it_was_issued(staged: Staged) -> None:
    issue(staged)
    row = stored(staged)
    with staged.database.reading() as session:
        kept = {language: storage.issued_file(session, row.id, language) for language in LANGUAGES}
    for language, file_ in kept.items():
        found = printed(staged, language)
        assert found.name == f"protocol_2020-1_{language}.pdf"
        assert found.content == file_.content
        assert file_.digest == sha(file_.content)


def test_the_event_holds_the_hash_of_the_composed_value_and_of_each_file(staged: Staged) -> None:
    issue(staged)
    (event,) = payloads(staged.database, staged.finished, "protocol.issued")
    snapshot = stored_snapshot(json.loads(stored(staged).snapshot))
    assert event["fingerprint"] == fingerprint(compose(snapshot)) == stored(staged).fingerprint
    assert [event[f"file_{language}"] for language in LANGUAGES] == [
        sha(printed(staged, language).content) for language in LANGUAGES
    ]
    assert event["number"] == "2020-1"


def test_issuing_takes_the_sitting_to_issued_and_the_chain_stays_whole(staged: Staged) -> None:
    assert issue(staged) == "2020-1"
    assert stage_of(staged) is Stage.ISSUED
    with staged.database.reading() as session:
        assert check(session, sitting_chain(staged.finished)) is None


def test_the_head_on_paper_is_the_one_before_the_issue(staged: Staged) -> None:
    with staged.database.reading() as session:
        before = head(session, sitting_chain(staged.finished))
    issue(staged)
    assert staged.protocol().facts.head.digest == before.hash
    assert staged.protocol().facts.head.sequence == before.length


def test_a_second_issue_is_refused_and_changes_nothing(staged: Staged) -> None:
    issue(staged)
    first = stored(staged).id
    with pytest.raises(WrongStage):
        issue(staged)
    assert stored(staged).id == first
    assert len(payloads(staged.database, staged.finished, "protocol.issued")) == 1


def test_what_is_recorded_while_the_protocol_is_drawn_stops_the_issue(
    staged: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drawing(protocol: Protocol, language: Language) -> bytes:
        if language == "en":
            with staged.database.reading() as session:
                line = lines(session, staged.finished)[0].id
            entered = FollowUp("adopted", GRANTS, None, None, "Мыйзам", Named("Кабыл алынды"))
            following.enter_follow_up(staged.database, staged.person("secretary").id, line, entered)
        return draw(protocol, language)

    monkeypatch.setattr(printing, "draw", drawing)
    with pytest.raises(SittingMoved):
        issue(staged)
    assert stage_of(staged) is Stage.DECIDED
    with staged.database.reading() as session:
        assert storage.issued(session, staged.finished) is None
    monkeypatch.undo()
    assert issue(staged) == "2020-1"


@pytest.mark.parametrize("login", ["ministry", "union", "analyst", "member_2", "auditor"])
def test_who_is_neither_secretary_nor_chair_may_not_issue(staged: Staged, login: str) -> None:
    with pytest.raises(NotPermitted):
        service.issue(staged.database, staged.person(login).id, staged.finished)
    assert stage_of(staged) is Stage.DECIDED


def test_an_outsider_may_not_know_what_there_is_to_issue(staged: Staged) -> None:
    outsider = make_person(staged.database)
    with pytest.raises(Unknown):
        service.issue(staged.database, outsider.id, staged.finished)


def test_an_issued_protocol_stays_as_it_was_issued_whatever_changes_later(staged: Staged) -> None:
    issue(staged)
    before = staged.protocol()
    with staged.database.writing() as session:
        row = session.get_one(SittingRow, staged.finished)
        row.title_ky = "Башка аталыш"
        session.add(row)
    assert staged.protocol() == before


def test_a_protocol_with_a_question_that_was_never_opened_is_not_issued(staged: Staged) -> None:
    with staged.database.writing() as session:
        row = session.get_one(LineRow, lines(session, staged.finished)[1].id)
        row.opened_at = None
        session.add(row)
    with pytest.raises(LinesStillClosed) as refusal:
        issue(staged)
    assert refusal.value.details["lines"] == "2"


def test_a_draft_says_that_it_is_one_and_has_no_number(kept: Staged) -> None:
    with kept.database.reading() as session:
        paper = service.paper_of(session, kept.person("chair").id, kept.finished)
    assert paper.issue is None
    assert paper.protocol.facts.number is None
    assert paper.fingerprint == fingerprint(paper.protocol)


def test_an_issued_protocol_names_who_issued_it(staged: Staged) -> None:
    issue(staged)
    with staged.database.reading() as session:
        paper = service.paper_of(session, staged.person("chair").id, staged.finished)
    assert paper.issue is not None
    assert paper.issue.by is not None
    assert (paper.issue.number, paper.issue.by.ky) == ("2020-1", "Мээрим Кожоева")


def test_before_the_opening_the_protocol_says_when_positions_open(kept: Staged) -> None:
    with kept.database.reading() as session:
        row = sitting_row(session, kept.collecting)
        assert row is not None
        for login in ("secretary", "chair", "ministry", "union", "analyst"):
            with pytest.raises(NotYetTime) as refusal:
                service.protocol_of(session, kept.person(login).id, kept.collecting)
            assert refusal.value.details == {"deadline": row.deadline}


def test_an_unsigned_pdf_drawn_twice_from_the_stored_snapshot_is_the_issued_one(staged: Staged) -> None:
    issue(staged)
    document = stored(staged).snapshot
    for language in LANGUAGES:
        again = [draw(compose(stored_snapshot(json.loads(document))), language) for _ in range(2)]
        assert again[0] == again[1] == printed(staged, language).content


def timeless(snapshot: Snapshot) -> Snapshot:
    """Put one time, hash and account in the place of those that no two sittings share."""
    acknowledged = tuple(replace(each, at=LONG_AGO) for each in snapshot.terms.acknowledged)
    terms = replace(snapshot.terms, digest="0" * 64, fixed_at=LONG_AGO, acknowledged=acknowledged)
    assert snapshot.option
    return replace(
        snapshot,
        signatories=tuple(replace(each, person="") for each in snapshot.signatories),
        sitting=replace(snapshot.sitting, held_on=LONG_AGO.date(), started=LONG_AGO, ended=LONG_AGO),
        terms=terms,
        option=replace(snapshot.option, computed_at=LONG_AGO),
        head=Head("0" * 64, snapshot.head.sequence, LONG_AGO),
    )


def test_both_databases_give_issue_and_keep_the_same_protocol_to_the_byte(
    database: Database, kept: Staged
) -> None:
    made = stage(database, SEAL_KEY, read_fixture(), password="tests-of-a-sitting")
    here = compose(timeless(snapshot_of(database, made.finished)))
    there = compose(timeless(snapshot_of(kept.database, kept.finished)))
    assert fingerprint(here) == fingerprint(there)
    assert [sha(draw(here, language)) for language in LANGUAGES] == [
        sha(draw(there, language)) for language in LANGUAGES
    ]
    service.issue(database, secretary_of(database), made.finished)
    (event,) = payloads(database, made.finished, "protocol.issued")
    for language in LANGUAGES:
        found = service.printed(database, secretary_of(database), made.finished, language)
        assert sha(found.content) == event[f"file_{language}"]


def secretary_of(database: Database) -> str:
    with database.reading() as session:
        row = person_row(session, "secretary")
    assert row is not None
    return row.id


@pytest.fixture
def scene(sqlite_database: Database) -> Scene:
    return make_scene(sqlite_database)


@pytest.fixture
def in_session(sqlite_database: Database) -> Scene:
    return sessions.in_session(sqlite_database)
