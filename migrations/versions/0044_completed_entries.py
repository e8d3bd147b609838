"""The draft as steps completed its entry, and whether its bundle waits to be screened once more."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    # No step of before completes an entry: what was entered stands.
    op.add_column("coordination_act", sa.Column("completed", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "coordination_act",
        sa.Column("awaits_screening", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
