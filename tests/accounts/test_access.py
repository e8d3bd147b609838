"""The access chain: every denial is noted, none floods it."""

import threading
from datetime import timedelta

import pytest

from budgetproto.accounts.access import record_denial
from budgetproto.accounts.storage import DeniedRow
from budgetproto.database import Database
from budgetproto.disputes.positions.own import own_position
from budgetproto.errors import Unknown
from budgetproto.journal import ACCESS
from budgetproto.journal.storage import check, entries
from tests.factories import file, make_scene


def told(database: Database) -> list[dict[str, object]]:
    with database.reading() as session:
        return [each.values() for each in entries(session, ACCESS)]


def let_a_minute_pass(database: Database) -> None:
    with database.writing() as session:
        row = session.get_one(DeniedRow, ("minister", "disputes.position"))
        row.since -= timedelta(minutes=1)
        session.add(row)


def test_the_first_denial_is_told_at_once(database: Database) -> None:
    record_denial(database, person="minister", asked="disputes.position")
    assert told(database) == [{"person": "minister", "asked": "disputes.position", "times": 0}]


def test_a_hundred_tries_in_a_minute_are_one_entry_then_their_count(database: Database) -> None:
    for _ in range(100):
        record_denial(database, person="minister", asked="disputes.position")
    assert len(told(database)) == 1
    let_a_minute_pass(database)
    record_denial(database, person="minister", asked="disputes.position")
    assert [each["times"] for each in told(database)] == [0, 99]


def test_each_person_and_each_kind_of_thing_is_told_apart(database: Database) -> None:
    for person in ("minister", "mayor", None):
        for asked in ("disputes.position", "sittings.sitting"):
            record_denial(database, person=person, asked=asked)
    assert len(told(database)) == 6
    assert {each["person"] for each in told(database)} == {"minister", "mayor", "-"}


def test_the_first_denials_at_the_same_time_are_one_entry_and_no_failure(database: Database) -> None:
    failures: list[BaseException] = []

    def deny() -> None:
        try:
            record_denial(database, person="minister", asked="disputes.position")
        except BaseException as unexpected:  # the thread's failure is the test's
            failures.append(unexpected)

    for _ in range(5):
        threads = [threading.Thread(target=deny) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []
    assert len(told(database)) == 1
    let_a_minute_pass(database)
    deny()
    assert told(database)[1]["times"] == 19
    with database.reading() as session:
        assert check(session, ACCESS) is None


def test_what_a_refused_read_gives_to_record_is_what_was_asked_never_what_is_in_it(
    database: Database,
) -> None:
    scene = make_scene(database)
    file(scene, scene.union, rationale="Жашыруун")
    with pytest.raises(Unknown) as refusal, database.reading() as session:
        own_position(session, scene.key, scene.minister.id, scene.lines[0], scene.union.id)
    record_denial(database, person=scene.minister.id, asked=str(refusal.value.details["denied"]))
    assert told(database) == [{"person": scene.minister.id, "asked": "disputes.position", "times": 0}]
