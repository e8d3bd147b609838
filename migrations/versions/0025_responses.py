"""What parties answer to versions of the option; append-only."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0025"
down_revision = "0024"

_TABLE = "dispute_response"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("option", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["line"], ["dispute_line.id"], name="fk_dispute_response_line_dispute_line"),
        sa.ForeignKeyConstraint(
            ["party"], ["account_party.id"], name="fk_dispute_response_party_account_party"
        ),
        sa.PrimaryKeyConstraint("line", "party", "number", name="pk_dispute_response"),
    )
    make_append_only(_TABLE)
