"""Scans of protocols signed by hand, and what each place says on them; append-only."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0016"
down_revision = "0015"

_TABLE = "protocol_scan"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("protocol", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("places", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["protocol"], ["protocol.id"], name="fk_protocol_scan_protocol_protocol"),
        sa.PrimaryKeyConstraint("protocol", "sequence", name="pk_protocol_scan"),
    )
    make_append_only(_TABLE)
