"""The coordination sheet that was handed in with a draft, as it was then."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

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
    make_append_only(_SHEETS)
