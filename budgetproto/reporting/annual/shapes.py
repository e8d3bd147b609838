"""What programs are sent of filed annual reports: the list, one report, the values of its indicators."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from marshmallow import fields

from budgetproto.money import Som
from budgetproto.reporting.annual.balance import Spread
from budgetproto.reporting.annual.content import MONEY, SECTIONS, FailingAct
from budgetproto.reporting.annual.domain import (
    MEASURES,
    VERDICTS,
    Measure,
    Yardstick,
)
from budgetproto.reporting.annual.record_shapes import RecordShape, record_written
from budgetproto.reporting.annual.report import Measured, ReportValue, YearOfBalance, YearOfMoney
from budgetproto.reporting.annual.showing import Listed, Shown
from budgetproto.reporting.annual.steps import STEPS
from budgetproto.reporting.domain import TAKEN
from budgetproto.web.api.fields import ID_PATTERN, Code, Day, Matching, Money, Share, Text, Whole
from budgetproto.web.api.shapes import Asked, NamedShape, Shape
from budgetproto.web.api.writing import day, money, named, share
from budgetproto.web.forms import YEARS

_ORIGINS: Final = ("typed", "file", "record")


class ValuesAsked(Asked):
    """Which values: those that match every condition given."""

    indicator = Text(100, metadata={"description": "The key of an indicator"})
    territory = Text(40, metadata={"description": "The code of a territory"})
    year = Whole(YEARS[0], YEARS[-1], written=True)


class ReportShape(Shape):
    """A filed report in the list."""

    id = Matching(ID_PATTERN, required=True)
    year = fields.Integer(required=True)
    associations = fields.List(fields.Nested(NamedShape), required=True)
    filed_on = Day(required=True)


class NumberShape(Shape):
    """A number in the measure of its indicator: a count, hundredths of a point, or an amount."""

    count = fields.Integer()
    points = fields.Integer()
    amount = Money()


class YardstickShape(Shape):
    """What values are judged by, and the day on which it was fixed; `late`: why after the first value."""

    fixed_on = Day(required=True)
    threshold = fields.Nested(NumberShape, required=True)
    base_year = fields.Integer(required=True, allow_none=True)
    base = fields.Nested(NumberShape, required=True, allow_none=True)
    target = fields.Nested(NumberShape, required=True, allow_none=True)
    late = fields.String(required=True)


#: How many territories stand so in the report's year.
VerdictsShape: Final = Shape.from_dict(
    {verdict: fields.Integer(required=True) for verdict in VERDICTS}, name="VerdictsShape"
)


class IndicatorOfReportShape(Shape):
    """An indicator with what it came to; `median` is exact: things, hundredths of a point, or tyiyn."""

    key = fields.String(required=True)
    name = fields.Nested(NamedShape, required=True)
    definition = fields.Nested(NamedShape, required=True)
    source = fields.Nested(NamedShape, required=True)
    measure = Code(MEASURES, required=True)
    better = Code(("more", "less"), required=True)
    vulnerable = fields.Boolean(required=True)
    yardstick = fields.Nested(YardstickShape, required=True, allow_none=True)
    verdicts = fields.Nested(VerdictsShape, required=True)
    stated = fields.Integer(required=True)
    met = fields.Integer(required=True)
    judged_by_target = fields.Integer(required=True)
    median = Share(required=True, allow_none=True)
    by_hand = fields.Integer(required=True)
    from_record = fields.Integer(required=True)


class SumsShape(Shape):
    """The four sums; null is not known."""

    asked = Money(required=True, allow_none=True)
    recommended = Money(required=True, allow_none=True)
    adopted = Money(required=True, allow_none=True)
    executed = Money(required=True, allow_none=True)


class TraceShape(SumsShape):
    """One question of the record, with where it stands."""

    sitting = fields.String(required=True)
    line_number = fields.Integer(required=True)
    title = fields.Nested(NamedShape, required=True)
    protocol = fields.String(required=True)
    illustrative = fields.Boolean(required=True)
    territory = fields.String(required=True)
    taken = Code(TAKEN, required=True, allow_none=True)


class TypedShape(SumsShape):
    """Sums that a hand typed, with their source."""

    source = fields.String(required=True)


class YearOfMoneyShape(Shape):
    """The soms of one year: all together, each question of the record, what was typed by hand."""

    year = fields.Integer(required=True)
    together = fields.Nested(SumsShape, required=True)
    traces = fields.List(fields.Nested(TraceShape), required=True)
    typed = fields.List(fields.Nested(TypedShape), required=True)


class SpreadShape(Shape):
    """How unevenly money per resident is spread; null where the figures do not allow the measure."""

    places = fields.Integer(required=True)
    people = fields.Integer(required=True)
    money = Money(required=True)
    gini = Share(required=True, allow_none=True)
    theil = fields.String(required=True, allow_none=True)
    ratio = Share(required=True, allow_none=True)


class BalanceShape(Shape):
    """The spread before and after transfers; `left_out` territories lack a figure for it."""

    year = fields.Integer(required=True)
    before = fields.Nested(SpreadShape, required=True)
    after = fields.Nested(SpreadShape, required=True)
    left_out = fields.Integer(required=True)


class SectionShape(Shape):
    """A part that people wrote."""

    key = Code(SECTIONS, required=True)
    words = fields.Nested(NamedShape, required=True)


class FailingActShape(Shape):
    """An act that does not work: what fails, where, by what evidence, what repairs it."""

    act = fields.String(required=True)
    article = fields.String(required=True)
    fails = fields.Nested(NamedShape, required=True)
    where = fields.Nested(NamedShape, required=True)
    evidence = fields.String(required=True)
    repair = fields.Nested(NamedShape, required=True)


class ReportStepShape(Shape):
    """What became of the filed report; `to` is the number of the instruction that is answered, else 0."""

    number = fields.Integer(required=True)
    kind = Code(STEPS, required=True)
    on = Day(required=True)
    body = fields.String(required=True)
    words = fields.String(required=True)
    reference = fields.String(required=True)
    until = Day(required=True, allow_none=True)
    to = fields.Integer(required=True)


class ReportCardShape(ReportShape):
    """A filed report but for its values: hash, words, indicators, soms, balance, what became of it."""

    fingerprint = fields.String(required=True)
    note = fields.Nested(NamedShape, required=True)
    illustrative = fields.Boolean(required=True)
    sections = fields.List(fields.Nested(SectionShape), required=True)
    indicators = fields.List(fields.Nested(IndicatorOfReportShape), required=True)
    failing_acts = fields.List(fields.Nested(FailingActShape), required=True)
    money = fields.List(fields.Nested(YearOfMoneyShape), required=True)
    balance = fields.List(fields.Nested(BalanceShape), required=True)
    record = fields.Nested(RecordShape, required=True)
    steps = fields.List(fields.Nested(ReportStepShape), required=True)


class ValueShape(Shape):
    """One value, where it comes from, and for the report's own year what it was judged to be."""

    indicator = fields.String(required=True)
    territory = fields.String(required=True)
    name = fields.Nested(NamedShape, required=True)
    year = fields.Integer(required=True)
    value = fields.Nested(NumberShape, required=True)
    origin = Code(_ORIGINS, required=True)
    source = fields.String(required=True)
    verdict = Code(VERDICTS, required=True, allow_none=True)
    illustrative = fields.Boolean(required=True)


def report_written(each: Listed) -> dict[str, Any]:
    """Write a report of the list."""
    names = [named(name) for name in each.associations]
    return {"id": each.id, "year": each.year, "associations": names, "filed_on": day(each.filed_on)}


def card_written(found: Shown) -> dict[str, Any]:
    """Write a filed report whole, but for its values."""
    report, row = found.report, found.row
    names = tuple(each.name for each in found.associations)
    return {
        **report_written(Listed(row.id, row.year, names, row.filed_on)),
        "fingerprint": found.digest,
        "note": named(report.note),
        "illustrative": report.illustrative,
        "sections": [{"key": key, "words": named(report.content.section(key))} for key in SECTIONS],
        "indicators": [_measured(each) for each in report.measured],
        "failing_acts": [_failing(each) for each in report.content.failing],
        "money": [_year(each) for each in report.money],
        "balance": [_balance(each) for each in report.balance],
        "record": record_written(report.record),
        "steps": [_step(number, each) for number, each in enumerate(found.steps, start=1)],
    }


def value_written(each: ReportValue, last: int) -> dict[str, Any]:
    """Write a value; in the `last` year, that of the report, with what it was judged to be."""
    value = each.value
    return {
        "indicator": each.indicator,
        "territory": each.territory,
        "name": named(each.row.place.name),
        "year": each.year,
        "value": _number(value.number, each.of.indicator.measure),
        "origin": value.origin,
        "source": value.source,
        "verdict": each.row.judgement.verdict if each.year == last else None,
        "illustrative": value.illustrative,
    }


def _measured(each: Measured) -> dict[str, Any]:
    indicator, counted = each.indicator, each.counted
    return {
        "key": indicator.key,
        "name": named(indicator.name),
        "definition": named(indicator.definition),
        "source": named(indicator.source),
        "measure": indicator.measure,
        "better": indicator.better,
        "vulnerable": indicator.vulnerable,
        "yardstick": _yardstick(indicator.yardstick, indicator.measure) if indicator.yardstick else None,
        "verdicts": {verdict: counted.count(verdict) for verdict in VERDICTS},
        "stated": counted.stated,
        "met": counted.met,
        "judged_by_target": counted.judged_target,
        "median": share(counted.median),
        "by_hand": each.by_hand,
        "from_record": each.from_record,
    }


def _yardstick(yardstick: Yardstick, measure: Measure) -> dict[str, Any]:
    known = {"base": yardstick.base, "target": yardstick.target}
    return {
        "fixed_on": day(yardstick.fixed_on),
        "threshold": _number(yardstick.threshold, measure),
        "base_year": yardstick.base_year,
        **{name: None if each is None else _number(each, measure) for name, each in known.items()},
        "late": yardstick.late,
    }


def _number(value: int, measure: Measure) -> dict[str, Any]:
    match measure:
        case "count":
            return {"count": value}
        case "percent":
            return {"points": value}
        case "money":
            return {"amount": money(Som(value))}


def _failing(each: FailingAct) -> dict[str, Any]:
    words = {name: named(getattr(each, name)) for name in ("fails", "where", "repair")}
    return {"act": each.act, "article": each.article, "evidence": each.evidence, **words}


def _year(each: YearOfMoney) -> dict[str, Any]:
    traces = [
        {
            **_sums(trace),
            "sitting": trace.sitting,
            "line_number": trace.line,
            "title": named(trace.title),
            "protocol": trace.protocol,
            "illustrative": trace.illustrative,
            "territory": trace.territory,
            "taken": trace.taken or None,
        }
        for trace in each.traces
    ]
    return {
        "year": each.year,
        "together": {part: money(each.all_of(part)) for part in MONEY},
        "traces": traces,
        "typed": [{**_sums(typed), "source": typed.source} for typed in each.typed],
    }


def _sums(each: Any) -> dict[str, Any]:
    return {part: money(getattr(each, part)) for part in MONEY}


def _balance(each: YearOfBalance) -> dict[str, Any]:
    before, after = _spread(each.found.before), _spread(each.found.after)
    return {"year": each.year, "before": before, "after": after, "left_out": each.left_out}


def _spread(spread: Spread) -> dict[str, Any]:
    return {
        "places": spread.places,
        "people": spread.people,
        "money": money(Som(spread.money)),
        "gini": share(_exact(spread.gini)),
        "theil": None if spread.theil is None else str(spread.theil),
        "ratio": share(_exact(spread.ratio)),
    }


def _exact(value: Fraction | Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _step(number: int, step: Any) -> dict[str, Any]:
    said = {name: getattr(step, name) for name in ("kind", "body", "words", "reference", "to")}
    return {"number": number, **said, "on": day(step.on), "until": day(step.until)}
