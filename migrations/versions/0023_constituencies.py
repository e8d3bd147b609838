"""Which territories belong to which constituency, by a dated list."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

_TABLE = "transfers_constituency"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("soate", sa.String(length=14), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        *(sa.Column(f"name_{language}", sa.String(), nullable=False) for language in ("ky", "ru", "en")),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["soate"], ["transfers_territory.soate"], name=f"fk_{_TABLE}_soate_transfers_territory"
        ),
        sa.PrimaryKeyConstraint("code", "soate", "valid_from", name=f"pk_{_TABLE}"),
    )
