"""The table of the bytes of attached texts; append-only. What is known of each stands in its step."""

from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import appended_only


@appended_only
class TextRow(SQLModel, table=True):
    """The bytes of one attached text; `step` is the number of the step that attached it."""

    __tablename__ = "coordination_text"
    act: str = Field(primary_key=True, foreign_key="coordination_act.id")
    step: int = Field(primary_key=True)
    content: bytes


def content(session: Session, act: str, step: int) -> bytes | None:
    """Return the bytes of the text that a step attached; None where there are none."""
    found = session.get(TextRow, (act, step))
    return found.content if found else None


def kept_steps(session: Session, act: str) -> list[int]:
    """Return the steps of a draft of which bytes are kept; no bytes are read for it."""
    return list(session.exec(select(TextRow.step).where(TextRow.act == act).order_by(col(TextRow.step))))
