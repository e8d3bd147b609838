"""Files attached to positions: what will be filed, what is filed, what is known of opened ones."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0008"
down_revision = "0007"

_APPEND_ONLY = ("dispute_attachment", "dispute_attachment_reveal")


def upgrade() -> None:
    _table("dispute_draft_attachment", "id", *_sealed(content_may_be_gone=True))
    _table("dispute_attachment", "id", *_sealed(content_may_be_gone=False))
    _table(
        "dispute_attachment_reveal",
        "attachment",
        sa.Column("header", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment"],
            ["dispute_attachment.id"],
            name="fk_dispute_attachment_reveal_attachment_dispute_attachment",
        ),
    )
    for table in _APPEND_ONLY:
        make_append_only(table)


def _sealed(*, content_may_be_gone: bool) -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("header", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=content_may_be_gone),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def _table(name: str, key: str, *parts: sa.schema.SchemaItem) -> None:
    """Create a table of files of a party on a line."""
    op.create_table(
        name,
        sa.Column(key, sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        *parts,
        sa.ForeignKeyConstraint(["line"], ["dispute_line.id"], name=f"fk_{name}_line_dispute_line"),
        sa.ForeignKeyConstraint(["party"], ["account_party.id"], name=f"fk_{name}_party_account_party"),
        sa.PrimaryKeyConstraint(key, name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_line", name, ["line"])
