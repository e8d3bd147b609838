"""An illustrative sitting over every local self-government and six kinds of transfers: a test of size.

Every figure is drawn from a seeded generator, in the order of the file; nothing in it is real but the names
and codes of the territories. A line has one kind and one territory, so each of the 484 local
self-governments has six lines: 2,904 in all.
"""

import csv
import random
import tomllib
from collections.abc import Iterator
from typing import Any, Final

from budgetproto.demonstration.fixture import FIXTURES, Fixture, fixture_of, read_fixture

KEY: Final = "all-local-governments"
_ABOUT: Final = FIXTURES / "all_local_governments.toml"
#: The seed of the figures: the same seed, the same sitting.
SEED: Final = 2026
#: Each kind with the range of its Government figure for an aiyl aimak, in thousand soms; a city gets four
#: times as much. The ranges are plausible, no more.
KINDS: Final = {
    "equalization": (2_000, 18_000),
    "targeted": (500, 6_000),
    "delegated_powers": (200, 1_500),
    "stimulating_grant": (400, 3_000),
    "electricity_50pct": (50, 700),
    "lost_revenue": (100, 1_800),
}
_CITY: Final = 4
#: What the LSG side asks for above the Government's figure, in per cent.
_MORE: Final = (5, 40)
#: One line in so many has no figure of the LSG side.
_SILENT: Final = 40
#: The part of everything asked for that is to be found, in per cent.
_FOUND: Final = 45
_ILLUSTRATIVE: Final = {"ky": "шарттуу мисал", "ru": "условный пример", "en": "illustrative"}


def scale_fixture(seed: int = SEED) -> Fixture:
    """Return the sitting; the same for the same seed."""
    demonstration, about = read_fixture().values, tomllib.loads(_ABOUT.read_text(encoding="utf-8"))
    place = {name: demonstration["sitting"][name] for name in ("currency", "place")}
    lines = list(_lines(random.Random(seed)))  # noqa: S311 - the figures are to be repeatable, not secret
    asked = sum(_more(line) for line in lines)
    parties = {"ministry", "union", "cities"}
    return fixture_of(
        {
            "cast": "2020_amended_budget.toml",
            "sitting": about["sitting"] | place,
            "bodies": [],
            "people": [person for person in demonstration["people"] if person["key"] in parties],
            "parties": demonstration["parties"],
            "terms": _terms(asked * _FOUND // 100 // 10_000 * 10_000),
            "agenda": [
                {
                    "number": 1,
                    "title": about["sitting"]["title"],
                    "heard": ["ministry", "union"],
                    "spoke": ["cities"],
                }
            ],
            "lines": lines,
        }
    )


def _lines(chance: random.Random) -> Iterator[dict[str, Any]]:
    with (FIXTURES / "local_self_governments.csv").open(encoding="utf-8", newline="") as file:
        territories = list(csv.DictReader(file))
    names = {kind["code"]: kind["name"] for kind in _kinds()}
    for territory in territories:
        for kind, (low, high) in KINDS.items():
            times = 1 if territory["kind"] == "aiyl_aimak" else _CITY
            yield _line(
                territory, kind, names[kind], chance.randint(10 * low * times, 10 * high * times), chance
            )


def _line(
    territory: dict[str, str], kind: str, name: dict[str, str], tenths: int, chance: random.Random
) -> dict[str, Any]:
    """Return one line; figures are in tenths of a thousand soms, the smallest step people write."""
    asked = tenths * (100 + chance.randint(*_MORE)) // 100
    association = "lsg_union" if territory["kind"] == "aiyl_aimak" else "cities_association"
    positions = [_position("ministry_of_finance", tenths)]
    if chance.randrange(_SILENT):
        positions.append(_position(association, asked))
    return {
        "kind": kind,
        "territory": territory["soate"],
        "year": 2026,
        "measure": "amount",
        "recurring": kind != "stimulating_grant",
        "cost_sign": 1,
        "protected": False,
        "illustrative": True,
        "title": name,
        "lead": {"government": "ministry_of_finance", "lsg": association},
        "bases": [
            {
                "side": "government",
                "figure": _som(tenths * 98 // 100),
                "source": "PROJECT",
                "illustrative": True,
            }
        ],
        "positions": positions,
        "decision": _DECISION,
    }


def _position(party: str, tenths: int) -> dict[str, Any]:
    return {"party": party, "figure": _som(tenths), "source": "PROJECT", "illustrative": True}


def _som(tenths: int) -> str:
    return f"{tenths * 100}.00"


def _more(line: dict[str, Any]) -> int:
    """Return what the LSG side asks for above the Government's figure, in tyiyn."""
    first, *second = (int(position["figure"].replace(".", "")) for position in line["positions"])
    return second[0] - first if second else 0


def _kinds() -> list[dict[str, Any]]:
    text = (FIXTURES / "transfer_kinds.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["kinds"])


def _terms(tyiyn: int) -> dict[str, Any]:
    name = {"ky": "Кошумча каражат", "ru": "Дополнительные средства", "en": "Additional money"}
    source = {
        "name": name,
        "amount": f"{tyiyn // 100}.00",
        "year": 2026,
        "document": _ILLUSTRATIVE,
        "illustrative": True,
    }
    return {"rule": "A", "quantum": "100.00", "lsg_figure": "lead", "sources": [source]}


_DECISION: Final = {
    "outcome": "agreed",
    "figure": "option",
    "votes": {"for": 7, "against": 0, "abstained": 0},
    "note": _ILLUSTRATIVE,
}
