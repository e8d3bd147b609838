"""Two people of each association stand by a closed annual report, and each files one report of a year."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0043"
down_revision = "0042"

_APPROVAL, _FILER, _ASSOCIATION = "annual_approval", "annual_filer", "annual_association"
#: Whoever closed a text stood by it as the first of his association.
_CLOSERS = """
INSERT INTO annual_approval (report, number, person, party, place, "on")
SELECT text.report, text.number, text.person, inside.party, 1, report.opened_on
FROM annual_closed AS text JOIN annual_report AS report ON report.id = text.report
JOIN annual_admitted AS inside ON inside.report = text.report AND inside.person = text.person
"""
_APPROVERS = """
INSERT INTO annual_approval (report, number, person, party, place, "on")
SELECT report, approved, approved_by, party, 1 + place, approved_on
FROM annual_association WHERE approved > 0
"""
#: Of several reports of a year the one that was filed first counts.
_FILERS = """
INSERT INTO annual_filer (party, year, report)
SELECT party, year, report FROM (
  SELECT body.party, report.year, report.id AS report,
         row_number() OVER (PARTITION BY body.party, report.year ORDER BY report.filed_on, report.id) AS place
  FROM annual_report AS report JOIN annual_association AS body ON body.report = report.id
  WHERE report.filed_on IS NOT NULL
) AS filed WHERE place = 1
"""


def upgrade() -> None:
    op.create_table(
        _APPROVAL,
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["annual_report.id"], name=f"fk_{_APPROVAL}_report_annual_report"
        ),
        sa.ForeignKeyConstraint(["party"], ["account_party.id"], name=f"fk_{_APPROVAL}_party_account_party"),
        sa.PrimaryKeyConstraint("report", "number", "person", name=f"pk_{_APPROVAL}"),
    )
    op.create_table(
        _FILER,
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["party"], ["account_party.id"], name=f"fk_{_FILER}_party_account_party"),
        sa.ForeignKeyConstraint(["report"], ["annual_report.id"], name=f"fk_{_FILER}_report_annual_report"),
        sa.PrimaryKeyConstraint("party", "year", name=f"pk_{_FILER}"),
    )
    for told in (_CLOSERS, _APPROVERS, _FILERS):
        op.execute(told)
    for column in ("approved", "approved_by", "approved_on"):
        op.drop_column(_ASSOCIATION, column)
    for table in (_APPROVAL, _FILER):
        make_append_only(table)
