"""Which statements reach a database while a block runs, on whatever engine."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect every statement sent to any database inside the block."""
    statements: list[str] = []

    def note(*sent: object) -> None:
        statements.append(str(sent[2]))

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
