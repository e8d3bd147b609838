"""Who sees to a question after the sitting, what became of it: entered by whom, kept, told in the journal."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from budgetproto.accounts.domain import Person, Role
from budgetproto.database import Database
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import NO_NAME, Named
from budgetproto.journal import sitting_chain
from budgetproto.journal.domain import Entry
from budgetproto.journal.storage import check, entries
from budgetproto.money import Som
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import Outcome
from budgetproto.proceedings.following import overview, service, storage
from budgetproto.proceedings.following.domain import (
    Appearance,
    Assignment,
    CorrectionUnexplained,
    DayMissing,
    FollowUp,
    Kind,
    NoSuchReading,
    NotInvited,
    ReadingToCome,
)
from budgetproto.proceedings.following.service import FollowUpMoved
from budgetproto.sittings.domain import WrongStage
from budgetproto.sittings.procedure import SourceMissing
from tests.factories import Scene, file_all, make_person, make_scene, open_all, start_session
from tests.proceedings.test_cloning import attend, decide
from tests.stated import MILLION

OWNER = Named("Финансы министрлиги", "Министерство финансов", "Ministry of Finance")
DUE = date(2020, 12, 15)
LAW = "2021-жылдын республикалык бюджети жөнүндө мыйзам"


@pytest.fixture
def scene(database: Database) -> Scene:
    made = make_scene(database)
    file_all(made)
    open_all(made)
    start_session(made)
    attend(made)
    decide(made, 0, Outcome.AGREED, Som(300 * MILLION))
    decide(made, 1, Outcome.NOT_AGREED, None)
    proceedings.close_session(database, made.secretary.id, made.sitting)
    return made


def assign(
    scene: Scene, *, by: Person | None = None, line: int = 0, seen: int | None = None, **other: Any
) -> None:
    assigned = Assignment(**{"owner": OWNER, "due": DUE, "party": scene.ministry.id, **other})
    person = (by or scene.secretary).id
    service.assign(scene.database, person, scene.lines[line], assigned, seen=seen)


def enter(
    scene: Scene,
    kind: Kind,
    *,
    by: Person | None = None,
    figure: int = 300,
    reason: str = "",
    on: date | None = DUE,
    seen: int | None = None,
) -> None:
    entered = FollowUp(kind, Som(figure * MILLION), None, on, LAW, NO_NAME, article="5-берене", reason=reason)
    person = (by or scene.secretary).id
    service.enter_follow_up(scene.database, person, scene.lines[0], entered, seen=seen)


def read(scene: Scene, reading: int | None, *, by: Person | None = None, **other: Any) -> None:
    """Enter a reading on the first line."""
    seen = other.pop("seen", None)
    entered = Appearance(reading, **{"on": DUE, "source": "Стенограмма, 12-бет", **other})
    service.enter_reading(scene.database, (by or scene.secretary).id, scene.lines[0], entered, seen=seen)


def issued(scene: Scene) -> None:
    with scene.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE sitting SET stage = 'issued'")


def left(scene: Scene, person: Person) -> list[tuple[int, int, int]]:
    with scene.database.reading() as session:
        found = overview.left_open(session, person.id)
        return [(each.unowned, each.unread, each.overdue) for each in found]


def kept(scene: Scene) -> tuple[list[FollowUp], list[Assignment]]:
    with scene.database.reading() as session:
        line = scene.lines[0]
        return storage.follow_ups_on(session, line), storage.assignments_on(session, line)


def told(scene: Scene) -> list[Entry]:
    with scene.database.reading() as session:
        chain = sitting_chain(scene.sitting)
        assert check(session, chain) is None
        return list(entries(session, chain))


def test_each_version_stays_with_who_entered_it_and_why(scene: Scene) -> None:
    assign(scene)
    assign(scene, due=date(2021, 1, 20), reading=3, reason="Окуу жылдырылды")
    first, second = kept(scene)[1]
    assert (first.due, first.person, first.reason) == (DUE, scene.secretary.id, "")
    assert (second.due, second.reading, second.reason) == (date(2021, 1, 20), 3, "Окуу жылдырылды")
    assert first.at is not None
    assert [each.kind for each in told(scene)][-2:] == ["proceedings.line_assigned"] * 2


def test_a_correction_leaves_both_figures_and_a_trace(scene: Scene) -> None:
    enter(scene, "adopted")
    with pytest.raises(CorrectionUnexplained):
        enter(scene, "adopted", figure=250)
    enter(scene, "adopted", figure=250, reason="Тиркемеде башка сан")
    assert [each.figure for each in kept(scene)[0]] == [Som(300 * MILLION), Som(250 * MILLION)]
    last = told(scene)[-1]
    assert last.kind == "proceedings.follow_up_corrected"
    values = last.values()
    assert "300000000" in str(values["before"])
    assert "250000000" in str(values["figure"])
    assert values["reason"] == "Тиркемеде башка сан"


def test_what_was_entered_cannot_be_changed_in_the_database(scene: Scene) -> None:
    assign(scene)
    enter(scene, "adopted")
    read(scene, 2)
    for table in ("proceeding_assignment", "proceeding_follow_up", "proceeding_appearance"):
        for statement in (f"UPDATE {table} SET reason = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(sa.exc.DBAPIError), scene.database.writing() as session:
                session.connection().exec_driver_sql(statement)
    assert len(kept(scene)[0]) == len(kept(scene)[1]) == 1


def test_the_analyst_enters_what_the_treasury_paid_and_nothing_else(scene: Scene) -> None:
    analyst = make_person(scene.database, roles=frozenset({Role.ANALYST}))
    enter(scene, "executed", by=analyst)
    assert kept(scene)[0][0].person == analyst.id
    with pytest.raises(NotPermitted):
        enter(scene, "adopted", by=analyst)
    with pytest.raises(NotPermitted):
        assign(scene, by=analyst)


def test_nobody_else_enters_anything_and_strangers_learn_nothing(scene: Scene) -> None:
    for person, refusal in (
        (scene.chair, NotPermitted),
        (scene.minister, NotPermitted),
        (scene.unionist, NotPermitted),
        (scene.outsider, Unknown),
    ):
        for kind in ("adopted", "executed"):
            with pytest.raises(refusal):
                enter(scene, kind, by=person)
        with pytest.raises(refusal):
            assign(scene, by=person)
    assert kept(scene) == ([], [])


def test_before_the_end_of_the_session_nothing_is_assigned(database: Database) -> None:
    with pytest.raises(WrongStage):
        assign(make_scene(database))


def test_a_treasury_figure_has_its_day(scene: Scene) -> None:
    with pytest.raises(DayMissing):
        enter(scene, "executed", on=None)


def test_only_readings_there_are_and_parties_of_the_sitting(scene: Scene) -> None:
    with pytest.raises(NoSuchReading):
        assign(scene, reading=4)
    with pytest.raises(NotInvited):
        assign(scene, party="nobody")


def test_whoever_has_not_seen_the_last_entry_is_shown_it(scene: Scene) -> None:
    assign(scene)
    enter(scene, "adopted")
    with pytest.raises(service.FollowUpMoved) as moved:
        assign(scene, reason="Мөөнөт", due=date(2021, 2, 1), seen=0)
    assert OWNER.ky in str(moved.value.details["theirs"])
    with pytest.raises(service.FollowUpMoved):
        enter(scene, "executed", seen=0)
    enter(scene, "executed", seen=1)


def test_the_assignment_lies_on_the_desk_of_its_party_until_the_law_settles_it(scene: Scene) -> None:
    assign(scene)
    assign(scene, line=1, party=None)
    with scene.database.reading() as session:
        found = overview.on_desk(session, scene.minister.id)
        assert [(each.line.id, each.duty) for each in found] == [(scene.lines[0], "overdue")]
        assert overview.pressing(found) == 1
        assert overview.on_desk(session, scene.unionist.id) == []
        assert overview.on_desk(session, scene.outsider.id) == []
    enter(scene, "adopted")
    with scene.database.reading() as session:
        assert overview.on_desk(session, scene.minister.id) == []


def test_an_assignment_given_to_another_leaves_the_first_desk(scene: Scene) -> None:
    assign(scene)
    assign(scene, party=scene.union.id, reason="Башка орган")
    with scene.database.reading() as session:
        assert overview.on_desk(session, scene.minister.id) == []
        assert len(overview.on_desk(session, scene.unionist.id)) == 1


def test_a_reading_stays_with_who_entered_it_and_is_told_in_the_chain(scene: Scene) -> None:
    read(scene, None)
    with pytest.raises(CorrectionUnexplained):
        read(scene, 3)
    with pytest.raises(FollowUpMoved):
        read(scene, 3, reason="Тактоо", seen=0 + 2)
    read(scene, 3, reason="Үчүнчү окуунун тексти келди", seen=1)
    with scene.database.reading() as session:
        first, second = storage.appearances_on(session, scene.lines[0])
        stands = storage.appearances(session, scene.sitting)
        assert storage.appearances_of(session, scene.lines) == stands == {scene.lines[0]: second}
    assert (first.reading, first.person, second.reading) == (None, scene.secretary.id, 3)
    last = told(scene)[-2:]
    assert [each.kind for each in last] == ["proceedings.reading_entered"] * 2
    assert [each.values()["reading"] for each in last] == [0, 3]


def test_a_reading_without_its_source_or_of_another_hand_is_refused(scene: Scene) -> None:
    with pytest.raises(SourceMissing):
        read(scene, 2, source=" ")
    with pytest.raises(NoSuchReading):
        read(scene, 9)
    with pytest.raises(ReadingToCome):
        read(scene, 2, on=date(2999, 1, 1))
    for person in (scene.minister, scene.unionist, scene.chair):
        with pytest.raises(NotPermitted):
            read(scene, 2, by=person)
    with pytest.raises(Unknown):
        read(scene, 2, by=scene.outsider)
    assert told(scene)[-1].kind != "proceedings.reading_entered"


def test_once_issued_what_names_no_owner_or_reading_is_left_open_on_the_desks(scene: Scene) -> None:
    assert left(scene, scene.secretary) == [], "the protocol is not issued"
    issued(scene)
    people = (scene.secretary, scene.minister, scene.unionist)
    assert [left(scene, each) for each in people] == [[(1, 0, 0)]] * 3, "the other line has no figure"
    assert left(scene, scene.outsider) == left(scene, scene.chair) == [], "they have no such desk"
    assign(scene)
    assert left(scene, scene.secretary) == [(0, 1, 0)]
    assign(scene, reading=2, reason="Окуу аталды")
    assert left(scene, scene.unionist) == [(0, 0, 1)], "its day has passed, and no reading is entered"
    enter(scene, "adopted")
    assert left(scene, scene.secretary) == [(0, 0, 1)], "the law does not say at which reading it appeared"
    read(scene, 3)
    assert left(scene, scene.secretary) == []
    assign(scene, reading=0, reason="Мыйзамсыз аткарылат")
    assert left(scene, scene.secretary) == []


def test_the_assigned_party_keeps_it_on_its_desk_until_the_reading_is_entered(scene: Scene) -> None:
    assign(scene, reading=2)
    enter(scene, "adopted")

    def desk() -> list[str]:
        with scene.database.reading() as session:
            return [each.reading for each in overview.on_desk(session, scene.minister.id)]

    assert desk() == ["overdue"]
    read(scene, 2)
    assert desk() == []
