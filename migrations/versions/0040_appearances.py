"""At which reading of the budget a question appeared after the sitting, or that it did not."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0040"
down_revision = "0039"

_TABLE = "proceeding_appearance"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reading", sa.Integer(), nullable=True),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["line"], ["dispute_line.id"], name=f"fk_{_TABLE}_line_dispute_line"),
        sa.PrimaryKeyConstraint("line", "number", name=f"pk_{_TABLE}"),
    )
    make_append_only(_TABLE)
