"""PURE: indicators that the service computes itself, and the rows of its record that each value is made of.

Whoever has the rows makes every value again by adding up a column; so they are printed beside the values.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

from budgetproto.coordination.statistics import Words
from budgetproto.errors import Refused
from budgetproto.i18n.languages import Named
from budgetproto.money import Som
from budgetproto.reporting.annual.domain import Value
from budgetproto.reporting.annual.report import DraftFact, Record, SittingFact, Trace, YearOfMoney
from budgetproto.reporting.domain import acted_on

#: The keys of what is computed begin so; no key of another indicator does.
RESERVED: Final = "record."
#: The territory of what is counted for the whole country, and its name.
COUNTRY: Final = "41700000000000"
COUNTRY_NAME: Final = Named("Кыргыз Республикасы", "Кыргызская Республика", "Kyrgyz Republic")
#: The whole of a percentage, in hundredths of a point.
_WHOLE: Final = 10_000
#: What is told of a draft's opinions and remarks, in the order of the paper.
SAID: Final = ("in_time", "late", "silent", "accepted", "partly", "rejected", "unanswered")
#: What is told of a sitting.
OF_SITTINGS: Final = ("parts", "invited", "came", "spoke", "opinion")
#: Numbers that are named beside a count; the rows have all of them.
_NAMED: Final = 12


class KeyReserved(Refused):
    """The key is one of those of which the service computes the values itself."""

    message_key = "annual.key_reserved"


class DefinedByService(Refused):
    """What is computed is counted as the service defines it: its words are not people's to change."""

    message_key = "annual.defined_by_service"


class ComputedOnly(Refused):
    """Values of the indicator are computed from the record: nobody enters them, by hand or by file."""

    message_key = "annual.computed_only"


class Recorded(NamedTuple):
    """A value of the record with its place: `indicator` is a key, `territory` a code."""

    indicator: str
    territory: str
    year: int
    value: Value


@dataclass(frozen=True)
class Year:
    """What the record has of one year: drafts entered, those that touch communities, sittings, questions."""

    entered: int
    drafts: tuple[DraftFact, ...]
    sittings: tuple[SittingFact, ...]
    questions: tuple[Trace, ...]

    @cached_property
    def words(self) -> Words:
        """What the associations said on all drafts, and what they were answered."""
        return sum((each.words for each in self.drafts), Words())


class _Share(NamedTuple):
    """A part of a whole; of a whole that is nothing there is no share."""

    part: int
    whole: int
    made_up: bool


def is_computed(key: str) -> bool:
    """Tell whether values of this key are computed, so that nobody enters them.

    >>> is_computed("record.acts_bypassed"), is_computed("council.sessions")
    (True, False)
    """
    return key.startswith(RESERVED)


def computed(
    keys: Iterable[str], record: Record, money: Sequence[YearOfMoney], years: Iterable[int]
) -> Iterator[Recorded]:
    """Yield the values of these indicators; where the record has nothing of a year, there is none."""
    wanted = [key for key in keys if is_computed(key)]
    entered, questions = dict(record.entered), {each.year: each.traces for each in money}
    for year in years if wanted else ():
        found = Year(
            entered.get(year, 0),
            tuple(each for each in record.drafts if each.year == year),
            tuple(each for each in record.sittings if each.year == year),
            questions.get(year, ()),
        )
        for key in wanted:
            yield from (Recorded(key, place, year, value) for place, value in _values(key, found))


def percent(part: int, whole: int) -> int:
    """Return a share in hundredths of a point, a half rounded up.

    >>> percent(2, 3), percent(0, 4)
    (6667, 0)
    """
    return (2 * _WHOLE * part + whole) // (2 * whole)


def said_of(draft: DraftFact, key: str) -> int:
    """Return one of the counts of SAID."""
    if key == "in_time":
        return draft.words.opinions - draft.words.late
    found: int = getattr(draft.words, key)
    return found


def way_of(draft: DraftFact) -> Literal["bypassed", "coordinated", "open"]:
    """Tell which way a draft went: past coordination, through it, or neither yet."""
    if draft.bypassed:
        return "bypassed"
    return "coordinated" if draft.coordinated else "open"


def _values(key: str, year: Year) -> Iterator[tuple[str, Value]]:
    name = key.removeprefix(RESERVED)
    if name in _COUNTED:
        if year.entered:
            yield COUNTRY, _count([each for each in year.drafts if _COUNTED[name](each)])
    elif name in _SHARES:
        share = _SHARES[name](year)
        if share.whole:
            stated = f"{share.part} / {share.whole}"
            yield COUNTRY, Value(percent(share.part, share.whole), "record", stated, share.made_up)
    elif name in _SUMS:
        yield from _sums(name, year.questions)


def _count(drafts: Sequence[DraftFact]) -> Value:
    named = ", ".join(str(each.number) for each in drafts[:_NAMED])
    more = " …" if len(drafts) > _NAMED else ""
    made_up = any(each.illustrative for each in drafts)
    return Value(len(drafts), "record", f"№ {named}{more}" if named else "0", made_up)


def _sums(part: str, questions: Sequence[Trace]) -> Iterator[tuple[str, Value]]:
    """Yield one of the four sums of each territory that questions are about; not stated is no zero."""
    by_place: dict[str, list[tuple[Som, Trace]]] = {}
    for each in questions:
        amount: Som | None = getattr(each, part)
        if each.territory and amount is not None:
            by_place.setdefault(each.territory, []).append((amount, each))
    for place, found in sorted(by_place.items()):
        total = Som.total(amount for amount, _ in found)
        stated = ", ".join(f"№ {each.sitting}: {each.line}" for _, each in found[:_NAMED])
        more = " …" if len(found) > _NAMED else ""
        yield place, Value(total.tyiyn, "record", stated + more, any(each.illustrative for _, each in found))


def _of_drafts(part: Callable[[Year], int], whole: Callable[[Year], int]) -> Callable[[Year], _Share]:
    def share(year: Year) -> _Share:
        return _Share(part(year), whole(year), any(each.illustrative for each in year.drafts))

    return share


def _of_remarks(name: str) -> Callable[[Year], _Share]:
    return _of_drafts(lambda year: getattr(year.words, name), lambda year: year.words.remarks)


def _asked(year: Year) -> int:
    """Count the opinions whose term has ended: those given, in time or late, and those never given."""
    return year.words.opinions + year.words.silent


def _of_sittings(name: str) -> Callable[[Year], _Share]:
    def share(year: Year) -> _Share:
        part = sum(getattr(each, name) for each in year.sittings)
        whole = sum(each.parts for each in year.sittings)
        return _Share(part, whole, any(each.illustrative for each in year.sittings))

    return share


def _acted_on(year: Year) -> _Share:
    promised = [each for each in year.questions if each.taken]
    acted, known = acted_on(each.taken for each in promised if each.taken)
    return _Share(acted, known, any(each.illustrative for each in promised))


#: Of how many drafts something is so.
_COUNTED: Final[Mapping[str, Callable[[DraftFact], bool]]] = {
    "drafts_touching": lambda _: True,
    "acts_bypassed": lambda each: each.bypassed,
}
_SHARES: Final[Mapping[str, Callable[[Year], _Share]]] = {
    "drafts_coordinated": _of_drafts(
        lambda year: sum(each.coordinated for each in year.drafts), lambda year: len(year.drafts)
    ),
    **{f"remarks_{each}": _of_remarks(each) for each in ("accepted", "partly", "rejected", "unanswered")},
    "opinions_in_time": _of_drafts(
        lambda year: sum(said_of(each, "in_time") for each in year.drafts), _asked
    ),
    "opinions_late": _of_drafts(lambda year: year.words.late, _asked),
    **{f"took_part_{each}": _of_sittings(each) for each in ("invited", "came", "spoke", "opinion")},
    "recommendations_acted_on": _acted_on,
}
#: Which of the four sums of the questions about a territory.
_SUMS: Final = frozenset({"asked", "adopted", "executed"})
#: Every key that there is a rule for.
COMPUTED: Final = frozenset(RESERVED + each for each in (*_COUNTED, *_SHARES, *_SUMS))
