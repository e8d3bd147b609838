"""Links to set a password, second factors with printed codes, log-ins that tell device and use."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

PERSON = "account_person.id"


def upgrade() -> None:
    # One by one, each with a constant: SQLite would copy and drop a table that others refer to.
    no, blank = sa.text("false"), sa.text("''")
    op.add_column("account_person", sa.Column("initial", sa.Boolean(), nullable=False, server_default=no))
    op.add_column("account_person", sa.Column("last_log_in", sa.Date(), nullable=True))
    op.add_column("account_log_in", sa.Column("half", sa.Boolean(), nullable=False, server_default=no))
    op.add_column("account_log_in", sa.Column("used", sa.DateTime(timezone=True), nullable=True))
    op.add_column("account_log_in", sa.Column("confirmed", sa.DateTime(timezone=True), nullable=True))
    op.add_column("account_log_in", sa.Column("device", sa.String(), nullable=False, server_default=blank))
    op.add_column("account_log_in", sa.Column("origin", sa.String(), nullable=False, server_default=blank))
    op.create_table(
        "account_link",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("agreed_by", sa.String(), nullable=True),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person"], [PERSON], name="fk_account_link_person_account_person"),
        sa.PrimaryKeyConstraint("id", name="pk_account_link"),
        sa.UniqueConstraint("token_hash", name="uq_account_link_token_hash"),
    )
    op.create_index("ix_account_link_person", "account_link", ["person"])
    op.create_table(
        "account_request",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_by", sa.String(), nullable=True),
        sa.Column("done", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person"], [PERSON], name="fk_account_request_person_account_person"),
        sa.PrimaryKeyConstraint("id", name="pk_account_request"),
    )
    op.create_index("ix_account_request_person", "account_request", ["person"])
    op.create_table(
        "account_second_factor",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("pending", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person"], [PERSON], name="fk_account_second_factor_person_account_person"),
        sa.PrimaryKeyConstraint("person", name="pk_account_second_factor"),
    )
    op.create_table(
        "account_paper_code",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person"], [PERSON], name="fk_account_paper_code_person_account_person"),
        sa.PrimaryKeyConstraint("code_hash", name="pk_account_paper_code"),
    )
    op.create_index("ix_account_paper_code_person", "account_paper_code", ["person"])
