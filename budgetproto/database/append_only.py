"""What migrations say of a table that is only ever added to: the database refuses every change of a row."""

from alembic import op


def make_append_only(table: str) -> None:
    """Refuse UPDATE and DELETE of a table, on PostgreSQL TRUNCATE too; called within a migration alone.

    Every migration uses these words, the oldest too: they are never changed, a new rule is a new function.
    """
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION budgetproto_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
