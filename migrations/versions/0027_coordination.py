"""Draft acts under coordination, what happened to them, and the versions of the procedure."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0027"
down_revision = "0026"

_ACT = "coordination_act"
_HAPPENING = "coordination_happening"
_PROCEDURE = "coordination_procedure"


def upgrade() -> None:
    _create_acts()
    _create_happenings()
    _create_procedures()
    for table in (_HAPPENING, _PROCEDURE):
        make_append_only(table)


def _create_acts() -> None:
    op.create_table(
        _ACT,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("initiator", sa.String(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiator"], ["account_party.id"], name="fk_coordination_act_initiator_account_party"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_coordination_act"),
        sa.UniqueConstraint("number", name="uq_coordination_act_number"),
    )
    op.create_index("ix_coordination_act_stage", _ACT, ["stage"])
    op.create_index("ix_coordination_act_entered_on", _ACT, ["entered_on"])


def _create_happenings() -> None:
    op.create_table(
        _HAPPENING,
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("recorded", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["act"], ["coordination_act.id"], name="fk_coordination_happening_act_coordination_act"
        ),
        sa.PrimaryKeyConstraint("act", "number", name="pk_coordination_happening"),
    )


def _create_procedures() -> None:
    op.create_table(
        _PROCEDURE,
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("level", "version", name="pk_coordination_procedure"),
    )
