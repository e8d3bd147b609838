"""The associations' part in the questions of the agenda; whose attendees, speeches and opinions are."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0033"
down_revision = "0032"

_ENTRIES = "proceeding_participation"
_TOUCHING = "proceeding_touching"
_WAIVERS = "proceeding_waiver"


def upgrade() -> None:
    for table in ("proceeding_attendee", "proceeding_speech", "proceeding_opinion"):
        op.add_column(table, sa.Column("party", sa.String(), nullable=False, server_default=""))
    _create_entries()
    _create(_TOUCHING, sa.Column("item", sa.Integer(), nullable=False), _touches(), _text("why"))
    _create(_WAIVERS, _text("words"), _text("covers"))
    for table in (_ENTRIES, _TOUCHING, _WAIVERS):
        make_append_only(table)


def _create_entries() -> None:
    _create(
        _ENTRIES,
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        _text("why"),
        sa.ForeignKeyConstraint(["party"], ["account_party.id"], name=f"fk_{_ENTRIES}_party_account_party"),
    )


def _create(table: str, *own: sa.Column[object] | sa.ForeignKeyConstraint) -> None:
    op.create_table(
        table,
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *own,
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sitting"], ["sitting.id"], name=f"fk_{table}_sitting_sitting"),
        sa.PrimaryKeyConstraint("sitting", "number", name=f"pk_{table}"),
    )


def _touches() -> sa.Column[object]:
    return sa.Column("touches", sa.Boolean(), nullable=False)


def _text(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=False)
