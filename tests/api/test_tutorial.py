"""The tutorial is run as it stands, against a service on this machine, and its sums are exact."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from budgetproto.demonstration.acts import stage_acts
from budgetproto.demonstration.annual import stage_annual
from budgetproto.money import Som
from budgetproto.transfers.storage import find_transfers
from tests.api.program import Program
from tests.staged import Staged
from tests.web.gallery import serving

TUTORIAL = Path(__file__).parents[2] / "docs" / "api.md"
_BLOCK = re.compile(r"```(sh|python)\n(.*?)```", re.DOTALL)


@pytest.mark.skipif(not shutil.which("curl"), reason="not run for want of curl")
def test_the_tutorial_runs_and_its_sums_are_exact(
    staged: Staged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: dict[str, Any] = {}
    stage_acts(staged.database, staged.person("secretary").id)
    stage_annual(staged.database, staged.collecting)
    with serving(staged.app) as address:
        monkeypatch.setenv("SERVICE", address)
        monkeypatch.setenv("TOKEN", Program(staged.app, staged.database, staged.person("union")).code)
        blocks = _BLOCK.findall(TUTORIAL.read_text(encoding="utf-8"))
        for kind, code in blocks:
            if kind == "sh":
                _shell(code, tmp_path)
            else:
                exec(compile(code, str(TUTORIAL), "exec"), known)
    assert [kind for kind, _ in blocks].count("python") == 11
    assert (tmp_path / "protocol.pdf").read_bytes().startswith(b"%PDF")
    assert Som(known["total"]) == staged.protocol().overall.signed
    assert {kind: int(sum_) for kind, sum_ in known["by_kind"].items()} == _executed(staged)
    assert known["receipt"]["version"] == known["own"]["version"] + 1


def _shell(code: str, folder: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["bash", "-eu", "-c", code], cwd=folder, env={**os.environ, "PATH": path}, check=True)


def _executed(staged: Staged) -> dict[str, int]:
    """Add up what was executed by kind, in whole tyiyn, without pandas."""
    with staged.database.reading() as session:
        found = [each for each in find_transfers(session) if each.counted and each.kind]
    sums: Counter[str] = Counter()
    for each in found:
        sums[str(each.kind)] += each.executed.tyiyn if each.executed else 0
    return dict(sums)
