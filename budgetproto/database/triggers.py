"""The triggers that make a table append-only, for both engines; the migrations run these statements."""

import sqlalchemy as sa

_FUNCTION = """
CREATE OR REPLACE FUNCTION budgetproto_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""


def append_only_statements(table: str, dialect: str) -> list[str]:
    """Return the DDL that refuses UPDATE and DELETE (on PostgreSQL TRUNCATE too) of `table`."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        _FUNCTION,
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION budgetproto_append_only()",
    ]


def guard(connection: sa.Connection, tables: list[str]) -> None:
    """Put the triggers on `tables`."""
    for table in tables:
        for statement in append_only_statements(table, connection.dialect.name):
            connection.execute(sa.text(statement))
