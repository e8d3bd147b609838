"""PURE: a version of the option as the document that is stored, with inputs and explanation, and back."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, Final, Literal

from budgetproto import balancing
from budgetproto.balancing import Award, Money, Option, Raw
from budgetproto.disputes.domain import Figure, Measure
from budgetproto.disputes.figures.stands import LineView
from budgetproto.disputes.options import caps as option_caps
from budgetproto.disputes.options import voted
from budgetproto.disputes.options.caps import NeedShare
from budgetproto.disputes.options.groups import GroupShare, group_share
from budgetproto.disputes.options.prices import given_back, priced_facts, stated_by, value_of
from budgetproto.disputes.options.voted import VotedTrial
from budgetproto.disputes.terms.groups import group_names
from budgetproto.i18n.languages import Named, Points, Sentence
from budgetproto.journal.domain import canonical_json
from budgetproto.money import Som
from budgetproto.sittings.groups import GroupLimit

FORMAT: Final = "budgetproto-option/1"
#: The rules whose common rate is a share of the gaps.
_OF_SHARES: Final = frozenset("AM")


@dataclass(frozen=True)
class OptionLine:
    """What the option says of one line: the recommended figure, the money, and why."""

    number: int
    figure: Figure
    claim: Som | None
    granted: Som | None
    rate: Fraction | None
    reason: str
    sentences: tuple[Sentence, ...]
    midpoint: Figure


@dataclass(frozen=True)
class Served:
    """What one line would get of the money at hand in one tier, where floors exceed the envelope."""

    number: int
    tier: str
    need: Som
    granted: Som


@dataclass(frozen=True)
class Lifted:
    """What rule E does for one recipient: own revenue per resident before, and with what it gets after."""

    name: Named
    population: int
    granted: Som
    before: Som
    after: Som


@dataclass(frozen=True)
class PerResident:
    """What every line that no limit holds gains or gives up per resident, or the level of all recipients."""

    what: Literal["gain", "shortfall", "level"]
    money: Som


@dataclass(frozen=True)
class PublishedOption:
    """One version of the option as it was published; nothing of it is computed again.

    `awards` are by number of line. `divided` holds, by party id, those of the lines on which the associations
    state different figures, computed for the figures of each of them. `emergency` says who would be served
    first where the floors exceed the envelope; it is empty everywhere else. `groups` tell the limits,
    `recipients` those who are lifted under E, `caps`, by number of line, the claims that count only up to
    their need. `vote` is there when the option is a trial that the committee adopted: `under_terms` has then
    the figures that the terms give.
    """

    number: int
    digest: str
    published_at: datetime
    rule: str
    engine: str
    status: str
    rate: Fraction | None
    envelope: Som | None
    effective_envelope: Som | None
    undistributed: Som
    midpoint_cost: Som | None
    sentences: tuple[Sentence, ...]
    awards: Mapping[int, OptionLine]
    divided: Mapping[str, Mapping[int, OptionLine]]
    emergency: tuple[Served, ...]
    groups: tuple[GroupShare, ...]
    recipients: tuple[Lifted, ...]
    per_resident: PerResident | None
    caps: Mapping[int, NeedShare]
    vote: VotedTrial | None
    under_terms: Mapping[int, Figure]
    document: Mapping[str, Any]

    @property
    def closing(self) -> Fraction | None:
        """The common share of the gaps; None where the rule's rate is money per resident."""
        return self.rate if self.rule in _OF_SHARES else None


def line_name(view: LineView) -> str:
    """Return the stable id the tie order uses: the line's number on paper, written so that it sorts."""
    return f"{view.line.number:06d}"


def written(  # what one document consists of
    *,
    sitting: str,
    terms: str,
    lines: list[LineView],
    option: Option,
    middle: Option,
    apart: Mapping[str, Option],
    groups: Sequence[GroupLimit],
    territories: Mapping[str, Named],
    without_caps: Mapping[str, object] | None,
    explanation: Mapping[str, Any],
    vote: VotedTrial | None,
    under_terms: Option | None,
) -> str:
    """Write an option with its midpoint, inputs and explanation as canonical JSON.

    `sitting` is the sitting's number, `terms` the hash of its terms; `lines` are those that were computed.
    `apart` are the options for the figures of each association, by party id, where they are divided; `groups`
    are the limits of groups in the terms; `territories` are the names of those that the rule counts residents
    of, by code. `without_caps` is there where claims count only up to their need; `explanation`
    is what was computed beside the option to explain it. `vote` is there when a trial was put to the
    committee, with the option `under_terms` beside it.
    """
    views = {line_name(view): view for view in lines}
    divided = {
        party: {"option": balancing.to_document(each), "explanation": _explained(each, views, party)}
        for party, each in apart.items()
    }
    names = group_names(groups)
    return canonical_json(
        ({"divided": divided} if divided else {})
        | ({"groups": {key: vars(name) for key, name in names.items()}} if names else {})
        | ({"territories": {code: vars(name) for code, name in territories.items()}} if territories else {})
        | ({"without_caps": without_caps} if without_caps else {})
        | dict(explanation)
        | ({"vote": voted.written(vote)} if vote else {})
        | ({"under_terms": balancing.to_document(under_terms)} if under_terms else {})
        | {
            "format": FORMAT,
            "sitting": sitting,
            "terms": terms,
            "lines": [_line_written(view) for view in lines],
            "option": balancing.to_document(option),
            "midpoint": balancing.to_document(middle),
            "summary": [_told_written(each, names) for each in balancing.summary(option)],
            "explanation": _explained(option, views),
        }
    )


def _explained(option: Option, views: Mapping[str, LineView], party: str = "") -> dict[str, object]:
    """Write the sentences of every line."""
    told = zip(option.lines, balancing.sentences(option), strict=True)
    return {
        award.line: [
            *(_told_written(each, _title(views[award.line])) for each in sentences),
            *given_back(views[award.line], award, party),
        ]
        for award, sentences in told
    }


def read(stored: str, *, number: int, digest: str, published_at: datetime) -> PublishedOption:
    """Read a stored version; nothing of it is computed again."""
    document: dict[str, Any] = json.loads(stored)
    option = balancing.from_document(document["option"])
    middle = balancing.from_document(document["midpoint"])
    midpoints = {award.line: award for award in middle.lines}
    facts = {line["line"]: line for line in document["lines"]}
    return PublishedOption(
        number=number,
        digest=digest,
        published_at=published_at,
        rule=option.rule,
        engine=option.engine,
        status=option.status.value,
        rate=option.rate,
        envelope=_som(option.envelope),
        effective_envelope=_som(option.effective_envelope),
        undistributed=Som(option.undistributed),
        midpoint_cost=_som(middle.totals.granted),
        sentences=tuple(_told(each) for each in document["summary"]),
        awards=_awards(option, document["explanation"], midpoints, facts),
        divided={
            party: _awards(
                balancing.from_document(each["option"]),
                each["explanation"],
                midpoints,
                {name: stated_by(fact, party) for name, fact in facts.items() if fact["lsg_divided"]},
            )
            for party, each in document.get("divided", {}).items()
        },
        emergency=tuple(
            Served(facts[row.line]["number"], row.tier.value, Som(row.need), Som(row.granted))
            for row in option.emergency or ()
        ),
        groups=tuple(
            group_share(each, option, Named(**document["groups"][each.name])) for each in option.envelopes
        ),
        recipients=_lifted(option, document.get("territories", {})),
        per_resident=_common(option),
        caps=option_caps.read(document.get("without_caps"), option, facts),
        vote=voted.read(document["vote"]) if "vote" in document else None,
        under_terms=_beside(document.get("under_terms"), facts),
        document=document,
    )


def _beside(document: dict[str, Any] | None, facts: Mapping[str, Mapping[str, Any]]) -> dict[int, Figure]:
    """Return the figures of another option over the same lines, by number."""
    if document is None:
        return {}
    awards = balancing.from_document(document).lines
    return {facts[award.line]["number"]: _figure_of(facts[award.line])(award.amount) for award in awards}


def _lifted(option: Option, names: Mapping[str, Mapping[str, str]]) -> tuple[Lifted, ...]:
    """Return the recipients in the order of their codes; the slope of one is its residents."""
    sign = -1 if option.cut else 1
    return tuple(
        Lifted(
            name=Named(**names[award.line]),
            population=award.slope,
            granted=Som(sign * (award.granted or 0)),
            before=_per_resident(-award.offset, award.slope),
            after=_per_resident((award.granted or 0) - award.offset, award.slope),
        )
        for award in option.recipients
        if award.line in names
    )


def _common(option: Option) -> PerResident | None:
    """Return the common rate where it is money; None also where it is less than half a tyiyn."""
    told = balancing.per_resident(option)
    money = _per_resident(told[1].numerator, told[1].denominator) if told else Som(0)
    return PerResident(told[0], money) if told and money != Som(0) else None


def _per_resident(money: int, population: int) -> Som:
    """Return money per resident in whole tyiyn, a half rounded up."""
    return Som((2 * money + population) // (2 * population))


def _awards(
    option: Option,
    explained: Mapping[str, list[dict[str, Any]]],
    midpoints: Mapping[str, Award],
    facts: Mapping[str, Mapping[str, Any]],
) -> dict[int, OptionLine]:
    """Return what an option says of the lines that `facts` names, by number."""
    return {
        facts[award.line]["number"]: _option_line(
            award, midpoints[award.line], facts[award.line], explained[award.line], option.rule
        )
        for award in option.lines
        if award.line in facts
    }


def _line_written(view: LineView) -> dict[str, object]:
    """Write what of a line went into the computation."""
    text = view.line.text
    return {
        "line": line_name(view),
        "number": view.line.number,
        "title": vars(text.title),
        "measure": text.measure.value,
        "money_base": text.money_base.to_json() if text.money_base else None,
        "lsg_divided": view.stand.lsg_divided,
        "positions": {party: each.version for party, each in sorted(view.positions.items())},
        **priced_facts(view),
    }


def _title(view: LineView) -> dict[str, Named]:
    return {line_name(view): view.line.text.title}


def _told_written(sentence: balancing.Sentence, names: Mapping[str, Named]) -> dict[str, object]:
    values = {name: _value_written(value, names) for name, value in sentence.values.items()}
    return {"key": sentence.key, "values": values}


def _value_written(value: object, names: Mapping[str, Named]) -> dict[str, object]:
    match value:
        case Money():
            return {"money": Som(value.units).to_json()}
        case Raw():
            return {"points": value.units}
        case Fraction():
            return {"share": f"{value.numerator}/{value.denominator}"}
        case str() if value in names:
            return {"name": vars(names[value])}
    return {"text": str(value)}


def _option_line(
    award: Award, middle: Award, written: Mapping[str, Any], explained: list[dict[str, Any]], rule: str
) -> OptionLine:
    figure = _figure_of(written)
    return OptionLine(
        number=written["number"],
        figure=figure(award.amount),
        claim=_som(award.claim),
        granted=_som(award.granted),
        rate=award.rate,
        reason=balancing.told_reason(award.reason, rule),
        sentences=tuple(_told(each) for each in explained),
        midpoint=figure(middle.amount),
    )


def _figure_of(written: Mapping[str, Any]) -> Callable[[int | None], Som | int | None]:
    """Return what makes a figure of what was computed; money of a parameter gives its value back."""
    if "prices" in written:
        return lambda raw: None if raw is None else value_of(written, raw)
    return _som if written["measure"] == Measure.AMOUNT.value else lambda raw: raw


def _som(tyiyn: int | None) -> Som | None:
    return None if tyiyn is None else Som(tyiyn)


def _told(written: dict[str, Any]) -> Sentence:
    return Sentence(written["key"], tuple((n, _value(v)) for n, v in sorted(written["values"].items())))


def _value(written: dict[str, Any]) -> object:
    match written:
        case {"money": text}:
            return Som.from_json(text)
        case {"points": hundredths}:
            return Points(hundredths)
        case {"share": share}:
            return Fraction(share)
        case {"name": name}:
            return Named(**name)
    return written["text"]
