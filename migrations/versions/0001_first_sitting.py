"""The tables of the first sitting."""

from alembic import op
from sqlmodel import SQLModel

from budgetproto.database.rows import APPENDED_ONLY
from budgetproto.database.triggers import guard

revision = "0001"
down_revision = None


def upgrade() -> None:
    SQLModel.metadata.create_all(op.get_bind())
    guard(op.get_bind(), sorted(APPENDED_ONLY))
