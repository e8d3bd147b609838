"""Everything the balancing says of drawn problems, word for word: what `tests/golden/balancing.txt` keeps.

`python -m tests.balancing.golden` writes the file anew, `python -m tests.balancing.golden 17` prints what is
said of problem 17 in full, to be compared with what was said before.
"""

import dataclasses
import hashlib
import random
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from budgetproto.balancing import (
    Alternatives,
    Limit,
    Line,
    Option,
    Unbalanceable,
    alternatives,
    balance,
    bounded_by_need,
    check,
    findings,
    from_document,
    per_resident,
    require_feasible,
    sensitivity,
    sentences,
    summary,
    to_document,
)

KEPT: Final = Path(__file__).parents[1] / "golden" / "balancing.txt"
SEED: Final = 20201
COUNT: Final = 1_200
_PEOPLE: Final = {"X": (31, 400), "Y": (12, 90), "Z": (1, 1), None: (7, 50)}
_RULES: Final = "AAAABCDEFM"


@dataclass(frozen=True)
class Case:
    """One drawn problem with the settings that are stated; the others stand at their defaults."""

    lines: tuple[Line, ...]
    envelope: int | None
    stated: Mapping[str, Any]


def case(number: int) -> Case:
    """Return a problem: small figures or large ones, every kind of line, every rule, limits or none."""
    return _case(random.Random(f"{SEED} {number}"), largest=(3, 60, 3_000)[number % 3])


def told(case: Case) -> str:
    """Return all that is said of a problem: the option and whatever follows from it, or why there is none."""
    known = dict(case.stated)
    compared = cache(lambda: _compared(case, known))
    parts: dict[str, Callable[[], object]] = {
        "option": lambda: _of_option(balance(case.lines, case.envelope, **known), case.lines),
        "sensitivity": lambda: sensitivity(case.lines, case.envelope, **known),
        "compared": lambda: sensitivity(case.lines, case.envelope, **known, compared=compared()),
        "alternatives": compared,
        "feasible": lambda: require_feasible(
            case.lines, known.get("limits", ()), rule=known.get("rule", "A")
        ),
        "needs": lambda: [bounded_by_need(line) for line in case.lines],
    }
    return "\n".join(f"{name}: {_attempted(part)}" for name, part in parts.items())


def digest(case: Case) -> str:
    """Return the beginning of the SHA-256 of what is said of a problem."""
    return hashlib.sha256(told(case).encode()).hexdigest()[:16]


def _attempted(part: Callable[[], object]) -> str:
    try:
        return _plain(part())
    except Unbalanceable as refusal:
        return _plain(refusal)


def _compared(case: Case, known: Mapping[str, Any]) -> Alternatives:
    return alternatives(case.lines, case.envelope, **{key: known[key] for key in known if key != "rule"})


def _of_option(option: Option, lines: tuple[Line, ...]) -> list[object]:
    written = to_document(option)
    return [
        written,
        from_document(written) == option,
        option,
        sentences(option),
        summary(option),
        per_resident(option),
        findings(option, lines),
        check(option),
    ]


def _plain(value: object) -> str:
    """Write a value with the fields of everything in it; floats with the digits that every machine has."""
    if isinstance(value, Unbalanceable):
        return f"{type(value).__name__} {_plain(value.details)}"
    if isinstance(value, float):
        return f"{value:.9g}"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = (f"{each.name}={_plain(getattr(value, each.name))}" for each in dataclasses.fields(value))
        return f"{type(value).__name__}({', '.join(parts)})"
    if isinstance(value, (dict, MappingProxyType)):
        return "{" + ", ".join(f"{_plain(key)}: {_plain(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return f"{type(value).__name__}[{', '.join(map(_plain, value))}]"
    return repr(value)


def _case(chance: random.Random, *, largest: int) -> Case:
    lines = tuple(_line(chance, f"L{number}", largest) for number in range(chance.randint(1, 7)))
    asked = sum(max((line.lsg or 0) - (line.government or 0), 0) for line in lines)
    envelope = chance.choice(
        [None, 0, -largest // 3, *(chance.randint(0, max(asked, 1)) for _ in range(6)), asked, asked + 5]
    )
    stated: dict[str, Any] = {"rule": chance.choice(_RULES)}
    if chance.random() < 0.5:
        stated["quantum"] = chance.choice([1, 2, 7, 10, 100])
    if chance.random() < 0.4:
        stated["kappa"] = chance.choice([300, 500, 1_000, 1_000, 1_001])
    if chance.random() < 0.4:
        stated["limits"] = tuple(_limits(chance, lines, largest))
    if chance.random() < 0.6:
        stated["on_conflict"] = chance.choice(["hold_at_floor", "hold_at_floor", "refuse"])
    if stated["rule"] == "A" and chance.random() < 0.3:
        del stated["rule"]
    return Case(lines, envelope, stated)


def _line(chance: random.Random, name: str, largest: int) -> Line:
    def often(share: float) -> bool:
        return chance.random() < share

    region = chance.choice(["X", "X", "Y", "Z", None])
    government = None if often(0.03) else chance.randint(0, largest)
    lsg = None if often(0.03) else (government or 0) + chance.randint(-largest // 4, largest)
    made: dict[str, Any] = {"region": region, "kind": chance.choice(["a", "b", None])}
    if often(0.25):
        made["territory"] = chance.choice("pq")
    if often(0.97):
        made["population"], made["own_revenue"] = _PEOPLE[region]
    if often(0.02):
        made["population"] = chance.randint(1, 9)
    if often(0.15):
        made["money_per_unit"] = chance.choice([0, 3, 7, 900])
    if often(0.15):
        made["step"] = chance.choice([1, 2, 5])
    if often(0.1):
        made["cost_sign"] = -1
    if often(0.2):
        made["floor"] = chance.randint(0, largest)
    if often(0.2):
        made["cap"] = (made.get("floor", 0) if often(0.9) else 0) + chance.randint(0, largest)
    if often(0.12):
        made["protected"] = True
    if often(0.25):
        made["need"] = chance.randint(0, 2 * largest)
    if often(0.5):
        made["priority_lsg"] = chance.choice([0, 500, 5_000, 10_000])
        made["priority_government"] = chance.choice([0, 500, 5_000])
    return Line(name, government, lsg, **made)


def _limits(chance: random.Random, lines: tuple[Line, ...], largest: int) -> Iterator[Limit]:
    about: list[dict[str, str]] = [
        {"region": "X"},
        {"region": "Y"},
        {"kind": "a"},
        {"region": "X", "kind": "a"},
    ]
    for place in about:
        there = any(all(getattr(line, key) == value for key, value in place.items()) for line in lines)
        if chance.random() < (0.45 if there else 0.02):
            least = chance.randint(0, largest) if chance.random() < 0.5 else None
            most = (least or 0) + chance.randint(-1, largest) if chance.random() < 0.7 else None
            yields = chance.random() < 0.4
            yield Limit("+".join(place.values()), least=least, most=most, yields=yields, **place)


def kept(count: int = COUNT) -> str:
    """Return what the file is: a line per problem."""
    return "".join(f"{number} {digest(case(number))}\n" for number in range(count))


def main() -> None:
    """Write the file, or print what is said of one problem."""
    if len(sys.argv) > 1:
        print(told(case(int(sys.argv[1]))))
    else:
        KEPT.write_text(kept(), encoding="utf-8")


if __name__ == "__main__":
    main()
