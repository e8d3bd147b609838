"""The associations that the committee has bound itself to invite, with their whole history."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0039"
down_revision = "0038"

_TABLE = "proceeding_must_invite"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("beside", sa.String(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        *(sa.Column(f"basis_{code}", sa.Text(), nullable=False) for code in ("ky", "ru", "en")),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["party"], ["account_party.id"], name=f"fk_{_TABLE}_party_account_party"),
        sa.ForeignKeyConstraint(["beside"], ["account_party.id"], name=f"fk_{_TABLE}_beside_account_party"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{_TABLE}"),
    )
    make_append_only(_TABLE)
