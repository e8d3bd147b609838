"""What is recorded of issued protocols: their way to parliament, their publication; append-only."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0014"
down_revision = "0013"

_TABLE = "protocol_step"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("protocol", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["protocol"], ["protocol.id"], name="fk_protocol_step_protocol_protocol"),
        sa.PrimaryKeyConstraint("protocol", "number", name="pk_protocol_step"),
    )
    make_append_only(_TABLE)
