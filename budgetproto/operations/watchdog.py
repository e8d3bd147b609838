"""Tells systemd that the service answers: a worker asks it over its own address and passes the answer on."""

import http.client
import os
import socket
import threading
import time
from typing import Final

_PATIENCE: Final = 5.0


def start_watchdog(bind: str) -> None:
    """Start asking in the background when systemd wants to be told (WatchdogSec= in the unit)."""
    target, microseconds = os.environ.get("NOTIFY_SOCKET"), os.environ.get("WATCHDOG_USEC")
    if target and microseconds:
        seconds = int(microseconds) / 3_000_000
        threading.Thread(target=_watch, args=(bind, target, seconds), daemon=True, name="watchdog").start()


def _watch(bind: str, target: str, seconds: float) -> None:
    while True:
        time.sleep(seconds)
        if answers(bind):
            notify(target, b"WATCHDOG=1")


def answers(bind: str) -> bool:
    """Tell whether the service says that it lives."""
    connection = _Local(bind)
    try:
        connection.request("GET", "/health/live", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def notify(target: str, message: bytes) -> None:
    """Send a message to the socket that systemd listens on."""
    address = "\0" + target[1:] if target.startswith("@") else target
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        try:
            sender.sendto(message, address)
        except OSError:
            return


class _Local(http.client.HTTPConnection):
    """A connection to where the service is bound: host and port, or `unix:` and a path."""

    def __init__(self, bind: str) -> None:
        super().__init__("localhost", timeout=_PATIENCE)
        self._bind = bind

    def connect(self) -> None:
        """Connect by the kind of address."""
        if self._bind.startswith("unix:"):
            self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.sock.settimeout(_PATIENCE)
            self.sock.connect(self._bind.removeprefix("unix:"))
            return
        host, _, port = self._bind.rpartition(":")
        host = host.strip("[]").replace("0.0.0.0", "127.0.0.1") or "127.0.0.1"  # noqa: S104
        self.sock = socket.create_connection((host, int(port)), _PATIENCE)
