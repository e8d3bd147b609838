"""What an administrator copies fits what the service is: units, variables, the guide."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from budgetproto.commands import main
from budgetproto.operations import server
from tests.operations.serving import ROOT

DEPLOY = ROOT / "deploy"
GUIDE = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
SERVICES = sorted(DEPLOY.glob("*.service"))
UNITS = [*SERVICES, *sorted(DEPLOY.glob("*.timer"))]
_VARIABLE = re.compile(r"BUDGETPROTO_[A-Z_]+")


def values(unit: Path, section: str) -> dict[str, list[str]]:
    """Return what a section of a unit states, each key with all its values."""
    found: dict[str, list[str]] = {}
    lines = unit.read_text().replace("\\\n", " ").splitlines()
    inside = ""
    for line in lines:
        if line.startswith("["):
            inside = line.strip("[]")
        elif inside == section and "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


@pytest.mark.systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_is_what_systemd_understands(unit: Path, tmp_path: Path) -> None:
    configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",)).read(unit)
    tool = shutil.which("systemd-analyze") or "systemd-analyze"
    for each in UNITS:
        text = re.sub(r"/opt/budgetproto/\.venv/bin/\w+", "/bin/true", each.read_text())
        (tmp_path / each.name).write_text(text)
    told = subprocess.run(
        [tool, "verify", "--man=no", str(tmp_path / unit.name)], capture_output=True, text=True, check=False
    )
    complaints = [line for line in told.stderr.splitlines() if unit.name in line]
    assert complaints == []


@pytest.mark.systemd
@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_little_is_left_that_a_service_could_harm(unit: Path) -> None:
    tool = shutil.which("systemd-analyze") or "systemd-analyze"
    judged = subprocess.run(
        [tool, "security", "--offline=true", str(unit)], capture_output=True, text=True, check=True
    )
    exposure = re.search(r"exposure level for \S+: ([\d.]+)", judged.stdout)
    assert exposure
    assert float(exposure[1]) < 2


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_runs_with_as_little_as_it_needs(unit: Path) -> None:
    stated = values(unit, "Service")
    assert stated["NoNewPrivileges"] == ["yes"]
    assert stated["ProtectSystem"] == ["strict"]
    assert stated["PrivateTmp"] == ["yes"]
    assert stated["StateDirectory"] == ["budgetproto"]
    assert stated["CapabilityBoundingSet"] == [""]
    assert any(each.startswith("seal-key:") for each in stated["LoadCredential"])
    assert not any("seal.key" in each for each in stated["Environment"])


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_calls_commands_there_are(unit: Path) -> None:
    called = re.findall(r"\.venv/bin/budgetproto (\S+)", unit.read_text())
    assert set(called) <= set(main.list_commands(click.Context(main)))


def test_the_service_is_watched_and_told_of() -> None:
    stated = values(DEPLOY / "budgetproto.service", "Service")
    assert (stated["Type"], stated["NotifyAccess"]) == (["notify"], ["all"])
    assert int(stated["WatchdogSec"][0]) > server.timeout
    assert int(stated["TimeoutStopSec"][0]) > server.graceful_timeout
    assert "python:budgetproto.operations.server" in stated["ExecStart"][0]


def test_the_guide_tells_every_variable_and_no_other() -> None:
    read = {
        name
        for file in (ROOT / "budgetproto").rglob("*.py")
        for name in re.findall(r'"(BUDGETPROTO_[A-Z_]+)"', file.read_text(encoding="utf-8"))
    }
    secrets = ("DATABASE_URL", "SECRET_KEY", "METRICS_TOKEN", "SIGNING_KEY_PASSPHRASE")
    table = {
        name
        for line in GUIDE.splitlines()
        if line.startswith("| `BUDGETPROTO_")
        for name in _VARIABLE.findall(line.split("|")[1])
    }
    assert table == read | {f"BUDGETPROTO_{name}_FILE" for name in secrets}


def test_the_example_of_an_environment_states_variables_there_are() -> None:
    stated = set(_VARIABLE.findall((DEPLOY / "budgetproto.env").read_text()))
    assert stated <= set(_VARIABLE.findall(GUIDE))


def test_the_proxy_waits_longer_than_a_worker() -> None:
    text = (DEPLOY / "nginx-proxy.conf").read_text()
    found = re.search(r"proxy_read_timeout (\d+)s", text)
    assert found
    assert int(found[1]) > server.timeout


def test_the_guide_names_files_there_are() -> None:
    for name in re.findall(r"deploy/[\w.*-]+\w", GUIDE):
        assert list(ROOT.glob(name)), name
