"""Gunicorn's settings: `gunicorn -c python:budgetproto.operations.server wsgi:application`, also `serve`.

Every name here is one of gunicorn's. Five of them can be changed by the environment (docs/running.md).
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from budgetproto.operations.garbage import spare_application
from budgetproto.operations.logs import ServerLogger
from budgetproto.operations.watchdog import start_watchdog
from budgetproto.settings import log_level, within
from budgetproto.web.data import EXTENSION

bind = os.environ.get("BUDGETPROTO_BIND", "127.0.0.1:8000")
workers = within(os.environ, "BUDGETPROTO_WORKERS", 2, range(1, 65))
worker_class = "gthread"
threads = within(os.environ, "BUDGETPROTO_THREADS", 4, range(1, 65))
#: A protocol of a thousand lines in three languages takes some seconds on a slow machine.
timeout = within(os.environ, "BUDGETPROTO_TIMEOUT", 60, range(10, 601))
#: On a stop or restart, requests that run may end for so long.
graceful_timeout = 30
#: Longer than the proxy keeps its idle connections is of no use; shorter makes it fail in between.
keepalive = 75
#: A worker is replaced now and then, not all of them at once.
max_requests = 10_000
max_requests_jitter = 2_000
#: The heartbeat file of a worker lies in memory: on a busy disk a worker would seem to hang.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
#: The application is built once, before the workers are forked; see `pre_fork`.
preload_app = True
#: Whose X-Forwarded-Proto is believed: the proxy on this machine, unless stated.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
#: Longer addresses and heads than any page of ours has are refused.
limit_request_line = 2_048
limit_request_fields = 60
control_socket_disable = True
proc_name = "budgetproto"
loglevel = log_level(os.environ)
logger_class = ServerLogger


def on_starting(_arbiter: Any) -> None:
    """Begin with an empty folder of figures: those of workers long gone would be added up."""
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        for file in Path(folder).glob("*.db"):
            with suppress(OSError):
                file.unlink()


def when_ready(_arbiter: Any) -> None:
    """Spare what was built before the first worker is forked: workers share it, and go through it no more."""
    spare_application()


def pre_fork(arbiter: Any, _worker: Any) -> None:
    """Close the connections opened while the application was built: no two processes may share one."""
    arbiter.app.wsgi().extensions[EXTENSION].close()


def post_worker_init(_worker: Any) -> None:
    """Tell systemd now and then that the service answers."""
    start_watchdog(bind)


def child_exit(_arbiter: Any, worker: Any) -> None:
    """Keep the counts of a worker that ended, drop what it showed of its present."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
