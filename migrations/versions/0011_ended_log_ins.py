"""Who else has ended a person's log-ins, and when, until the person has been told."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("account_person", sa.Column("ended_by", sa.String(), nullable=True))
    op.add_column("account_person", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
