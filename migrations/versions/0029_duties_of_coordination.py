"""What is not done of the duties of coordination, kept for lists and desks; drafts by level."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

_ACT = "coordination_act"
_DUTY = "coordination_duty"


def upgrade() -> None:
    op.create_table(
        _DUTY,
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("running", sa.String(), nullable=False),
        sa.Column("passed", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["act"], ["coordination_act.id"], name="fk_coordination_duty_act_coordination_act"
        ),
        sa.ForeignKeyConstraint(
            ["party"], ["account_party.id"], name="fk_coordination_duty_party_account_party"
        ),
        sa.PrimaryKeyConstraint("act", "place", name="pk_coordination_duty"),
    )
    op.create_index("ix_coordination_duty_until", _DUTY, ["until"])
    op.create_index("ix_coordination_duty_party_until", _DUTY, ["party", "until"])
    # What is not done is told of each draft when it is added up at the next start.
    op.execute(f"UPDATE {_ACT} SET reckoned = -1")
    op.create_index("ix_coordination_act_level", _ACT, ["level"])
