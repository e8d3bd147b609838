"""Reads and writes the sums of the register: what is added up per draft and association."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col

from budgetproto.coordination.storage import KeyRow, TallyRow


def replace(session: Session, act: str, rows: Sequence[TallyRow | KeyRow]) -> None:
    """Put the rows of a draft in the place of those that were there."""
    for table in (TallyRow, KeyRow):
        session.execute(sa.delete(table).where(col(table.act) == act))
    session.add_all(rows)
    session.flush()
