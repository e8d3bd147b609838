"""What has been proved already by the code as it stands: proving that was interrupted goes on from there."""

import hashlib
import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
FINISHED: Final = ROOT / "var" / "proofs.jsonl"


def finish(part: str, *, seed: int, count: int, seconds: float, told: str = "", of: str = ".") -> None:
    """Note that a part of a proof has passed; `of` are the folders, apart by a blank, that it is about."""
    passed = {"part": part, "version": code_version(of), "seed": seed, "n": count}
    passed |= {"seconds": round(seconds, 1), "told": told}
    FINISHED.parent.mkdir(exist_ok=True)
    with FINISHED.open("a") as file:  # one short line at a time: processes side by side do not mix them
        file.write(json.dumps(passed, ensure_ascii=False) + "\n")


def finished(within: str, *, of: str = ".") -> list[dict[str, Any]]:
    """Return the parts in a folder of tests that this code has passed."""
    if not FINISHED.exists():
        return []
    parts = {each["part"]: each for each in map(json.loads, FINISHED.read_text().splitlines())}
    version = code_version(of)
    return [each for each in parts.values() if each["part"].startswith(within) and each["version"] == version]


@cache
def code_version(of: str) -> str:
    """Return which code stands in the folders: the committed, and what differs from it."""

    def git(*words: str) -> bytes:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=False).stdout

    committed = git("rev-parse", *(f"HEAD:{folder.removeprefix('.')}" for folder in of.split()))
    changed = git("diff", "HEAD", "--", *of.split())
    return hashlib.sha256(committed + changed).hexdigest()[:24]
