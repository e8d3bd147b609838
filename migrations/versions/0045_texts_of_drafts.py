"""The bytes of the texts that are attached to a draft; what is known of each stands in its step."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"

_TEXTS = "coordination_text"


def upgrade() -> None:
    op.create_table(
        _TEXTS,
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["act"], ["coordination_act.id"], name=f"fk_{_TEXTS}_act_coordination_act"),
        sa.PrimaryKeyConstraint("act", "step", name=f"pk_{_TEXTS}"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {_TEXTS}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {_TEXTS} "
            "FOR EACH STATEMENT EXECUTE FUNCTION budgetproto_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {_TEXTS}_no_{verb.lower()} BEFORE {verb} ON {_TEXTS} "
            f"BEGIN SELECT RAISE(ABORT, '{_TEXTS} is append-only'); END"
        )
