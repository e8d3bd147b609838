"""The table of lines against a bare WSGI callable with the raw driver, and 304 against a Flask hello.

Run as `python -m benchmarks.pages [LINES [ROUNDS]]`. In process, without sockets; both are timed in turn, so
that both meet the same noise, and medians are compared: CPU time of this process, since other work on the
machine moves the clock on the wall tenfold; what PostgreSQL does for either is not counted. The callable
reads the same rows, makes the same differences and writes the same words; it knows no log-in, no standing and
no filter, ours does. Where nothing is sealed a page is made of what was worked out after the last act; the
lines marked "first" are the page right after an act. The promises: JSON at most 3 times, HTML at most 4
times, a 304 with log-in at most 3 times a Flask hello. The same page through gunicorn for eight readers at
once is told in wall-clock time.
"""

import json
import os
import platform
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from html import escape
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final
from unittest.mock import patch

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import EnvironBuilder

from benchmarks.load import READERS, at_once
from budgetproto.app import create_app
from budgetproto.database import Database
from budgetproto.database.migrations import migrate
from budgetproto.disputes.opened.values import OpenValues
from budgetproto.disputes.positions import sealing
from budgetproto.operations import logs
from budgetproto.operations.garbage import spare_application
from budgetproto.settings import Settings
from budgetproto.transfers.reference import read_reference
from budgetproto.transfers.service import load
from tests.factories import PASSWORD, Scene
from tests.large import make_large
from tests.postgres import running_server

AIMS: Final = {"json": 3, "html": 4, "304": 3}
Answer = Callable[[], bytes]

_ROWS: Final = """
SELECT l.id, l.number, l.title_ky, l.title_ru, l.title_en, l.kind, l.territory, l.year, l.measure,
       l.recurring, l.protected, l.illustrative, l.base_government, l.base_lsg,
       t.name_ky, t.name_ru, t.name_en, k.name_ky,
       (SELECT document FROM dispute_reveal r WHERE r.line = l.id AND r.party = l.lead_government),
       (SELECT document FROM dispute_reveal r WHERE r.line = l.id AND r.party = l.lead_lsg)
FROM dispute_line l LEFT JOIN transfers_territory t ON t.soate = l.territory
LEFT JOIN transfers_kind k ON k.code = l.kind WHERE l.sitting = {place} ORDER BY l.number LIMIT {limit}
"""


class Peer:
    """The bare callable: the raw driver, json.dumps, an escaped f-string."""

    def __init__(self, execute: Callable[[str], Iterable[Any]], query: str) -> None:
        self._execute, self._query = execute, query

    def json(self) -> bytes:
        """Write the rows as JSON."""
        lines = [self._line(row) for row in self._execute(self._query)]
        return json.dumps({"lines": lines}, ensure_ascii=False, separators=(",", ":")).encode()

    def html(self) -> bytes:
        """Write the rows as a table."""
        return f"<table>{''.join(self._row(row) for row in self._execute(self._query))}</table>".encode()

    def _line(self, row: Any) -> dict[str, object]:
        government, lsg, gap = _figures(row)
        return {
            "id": row[0],
            "number": row[1],
            "title": {"ky": row[2], "ru": row[3], "en": row[4]},
            "kind": row[5],
            "territory": row[6],
            "territory_name": {"ky": row[14], "ru": row[15], "en": row[16]},
            "year": row[7],
            "measure": row[8],
            "recurring": bool(row[9]),
            "protected": bool(row[10]),
            "illustrative": bool(row[11]),
            "base_government": _som(row[12]),
            "base_lsg": _som(row[13]),
            "government": _som(government),
            "lsg": _som(lsg),
            "difference": _som(gap),
            "difference_absolute": _som(None if gap is None else abs(gap)),
        }

    def _row(self, row: Any) -> str:
        government, lsg, gap = _figures(row)
        status = "one-sided" if gap is None else "differing" if gap else "agreed"
        share = "—" if not gap or not government else f"{gap * 100 / government:.1f} %"
        return (
            f'<tr><th scope="row"><a class="govuk-link" href="/lines/{escape(row[0])}">№ {row[1]}. '
            f'{escape(row[2])}</a></th><td class="govuk-table__cell">{escape(row[17] or row[5])}</td>'
            f'<td class="govuk-table__cell">{escape(row[14] or row[15] or "")}</td>'
            f'<td class="govuk-table__cell bp-figure">{_amount(government)}</td>'
            f'<td class="govuk-table__cell bp-figure">{_amount(lsg)}</td>'
            f'<td class="govuk-table__cell bp-figure">{_amount(gap)}</td>'
            f'<td class="govuk-table__cell bp-figure">{share}</td>'
            f'<td class="govuk-table__cell"><strong class="bp-tag">{status}</strong></td></tr>'
        )


def _figures(row: Any) -> tuple[int | None, int | None, int | None]:
    government, lsg = (_figure(document) for document in row[18:20])
    return government, lsg, None if government is None or lsg is None else lsg - government


def _figure(document: str | None) -> int | None:
    figure = json.loads(document)["figure"] if document else None
    return int(figure["amount"].replace(".", "")) if figure else None


def _som(tyiyn: int | None) -> str | None:
    return None if tyiyn is None else f"{tyiyn // 100}.{tyiyn % 100:02d}"


def _amount(tyiyn: int | None) -> str:
    return (
        "—" if tyiyn is None else f"{tyiyn // 100_000:,}".replace(",", "\u00a0") + f",{tyiyn // 10_000 % 10}"
    )


def answered(app: Callable[..., Iterable[bytes]], path: str, **headers: str) -> Answer:
    """Return a call of a WSGI application without a socket."""
    address, _, query = path.partition("?")
    environment = EnvironBuilder(
        path=address, query_string=query, headers=list(headers.items())
    ).get_environ()

    def call() -> bytes:
        return b"".join(app(dict(environment), lambda *_: None))

    return call


def bare(make: Callable[[], bytes], kind: str) -> Answer:
    """Return a call of a bare WSGI callable."""

    def app(_: dict[str, Any], start: Callable[..., object]) -> list[bytes]:
        body = make()
        start("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    return answered(app, "/")


def compared(ours: Answer, theirs: Answer, rounds: int) -> tuple[float, float]:
    """Time both in turn; return the medians in microseconds."""
    ours(), theirs()
    times = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    first, second = (1e6 * median(column) for column in zip(*times, strict=True))
    return first, second


def seconds(task: Answer) -> float:
    """Time one call."""
    start = time.thread_time()
    task()
    return time.thread_time() - start


def cookie_of(app: Flask, login: str) -> str:
    """Log somebody in; return the cookies of the browser."""
    client = app.test_client()
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/log-in").text)
    assert found
    client.post("/log-in", data={"login": login, "password": PASSWORD, "csrf_token": found[1]})
    client.get("/")
    cookies = (client.get_cookie(name) for name in ("sitting", "language"))
    return "; ".join(f"{each.key}={each.value}" for each in cookies if each)


@contextmanager
def raw(url: str) -> Iterator[tuple[Callable[[str], Iterable[Any]], str]]:
    """Open the raw driver; yield how it runs a query and how it writes a text."""
    if url.startswith("sqlite"):
        lite = sqlite3.connect(sa.make_url(url).database or "")
        yield lite.execute, "sqlite3"
        lite.close()
        return
    import psycopg

    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql"), autocommit=True) as connection:
        yield lambda query: connection.execute(query), "psycopg"  # noqa: PLW0108 - its own type of query


def measured(folder: Path, url: str, lines: int, rounds: int) -> None:
    """Stage a sitting in one database and print a line for each page."""
    database = Database(url)
    migrate(database)
    load(database, read_reference())
    key_file = folder / f"seal-{abs(hash(url))}.key"
    sealing.make_key(key_file)
    scene = make_large(database, lines=lines, key=sealing.load_key(key_file))
    settings = Settings(folder, url, key_file, "a secret of this benchmark only")
    app = create_app(settings)
    cookie = cookie_of(app, scene.secretary.login)
    spare_application()  # as the server does before it begins to serve
    with raw(url) as (execute, driver):
        print(f"\n{driver}, a sitting of {lines} lines, {rounds} rounds; microseconds of CPU, medians")
        for size in sorted({50, lines}):
            peer = Peer(execute, _ROWS.format(place=f"'{scene.sitting}'", limit=size))
            _pages(
                lambda path: answered(app, path, Cookie=cookie), scene.sitting, peer, size=size, rounds=rounds
            )
    _unchanged(app, scene, cookie, rounds)
    for name in ("lines.json", "lines"):
        path = f"/sittings/{scene.sitting}/{name}?size=50"
        middle, slow = at_once(settings, path, cookie, each=rounds)
        print(f"{name + ', 50 lines':24} gunicorn, {READERS} readers: {middle:.0f} ms, p99 {slow:.0f} ms")
    database.close()


def _pages(answers: Callable[[str], Answer], sitting: str, peer: Peer, *, size: int, rounds: int) -> None:
    asked = f"/sittings/{sitting}/lines{{}}?size={50 if size == 50 else 500}"
    kinds = {"json": (peer.json, "application/json", ".json"), "html": (peer.html, "text/html", "")}
    for name, (make, kind, ending) in kinds.items():
        ours, theirs = answers(asked.format(ending)), bare(make, kind)
        states: tuple[tuple[str, AbstractContextManager[object]], ...] = (
            ("", nullcontext()),
            (", first", _nothing_kept()),
        )
        for when, state in states:
            with state:
                _told(f"{name}, {size} lines{when}", compared(ours, theirs, rounds), AIMS[name])


def _nothing_kept() -> AbstractContextManager[object]:
    """Let every page be made as the first after an act: nothing that was worked out before is known."""
    return patch.object(OpenValues, "get", lambda _self, _session, _sitting, _what, make: make())


def _unchanged(app: Flask, scene: Scene, cookie: str, rounds: int) -> None:
    path = f"/sittings/{scene.sitting}/lines"
    mark = app.test_client(use_cookies=False).get(path, headers={"Cookie": cookie}).headers["ETag"]
    hello = Flask("hello")
    hello.add_url_rule("/", view_func=lambda: "hello")
    ours = answered(app, path, Cookie=cookie, **{"If-None-Match": mark})
    assert ours() == b""
    _told("304 to a Flask hello", compared(ours, answered(hello, "/"), 10 * rounds), AIMS["304"])


def _told(what: str, times: tuple[float, float], aim: int) -> None:
    ours, theirs = times
    print(f"{what:24} ours {ours:9.0f}   peer {theirs:9.0f}   ratio {ours / theirs:6.2f}   aim {aim}")


def main(lines: int = 500, rounds: int = 25) -> None:
    """Measure on SQLite, then on the embedded PostgreSQL."""
    with open(os.devnull, "w") as nowhere:  # lines are written as in production, and read by nobody
        logs.configure("info", nowhere)
        _measure(lines, rounds)


def _measure(lines: int, rounds: int) -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}")
    with TemporaryDirectory(prefix="budgetproto-pages-") as name:
        folder = Path(name)
        measured(folder, f"sqlite:///{folder}/pages.sqlite3", lines, rounds)
        with running_server() as server:
            measured(folder, server, lines, rounds)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
