"""Numbers of protocols are given once: those that were issued or laid out have theirs already."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0017"
down_revision = "0016"

_TABLE = "protocol_number"
#: Until now a protocol had the number of its sitting.
_KNOWN = f"""
INSERT INTO {_TABLE} (sitting, version, number, running, year, budget_year)
SELECT id, 1, number, 0, COALESCE({{year}}, budget_year), budget_year FROM sitting
WHERE id IN (SELECT sitting FROM protocol UNION SELECT sitting FROM protocol_lay_out)
"""


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("running", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("budget_year", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sitting"], ["sitting.id"], name="fk_protocol_number_sitting_sitting"),
        sa.PrimaryKeyConstraint("sitting", "version", name="pk_protocol_number"),
        sa.UniqueConstraint("number", name="uq_protocol_number_number"),
    )
    postgres = op.get_bind().dialect.name == "postgresql"
    year = (
        "CAST(EXTRACT(YEAR FROM held_on) AS INTEGER)"
        if postgres
        else "CAST(substr(held_on, 1, 4) AS INTEGER)"
    )
    op.execute(_KNOWN.format(year=year))
    make_append_only(_TABLE)
