"""The proofs print their numbers: N, the seed and the seconds of each."""

import pytest

from tests.balancing.proofs import PROOFS, PROVE, SEED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what each proof ran, when the full proofs were asked for."""
    if not PROVE:
        return
    terminalreporter.section(f"balancing proofs, seed {SEED}")
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        name = report.nodeid.rpartition("::")[2]
        if report.when == "call" and name in PROOFS:
            terminalreporter.write_line(
                f"{name}: N = {PROOFS[name]:,}, {report.duration:.1f} s, {report.outcome}"
            )
