"""The database of the running app: one read-only picture for a page, transactions of their own for acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from flask import Flask, current_app, g, request
from sqlmodel import Session

from budgetproto.database import Database

#: Under which name an application keeps its database.
EXTENSION: Final = "budgetproto.database"


def init_app(app: Flask, database: Database) -> None:
    """Give `app` its database, and end a page's transaction with the page."""
    app.extensions[EXTENSION] = database
    app.teardown_appcontext(end_reading)


def database() -> Database:
    """Return the database of the running app, for services that write."""
    found: Database = current_app.extensions[EXTENSION]
    return found


@contextmanager
def reading() -> Iterator[Session]:
    """Give a view the data to read.

    A page (GET) sees one unchanging picture from its first read to its last, on one connection. An act
    (POST) reads anew each time, so that it sees what it has just written.
    """
    if request.method not in {"GET", "HEAD"}:
        with database().reading() as session:
            yield session
        return
    if "reading" not in g:
        g.reading_context = database().reading()
        g.reading = g.reading_context.__enter__()
    yield g.reading


def end_reading(_error: BaseException | None = None) -> None:
    """Give the page's picture back; a later read of the same request begins a new one."""
    if context := g.pop("reading_context", None):
        g.pop("reading", None)
        context.__exit__(None, None, None)
