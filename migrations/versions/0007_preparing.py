"""Lines and sittings made from earlier ones, withdrawn lines, revoked mandates, deadlines that were put off.

Columns are added without Alembic's batch mode: on SQLite that would rebuild the tables, which the rows of
positions refer to. A foreign key stands in the column itself, the one form both databases can add.
"""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0007"
down_revision = "0006"

EXTENSION = "sitting_deadline_extension"


def upgrade() -> None:
    _refer("sitting", "cloned_from", "sitting")
    _refer("dispute_line", "cloned_from", "dispute_line")
    op.create_index(op.f("ix_dispute_line_cloned_from"), "dispute_line", ["cloned_from"])
    op.add_column("dispute_line", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("dispute_line", _text("withdrawn_reason"))
    op.add_column("sitting_mandate", sa.Column("revoked_on", sa.Date(), nullable=True))
    op.add_column("sitting_mandate", _text("revoked_reason"))
    op.create_table(
        EXTENSION,
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sitting"], ["sitting.id"], name=op.f(f"fk_{EXTENSION}_sitting_sitting")),
        sa.PrimaryKeyConstraint("sitting", "number", name=op.f(f"pk_{EXTENSION}")),
    )
    make_append_only(EXTENSION)


def _refer(table: str, column: str, referred: str) -> None:
    name = f"fk_{table}_{column}_{referred}"
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR CONSTRAINT {name} REFERENCES {referred} (id)"
    )


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.String(), nullable=False, server_default="")
