"""The page of the proofs names tests that exist, and all twenty-two invariants."""

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "proofs.md").read_text(encoding="utf-8")
HERE = Path(__file__).parent
NAMED = re.findall(r"`(test_\w+\.py)::(test_\w+)`", PAGE)
_INVARIANT = re.compile(r"^\| (\d+) \| [^|]+ \| (`test_\w+\.py::test_\w+`(?:, )?)+ \|$", re.MULTILINE)


def test_every_invariant_from_1_to_22_names_its_tests() -> None:
    assert [int(row[1]) for row in _INVARIANT.finditer(PAGE)] == list(range(1, 23))


@pytest.mark.parametrize(("module", "name"), sorted(set(NAMED)))
def test_a_test_that_the_page_names_exists(module: str, name: str) -> None:
    assert f"\ndef {name}(" in (HERE / module).read_text(encoding="utf-8")


def test_every_invariant_is_tried_on_random_problems() -> None:
    for row in _INVARIANT.finditer(PAGE):
        for module, name in re.findall(r"`(test_\w+\.py)::(test_\w+)`", row[0]):
            written = (HERE / module).read_text(encoding="utf-8")
            above = written[: written.index(f"\ndef {name}(")].rpartition("\n\n\n")[2]
            assert re.search(r"^@(proof|given)\(", above.strip(), re.MULTILINE), f"{module}::{name}"
