"""What is decided on the publication of draft acts; append-only."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0031"
down_revision = "0030"

_TABLE = "coordination_publication"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["act"], ["coordination_act.id"], name=f"fk_{_TABLE}_act_coordination_act"),
        sa.PrimaryKeyConstraint("act", "number", name=f"pk_{_TABLE}"),
    )
    make_append_only(_TABLE)
