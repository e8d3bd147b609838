"""An index of the lines that are still closed: every page of an opened sitting asks whether there is one."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    closed = sa.text("opened_at IS NULL AND withdrawn_at IS NULL")
    op.create_index(
        "ix_dispute_line_closed",
        "dispute_line",
        ["sitting"],
        sqlite_where=closed,
        postgresql_where=closed,
    )
