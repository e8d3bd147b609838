"""Expertise of draft acts: experts and course; which draft a question of the agenda is about."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0036"
down_revision = "0035"

_EXPERTISE = "coordination_review"
_ENTRIES = "coordination_review_entry"
_AGENDA = "coordination_agenda_draft"


def upgrade() -> None:
    op.create_table(
        _EXPERTISE,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=True),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["act"], ["coordination_act.id"], name="fk_coordination_review_act_coordination_act"
        ),
        sa.ForeignKeyConstraint(
            ["party"], ["account_party.id"], name="fk_coordination_review_party_account_party"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_coordination_review"),
    )
    op.create_index("ix_coordination_review_act", _EXPERTISE, ["act"])
    op.create_table(
        "coordination_review_expert",
        sa.Column("expertise", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        _of_expertise("coordination_review_expert"),
        sa.PrimaryKeyConstraint("expertise", "person", name="pk_coordination_review_expert"),
    )
    op.create_index("ix_coordination_review_expert_person", "coordination_review_expert", ["person"])
    _create_entries()
    _create_agenda()
    for table in (_ENTRIES, _AGENDA):
        make_append_only(table)


def _create_entries() -> None:
    op.create_table(
        _ENTRIES,
        sa.Column("expertise", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        *_whose(),
        _of_expertise(_ENTRIES),
        sa.PrimaryKeyConstraint("expertise", "number", name=f"pk_{_ENTRIES}"),
    )


def _create_agenda() -> None:
    op.create_table(
        _AGENDA,
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=True),
        *_whose(),
        sa.ForeignKeyConstraint(["sitting"], ["sitting.id"], name=f"fk_{_AGENDA}_sitting_sitting"),
        sa.ForeignKeyConstraint(["act"], ["coordination_act.id"], name=f"fk_{_AGENDA}_act_coordination_act"),
        sa.PrimaryKeyConstraint("sitting", "number", name=f"pk_{_AGENDA}"),
    )


def _whose() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def _of_expertise(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["expertise"], ["coordination_review.id"], name=f"fk_{table}_expertise_coordination_review"
    )
