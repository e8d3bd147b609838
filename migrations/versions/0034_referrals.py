"""Which contested line came from which remark on which draft act."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

_REFERRAL = "coordination_referral"


def upgrade() -> None:
    op.create_table(
        _REFERRAL,
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("remark", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line"], ["dispute_line.id"], name="fk_coordination_referral_line_dispute_line"
        ),
        sa.ForeignKeyConstraint(
            ["act"], ["coordination_act.id"], name="fk_coordination_referral_act_coordination_act"
        ),
        sa.PrimaryKeyConstraint("act", "remark", name="pk_coordination_referral"),
    )
    op.create_index("ix_coordination_referral_line", _REFERRAL, ["line"])
