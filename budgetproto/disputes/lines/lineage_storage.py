"""The SQL of lines that stand in no list of their sitting: those withdrawn, those made from another."""

from sqlmodel import Session, col, select

from budgetproto.disputes.domain import Line
from budgetproto.disputes.storage import LineRow


def withdrawn_lines(session: Session, sitting: str) -> list[Line]:
    """Return the lines that were taken back while the sitting was prepared: they explain a gap."""
    query = select(LineRow).where(LineRow.sitting == sitting, col(LineRow.withdrawn_at).is_not(None))
    return [row.line() for row in session.exec(query.order_by(col(LineRow.number)))]


def cloned_from(session: Session, line: str) -> list[Line]:
    """Return the lines of later sittings that were made from a line."""
    query = select(LineRow).where(LineRow.cloned_from == line).order_by(col(LineRow.year), LineRow.id)
    return [row.line() for row in session.exec(query)]


def made_from(session: Session) -> dict[str, str]:
    """Return of every line that was made from another the id of that one."""
    query = select(LineRow.id, LineRow.cloned_from).where(col(LineRow.cloned_from).is_not(None))
    return {line: before for line, before in session.exec(query) if before}
