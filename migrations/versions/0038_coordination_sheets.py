"""The coordination sheet that was handed in with a draft, as it was then."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"

_SHEETS = "coordination_sheet"


def upgrade() -> None:
    op.create_table(
        _SHEETS,
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["act"], ["coordination_act.id"], name=f"fk_{_SHEETS}_act_coordination_act"),
        sa.PrimaryKeyConstraint("act", name=f"pk_{_SHEETS}"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {_SHEETS}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {_SHEETS} "
            "FOR EACH STATEMENT EXECUTE FUNCTION budgetproto_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {_SHEETS}_no_{verb.lower()} BEFORE {verb} ON {_SHEETS} "
            f"BEGIN SELECT RAISE(ABORT, '{_SHEETS} is append-only'); END"
        )
