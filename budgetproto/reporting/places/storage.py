"""Which questions of which sittings are about a place."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col, select

from budgetproto.disputes.domain import Line
from budgetproto.disputes.storage import LineRow


def lines_about(session: Session, sittings: Collection[str], territories: Collection[str]) -> list[Line]:
    """Return the lines of these sittings that are about one of these territories, without those withdrawn."""
    query = select(LineRow).where(
        col(LineRow.sitting).in_(sittings),
        col(LineRow.territory).in_(territories),
        col(LineRow.withdrawn_at).is_(None),
    )
    return [row.line() for row in session.exec(query.order_by(LineRow.sitting, col(LineRow.number)))]


def counted(session: Session, sittings: Collection[str]) -> dict[str, int]:
    """Return how many lines of these sittings are about each territory, by its code."""
    query = select(LineRow.territory, sa.func.count()).where(
        col(LineRow.sitting).in_(sittings),
        col(LineRow.territory).is_not(None),
        col(LineRow.withdrawn_at).is_(None),
    )
    rows = session.exec(query.group_by(col(LineRow.territory)))
    return {territory: lines for territory, lines in rows if territory}
