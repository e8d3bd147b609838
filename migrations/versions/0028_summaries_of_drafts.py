"""Sums of each draft act, added up at the next start, so that lists and statistics read no course."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

_ACT = "coordination_act"


def upgrade() -> None:
    for column in _columns():
        op.add_column(_ACT, column)
    for name in ("year", "due_on"):
        op.create_index(f"ix_coordination_act_{name}", _ACT, [name])
    _create_tallies()
    _create_keys()


def _columns() -> list[sa.Column[Any]]:
    texts = ("body", "initiator_ky", "initiator_ru", "initiator_en", "conclusion")
    return [
        sa.Column("reckoned", sa.Integer(), nullable=False, server_default="-1"),
        *(_counted(name) for name in ("year", "remarks", "unanswered")),
        *(sa.Column(name, sa.String(), nullable=False, server_default="") for name in texts),
        sa.Column("words", sa.Text(), nullable=False, server_default=""),
        *(
            sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
            for name in ("illustrative", "mandatory")
        ),
        *(
            sa.Column(name, sa.Date(), nullable=True)
            for name in ("bypassed_on", "published", "adopted_on", "amendable_until", "due_on")
        ),
        sa.Column("adoption_days", sa.Integer(), nullable=True),
    ]


def _counted(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default="0")


def _create_tallies() -> None:
    counted = ("opinions", "late", "silent", "accepted", "partly", "rejected", "unanswered")
    op.create_table(
        "coordination_tally",
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counted),
        sa.Column("awaited_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["act"], ["coordination_act.id"], name="fk_coordination_tally_act_coordination_act"
        ),
        sa.PrimaryKeyConstraint("act", "body", name="pk_coordination_tally"),
    )


def _create_keys() -> None:
    op.create_table(
        "coordination_key",
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["act"], ["coordination_act.id"], name="fk_coordination_key_act_coordination_act"
        ),
        sa.PrimaryKeyConstraint("act", "key", name="pk_coordination_key"),
    )
    op.create_index("ix_coordination_key_key", "coordination_key", ["key"])
