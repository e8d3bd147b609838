"""PURE: what an annual report measures: indicators, what was fixed before the data, and the judgement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Final, Literal, get_args

from budgetproto.errors import Refused
from budgetproto.i18n.languages import Named

#: How a value is counted: things, hundredths of a percentage point, or tyiyn.
Measure = Literal["count", "percent", "money"]
MEASURES: Final[tuple[Measure, ...]] = get_args(Measure)
#: Which way is better for the residents.
Better = Literal["more", "less"]
#: What became of an indicator in a territory and a year.
Verdict = Literal["better", "worse", "unchanged", "unknown"]
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
#: Where a value comes from: typed by hand, taken from a file, or drawn from the record.
Origin = Literal["typed", "file", "record"]
#: The years a report looks at: its own and those before it.
YEARS_SHOWN: Final = 5
#: No value is larger: the largest amount that anybody may state.
LARGEST: Final = 10**15


class YardstickLate(Refused):
    """The threshold comes after the first value; without a reason that is printed it is not taken."""

    message_key = "annual.yardstick_late"


class YardstickUnfit(Refused):
    """A threshold is no measure: it is below zero, or there is nothing to compare with."""

    message_key = "annual.yardstick_unfit"


@dataclass(frozen=True)
class Yardstick:
    """What a value is judged by: fixed on a day, and why so late where values stood already.

    The base is the territory's own value of `base_year`, else the figure `base`. A change of less than
    `threshold` is none. `target` is what the indicator should reach. All are in the indicator's measure.
    """

    fixed_on: date
    threshold: int
    base_year: int | None = None
    base: int | None = None
    target: int | None = None
    late: str = ""


@dataclass(frozen=True)
class Indicator:
    """One thing that is measured in every territory and year, in words that two people read alike."""

    key: str
    name: Named
    definition: Named
    source: Named
    measure: Measure
    better: Better
    vulnerable: bool = False
    yardstick: Yardstick | None = None


@dataclass(frozen=True)
class Value:
    """What was measured, where it comes from in words, and whether a hand, a file or the record gave it."""

    number: int
    origin: Origin
    source: str
    illustrative: bool = False


@dataclass(frozen=True)
class Judgement:
    """The judgement of one value, the change it rests on, and whether the target is met (None: no target)."""

    verdict: Verdict
    change: int | None = None
    met: bool | None = None


def taken(new: Value, before: Value | None) -> Value:
    """Return what stands once a value is entered where another stood.

    Who gave a number is told of the number: while it stays, its origin stays, whoever sends it again. A file
    that says again what stands, number and source, changes nothing, its mark neither.

    >>> typed = Value(3, "typed", "minutes")
    >>> taken(Value(3, "file", "minutes"), typed).origin, taken(Value(4, "file", "minutes"), typed).origin
    ('typed', 'file')
    """
    if before is None or new.number != before.number:
        return new
    if new.origin == "file" and new.source == before.source:
        return before
    return replace(new, origin=before.origin)


#: Nothing is known, so nothing is judged.
UNKNOWN: Final = Judgement("unknown")


@dataclass(frozen=True)
class Counted:
    """How the territories of one indicator stand in one year: those judged, those that met the target.

    `median` is the middle of the values, exactly; `stated` counts the territories with a value.
    """

    verdicts: tuple[tuple[Verdict, int], ...]
    stated: int
    met: int
    judged_target: int
    median: Fraction | None

    def count(self, verdict: Verdict) -> int:
        """Return how many territories stand so."""
        return dict(self.verdicts)[verdict]


def judge(indicator: Indicator, numbers: Mapping[int, int], year: int) -> Judgement:
    """Judge a territory's value of a year by the yardstick; `numbers` are its values by year.

    >>> yardstick = Yardstick(date(2026, 1, 1), threshold=2, base_year=2025, target=12)
    >>> no = Named()
    >>> sessions = Indicator("sessions", no, no, no, "count", "more", yardstick=yardstick)
    >>> judge(sessions, {2025: 8, 2026: 11}, 2026)
    Judgement(verdict='better', change=3, met=False)
    >>> judge(sessions, {2025: 8}, 2026).verdict
    'unknown'
    """
    number, yardstick = numbers.get(year), indicator.yardstick
    if number is None or yardstick is None:
        return UNKNOWN
    met = None if yardstick.target is None else _gain(indicator.better, yardstick.target, number) >= 0
    base = yardstick.base if yardstick.base_year is None else numbers.get(yardstick.base_year)
    if base is None or year == yardstick.base_year:
        return Judgement("unknown", met=met)
    gain = _gain(indicator.better, base, number)
    return Judgement(_verdict(gain, yardstick.threshold), number - base, met)


def counted(judged: Iterable[tuple[int | None, Judgement]]) -> Counted:
    """Count what became of an indicator over the territories; each comes with its value."""
    found = list(judged)
    verdicts = [judgement.verdict for _, judgement in found]
    targets = [judgement.met for _, judgement in found if judgement.met is not None]
    numbers = sorted(number for number, _ in found if number is not None)
    return Counted(
        tuple((each, verdicts.count(each)) for each in VERDICTS),
        len(numbers),
        targets.count(True),
        len(targets),
        median(numbers),
    )


def median(numbers: list[int]) -> Fraction | None:
    """Return the middle of sorted numbers, exactly; None of none.

    >>> median([1, 2, 4, 9]), median([])
    (Fraction(3, 1), None)
    """
    if not numbers:
        return None
    middle = len(numbers) // 2
    return Fraction(numbers[middle] + numbers[~middle], 2)


def check_yardstick(yardstick: Yardstick, *, year: int, has_values: bool) -> None:
    """Raise unless a yardstick can judge and was fixed in time, or says why it was not.

    `has_values` tells whether a value that it would judge was ever entered.
    """
    comparable = (yardstick.base is None) != (yardstick.base_year is None)
    earlier = yardstick.base_year is None or yardstick.base_year < year
    if yardstick.threshold < 0 or not comparable or not earlier:
        raise YardstickUnfit
    if has_values and not yardstick.late.strip():
        raise YardstickLate


def years_of(year: int) -> tuple[int, ...]:
    """Return the years a report of `year` shows, the earliest first.

    >>> years_of(2026)
    (2022, 2023, 2024, 2025, 2026)
    """
    return tuple(range(year - YEARS_SHOWN + 1, year + 1))


def _gain(better: Better, before: int, after: int) -> int:
    return after - before if better == "more" else before - after


def _verdict(gain: int, threshold: int) -> Verdict:
    if gain == 0 or abs(gain) < threshold:
        return "unchanged"
    return "better" if gain > 0 else "worse"
