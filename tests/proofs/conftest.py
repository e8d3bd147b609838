"""Proofs: each is made of a hundred parts; an ordinary run makes the first, `make prove` all of them.

A part has a seed of its own and is noted when it has passed: proving that was interrupted goes on with the
parts that are missing.
"""

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from random import Random
from typing import Any, Final

import pytest

from tests.counts import PROVE
from tests.finished import finish, finished

SEED = int(os.environ.get("BUDGETPROTO_SEED", "20201"))
PARTS: Final = 100
HERE: Final = "tests/proofs/"


@dataclass
class Trials:
    """The trials of one part of a proof: how many, from which seed, and what else is worth telling."""

    seed: int
    count: int = 0
    told: str = ""

    def __post_init__(self) -> None:
        self.random = Random(self.seed)

    def of(self, full: int) -> range:
        """Return the numbers of this part's trials, of a proof that makes `full` of them in all."""
        part = range(full // PARTS)
        self.count += len(part)
        return part


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make every part of a proof when proving."""
    if PROVE and "trials" in metafunc.fixturenames:
        metafunc.parametrize("trials", range(PARTS), indirect=True, ids="part{:02d}".format)


@pytest.fixture
def trials(request: pytest.FixtureRequest) -> Iterator[Trials]:
    """Count the trials of a part and note them when it has passed."""
    counted, began = Trials(SEED + getattr(request, "param", 0)), time.monotonic()
    yield counted
    if PROVE and request.node.stash.get(_PASSED, False):
        seconds = time.monotonic() - began
        finish(
            request.node.nodeid, seed=counted.seed, count=counted.count, seconds=seconds, told=counted.told
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Remember that a proof's own part has passed."""
    report = yield
    if report.when == "call":
        item.stash[_PASSED] = report.passed
    return report


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the parts that this code has passed already."""
    if not PROVE:
        return
    done = {each["part"] for each in finished(HERE)}
    over = [item for item in items if item.nodeid in done]
    items[:] = [item for item in items if item.nodeid not in done]
    config.hook.pytest_deselected(items=over)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Call it a success when every part was finished before."""
    if PROVE and exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and finished(HERE):
        session.exitstatus = pytest.ExitCode.OK


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print N, seed and seconds of every proof this code has passed, whole or in part."""
    if not PROVE:
        return
    terminalreporter.section("proofs")
    for name, parts in groupby(sorted(finished(HERE), key=_proof), key=_proof):
        passed = list(parts)
        number, seconds = (sum(each[of] for each in passed) for of in ("n", "seconds"))
        terminalreporter.write_line(
            f"{name}: N = {number:,} in {len(passed)} of {PARTS} parts, seeds from {SEED}, "
            f"{seconds:,.1f} s {passed[-1]['told']}"
        )


def _proof(part: dict[str, Any]) -> str:
    """Return the name of the proof that a part belongs to."""
    return re.sub(r"-?part[0-9]{2}", "", part["part"]).replace("[]", "")


_PASSED = pytest.StashKey[bool]()
