"""The parameter of a model that a contested line is about, with the set and the year of the data."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    for column in (
        sa.Column("parameter_set", sa.String(), nullable=False, server_default=""),
        sa.Column("parameter", sa.String(), nullable=False, server_default=""),
        sa.Column("parameter_year", sa.Integer(), nullable=False, server_default="0"),
    ):
        op.add_column("dispute_line", column)
