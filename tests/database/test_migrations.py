"""The migrations make the tables the rooms describe, on both databases, and an old schema is refused."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from budgetproto.database import Database
from budgetproto.database.migrations import check_schema, migrate
from budgetproto.errors import SetUp


def test_the_migrated_schema_is_the_one_the_tables_describe(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    migrate(database)
    check_schema(database)


def test_a_database_that_was_never_migrated_is_refused_at_start(tmp_path: object) -> None:
    empty = Database(f"sqlite:///{tmp_path}/empty.sqlite3")
    with pytest.raises(SetUp) as refusal:
        check_schema(empty)
    assert refusal.value.details["remedy"] == "budgetproto migrate"
    empty.close()
