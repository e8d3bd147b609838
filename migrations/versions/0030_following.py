"""Who sees to a question after the sitting; of what became of it: the article, who entered it and why."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0030"
down_revision = "0029"

_TABLE = "proceeding_assignment"
_NEW = ("article", "reason", "person")


def upgrade() -> None:
    for name in _NEW:
        op.add_column("proceeding_follow_up", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.create_table(
        _TABLE,
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("owner_ky", sa.String(), nullable=False),
        sa.Column("owner_ru", sa.String(), nullable=False),
        sa.Column("owner_en", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("reading", sa.Integer(), nullable=True),
        sa.Column("task_ky", sa.String(), nullable=False),
        sa.Column("task_ru", sa.String(), nullable=False),
        sa.Column("task_en", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["line"], ["dispute_line.id"], name=f"fk_{_TABLE}_line_dispute_line"),
        sa.ForeignKeyConstraint(["party"], ["account_party.id"], name=f"fk_{_TABLE}_party_account_party"),
        sa.PrimaryKeyConstraint("line", "number", name=f"pk_{_TABLE}"),
    )
    op.create_index(f"ix_{_TABLE}_party", _TABLE, ["party"])
    make_append_only(_TABLE)
