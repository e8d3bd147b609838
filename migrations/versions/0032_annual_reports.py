"""Annual reports of the associations: what is written, by whom, values, closed texts, steps."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    _create_reports()
    _create_people()
    _create_values()
    _create_kept()
    for table in ("annual_arrival", "annual_closed", "annual_step"):
        make_append_only(table)


def _create_reports() -> None:
    op.create_table(
        "annual_report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_annual_report"),
    )
    for name in ("year", "filed_on"):
        op.create_index(f"ix_annual_report_{name}", "annual_report", [name])


def _create_people() -> None:
    op.create_table(
        "annual_association",
        *_of_report("annual_association", sa.Column("party", sa.String(), nullable=False)),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Integer(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["party"], ["account_party.id"], name="fk_annual_association_party_account_party"
        ),
    )
    op.create_table(
        "annual_admitted",
        *_of_report("annual_admitted", sa.Column("person", sa.String(), nullable=False)),
        sa.Column("party", sa.String(), nullable=False),
    )
    op.create_index("ix_annual_admitted_person", "annual_admitted", ["person"])


def _create_values() -> None:
    keys: list[sa.Column[Any]] = [
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
    ]
    op.create_table(
        "annual_value",
        *_of_report("annual_value", *keys),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
    )


def _create_kept() -> None:
    op.create_table(
        "annual_arrival",
        *_of_report("annual_arrival", sa.Column("indicator", sa.String(), nullable=False)),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    for table in ("annual_closed", "annual_step"):
        op.create_table(
            table,
            *_of_report(table, sa.Column("number", sa.Integer(), nullable=False)),
            sa.Column("document", sa.Text(), nullable=False),
            sa.Column("digest", sa.String(length=64), nullable=False),
            sa.Column("person", sa.String(), nullable=False),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        )


def _of_report(table: str, *keys: sa.Column[Any]) -> list[Any]:
    """Return the columns and constraints of what belongs to a report and is told apart by `keys`."""
    return [
        sa.Column("report", sa.String(), nullable=False),
        *keys,
        sa.ForeignKeyConstraint(["report"], ["annual_report.id"], name=f"fk_{table}_report_annual_report"),
        sa.PrimaryKeyConstraint("report", *(key.name for key in keys), name=f"pk_{table}"),
    ]
