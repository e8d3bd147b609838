"""A plot of how costs grow: both axes by powers of ten, each way told apart by its dashes and its name."""

from collections.abc import Iterator, Mapping
from math import log10
from typing import Final

_WIDTH: Final = 720
_HEIGHT: Final = 400
_LEFT: Final = 80
_RIGHT: Final = 230
_TOP: Final = 20
_BOTTOM: Final = 50
_GAP: Final = 17
_LINE: Final = 'fill="none" stroke="#1a1a1a" stroke-width="2"'
_HEAD: Final = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="serif">'
    f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>'
)
_DASHES: Final = ("", "9 4", "2 3", "10 3 2 3", "5 5", "1 5")


def plotted(costs: Mapping[str, Mapping[int, float]]) -> str:
    """Return an SVG of seconds by size, a line for each way."""
    sizes = sorted({size for each in costs.values() for size in each})
    times = [1e3 * cost for each in costs.values() for cost in each.values()]
    low, high = int(log10(min(times)) // 1), int(-(-log10(max(times)) // 1))

    def across(size: int) -> float:
        share = (log10(size) - log10(sizes[0])) / (log10(sizes[-1]) - log10(sizes[0]))
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def up(milliseconds: float) -> float:
        return _HEIGHT - _BOTTOM - (log10(milliseconds) - low) / (high - low) * (_HEIGHT - _BOTTOM - _TOP)

    def lines() -> Iterator[str]:
        yield _HEAD
        for power in range(low, high + 1):
            place = up(10.0**power)
            yield f'<path d="M{_LEFT} {place:.1f}H{_WIDTH - _RIGHT}" stroke="#ccc"/>'
            yield _text(_LEFT - 8, place + 5, f"{10.0**power:g} ms", "end")
        for size in sizes:
            yield _text(across(size), _HEIGHT - 22, f"{size:,}", "middle")
        yield _text(_LEFT, _HEIGHT - 4, "positions")
        for each, dash in zip(costs.values(), _DASHES, strict=False):
            points = " ".join(f"{across(size):.1f},{up(1e3 * each[size]):.1f}" for size in sorted(each))
            yield f'<polyline points="{points}" {_LINE} stroke-dasharray="{dash}"/>'
        ends = {name.partition(",")[0]: up(1e3 * each[sizes[-1]]) + 5 for name, each in costs.items()}
        for name, place in _apart(ends).items():
            yield _text(_WIDTH - _RIGHT + 8, place, name)
        yield "</svg>"

    return "\n".join(lines()) + "\n"


def _apart(ends: Mapping[str, float]) -> dict[str, float]:
    """Return places for the names of lines, in their order from above, none upon another."""
    found: dict[str, float] = {}
    for name, place in sorted(ends.items(), key=lambda pair: pair[1]):
        found[name] = max([place, *(other + _GAP for other in found.values())])
    return found


def _text(across: float, down: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{across:.1f}" y="{down:.1f}" text-anchor="{anchor}">{words}</text>'
