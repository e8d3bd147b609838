"""The shipped server settings: a killed worker is replaced, a stop is clean, every log line is JSON."""

import gc
import http.client
import os
import re
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from budgetproto.database import Database
from budgetproto.operations import server
from budgetproto.operations.watchdog import answers, notify
from tests.operations.serving import Served, serving, wait_for
from tests.staged import Staged, master, staged  # noqa: F401 - fixtures


@pytest.fixture
def served(staged: Staged, tmp_path: Path) -> Iterator[Served]:  # noqa: F811
    """Serve the demonstration."""
    with serving(tmp_path, BUDGETPROTO_METRICS_NETWORKS="127.0.0.0/8") as running:
        yield running


def test_a_killed_worker_is_replaced_and_the_counts_of_all_workers_are_kept(served: Served) -> None:
    for _ in range(8):
        assert served.get("/transfers").status == 200
    before = served.workers()
    assert len(before) == 2
    os.kill(before[0], signal.SIGKILL)
    wait_for(lambda: len(served.workers()) == 2 and before[0] not in served.workers())
    wait_for(lambda: served.get("/health/ready").status == 200)
    assert answers(f"127.0.0.1:{served.port}")
    assert _count(served, "/transfers") == 8
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(40) == 0
    assert any("Booting worker" in str(line["event"]) for line in served.log())
    assert not answers(f"127.0.0.1:{served.port}")


def _count(served: Served, rule: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    found = re.search(rf'budgetproto_requests_total{{rule="{rule}",status="2xx"}} ([\d.]+)', text)
    assert found, text
    return int(float(found[1]))


def test_no_two_processes_share_a_connection(sqlite_database: Database) -> None:
    """What was opened while the application was built is closed before a worker is forked."""
    built = SimpleNamespace(extensions={"budgetproto.database": sqlite_database})
    arbiter = SimpleNamespace(app=SimpleNamespace(wsgi=lambda: built))
    with sqlite_database.reading() as session:
        session.connection()
    assert sqlite_database.engine.pool.checkedin() == 1  # type: ignore[attr-defined]
    server.pre_fork(arbiter, None)
    assert sqlite_database.engine.pool.checkedin() == 0  # type: ignore[attr-defined]


def test_the_collector_leaves_alone_what_was_built() -> None:
    before = gc.get_threshold()
    server.when_ready(None)
    frozen = gc.get_freeze_count()
    gc.unfreeze()
    gc.set_threshold(*before)
    assert frozen > 1_000


def test_systemd_is_told(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        notify(str(tmp_path / "notify"), b"WATCHDOG=1")
        assert listening.recv(100) == b"WATCHDOG=1"
