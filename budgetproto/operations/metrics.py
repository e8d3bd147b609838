"""Figures for a monitoring system, of which none moves with a sealed act.

How often something is sent to a page of a sitting tells, with the time, who filed and when: the number of
such requests, their durations, the connections and the processor time they take are not measured at all.
Counted are the rooms named here, which nobody needs on the way to a position, and faults anywhere.
"""

import os
import time
from collections.abc import Iterator
from importlib.metadata import version
from typing import Final

from flask import Flask, Response, g, got_request_exception, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from budgetproto.database import ConnectionFailure, PoolExhausted
from budgetproto.operations.health import CHECKS, Health
from budgetproto.operations.requests import rule

#: The blueprints whose requests are counted; a new one is not until it stands here.
MEASURED: Final = frozenset({"analysis", "operations", "protocol", "transfers"})

_REGISTRY: Final = CollectorRegistry()
_REQUESTS: Final = Counter(
    "budgetproto_requests",
    "Requests by kind of page and class of status",
    ("rule", "status"),
    registry=_REGISTRY,
)
_SECONDS: Final = Histogram(
    "budgetproto_request_seconds", "Seconds a request took", ("rule",), registry=_REGISTRY
)
_FAULTS: Final = Counter("budgetproto_faults", "Faults of ours, on any page", ("kind",), registry=_REGISTRY)


def init_app(app: Flask) -> None:
    """Measure what may be measured of `app`."""
    app.after_request(_count)
    got_request_exception.connect(_note_fault, app)


def exposed(health: Health) -> bytes:
    """Return all figures in the text form of Prometheus; of every worker when they share a folder."""
    registry = CollectorRegistry() if "PROMETHEUS_MULTIPROC_DIR" in os.environ else _REGISTRY
    if registry is not _REGISTRY:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    state = CollectorRegistry()
    state.register(_State(health))
    return generate_latest(registry) + generate_latest(state)


def _count(response: Response) -> Response:
    if request.blueprint in MEASURED:
        _REQUESTS.labels(rule(), f"{response.status_code // 100}xx").inc()
        _SECONDS.labels(rule()).observe(time.monotonic() - g.get("began", time.monotonic()))
    return response


def _note_fault(_: Flask, exception: BaseException, **__: object) -> None:
    match exception:
        case PoolExhausted():
            kind = "pool_exhausted"
        case ConnectionFailure():
            kind = "database"
        case _:
            kind = "other"
    _FAULTS.labels(kind).inc()


class _State(Collector):
    """What is so at the moment of asking."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def collect(self) -> Iterator[Metric]:
        ready = GaugeMetricFamily("budgetproto_ready", "1 when the check succeeds", labels=["check"])
        faults = self._health.faults()
        for check in CHECKS:
            ready.add_metric([check], check not in faults)
        yield ready
        about = GaugeMetricFamily("budgetproto_info", "The version that runs", labels=["version"])
        about.add_metric([version("budgetproto")], 1)
        yield about
