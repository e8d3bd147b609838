"""How many mutants of the mathematics the tests kill, module by module.

`python -m tests.mutants` tells it of what `mutmut run` has tried so far, and fails below nine in ten;
`python -m tests.mutants sample COUNT [PREFIX ...]` draws so many with a seed, and names, for `mutmut run`,
those of them that have not been tried.
"""

import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1] / "mutants"
LEAST: Final = 0.9
SEED: Final = 20201
#: What the exit of a mutant's tests means: no test (5, 33) is no kill, any other is one by time or crash.
_OUTCOMES: Final = {None: "untried", 0: "survived", 5: "survived", 33: "survived", 34: "untried"}


def outcomes() -> dict[str, dict[str, str]]:
    """Return what became of each mutant, by module."""
    found = {}
    for file in sorted((ROOT / "budgetproto" / "balancing").rglob("*.meta")):
        codes = json.loads(file.read_text("utf-8"))["exit_code_by_key"]
        found[str(file.relative_to(ROOT / "budgetproto" / "balancing")).removesuffix(".meta")] = {
            name: _OUTCOMES.get(code, "killed") for name, code in codes.items()
        }
    return found


def sampled(count: int, prefixes: list[str]) -> list[str]:
    """Draw mutants of the modules whose paths begin with one of the prefixes; return the untried ones.

    The first thousand of two thousand are the thousand: a larger sample goes on where a smaller one ended.
    """
    found = {
        name: outcome
        for module, mutants in outcomes().items()
        if not prefixes or module.startswith(tuple(prefixes))
        for name, outcome in mutants.items()
    }
    names = sorted(found)
    random.Random(SEED).shuffle(names)
    return [name for name in names[:count] if found[name] == "untried"]


def main() -> int:
    """Print the table, and say whether enough of the mutants that were tried have been killed."""
    if sys.argv[1:2] == ["sample"]:
        print("\n".join(sampled(int(sys.argv[2]), sys.argv[3:])))
        return 0
    every: Counter[str] = Counter()
    for module, mutants in outcomes().items():
        counted = Counter(mutants.values())
        every += counted
        if counted["killed"] + counted["survived"]:
            print(f"{module:<32}{_told(counted)}")
        for name in sorted(name for name, outcome in mutants.items() if outcome == "survived"):
            print(f"    survived: {name.removeprefix('budgetproto.balancing.')}")
    print(f"{'all':<32}{_told(every)}")
    return 0 if every["killed"] >= LEAST * (every["killed"] + every["survived"]) > 0 else 1


def _told(counted: Counter[str]) -> str:
    tried = counted["killed"] + counted["survived"]
    score = f"{counted['killed'] / tried:6.1%}" if tried else "     -"
    return f"{tried:5} tried, {counted['killed']:5} killed, {score}; {counted['untried']} to try"


if __name__ == "__main__":
    sys.exit(main())
