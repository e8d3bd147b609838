"""Which words of a body came on paper and were recorded for it by the keeper of the register."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    # Rows cannot be changed: who recorded the words of before is told by the journal alone.
    op.add_column(
        "coordination_happening",
        sa.Column("by_keeper", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
