"""Alembic's environment: one connection given by the caller, our row conventions, batch mode for SQLite."""

import importlib
from pathlib import Path
from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel

import budgetproto


def import_tables() -> None:
    """Import every room's tables, so that the metadata is whole."""
    package = Path(budgetproto.__file__).parent
    for file in sorted(package.rglob("*storage.py")):
        importlib.import_module(".".join(("budgetproto", *file.relative_to(package).with_suffix("").parts)))


def render_item(kind: str, item: object, autogenerate: AutogenContext) -> Literal[False]:
    """Add the import that SQLModel's own column types need in a generated migration."""
    if kind == "type" and type(item).__module__.startswith("sqlmodel."):
        autogenerate.imports.add("import sqlmodel.sql.sqltypes")
    return False


import_tables()
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_item=render_item,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
