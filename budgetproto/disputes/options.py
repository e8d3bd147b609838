"""The balanced option of a sitting: computed from opened positions and fixed terms, kept as published."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from budgetproto import balancing
from budgetproto.balancing import Award, Money, Raw
from budgetproto.database import Database, now
from budgetproto.disputes import storage
from budgetproto.disputes.domain import Figure, Measure, is_points
from budgetproto.disputes.events import OptionPublished
from budgetproto.disputes.service import LineView, views
from budgetproto.disputes.storage import OptionRow
from budgetproto.errors import Refused
from budgetproto.i18n import Named, Points, Sentence
from budgetproto.journal import append, sitting_chain
from budgetproto.journal.domain import canonical_json
from budgetproto.money import Amount, Som, Unit
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Limit, Sitting, TermsVersion

FORMAT = "budgetproto-option/1"
_HUNDREDTHS = 10_000


class LinesStillClosed(Refused):
    """The option is computed when every line is open."""

    message_key = "disputes.lines_still_closed"


class OptionImpossible(Refused):
    """The figures and the terms allow no computation; the details say why."""

    message_key = "disputes.option_impossible"


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
class PublishedOption:
    """One version of the option as it was published; nothing of it is computed again."""

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
    document: Mapping[str, Any]


def publish_option(database: Database, person_id: str, sitting_id: str) -> int:
    """Compute the option under the fixed terms and publish it as the next version; return its number."""
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, Act.PUBLISH_OPTION)
        terms = sittings.fixed_terms(session, sitting)
        lines = views(session, sitting_id)
        if terms is None or any(view.line.opened_at is None for view in lines):
            raise LinesStillClosed
        document = canonical_json(_computed(sitting, terms, lines))
        latest = storage.latest_option(session, sitting_id)
        number = latest.number + 1 if latest else 1
        digest = hashlib.sha256(document.encode()).hexdigest()
        row = OptionRow(
            sitting=sitting_id,
            number=number,
            document=document,
            digest=digest,
            person=person_id,
            at=now(session),
        )
        session.add(row)
        session.flush()
        published = OptionPublished(person_id, number, terms.terms.rule, digest)
        append(session, sitting_chain(sitting_id), published)
        return number


def option_of(
    session: Session, person_id: str, sitting_id: str
) -> tuple[Sitting, list[LineView], PublishedOption | None]:
    """Return the newest option beside the opened lines, for whoever may read them."""
    sitting, _ = sittings.admitted(session, person_id, sitting_id, Act.READ_OPENED)
    return sitting, views(session, sitting_id), latest(session, sitting_id)


def latest(session: Session, sitting_id: str) -> PublishedOption | None:
    """Return the newest published version of the option; None before the first."""
    row = storage.latest_option(session, sitting_id)
    return _published(row) if row else None


def in_unit(sentence: Sentence, unit: Unit) -> Sentence:
    """Return a sentence whose amounts are told in the sitting's unit."""
    values = tuple(
        (name, Amount(value, unit) if isinstance(value, Som) else value) for name, value in sentence.values
    )
    return Sentence(sentence.key, values)


def _computed(sitting: Sitting, terms: TermsVersion, lines: list[LineView]) -> dict[str, object]:
    """Compute option and midpoint and write them with their inputs and explanation."""
    limits = {limit.line: limit for limit in terms.terms.limits}
    balanced = [view for view in lines if _has_figures(view)]
    claims = [_claim(view, limits.get(view.line.number)) for view in balanced]
    envelope = terms.terms.envelope
    given: dict[str, Any] = {"quantum": terms.terms.quantum.tyiyn, "on_conflict": "hold_at_floor"}
    try:
        option = balancing.balance(
            claims,
            None if envelope is None else envelope.tyiyn,
            rule=terms.terms.rule,
            kappa=terms.terms.kappa,
            **given,
        )
        middle = balancing.midpoint(claims, **given)
    except balancing.Unbalanceable as fault:
        raise OptionImpossible(why=Sentence(fault.key, tuple(fault.details.items()))) from fault
    titles = {_name(view): view for view in balanced}
    told = zip(option.lines, balancing.sentences(option), strict=True)
    return {
        "format": FORMAT,
        "sitting": sitting.number,
        "terms": terms.digest,
        "lines": [_line_written(view) for view in balanced],
        "option": balancing.to_document(option),
        "midpoint": balancing.to_document(middle),
        "summary": [_told_written(each, None) for each in balancing.summary(option)],
        "explanation": {
            award.line: [_told_written(each, titles[award.line]) for each in sentences]
            for award, sentences in told
        },
    }


def _has_figures(view: LineView) -> bool:
    return view.line.text.measure in {Measure.AMOUNT, Measure.PERCENTAGE}


def _name(view: LineView) -> str:
    """Return the stable id the tie order uses: the line's number on paper, written so that it sorts."""
    return f"{view.line.number:06d}"


def _claim(view: LineView, limit: Limit | None) -> balancing.Line:
    text, counted = view.line.text, view.stand
    percentage = text.measure is Measure.PERCENTAGE
    base = text.money_base.tyiyn if text.money_base else 0
    return balancing.Line(
        _name(view),
        _raw(counted.government),
        _raw(counted.lsg),
        floor=_limit(limit.floor) if limit else None,
        cap=_limit(limit.cap) if limit else None,
        protected=limit.protected if limit else False,
        cost_sign=text.cost_sign,
        money_per_unit=Fraction(base, _HUNDREDTHS) if percentage else 1,
        step=(text.step or 1) if percentage else None,
        region=text.territory,
        kind=text.kind,
    )


def _raw(figure: Figure) -> int | None:
    if isinstance(figure, Som):
        return figure.tyiyn
    return figure if is_points(figure) else None


def _limit(written: str | None) -> int | None:
    return None if written is None else int(written)


def _line_written(view: LineView) -> dict[str, object]:
    """Write what of a line went into the computation."""
    text = view.line.text
    return {
        "line": _name(view),
        "number": view.line.number,
        "title": vars(text.title),
        "measure": text.measure.value,
        "money_base": text.money_base.to_json() if text.money_base else None,
        "lsg_divided": view.stand.lsg_divided,
        "positions": {party: each.version for party, each in sorted(view.positions.items())},
    }


def _told_written(sentence: balancing.Sentence, view: LineView | None) -> dict[str, object]:
    values = {name: _value_written(value, view) for name, value in sentence.values.items()}
    return {"key": sentence.key, "values": values}


def _value_written(value: object, view: LineView | None) -> dict[str, object]:
    match value:
        case Money():
            return {"money": Som(value.units).to_json()}
        case Raw():
            return {"points": value.units}
        case Fraction():
            return {"share": f"{value.numerator}/{value.denominator}"}
        case str() if view is not None and value == _name(view):
            return {"name": vars(view.line.text.title)}
    return {"text": str(value)}


def _published(row: OptionRow) -> PublishedOption:
    document = json.loads(row.document)
    option = balancing.from_document(document["option"])
    middle = balancing.from_document(document["midpoint"])
    explained: Mapping[str, list[dict[str, Any]]] = document["explanation"]
    midpoints = {award.line: award for award in middle.lines}
    written = {line["line"]: line for line in document["lines"]}
    return PublishedOption(
        number=row.number,
        digest=row.digest,
        published_at=row.at,
        rule=option.rule,
        engine=option.engine,
        status=option.status.value,
        rate=option.rate,
        envelope=_som(option.envelope),
        effective_envelope=_som(option.effective_envelope),
        undistributed=Som(option.undistributed),
        midpoint_cost=_som(middle.totals.granted),
        sentences=tuple(_told(each) for each in document["summary"]),
        awards={
            written[award.line]["number"]: _option_line(
                award, midpoints[award.line], written[award.line], explained[award.line]
            )
            for award in option.lines
        },
        document=document,
    )


def _option_line(
    award: Award, middle: Award, written: Mapping[str, Any], explained: list[dict[str, Any]]
) -> OptionLine:
    figure = _figure_of(Measure(written["measure"]))
    return OptionLine(
        number=written["number"],
        figure=figure(award.amount),
        claim=_som(award.claim),
        granted=_som(award.granted),
        rate=award.rate,
        reason=award.reason.value,
        sentences=tuple(_told(each) for each in explained),
        midpoint=figure(middle.amount),
    )


def _figure_of(measure: Measure) -> Callable[[int | None], Som | int | None]:
    return _som if measure is Measure.AMOUNT else lambda raw: raw


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
