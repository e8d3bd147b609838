"""Trials that were put to the vote: what was asked, how the members voted, and what was computed."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_TABLE = "proceeding_trial_vote"
_SIDES = ("for", "against", "abstained")


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("envelope", sa.BigInteger(), nullable=False),
        *(sa.Column(f"ground_{code}", sa.String(), nullable=False) for code in ("ky", "ru", "en")),
        sa.Column("question", sa.Text(), nullable=False),
        *(sa.Column(f"votes_{side}", sa.Integer(), nullable=False) for side in _SIDES),
        sa.Column("members_present", sa.Integer(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sitting"], ["sitting.id"], name=f"fk_{_TABLE}_sitting_sitting"),
        sa.PrimaryKeyConstraint("sitting", "number", name=f"pk_{_TABLE}"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {_TABLE}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {_TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION budgetproto_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {_TABLE}_no_{verb.lower()} BEFORE {verb} ON {_TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{_TABLE} is append-only'); END"
        )
