"""The documented need of a line, with its source and the date of the data."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    name = "documented_need"
    for column in (
        sa.Column(name, sa.BigInteger(), nullable=True),
        sa.Column(f"{name}_source", sa.String(), nullable=False, server_default=""),
        sa.Column(f"{name}_illustrative", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column(f"{name}_as_of", sa.Date(), nullable=True),
    ):
        op.add_column("dispute_line", column)
