"""What one picture of the data has shown is not read twice; an act reads anew."""

from datetime import timedelta

import sqlalchemy as sa

from budgetproto.database import Clock, Database, moment, now, once


def test_a_page_reads_once_what_it_asks_twice(database: Database) -> None:
    asked: list[int] = []
    with database.reading() as session:
        for _ in range(2):
            once(session, "key", lambda: asked.append(1))
    assert asked == [1]


def test_the_next_page_reads_anew(database: Database) -> None:
    for answer in ("before", "after"):
        with database.reading() as session:
            assert once(session, "key", lambda told=answer: told) == answer  # type: ignore[misc]


def test_an_act_reads_anew_each_time(database: Database) -> None:
    asked: list[int] = []
    with database.writing() as session:
        for _ in range(2):
            once(session, "key", lambda: asked.append(1))
    assert asked == [1, 1]


def test_the_clock_is_the_same_alone_and_in_a_statement(database: Database) -> None:
    with database.reading() as session:
        told = moment(session.connection().execute(sa.select(sa.literal(1), Clock())).one()[1])
        assert abs(now(session) - told) < timedelta(seconds=5)
