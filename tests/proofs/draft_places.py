"""Where drafts live while they are proved: copies of one register on SQLite or on PostgreSQL, on any day."""

import shutil
from abc import ABC, abstractmethod
from datetime import date
from pathlib import Path
from sqlite3 import Connection
from typing import Final

import psycopg
import sqlalchemy as sa

from budgetproto.database import Database
from tests.hurry import hurried

#: PostgreSQL looks for the clock in this schema first, and finds there the day that it is told.
_CLOCK: Final = """
CREATE SCHEMA told;
CREATE TABLE told.day (moment timestamptz);
INSERT INTO told.day VALUES (now());
CREATE FUNCTION told.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS 'SELECT moment FROM told.day';
"""


class Place(ABC):
    """Databases by names of their own; each takes for today the day that it is told, not its clock's."""

    def __init__(self) -> None:
        self.today = date.min

    @abstractmethod
    def copy(self, of: str, name: str) -> None:
        """Copy a database that nobody has open; an earlier one of the name is gone."""

    @abstractmethod
    def open(self, name: str, today: date) -> Database:
        """Open a database on a day."""

    @abstractmethod
    def tell(self, database: Database, today: date) -> None:
        """Let a database that is open take another day for today."""


class Files(Place):
    """SQLite: a file for each database."""

    def __init__(self, template: Path, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        shutil.copy(template, self._file("empty"))

    def copy(self, of: str, name: str) -> None:
        for left in self._folder.glob(f"{name}.sqlite3-*"):
            left.unlink()
        shutil.copy(self._file(of), self._file(name))

    def open(self, name: str, today: date) -> Database:
        database = hurried(Database(f"sqlite:///{self._file(name)}"))
        sa.event.listen(database.engine, "connect", self._tell)
        database.engine.dispose()
        self.tell(database, today)
        return database

    def tell(self, _: Database, today: date) -> None:
        self.today = today

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.sqlite3"

    def _tell(self, connection: Connection, _: object) -> None:
        connection.create_function("strftime", 2, lambda *_: f"{self.today}T06:00:00.000")


class Server(Place):
    """PostgreSQL: a database of the server for each, all dropped at the end."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = sa.make_url(url)
        self._server = psycopg.connect(self._address("postgres"), autocommit=True)
        self._names: set[str] = set()
        self._copy("template_sitting", _named("empty"))
        with psycopg.connect(self._address(_named("empty")), autocommit=True) as connection:
            connection.execute(_CLOCK)

    def copy(self, of: str, name: str) -> None:
        self._copy(_named(of), _named(name))

    def open(self, name: str, today: date) -> Database:
        # The catalogue, where the server's own clock is, comes last; unnamed it would come first.
        told = self._url.set(database=_named(name)).update_query_dict(
            {"options": "-csearch_path=told,public,pg_catalog"}
        )
        database = hurried(Database(told.render_as_string(hide_password=False)))
        self.tell(database, today)
        return database

    def tell(self, database: Database, today: date) -> None:
        self.today = today
        with database.engine.begin() as connection:
            connection.execute(sa.text("UPDATE told.day SET moment = :at"), {"at": f"{today}T06:00:00Z"})

    def close(self) -> None:
        """Drop every database that was made."""
        for name in self._names:
            self._drop(name)
        self._server.close()

    def _copy(self, of: str, name: str) -> None:
        self._drop(name)
        self._server.execute(f"CREATE DATABASE {name} TEMPLATE {of}")
        self._names.add(name)

    def _drop(self, name: str) -> None:
        self._server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _address(self, name: str) -> str:
        url = self._url.set(drivername="postgresql", database=name)
        return url.render_as_string(hide_password=False)


def _named(name: str) -> str:
    return f"drafts_{name}"
