"""What is decided on the publication of filed annual reports; append-only."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0035"
down_revision = "0034"

_TABLE = "annual_publication"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["annual_report.id"], name=f"fk_{_TABLE}_report_annual_report"),
        sa.PrimaryKeyConstraint("report", "number", name=f"pk_{_TABLE}"),
    )
    make_append_only(_TABLE)
