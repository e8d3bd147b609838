"""Files of figures wait until their sender has seen what they would change."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "transfers_waiting_file",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["account_person.id"], name="fk_transfers_waiting_file_person_account_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_transfers_waiting_file"),
    )
    op.create_index("ix_transfers_waiting_file_person", "transfers_waiting_file", ["person"])
    # The figures of one source are compared with those of a new file; a source may have a million.
    op.create_index("ix_transfers_transfer_source", "transfers_transfer", ["source"])
