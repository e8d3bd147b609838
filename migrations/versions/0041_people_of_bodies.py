"""Who acts for a body outside sittings. No release had such acts, so nobody is taken over."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"

_TABLE = "account_body_person"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("agreed", sa.String(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in ("until", "since", "ended")),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["party"], ["account_party.id"], name=f"fk_{_TABLE}_party_account_party"),
        sa.ForeignKeyConstraint(["person"], ["account_person.id"], name=f"fk_{_TABLE}_person_account_person"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{_TABLE}"),
    )
    for column in ("party", "person"):
        op.create_index(f"ix_{_TABLE}_{column}", _TABLE, [column])
