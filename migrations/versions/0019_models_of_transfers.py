"""Parameter sets of the models of transfers, in versions that only grow, and what is known of territories."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0019"
down_revision = "0018"

_SETS = "transfers_parameter_set"
_INPUTS = "transfers_model_input"


def upgrade() -> None:
    op.create_table(
        _SETS,
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        *(sa.Column(f"name_{language}", sa.String(), nullable=False) for language in ("ky", "ru", "en")),
        *(sa.Column(f"reference_{language}", sa.Text(), nullable=False) for language in ("ky", "ru", "en")),
        *(sa.Column(f"note_{language}", sa.Text(), nullable=False) for language in ("ky", "ru", "en")),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("stated", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", "version", name=f"pk_{_SETS}"),
    )
    op.create_index(f"ix_{_SETS}_model", _SETS, ["model"])
    op.create_table(
        _INPUTS,
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("soate", sa.String(length=14), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["soate"], ["transfers_territory.soate"], name=f"fk_{_INPUTS}_soate_transfers_territory"
        ),
        sa.PrimaryKeyConstraint("year", "kind", "item", "soate", "illustrative", name=f"pk_{_INPUTS}"),
    )
    make_append_only(_SETS)
