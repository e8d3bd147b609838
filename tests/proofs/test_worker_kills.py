"""kill -9 of gunicorn's workers while a position is sent: sent again, it was filed exactly once."""

import http.client
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from http.cookies import SimpleCookie
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from urllib.parse import urlencode

import sqlalchemy as sa
from werkzeug.test import TestResponse

from budgetproto.accounts.domain import Person
from budgetproto.database import Database
from budgetproto.disputes.positions import sealing
from budgetproto.journal import party_chain
from budgetproto.journal.storage import check, entries
from tests.factories import PASSWORD, Scene, make_scene
from tests.journeys.visitor import started, token_of
from tests.operations.serving import Served, serving
from tests.proofs.conftest import Trials

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_TYPED = {
    "act": "file",
    "jump_confirmed": "y",
    "rationale_ky": "Долбоорлор даяр.",
    "vulnerable": "not_studied",
}
#: A new worker is there within a second; a busy machine may need more.
_ATTEMPTS = 200


def test_a_position_sent_again_after_a_kill_is_filed_exactly_once(
    sqlite_template: Path, tmp_path: Path, trials: Trials
) -> None:
    scene = prepared(sqlite_template, tmp_path)
    again, address = 0, f"/lines/{scene.lines[0]}/position"
    with serving(tmp_path) as served, ThreadPoolExecutor(1) as pool:
        client = Client(served, scene.unionist)
        numbers = trials.of(1_000)
        for number in numbers:
            form = started(client.ask("GET", address)[1]) | _TYPED | {"figure": f"{number + 1},0"}
            sent = pool.submit(client.ask, "POST", address, form)
            time.sleep(trials.random.random() * 0.06)
            for worker in served.workers():
                with suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)
            status, _, attempts = sent.result()
            assert status == 303, number
            again += attempts > 1
    trials.told = f"({again:,} sent again)"
    with scene.database.reading() as session:
        chain = party_chain(scene.sitting, scene.union.id)
        filed = [each for each in entries(session, chain) if each.kind == "disputes.position_filed"]
        assert [each.values()["number"] for each in filed] == list(range(1, len(numbers) + 1))
        assert check(session, chain) is None
        rows = session.connection().execute(sa.text("SELECT count(*) FROM dispute_position")).scalar()
    assert rows == len(numbers)
    scene.database.close()


class Client:
    """Somebody at a browser that sends again what got no answer."""

    def __init__(self, served: Served, person: Person) -> None:
        self._served, self._cookies = served, SimpleCookie()
        page = self.ask("GET", "/log-in")[1]
        typed = {"login": person.login, "password": PASSWORD, "csrf_token": token_of(page)}
        assert self.ask("POST", "/log-in", typed)[0] == 303

    def ask(
        self, method: str, address: str, form: dict[str, str] | None = None
    ) -> tuple[int, TestResponse, int]:
        """Return status, page and how often it was asked; an answer of ours is never a 5xx."""
        for attempt in range(1, _ATTEMPTS):
            with suppress(OSError, http.client.HTTPException):
                status, page = self._once(method, address, urlencode(form or {}))
                assert status < 500
                return status, page, attempt
            time.sleep(0.05)
        raise AssertionError("no answer")

    def _once(self, method: str, address: str, body: str) -> tuple[int, TestResponse]:
        cookies = "; ".join(f"{name}={each.value}" for name, each in self._cookies.items())
        with closing(http.client.HTTPConnection("127.0.0.1", self._served.port, timeout=30)) as connection:
            connection.request(method, address, body, {"Cookie": cookies, **_FORM})
            answer = connection.getresponse()
            text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            self._cookies.load(cookie)
        request = SimpleNamespace(path=address)
        return answer.status, cast(TestResponse, SimpleNamespace(text=text, request=request))


def prepared(template: Path, folder: Path) -> Scene:
    """Make an installation with one question on which positions are collected."""
    (folder / "budgetproto.sqlite3").write_bytes(template.read_bytes())
    sealing.make_key(folder / "seal.key")
    database = Database(f"sqlite:///{folder}/budgetproto.sqlite3")
    return make_scene(database, key=sealing.load_key(folder / "seal.key"), lines=1)
