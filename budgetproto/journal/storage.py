"""The tables of the journal: chains with their heads, entries that are never changed."""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import appended_only, now
from budgetproto.journal.domain import EMPTY, Break, Entry, canonical_json, entry_hash, verify
from budgetproto.journal.events import Event

ACCESS: Final = "access"
SYSTEM: Final = "system"


class ChainRow(SQLModel, table=True):
    """One chain: its length and the hash of its last entry; locked while an entry is added."""

    __tablename__ = "journal_chain"
    chain: str = Field(primary_key=True)
    length: int = Field(default=0, sa_type=sa.BigInteger)
    head: str = Field(default=EMPTY, max_length=64)


@appended_only
class EntryRow(SQLModel, table=True):
    """One entry of a chain."""

    __tablename__ = "journal_entry"
    chain: str = Field(primary_key=True, foreign_key="journal_chain.chain")
    sequence: int = Field(primary_key=True, sa_type=sa.BigInteger)
    at: datetime
    kind: str = Field(index=True)
    payload: str = Field(sa_type=sa.Text)
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64, unique=True)

    def entry(self) -> Entry:
        """Return the entry without its table."""
        return Entry(self.chain, self.sequence, self.at, self.kind, self.payload, self.previous, self.hash)


@dataclass(frozen=True)
class Head:
    """The end of a chain at one moment: what a receipt and the protocol print."""

    chain: str
    length: int
    hash: str


def sitting_chain(sitting: str) -> str:
    """Return the name of a sitting's chain."""
    return f"sitting:{sitting}"


def party_chain(sitting: str, party: str) -> str:
    """Return the name of the chain a party's filings form while positions are collected."""
    return f"party:{sitting}:{party}"


def inner_chain(sitting: str, party: str) -> str:
    """Return the name of the chain of what happens inside a party: it stays with its delegates."""
    return f"inner:{sitting}:{party}"


def act_chain(act: str) -> str:
    """Return the name of the chain of a draft act under coordination."""
    return f"act:{act}"


def report_chain(report: str) -> str:
    """Return the name of the chain of an annual report: until it is filed only its own people read it."""
    return f"report:{report}"


def expertise_chain(expertise: str) -> str:
    """Return the name of the chain of an expertise: until it is handed in only its own people read it."""
    return f"expertise:{expertise}"


def append(session: Session, chain: str, event: Event) -> Entry:
    """Add an event to a chain under the lock of its head row; the last lock a transaction takes."""
    head = _locked(session, chain)
    values: dict[str, Any] = {
        "chain": chain,
        "sequence": head.length + 1,
        "at": now(session),
        "kind": event.kind,
    }
    chained = {**values, "payload": canonical_json(event.payload()), "previous": head.head}
    row = EntryRow(**chained, hash=entry_hash(**chained))
    session.add(row)
    head.length, head.head = row.sequence, row.hash
    session.add(head)
    session.flush()
    return row.entry()


def head(session: Session, chain: str) -> Head:
    """Return where a chain ends now; a chain that does not exist yet is empty."""
    row = session.get(ChainRow, chain)
    return Head(chain, row.length, row.head) if row else Head(chain, 0, EMPTY)


def entries(
    session: Session, chain: str, *, after: int = 0, limit: int | None = None, kind: str | None = None
) -> list[Entry]:
    """Return the entries of a chain in order, those of one kind alone if asked."""
    query = select(EntryRow).where(EntryRow.chain == chain, EntryRow.sequence > after)
    if kind is not None:
        query = query.where(EntryRow.kind == kind)
    return [row.entry() for row in session.exec(query.order_by(col(EntryRow.sequence)).limit(limit))]


def entry_of_hash(session: Session, digest: str) -> Entry | None:
    """Return the entry of any chain that has this hash."""
    row = session.exec(select(EntryRow).where(EntryRow.hash == digest)).one_or_none()
    return row.entry() if row else None


def entries_about(session: Session, chain: str, **named: str) -> list[Entry]:
    """Return the entries of a chain in order whose payload says exactly this: a field and an id."""
    said = (canonical_json({field: value})[1:-1] for field, value in named.items())
    query = select(EntryRow).where(EntryRow.chain == chain)
    query = query.where(*(col(EntryRow.payload).contains(each, autoescape=True) for each in said))
    return [row.entry() for row in session.exec(query.order_by(col(EntryRow.sequence)))]


def chains(session: Session) -> list[str]:
    """Return the names of all chains, in alphabetical order."""
    return list(session.exec(select(ChainRow.chain).order_by(ChainRow.chain)))


def check(session: Session, chain: str) -> Break | None:
    """Verify one chain against its head row; return the first break or None."""
    end = head(session, chain)
    with closing(_streamed(session, chain)) as streamed:
        read = _Counted(streamed)
        try:
            return verify(chain, read, length=end.length, head=end.hash)
        except (ValueError, TypeError, sa.exc.OperationalError) as unreadable:
            # A byte was altered so that it is no time, number or text any more; SQLite cannot "decode" it.
            if isinstance(unreadable, sa.exc.OperationalError) and "decode" not in str(unreadable):
                raise
            return Break(chain, read.count + 1, "journal.break.altered")


class _Counted:
    """Entries with a count of those that could be read."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self._entries = entries
        self.count = 0

    def __iter__(self) -> Iterator[Entry]:
        for entry in self._entries:
            yield entry
            self.count += 1


def _streamed(session: Session, chain: str) -> Generator[Entry]:
    query = select(EntryRow).where(EntryRow.chain == chain).order_by(col(EntryRow.sequence))
    with closing(session.exec(query.execution_options(yield_per=5_000))) as rows:
        for row in rows:
            yield row.entry()


def _locked(session: Session, chain: str) -> ChainRow:
    """Return the head row, made if missing, locked for this transaction."""
    query = select(ChainRow).where(ChainRow.chain == chain).with_for_update()
    query = query.execution_options(populate_existing=True)
    if row := session.exec(query).one_or_none():
        return row
    _insert_if_missing(session, chain)
    return session.exec(query).one()


def _insert_if_missing(session: Session, chain: str) -> None:
    statement = (
        "INSERT INTO journal_chain (chain, length, head) VALUES (:chain, 0, :head) ON CONFLICT DO NOTHING"
    )
    session.connection().execute(sa.text(statement), {"chain": chain, "head": EMPTY})
