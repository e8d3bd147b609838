"""The protocol of a real sitting: gathered from every room, issued once, printed the same anywhere."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from budgetproto.accounts.domain import Role
from budgetproto.accounts.storage import person_row
from budgetproto.database import Database
from budgetproto.demonstration import read_fixture, stage
from budgetproto.disputes import filing
from budgetproto.disputes.domain import Base, NotYetTime, Vulnerable
from budgetproto.disputes.history import HistoryEntry, HistoryKind
from budgetproto.disputes.service import views
from budgetproto.disputes.storage import LineRow, lines
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import LANGUAGES, NO_NAME, Language, Named
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import check, entries, head
from budgetproto.money import Som
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import Attendee, FollowUp, Group
from budgetproto.protocol import service, storage
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.composition import compose, fingerprint, snapshot_document, stored_snapshot
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.gathered_lines import same
from budgetproto.protocol.gathering import gather
from budgetproto.protocol.service import LinesStillClosed, SittingMoved
from budgetproto.protocol.snapshot import Head, Known, Snapshot
from budgetproto.sittings.domain import Sitting, Stage, WrongStage
from budgetproto.sittings.storage import SittingRow, sitting_row
from tests.factories import (
    GRANTS,
    MILLION,
    SEAL_KEY,
    Scene,
    file,
    file_all,
    line_text,
    make_person,
    make_position,
    make_scene,
    open_all,
    start_session,
)
from tests.staged import Staged

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


# ------------------------------------------------------------------ issue


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
            proceedings.enter_follow_up(staged.database, staged.person("secretary").id, line, entered)
        return draw(protocol, language)

    monkeypatch.setattr(service, "draw", drawing)
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


# ------------------------------------------------------------------ the same bytes anywhere


def test_an_unsigned_pdf_drawn_twice_from_the_stored_snapshot_is_the_issued_one(staged: Staged) -> None:
    issue(staged)
    document = stored(staged).snapshot
    for language in LANGUAGES:
        again = [draw(compose(stored_snapshot(json.loads(document))), language) for _ in range(2)]
        assert again[0] == again[1] == printed(staged, language).content


def timeless(snapshot: Snapshot) -> Snapshot:
    """Put one time and one hash in the place of those that no two sittings share."""
    acknowledged = tuple(replace(each, at=LONG_AGO) for each in snapshot.terms.acknowledged)
    terms = replace(snapshot.terms, digest="0" * 64, fixed_at=LONG_AGO, acknowledged=acknowledged)
    assert snapshot.option
    return replace(
        snapshot,
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


# ------------------------------------------------------------------ what is gathered


@pytest.fixture
def scene(sqlite_database: Database) -> Scene:
    return make_scene(sqlite_database)


def opened(scene: Scene) -> Snapshot:
    open_all(scene)
    return snapshot_of(scene.database, scene.sitting)


def without_lead(scene: Scene) -> None:
    """Let nobody lead the first line for the associations."""
    with scene.database.writing() as session:
        row = session.get_one(LineRow, scene.lines[0])
        row.lead_lsg = None
        session.add(row)


def test_without_a_lead_the_figure_all_associations_state_counts(scene: Scene) -> None:
    without_lead(scene)
    file(scene, scene.ministry, figure=Som(0))
    file(scene, scene.cities, figure=GRANTS)
    file(scene, scene.union, figure=GRANTS)
    snapshot = opened(scene)
    assert snapshot.lines[0].lead_lsg == scene.union.key
    assert compose(snapshot).lines[0].lsg.figure == GRANTS


def test_without_a_lead_the_only_association_that_states_a_figure_counts(scene: Scene) -> None:
    without_lead(scene)
    file(scene, scene.ministry, figure=Som(0))
    file(scene, scene.union, figure=None, rationale="Каржы керек.")
    file(scene, scene.cities, figure=GRANTS)
    snapshot = opened(scene)
    assert snapshot.lines[0].lead_lsg == scene.cities.key
    assert compose(snapshot).lines[0].lsg.figure == GRANTS


def test_without_a_lead_different_figures_leave_the_side_divided(scene: Scene) -> None:
    without_lead(scene)
    file(scene, scene.ministry, figure=Som(0))
    file(scene, scene.cities, figure=Som(50 * MILLION))
    file(scene, scene.union, figure=GRANTS)
    snapshot = opened(scene)
    assert (snapshot.lines[0].lead_lsg, snapshot.lines[0].lsg_divided) == ("", True)
    assert compose(snapshot).lines[0].lsg.figure is None


def test_the_composed_figures_are_those_the_option_was_computed_from(scene: Scene) -> None:
    """Composition and the disputes room must never take different figures for a side's."""
    without_lead(scene)
    file_all(scene)
    composed = compose(opened(scene))
    with scene.database.reading() as session:
        stands = [view.stand for view in views(session, scene.sitting)]
    assert [(made.government.figure, made.lsg.figure) for made in composed.lines] == [
        (stand.government, stand.lsg) for stand in stands
    ]


def test_a_lead_that_is_silent_has_no_figure_whatever_others_state(scene: Scene) -> None:
    file(scene, scene.ministry, figure=Som(0))
    file(scene, scene.cities, figure=GRANTS)
    snapshot = opened(scene)
    assert snapshot.lines[0].lead_lsg == scene.union.key
    assert compose(snapshot).lines[0].lsg.figure is None


def attendee(name: str, *, present: bool = True, group: Group = Group.MEMBER) -> Attendee:
    member = Named("комитеттин мүчөсү", "член комитета", "committee member")
    return Attendee(group, name, member, NO_NAME, NO_NAME, present, NO_NAME)


@pytest.fixture
def in_session(scene: Scene) -> Scene:
    file_all(scene)
    open_all(scene)
    start_session(scene)
    return scene


def attending(scene: Scene, *people: Attendee, by: str | None = None) -> Snapshot:
    proceedings.record_attendance(scene.database, by or scene.secretary.id, scene.sitting, list(people))
    return snapshot_of(scene.database, scene.sitting)


def signatories(snapshot: Snapshot) -> dict[str, str]:
    return {each.role: each.name for each in snapshot.signatories}


def test_the_chair_is_the_member_with_the_role_and_not_the_first_of_the_list(in_session: Scene) -> None:
    chair = in_session.chair.name
    snapshot = attending(in_session, attendee("Нурбек Касымов"), attendee(chair))
    assert snapshot.attendance.chair == chair
    assert signatories(snapshot)["chair"] == chair


def test_nobody_is_taken_for_a_chair_who_was_absent(in_session: Scene) -> None:
    absent = attendee(in_session.chair.name, present=False)
    snapshot = attending(in_session, attendee("Нурбек Касымов"), absent)
    assert (snapshot.attendance.chair, signatories(snapshot)["chair"]) == ("", "")


def test_the_secretary_is_who_recorded_the_attendance_of_this_sitting(in_session: Scene) -> None:
    second = make_person(in_session.database, name="Гүлмира Асанова", roles=frozenset({Role.SECRETARY}))
    snapshot = attending(in_session, attendee("Нурбек Касымов"), by=second.id)
    assert snapshot.attendance.secretary == "Гүлмира Асанова"
    assert signatories(snapshot)["secretary"] == "Гүлмира Асанова"


def test_before_the_attendance_is_recorded_the_places_of_the_committee_stay_open(in_session: Scene) -> None:
    snapshot = snapshot_of(in_session.database, in_session.sitting)
    assert (signatories(snapshot)["chair"], signatories(snapshot)["secretary"]) == ("", "")


def test_the_demonstration_names_its_chair_and_its_secretary(kept: Staged) -> None:
    attendance = kept.protocol().facts.attendance
    assert (attendance.chair, attendance.secretary) == ("Асел Токтобаева", "Мээрим Кожоева")


def test_a_delegation_is_signed_for_by_a_delegate_who_was_there(in_session: Scene) -> None:
    """Two people speak for the ministry; the one who came stands in the signature block."""
    for name in (in_session.minister.name, in_session.deputy.name):
        snapshot = attending(in_session, attendee(name, group=Group.GOVERNMENT))
        block = [each.name for each in snapshot.signatories if each.body == in_session.ministry.name]
        assert block == [name]


def changed(scene: Scene, change: Callable[[SittingRow], None]) -> Sitting:
    with scene.database.writing() as session:
        row = session.get_one(SittingRow, scene.sitting)
        change(row)
        session.add(row)
    with scene.database.reading() as session:
        found = sitting_row(session, scene.sitting)
        assert found is not None
        return found.sitting()


def test_a_sitting_that_began_after_midnight_in_bishkek_was_held_on_the_new_day(in_session: Scene) -> None:
    def change(row: SittingRow) -> None:
        row.held_on, row.started_at = None, datetime(2020, 6, 24, 19, 0, tzinfo=UTC)

    changed(in_session, change)
    held_on = snapshot_of(in_session.database, in_session.sitting).sitting.held_on
    assert str(held_on) == "2020-06-25"


#: An offer of the ministry that left half of the grants, as the secretary enters it.
_OFFER = HistoryEntry(
    kind=HistoryKind.OFFER,
    on=date(2020, 4, 20),
    text=Named("2019-ж. каралган", "рассмотрено в 2019 г.", "considered in 2019"),
    side="government",
    figure=Som(300 * MILLION),
    source="№ 12-1/345",
)


def test_the_history_of_a_line_is_no_unconfirmed_translation(sqlite_database: Database) -> None:
    """The secretary enters it in each language: no party has to confirm a translation of it."""
    text = replace(line_text(), history=(_OFFER,))
    (attempt,) = opened(make_scene(sqlite_database, texts=(text,))).lines[0].history
    assert (attempt.words.text, attempt.words.confirmed) == (_OFFER.text, LANGUAGES)
    assert (attempt.on, attempt.figure, attempt.by.ky) == (_OFFER.on, _OFFER.figure, "Министрлер Кабинети")


def test_last_year_stands_beside_the_positions_and_enters_no_sum(sqlite_database: Database) -> None:
    known = Base(Som(599_699_500_00), "24K-125316", as_of=date(2019, 12, 31))
    text = replace(line_text(), approved_last_year=known, executed=replace(known, figure=Som(1)))
    with_it, without = (opened(make_scene(sqlite_database, texts=(each,))) for each in (text, line_text()))
    line = with_it.lines[0]
    assert line.approved_last_year == Known(known.figure, same(known.source), False, known.as_of)
    assert line.executed is not None
    assert compose(with_it).overall == compose(without).overall


@pytest.mark.parametrize(
    ("answer", "text", "said"),
    [
        ("not_studied", "", None),
        ("none", "", "таасири жок"),
        ("affected", "Пенсионерлер", "Пенсионерлер"),
    ],
)
def test_what_a_party_answers_on_vulnerable_groups_is_gathered(
    scene: Scene, answer: str, text: str, said: str | None
) -> None:
    position = replace(make_position(), vulnerable=Vulnerable(answer), vulnerable_text=text)
    filing.file_position(
        scene.database,
        scene.key,
        scene.unionist.id,
        scene.lines[0],
        party_id=scene.union.id,
        position=position,
        seen=0,
        confirmed=True,
    )
    found = opened(scene).lines[0].positions[0].vulnerable_groups
    assert (found.text.ky if found else None) == said


def test_no_id_of_a_row_stands_in_the_snapshot(kept: Staged) -> None:
    """Public ids are random: one in the snapshot would make two databases print two protocols."""
    document = json.dumps(snapshot_document(snapshot_of(kept.database, kept.finished)))
    assert kept.finished not in document
    assert kept.person("union").id not in document
    assert re.findall(r'"[a-z2-7]{26}"', document) == []
