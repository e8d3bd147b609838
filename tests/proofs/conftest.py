"""Proofs: each tells its N, seed and seconds; under `make prove` finished ones are not run again."""

import hashlib
import json
import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.counts import PROVE, scaled

ROOT = Path(__file__).parents[2]
FINISHED = ROOT / "var" / "proofs.json"
SEED = int(os.environ.get("BUDGETPROTO_SEED", "20201"))


@dataclass
class Trials:
    """The trials of one proof: how many, from which seed, and what else is worth telling."""

    random: Random = field(default_factory=lambda: Random(SEED))
    count: int = 0
    told: str = ""

    def of(self, full: int) -> range:
        """Return the numbers of the trials, `full` of them when proving."""
        self.count += scaled(full)
        return range(scaled(full))


@pytest.fixture
def trials(request: pytest.FixtureRequest) -> Iterator[Trials]:
    """Count the trials of a proof and note them when it has passed."""
    counted, began = Trials(), time.monotonic()
    yield counted
    if request.node.stash.get(_PASSED, False):
        _finish(request, counted, time.monotonic() - began)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Remember that a proof's own part has passed."""
    report = yield
    if report.when == "call":
        item.stash[_PASSED] = report.passed
    return report


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the proofs that this code has passed already."""
    if not PROVE:
        return
    done = {name for name, told in _finished().items() if told["version"] == code_version()}
    over = [item for item in items if item.nodeid in done]
    items[:] = [item for item in items if item.nodeid not in done]
    config.hook.pytest_deselected(items=over)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Call it a success when every proof was finished before."""
    if PROVE and exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and _finished():
        session.exitstatus = pytest.ExitCode.OK


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print N, seed and seconds of every proof this code has passed."""
    if not PROVE:
        return
    terminalreporter.section("proofs")
    for name, told in sorted(_finished().items()):
        if told["version"] == code_version():
            terminalreporter.write_line(
                f"{name}: N = {told['n']:,}, seed {told['seed']}, {told['seconds']} s {told['told']}"
            )


@cache
def code_version() -> str:
    """Return the commit, and what differs from it."""

    def git(*words: str) -> bytes:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=False).stdout

    changed = git("diff", "HEAD")
    return git("rev-parse", "HEAD").decode().strip() + (
        f"+{hashlib.sha256(changed).hexdigest()[:12]}" if changed else ""
    )


_PASSED = pytest.StashKey[bool]()


def _finish(request: pytest.FixtureRequest, counted: Trials, seconds: float) -> None:
    if not PROVE:
        return
    values = {"version": code_version(), "n": counted.count, "seed": SEED, "told": counted.told}
    finished = _finished() | {request.node.nodeid: {**values, "seconds": round(seconds, 1)}}
    FINISHED.parent.mkdir(exist_ok=True)
    written = FINISHED.with_suffix(".new")
    written.write_text(json.dumps(finished, indent=1, ensure_ascii=False))
    written.replace(FINISHED)


def _finished() -> dict[str, dict[str, Any]]:
    return json.loads(FINISHED.read_text()) if FINISHED.exists() else {}
