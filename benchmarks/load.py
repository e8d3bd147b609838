"""One page asked for by eight readers at once, through gunicorn and the loopback: how long it takes."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from statistics import median, quantiles

from budgetproto.settings import Settings

READERS = 8
#: So long may the server take to start.
_PATIENCE = 60


def at_once(settings: Settings, path: str, cookie: str, *, each: int) -> tuple[float, float]:
    """Return the median and the 99th percentile of the wall-clock milliseconds of an answer."""
    with _served(settings) as port, ThreadPoolExecutor(READERS) as readers:
        list(readers.map(lambda _: _asked(port, path, cookie, times=2), range(READERS)))
        rounds = readers.map(lambda _: _asked(port, path, cookie, times=each), range(READERS))
        times = [taken for one in rounds for taken in one]
    return 1e3 * median(times), 1e3 * quantiles(times, n=100)[98]


def _asked(port: int, path: str, cookie: str, *, times: int) -> list[float]:
    """Ask over one connection that is kept; return the seconds of each answer."""
    connection, taken = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE), []
    for _ in range(times):
        start = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        taken.append(time.perf_counter() - start)
        assert answer.status == 200, answer.status
    connection.close()
    return taken


@contextmanager
def _served(settings: Settings) -> Iterator[int]:
    port = _free_port()
    command = (
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:budgetproto.operations.server",
        "wsgi:application",
    )
    with subprocess.Popen(command, env=_environment(settings, port), stderr=subprocess.DEVNULL) as running:
        try:
            _wait_for(port)
            yield port
        finally:
            running.terminate()


def _environment(settings: Settings, port: int) -> Mapping[str, str]:
    return os.environ | {
        "BUDGETPROTO_BIND": f"127.0.0.1:{port}",
        "BUDGETPROTO_FOLDER": str(settings.folder),
        "BUDGETPROTO_DATABASE_URL": settings.database_url,
        "BUDGETPROTO_SEAL_KEY_FILE": str(settings.seal_key_file),
        "BUDGETPROTO_SECRET_KEY": settings.secret_key,
        "BUDGETPROTO_LEAST_FREE_MB": "0",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError("gunicorn did not start")
