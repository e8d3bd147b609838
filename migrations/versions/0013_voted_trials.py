"""Trials that were put to the committee, adopted or rejected; append-only."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0013"
down_revision = "0012"

_TABLE = "dispute_trial_vote"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sitting"], ["sitting.id"], name="fk_dispute_trial_vote_sitting_sitting"),
        sa.PrimaryKeyConstraint("sitting", "number", name="pk_dispute_trial_vote"),
    )
    make_append_only(_TABLE)
