"""The rules that terms may choose, and the indicators that are fixed with them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sqlmodel import Session

from budgetproto.balancing.sharing.rules import COUNTED
from budgetproto.disputes.domain import Line, Measure
from budgetproto.errors import Refused
from budgetproto.i18n import Named, Sentence
from budgetproto.money import Som
from budgetproto.sittings.pinned import Pinned
from budgetproto.transfers import storage as territories
from budgetproto.transfers.domain import Indicator

#: The midpoint is no rule for terms: it knows no envelope. The package needs priorities of both sides.
OFFERED: Final = ("A", "B", "C", "D", "E")

#: Residents and own revenue in tyiyn, by territory.
Known = Mapping[str, tuple[int | None, int | None]]


class RuleNotOffered(Refused):
    """Terms cannot choose this rule."""

    message_key = "disputes.rule_not_offered"


class TerritoryNotSaid(Refused):
    """The rule counts residents, and a line has no territory."""

    message_key = "disputes.territory_not_said"


class IndicatorNotKnown(Refused):
    """The rule counts residents or revenues that nobody has entered for the territory of a line."""

    message_key = "disputes.indicator_not_known"


def pinned(session: Session, rule: str, lines: Sequence[Line]) -> tuple[Pinned, ...]:
    """Return the newest indicators that the rule needs of the territories of the lines, in order of code.

    Lines without figures count for nothing. Raises TerritoryNotSaid and IndicatorNotKnown with the first line
    for which the rule could not be computed.
    """
    if rule not in OFFERED:
        raise RuleNotOffered(rule=rule)
    asking = [line for line in lines if line.text.measure in {Measure.AMOUNT, Measure.PERCENTAGE}]
    found = [each for name in COUNTED.get(rule, ()) for each in _pinned(session, rule, name, asking)]
    return tuple(sorted(found, key=lambda each: (each.territory, each.indicator)))


def known(pinned: Sequence[Pinned]) -> Known:
    """Return what was pinned as the balancing takes it."""
    values = {(each.territory, each.indicator): each.value for each in pinned}
    return {
        code: (_whole(values.get((code, "population"))), _whole(values.get((code, "own_revenue"))))
        for code in {each.territory for each in pinned}
    }


def known_or_newest(session: Session, pinned: Sequence[Pinned]) -> Known:
    """Return what was pinned, and what is known today of every territory of which nothing was."""
    fixed = known(pinned)
    people, revenue = (
        {
            code: _whole(each.value)
            for code, each in territories.newest(session, kind).items()
            if _usable(each)
        }
        for kind in ("population", "own_revenue")
    )
    return {
        code: _first(fixed.get(code, (None, None)), people.get(code), revenue.get(code))
        for code in fixed.keys() | people.keys() | revenue.keys()
    }


def _first(fixed: tuple[int | None, int | None], *newest: int | None) -> tuple[int | None, int | None]:
    """Return what is fixed, and the newest where nothing is."""
    people, revenue = (new if old is None else old for old, new in zip(fixed, newest, strict=True))
    return people, revenue


def _pinned(session: Session, rule: str, indicator: str, lines: Sequence[Line]) -> Iterator[Pinned]:
    newest = territories.newest(session, "population" if indicator == "population" else "own_revenue")
    first: dict[str, Line] = {}
    for line in lines:
        if line.text.territory is None:
            raise TerritoryNotSaid(rule=rule, number=line.number, title=line.text.title)
        first.setdefault(line.text.territory, line)
    names = territories.names_of(session, first)
    for code, line in first.items():
        name = names.get(code, Named(code, code, code))
        if code not in newest or not _usable(newest[code]):
            what = Sentence(f"transfers.indicator.{indicator}")
            raise IndicatorNotKnown(
                rule=rule, number=line.number, title=line.text.title, territory=name, indicator=what
            )
        value = newest[code]
        yield Pinned(code, name, indicator, value.value, value.on, value.source)


def _usable(indicator: Indicator) -> bool:
    """Tell whether a value can be counted on: nothing is shared among nobody."""
    return indicator.kind != "population" or bool(indicator.value)


def _whole(value: int | Som | None) -> int | None:
    return value.tyiyn if isinstance(value, Som) else value
