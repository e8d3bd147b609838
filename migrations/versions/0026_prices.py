"""The money of a contested parameter, value by value, where it follows the value in no one proportion."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("dispute_line", sa.Column("prices", sa.String(), nullable=False, server_default=""))
