"""The tables of second factors: the secret of the app, and the printed codes for when it is lost."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select


class SecondFactorRow(SQLModel, table=True):
    """The secret a person's app shares with the service, encrypted; `pending` until a code has proven it."""

    __tablename__ = "account_second_factor"
    person: str = Field(primary_key=True, foreign_key="account_person.id")
    secret: str = ""
    pending: str = ""
    since: datetime | None = None
    #: The step of thirty seconds whose code was used last: no code is taken twice.
    last_step: int = Field(default=0, sa_type=sa.BigInteger)


class PaperCodeRow(SQLModel, table=True):
    """One printed code: its hash, and when it was used."""

    __tablename__ = "account_paper_code"
    code_hash: str = Field(primary_key=True, max_length=64)
    person: str = Field(foreign_key="account_person.id", index=True)
    used: datetime | None = None


def factor_row(session: Session, person_id: str, *, locked: bool = False) -> SecondFactorRow | None:
    """Return the second factor of a person, or what is being set up."""
    return session.get(SecondFactorRow, person_id, with_for_update=locked or None, populate_existing=locked)


def enrolled(session: Session) -> set[str]:
    """Return the ids of everybody who has a second factor."""
    return set(session.exec(select(SecondFactorRow.person).where(SecondFactorRow.secret != "")))


def codes_left(session: Session, person_id: str) -> int:
    """Return how many printed codes a person can still use."""
    unused = select(PaperCodeRow).where(PaperCodeRow.person == person_id, col(PaperCodeRow.used).is_(None))
    return len(session.exec(unused).all())


def use_code(session: Session, person_id: str, code_hash: str, at: datetime) -> bool:
    """Use up a printed code; tell whether it could be used. Of two at once one wins."""
    unused = (
        col(PaperCodeRow.code_hash) == code_hash,
        col(PaperCodeRow.person) == person_id,
        col(PaperCodeRow.used).is_(None),
    )
    return bool(session.connection().execute(sa.update(PaperCodeRow).where(*unused).values(used=at)).rowcount)


def replace_codes(session: Session, person_id: str, code_hashes: Iterable[str]) -> None:
    """Let these printed codes be the only ones of a person."""
    session.connection().execute(sa.delete(PaperCodeRow).where(col(PaperCodeRow.person) == person_id))
    session.add_all(PaperCodeRow(code_hash=each, person=person_id) for each in code_hashes)
    session.flush()


def drop_factor(session: Session, person_id: str) -> bool:
    """Forget a person's second factor and printed codes; tell whether there was one."""
    replace_codes(session, person_id, ())
    rows = col(SecondFactorRow.person) == person_id
    return bool(session.connection().execute(sa.delete(SecondFactorRow).where(rows)).rowcount)
