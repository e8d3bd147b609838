"""History before the sitting as dated entries; approved last year, executed; dates of base figures.

Columns are added and dropped without Alembic's batch mode: on SQLite that would rebuild the table, which the
rows of positions refer to.
"""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_LANGUAGES = ("ky", "ru", "en")
_TEXTS = tuple(f"history_{code}" for code in _LANGUAGES)


def upgrade() -> None:
    for base in ("base_government", "base_lsg"):
        op.add_column("dispute_line", sa.Column(f"{base}_as_of", sa.Date(), nullable=True))
    for name in ("approved_last_year", "executed"):
        for column in _known_figure(name):
            op.add_column("dispute_line", column)
    op.add_column("dispute_line", sa.Column("history", sa.Text(), nullable=False, server_default="[]"))
    _move_texts()
    for text in _TEXTS:
        op.drop_column("dispute_line", text)


def _known_figure(name: str) -> tuple[sa.Column[object], ...]:
    return (
        sa.Column(name, sa.BigInteger(), nullable=True),
        sa.Column(f"{name}_source", sa.String(), nullable=False, server_default=""),
        sa.Column(f"{name}_illustrative", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column(f"{name}_as_of", sa.Date(), nullable=True),
    )


def _move_texts() -> None:
    """Make each history text one undated entry of kind *other*; who acted is not known."""
    columns: Iterator[sa.ColumnClause[Any]] = (sa.column(name) for name in ("id", "history", *_TEXTS))
    line = sa.table("dispute_line", *columns)
    connection = op.get_bind()
    for row in connection.execute(sa.select(line)).mappings().all():
        written = {code: row[f"history_{code}"] for code in _LANGUAGES}
        if any(written.values()):
            moved = json.dumps([_entry(written)], ensure_ascii=False)
            connection.execute(sa.update(line).where(line.c.id == row["id"]).values(history=moved))


def _entry(written: dict[str, str]) -> dict[str, object]:
    blank = dict.fromkeys(("figure", "on", "party", "side"))
    return {**blank, "kind": "other", "source": "", "text": written}
