"""Saved views: the names that people give to addresses of the analysis, each seen by its own person only."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

_TABLE = "analysis_saved_view"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["account_person.id"], name="fk_analysis_saved_view_person_account_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_analysis_saved_view"),
        sa.UniqueConstraint("person", "name", name="uq_analysis_saved_view_person"),
    )
    op.create_index("ix_analysis_saved_view_person", _TABLE, ["person"])
