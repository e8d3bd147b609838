"""Gunicorn with the shipped settings as a process of its own, and its log."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: A machine that runs the whole suite is slow to start a server.
_PATIENCE = 60.0


@dataclass(frozen=True)
class Served:
    """A running server."""

    process: subprocess.Popen[bytes]
    port: int
    log_file: Path

    def get(self, address: str, **headers: str) -> http.client.HTTPResponse:
        """Ask it for a page; the body is read."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", address, headers=headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer

    def workers(self) -> list[int]:
        """Return the processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(each) for each in children.split()]

    def log(self) -> list[dict[str, object]]:
        """Return everything it has logged; a line that is no JSON fails the test."""
        return [json.loads(line) for line in self.log_file.read_text().splitlines()]


@contextmanager
def serving(folder: Path, **environment: str) -> Iterator[Served]:
    """Serve the installation in `folder` until the block ends."""
    port = free_port()
    stated = {
        **{name: value for name, value in os.environ.items() if not name.startswith("BUDGETPROTO_")},
        "BUDGETPROTO_FOLDER": str(folder),
        "BUDGETPROTO_BIND": f"127.0.0.1:{port}",
        "PROMETHEUS_MULTIPROC_DIR": str(folder / "metrics"),
        **environment,
    }
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:budgetproto.operations.server",
        "wsgi:application",
    ]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, cwd=ROOT, env=stated, stderr=log) as process,
    ):
        served = Served(process, port, folder / "log")
        try:
            wait_for(lambda: _live(served))
            yield served
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def wait_for(reached: Callable[[], bool]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + _PATIENCE
    while not reached():
        assert time.monotonic() < deadline, "it did not come to be"
        time.sleep(0.05)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _live(served: Served) -> bool:
    assert served.process.poll() is None, served.log_file.read_text()
    try:
        return served.get("/health/live").status == 200
    except OSError:
        return False
