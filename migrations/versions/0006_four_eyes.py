"""Four eyes: what a delegate does for his party, which parties need two people, and what they submit."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0006"
down_revision = "0005"

APPEND_ONLY = ("dispute_submission", "dispute_verdict")


def upgrade() -> None:
    op.add_column("sitting_mandate", sa.Column("part", sa.String(), nullable=False, server_default="both"))
    op.add_column(
        "sitting_party", sa.Column("four_eyes", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "dispute_submission",
        *_place("dispute_submission"),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "dispute_verdict",
        *_place("dispute_verdict"),
        sa.Column("filed", sa.Integer(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    for table in APPEND_ONLY:
        make_append_only(table)


def _place(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Return the columns that say which submission of which party on which line a row is about."""
    return (
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["line"], ["dispute_line.id"], name=op.f(f"fk_{table}_line_dispute_line")),
        sa.ForeignKeyConstraint(
            ["party"], ["account_party.id"], name=op.f(f"fk_{table}_party_account_party")
        ),
        sa.PrimaryKeyConstraint("line", "party", "number", name=op.f(f"pk_{table}")),
    )
