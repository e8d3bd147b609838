"""Changes of territories that keepers imported stand beside those that are shipped."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column(
        "transfers_change", sa.Column("imported", sa.Boolean(), nullable=False, server_default=sa.false())
    )
