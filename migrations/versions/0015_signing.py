"""Protocols laid out for signature, their withdrawal, and what each place says; append-only."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0015"
down_revision = "0014"

_TEXTS, _ENDS, _ANSWERS = "protocol_lay_out", "protocol_lay_out_end", "protocol_answer"


def upgrade() -> None:
    op.create_table(
        _TEXTS,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sitting"], ["sitting.id"], name="fk_protocol_lay_out_sitting_sitting"),
        sa.PrimaryKeyConstraint("id", name="pk_protocol_lay_out"),
    )
    op.create_index("ix_protocol_lay_out_sitting", _TEXTS, ["sitting"])
    op.create_table(
        _ENDS,
        sa.Column("lay_out", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["lay_out"], ["protocol_lay_out.id"], name="fk_protocol_lay_out_end_lay_out_protocol_lay_out"
        ),
        sa.PrimaryKeyConstraint("lay_out", name="pk_protocol_lay_out_end"),
    )
    op.create_table(
        _ANSWERS,
        sa.Column("lay_out", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["lay_out"], ["protocol_lay_out.id"], name="fk_protocol_answer_lay_out_protocol_lay_out"
        ),
        sa.PrimaryKeyConstraint("lay_out", "sequence", name="pk_protocol_answer"),
    )
    for table in (_TEXTS, _ENDS, _ANSWERS):
        make_append_only(table)
