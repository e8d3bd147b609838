"""The proofs print their numbers: N, the seed and the seconds of each; those that passed are not repeated."""

from typing import Any, Final

import pytest

from tests.balancing.proofs import PROOFS, SEED
from tests.counts import PROVE
from tests.finished import finish, finished

HERE: Final = "tests/balancing/"
#: The mathematics imports no other room, so nothing else can change what has been proved.
ABOUT: Final = "budgetproto/balancing tests/balancing"

#: The solver that it asks comes with `make prove` alone.
collect_ignore = [] if PROVE else ["test_clarabel.py"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Note a proof that has passed at its full number."""
    report = yield
    if PROVE and _is_proof(item) and report.when == "call" and report.passed:
        finish(item.nodeid, seed=SEED, count=PROOFS[_name(item)], seconds=report.duration, of=ABOUT)
    return report


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the proofs that this code has passed already."""
    if not PROVE:
        return
    done = {each["part"] for each in finished(HERE, of=ABOUT)}
    over = [item for item in items if _is_proof(item) and item.nodeid in done]
    items[:] = [item for item in items if item not in over]
    config.hook.pytest_deselected(items=over)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what each proof ran, when the full proofs were asked for."""
    if not PROVE:
        return
    terminalreporter.section(f"balancing proofs, seed {SEED}")
    for passed in sorted(finished(HERE, of=ABOUT), key=lambda each: str(each["part"])):
        name = passed["part"].rpartition("::")[2]
        terminalreporter.write_line(f"{name}: N = {passed['n']:,}, {passed['seconds']:,.1f} s, passed")


def _is_proof(item: pytest.Item) -> bool:
    return item.nodeid.startswith(HERE) and _name(item) in PROOFS


def _name(item: pytest.Item) -> str:
    return item.nodeid.rpartition("::")[2]
