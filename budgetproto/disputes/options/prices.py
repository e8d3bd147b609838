"""PURE: a contested parameter in the document of an option: its prices, the value its money gives back."""

from collections.abc import Mapping
from typing import Any

from budgetproto.balancing import Award
from budgetproto.disputes.domain import magnitude
from budgetproto.disputes.figures.stands import LineView
from budgetproto.disputes.parameters.prices import Prices, from_plain, to_plain
from budgetproto.money import Som


def priced_facts(view: LineView) -> dict[str, object]:
    """Return what of a line with prices goes into the document: the list, and the values stated by whom."""
    if view.line.text.prices is None:
        return {}
    stated = {party: magnitude(each.position.figure) for party, each in sorted(view.positions.items())}
    sides = [magnitude(view.stand.government), magnitude(view.stand.lsg)]
    return {"prices": to_plain(view.line.text.prices), "sides": sides, "stated": stated}


def stated_by(fact: Mapping[str, Any], party: str) -> Mapping[str, Any]:
    """Return the facts of a line with the value of one association in place of that of the LSG side."""
    if "prices" not in fact:
        return fact
    return {**fact, "sides": [fact["sides"][0], fact["stated"].get(party)]}


def value_of(fact: Mapping[str, Any], money: int) -> int | None:
    """Return the value that money gives back on a line; None where no side states one."""
    prices, sides = from_plain(fact["prices"]), [each for each in fact["sides"] if each is not None]
    if prices is None or not sides:
        return None
    return prices.given_back(Som(money), (sides[0], sides[-1]))


def given_back(view: LineView, award: Award, party: str) -> list[dict[str, object]]:
    """Return the sentence, as it is stored, that tells the value given back, its money and the rest."""
    prices = view.line.text.prices
    if prices is None or award.amount is None or award.government is None:
        return []
    fact = priced_facts(view)
    value = value_of(stated_by(fact, party) if party and view.stand.lsg_divided else fact, award.amount)
    if value is None or (cost := prices.of(value)) is None:
        return []
    return [_sentence(prices, value, cost, award.government, award.amount)]


def _sentence(prices: Prices, value: int, cost: Som, government: int, amount: int) -> dict[str, object]:
    values: dict[str, object] = {
        "figure": {"points": value},
        "granted": {"money": Som(amount - government).to_json()},
        "money": {"money": Som(cost.tyiyn - government).to_json()},
        "rest": {"money": Som(amount - cost.tyiyn).to_json()},
    }
    if prices.whole is None:
        return {"key": "disputes.value_given_back", "values": values}
    values["value"] = {"money": Som(prices.whole.tyiyn * value // 10_000).to_json()}
    return {"key": "disputes.given_back_amount", "values": values}
