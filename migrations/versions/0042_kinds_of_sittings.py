"""What kind of sitting it is; all of before were conciliation sittings."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    op.add_column("sitting", sa.Column("kind", sa.String(), nullable=False, server_default="conciliation"))
