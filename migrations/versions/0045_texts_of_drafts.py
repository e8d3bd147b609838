"""The bytes of the texts that are attached to a draft; what is known of each stands in its step."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

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
    make_append_only(_TEXTS)
