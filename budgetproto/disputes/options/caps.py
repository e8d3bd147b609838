"""PURE: claims that count only up to their need, in the document of an option and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from budgetproto import balancing
from budgetproto.balancing import Award, Option
from budgetproto.disputes.domain import told
from budgetproto.disputes.lines.needs import Need
from budgetproto.i18n.languages import Sentence
from budgetproto.money import Som

_Figure = Som | int


@dataclass(frozen=True)
class NeedShare:
    """What a need did to one claim: the filed figure, the one that counts, and both options' figures.

    `figure` is recommended with the caps by need, `without` would have been without any of them.
    """

    number: int
    filed: _Figure
    capped: _Figure
    need: Need
    figure: _Figure | None
    without: _Figure | None

    @property
    def ground(self) -> Sentence:
        """On what ground the claim counts only so far, with the source."""
        values = {"figure": told(self.need.known), "source": self.need.source or "—"}
        if self.need.growth is not None:
            values["growth"] = self.need.growth
        return Sentence(f"disputes.need.{self.need.ground}", tuple(values.items()))


def capped(lines: Sequence[balancing.Line]) -> dict[str, int]:
    """Return the figures up to which claims above their need count, by the name of the line."""
    bounded = (balancing.bounded_by_need(line) for line in lines)
    return {line.line: line.need for line in bounded if line.need is not None}


def written(caps: Mapping[str, int], needs: Mapping[str, Need], without: Option) -> dict[str, object]:
    """Write the option without caps by need beside what capped each claim."""
    return {
        "option": balancing.to_document(without),
        "caps": {
            line: {
                "capped": figure,
                "figure": _raw(needs[line].figure),
                "ground": needs[line].ground,
                "known": _raw(needs[line].known),
                "source": needs[line].source,
                "growth": needs[line].growth,
            }
            for line, figure in caps.items()
        },
    }


def read(
    document: Mapping[str, Any] | None, option: Option, facts: Mapping[str, Mapping[str, Any]]
) -> dict[int, NeedShare]:
    """Read what capped the claims, by number of line; an option of before has none."""
    if document is None:
        return {}
    without = {award.line: award for award in balancing.from_document(document["option"]).lines}
    with_caps = {award.line: award for award in option.lines}
    return {
        facts[line]["number"]: _share(cap, with_caps[line], without[line], facts[line])
        for line, cap in document["caps"].items()
    }


def _share(cap: Mapping[str, Any], award: Award, without: Award, facts: Mapping[str, Any]) -> NeedShare:
    stated = Som if facts["measure"] == "amount" else int
    of = Som if "prices" in facts else stated  # what such a line counts in is its money
    return NeedShare(
        number=facts["number"],
        filed=of(award.lsg or 0),
        capped=of(cap["capped"]),
        need=Need(stated(cap["figure"]), cap["ground"], stated(cap["known"]), cap["source"], cap["growth"]),
        figure=None if award.amount is None else of(award.amount),
        without=None if without.amount is None else of(without.amount),
    )


def _raw(figure: _Figure) -> int:
    return figure.tyiyn if isinstance(figure, Som) else figure
