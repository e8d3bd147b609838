"""The tables of people, roles, parties and log-ins."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.accounts.domain import LogIn, Party, Person, Role, Side, folded_login
from budgetproto.accounts.second_factor_storage import SecondFactorRow
from budgetproto.database import Clock, Versioned, keep, moment, now, once
from budgetproto.i18n import DEFAULT, Named, as_language
from budgetproto.i18n.letters import collation


class PersonRow(Versioned, table=True):
    """A person with an account; the name is erasable, events refer to the id alone.

    Without a password hash nobody has set a password yet. `initial` marks a password the service has made:
    whoever gets in with it sets another one first.
    """

    __tablename__ = "account_person"
    id: str = Field(primary_key=True)
    login: str = Field(unique=True)
    name: str
    language: str
    password_hash: str
    active: bool = True
    created_at: datetime
    initial: bool = False
    last_log_in: date | None = None
    #: Who else has ended the log-ins, and when, until the owner has been told.
    ended_by: str | None = None
    ended_at: datetime | None = None


class RoleRow(SQLModel, table=True):
    """A role a person has."""

    __tablename__ = "account_role"
    person: str = Field(primary_key=True, foreign_key="account_person.id")
    role: str = Field(primary_key=True)


class PartyRow(SQLModel, table=True):
    """A body that can be a party to a sitting."""

    __tablename__ = "account_party"
    id: str = Field(primary_key=True)
    key: str = Field(unique=True)
    side: str
    name_ky: str
    name_ru: str
    name_en: str

    def party(self) -> Party:
        """Return the party without its table."""
        side: Side = "government" if self.side == "government" else "lsg"
        return Party(self.id, self.key, side, Named(self.name_ky, self.name_ru, self.name_en))


class LogInRow(SQLModel, table=True):
    """One log-in: the SHA-256 of its token, whose it is and until when it holds.

    A `half` one has seen the password and waits for the second factor: it opens nothing else.
    """

    __tablename__ = "account_log_in"
    token_hash: str = Field(primary_key=True, max_length=64)
    person: str = Field(foreign_key="account_person.id", index=True)
    since: datetime
    until: datetime
    half: bool = False
    #: When it was last used, to within some minutes.
    used: datetime | None = None
    #: When its person last gave password or code.
    confirmed: datetime | None = None
    device: str = ""
    origin: str = ""


class AttemptRow(SQLModel, table=True):
    """Wrong passwords for one log-in name, known or not: resting must not tell which names exist.

    Each name has a row for every origin and one for all of them together. Names are kept as hashes, since
    people type passwords into the wrong field; the first half of every hash is the name's own.
    """

    __tablename__ = "account_attempt"
    login_hash: str = Field(primary_key=True, max_length=64)
    failures: int = 0
    last: datetime
    resting_until: datetime | None = None


class DeniedRow(SQLModel, table=True):
    """How often one person was denied one kind of thing since the last entry in the chain."""

    __tablename__ = "account_denied"
    person: str = Field(primary_key=True)
    asked: str = Field(primary_key=True)
    since: datetime
    further: int = 0


def person_row(session: Session, login: str) -> PersonRow | None:
    """Find an account by its log-in name."""
    return session.exec(select(PersonRow).where(PersonRow.login == folded_login(login))).one_or_none()


def known_person(session: Session, login: str) -> PersonRow:
    """Return an account that is there for certain, such as a staged one; else NoResultFound."""
    return session.exec(select(PersonRow).where(PersonRow.login == folded_login(login))).one()


def attempts(session: Session, login_hash: str) -> AttemptRow | None:
    """Return the wrong passwords counted under a hash."""
    return session.get(AttemptRow, login_hash)


def locked_attempts(session: Session, login_hash: str, at: datetime) -> AttemptRow:
    """Return the row that counts wrong passwords, made if missing, locked for this transaction."""
    missing = {"login_hash": login_hash, "last": at, "failures": 0}
    # A row that was there may be gone by the time its lock is ours: then it is made anew.
    while (row := session.get(AttemptRow, login_hash, with_for_update=True)) is None:
        _insert_if_missing(session, AttemptRow, missing)
    return row


def locked_denials(session: Session, person: str, asked: str) -> tuple[DeniedRow, bool]:
    """Return the row that counts a person's denials, locked, and whether it was made just now."""
    # Mostly it is there: whoever tries again and again costs one statement less.
    if row := session.get(DeniedRow, (person, asked), with_for_update=True):
        return row, False
    missing = {"person": person, "asked": asked, "since": now(session), "further": 0}
    made = _insert_if_missing(session, DeniedRow, missing)
    return session.get_one(DeniedRow, (person, asked), with_for_update=True), made


def forget_attempts(session: Session, *, before: datetime) -> None:
    """Forget wrong passwords that lie so far back that they count no more, waiting for nobody's lock."""
    old = select(AttemptRow.login_hash).where(col(AttemptRow.last) < before)
    free = old.with_for_update(skip_locked=True)
    session.connection().execute(sa.delete(AttemptRow).where(col(AttemptRow.login_hash).in_(free)))


def drop_attempts(session: Session, login_part: str) -> None:
    """Forget the wrong passwords of one log-in name, whose hashes all begin with `login_part`."""
    rows = col(AttemptRow.login_hash).startswith(login_part)
    session.connection().execute(sa.delete(AttemptRow).where(rows))


def person(session: Session, person_id: str) -> Person | None:
    """Return a person in service with the roles held now."""
    return once(session, ("person", person_id), lambda: _active(session, person_id))


def people(session: Session) -> list[tuple[PersonRow, Person]]:
    """Return everybody, in order of names; those without one last."""
    query = select(PersonRow).order_by(col(PersonRow.name) == "", PersonRow.name, PersonRow.id)
    rows = session.exec(query.execution_options(populate_existing=True)).all()
    held: dict[str, set[Role]] = {}
    for role in session.exec(select(RoleRow)):
        held.setdefault(role.person, set()).add(Role(role.role))
    return [(row, _made(row, frozenset(held.get(row.id, ())))) for row in rows]


def holder(session: Session, person_id: str) -> tuple[PersonRow, Person] | None:
    """Return a person with row, in service or not."""
    row = session.get(PersonRow, person_id)
    return (row, _person(session, row)) if row else None


def people_names(session: Session, ids: Iterable[str]) -> dict[str, Named]:
    """Return the names of people by id, the same in every language; an erased one has none."""
    rows = session.exec(select(PersonRow).where(col(PersonRow.id).in_(list(ids)), PersonRow.name != ""))
    return {row.id: Named(row.name, row.name, row.name) for row in rows}


def lock_administrators(session: Session) -> None:
    """Wait for whoever else changes people, and let others wait."""
    roles = select(RoleRow).where(RoleRow.role == Role.ADMINISTRATOR).order_by(RoleRow.person)
    session.exec(roles.with_for_update()).all()


def set_roles(session: Session, person_id: str, roles: Iterable[Role]) -> None:
    """Give a person these roles and no others."""
    session.connection().execute(sa.delete(RoleRow).where(col(RoleRow.person) == person_id))
    session.add_all(RoleRow(person=person_id, role=role) for role in sorted(roles))
    session.flush()


def ids_of_role(session: Session, role: Role) -> dict[str, list[str]]:
    """Return the accounts of the people in service who hold a role now, by their names."""
    query = (
        select(PersonRow.name, PersonRow.id)
        .join(RoleRow, col(RoleRow.person) == col(PersonRow.id))
        .where(RoleRow.role == role, col(PersonRow.active))
    )
    found: dict[str, list[str]] = {}
    for name, person_id in session.exec(query):
        found.setdefault(name, []).append(person_id)
    return found


def parties(session: Session) -> list[Party]:
    """Return every party, the Government's side first, each side in alphabetical order."""
    return list(once(session, "parties", lambda: _parties(session)))


def _parties(session: Session) -> list[Party]:
    found = (row.party() for row in session.exec(select(PartyRow)))
    return sorted(found, key=lambda party: (party.side, collation(party.name.text(DEFAULT)), party.key))


def party(session: Session, party_id: str) -> Party | None:
    """Return one party."""
    row = session.get(PartyRow, party_id)
    return row.party() if row else None


def lock_party(session: Session, party_id: str) -> None:
    """Wait for whoever else enters something about a party, and let others wait."""
    # The key stays as it is: whoever enters what refers to the party need not wait.
    session.get(PartyRow, party_id, with_for_update={"key_share": True})


def party_names(session: Session, ids: Iterable[str]) -> dict[str, Named]:
    """Return the names of parties by id."""
    rows = session.exec(select(PartyRow).where(col(PartyRow.id).in_(list(ids))))
    return {row.id: row.party().name for row in rows}


def log_in(session: Session, token_hash: str) -> tuple[LogIn, datetime] | None:
    """Return the log-in of somebody in service, and until when it holds.

    Asked on every page, so all of it in one statement: log-in, person, roles, second factor and the time.
    """
    rows = session.connection().execute(_HELD, {"token": token_hash}).all()
    if not rows:
        return None
    until, since, used, half, confirmed, initial, factor, clock = rows[0][:8]
    person = _of_rows([row[8:] for row in rows])
    keep(session, ("person", person.id), person)
    last, at = used or since, moment(clock)
    return LogIn(token_hash, person, half, initial, confirmed, last, bool(factor), at), until


def log_ins(session: Session, person_id: str) -> list[LogInRow]:
    """Return the whole log-ins of a person, the newest first."""
    rows = select(LogInRow).where(LogInRow.person == person_id, col(LogInRow.half).is_(False))
    return list(session.exec(rows.order_by(col(LogInRow.since).desc())))


def touch(session: Session, token_hash: str, at: datetime) -> None:
    """Note that a log-in was used; nothing else of it changes."""
    rows = col(LogInRow.token_hash) == token_hash
    session.connection().execute(sa.update(LogInRow).where(rows).values(used=at))


def end_log_ins(session: Session, person_id: str, *, but: str = "") -> int:
    """End every log-in of a person but one; return how many."""
    rows = (col(LogInRow.person) == person_id, col(LogInRow.token_hash) != but)
    return session.connection().execute(sa.delete(LogInRow).where(*rows)).rowcount


def end_every_log_in(session: Session) -> None:
    """End every log-in of everybody."""
    session.connection().execute(sa.delete(LogInRow))


def forget_log_ins(session: Session, *, before: datetime) -> None:
    """Forget the log-ins that were over by then."""
    session.connection().execute(sa.delete(LogInRow).where(col(LogInRow.until) < before))


def _insert_if_missing(session: Session, table: type[SQLModel], values: dict[str, object]) -> bool:
    """Insert a row unless another transaction has; tell whether it was us."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
    statement = insert(table).values(**values).on_conflict_do_nothing().returning(sa.literal(1))
    return session.connection().execute(statement).first() is not None


def _active(session: Session, person_id: str) -> Person | None:
    rows = session.connection().execute(_ACTIVE, {"person": person_id}).all()
    return _of_rows(rows) if rows else None


def _of_rows(rows: Sequence[Any]) -> Person:
    """Return the person whom these rows tell of, each with another role."""
    id_, login, name, language, _ = rows[0]
    return Person(id_, login, name, as_language(language), frozenset(Role(row[4]) for row in rows if row[4]))


def _person(session: Session, row: PersonRow) -> Person:
    roles = session.exec(select(RoleRow.role).where(RoleRow.person == row.id))
    return _made(row, frozenset(map(Role, roles)))


def _made(row: PersonRow, roles: frozenset[Role]) -> Person:
    return Person(row.id, row.login, row.name, as_language(row.language), roles)


_TOLD: Final = (
    col(PersonRow.id),
    col(PersonRow.login),
    col(PersonRow.name),
    col(PersonRow.language),
    col(RoleRow.role),
)
_ACTIVE: Final = (
    sa.select(*_TOLD)
    .outerjoin(RoleRow, col(RoleRow.person) == col(PersonRow.id))
    .where(col(PersonRow.id) == sa.bindparam("person", type_=sa.String), col(PersonRow.active))
)
_HELD: Final = (
    sa.select(
        col(LogInRow.until),
        col(LogInRow.since),
        col(LogInRow.used),
        col(LogInRow.half),
        col(LogInRow.confirmed),
        col(PersonRow.initial),
        sa.exists().where(
            col(SecondFactorRow.person) == col(LogInRow.person), col(SecondFactorRow.secret) != ""
        ),
        Clock(),
        *_TOLD,
    )
    .join(PersonRow, col(PersonRow.id) == col(LogInRow.person))
    .outerjoin(RoleRow, col(RoleRow.person) == col(PersonRow.id))
    .where(col(LogInRow.token_hash) == sa.bindparam("token", type_=sa.String), col(PersonRow.active))
)
