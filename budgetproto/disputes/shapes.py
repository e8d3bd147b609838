"""What programs are sent of contested questions, their opened positions and the option."""

from typing import Any, Final

from marshmallow import fields

from budgetproto.accounts.domain import SIDES
from budgetproto.disputes.domain import Base, Instrument, Line, Measure, Opened, Position, Vulnerable
from budgetproto.disputes.figures.shapes import FigureTold, WordsTold, figure_told, words_told
from budgetproto.disputes.options.document import OptionLine, PublishedOption
from budgetproto.web.api.fields import ID_PATTERN, Code, Day, Matching, Moment, Money, Share, Text
from budgetproto.web.api.shapes import Asked, NamedShape, Shape
from budgetproto.web.api.writing import day, moment, money, named, share

_MEASURES: Final = [each.value for each in Measure]
INSTRUMENTS: Final = [each.value for each in Instrument]


class LinesAsked(Asked):
    """Which questions of a sitting."""

    kind = Text(60, metadata={"description": "The code of a kind of transfers"})
    territory = Matching(r"^[0-9]{14}$", metadata={"description": "The code of a territory"})


class BaseShape(Shape):
    """A known figure with its source."""

    figure = FigureTold(required=True)
    source = fields.String(required=True)
    illustrative = fields.Boolean(required=True)
    as_of = Day(required=True, allow_none=True)


class LineShape(Shape):
    """A contested question as the secretary entered it; figures are in its measure."""

    id = Matching(ID_PATTERN, required=True)
    sitting = Matching(ID_PATTERN, required=True)
    number = fields.Integer(required=True)
    title = fields.Nested(NamedShape, required=True)
    kind = fields.String(required=True)
    territory = fields.String(required=True, allow_none=True)
    group = fields.Nested(NamedShape, required=True)
    year = fields.Integer(required=True)
    measure = Code(_MEASURES, required=True)
    recurring = fields.Boolean(required=True)
    legal_basis = fields.Nested(NamedShape, required=True)
    budget_code = fields.String(required=True)
    base_government = fields.Nested(BaseShape, required=True)
    base_lsg = fields.Nested(BaseShape, required=True)
    approved_last_year = fields.Nested(BaseShape, required=True)
    executed = fields.Nested(BaseShape, required=True)
    documented_need = fields.Nested(BaseShape, required=True)
    money_base = Money(required=True, allow_none=True)
    floor = FigureTold(required=True)
    cap = FigureTold(required=True)
    protected = fields.Boolean(required=True)
    lead_government = Matching(ID_PATTERN, required=True, allow_none=True)
    lead_lsg = Matching(ID_PATTERN, required=True, allow_none=True)
    illustrative = fields.Boolean(required=True)
    opened_at = Moment(required=True, allow_none=True)


class StatedShape(Shape):
    """What a party states on a question."""

    figure = FigureTold(required=True)
    rationale = fields.Nested(WordsTold, required=True, allow_none=True)
    instrument = Code(INSTRUMENTS, required=True, allow_none=True)
    timing = fields.String(required=True)
    recurring = fields.Boolean(required=True)
    priority = fields.Integer(required=True)
    legal_basis = fields.String(required=True)
    vulnerable = Code([each.value for each in Vulnerable], required=True)
    vulnerable_text = fields.String(required=True)
    speaker = fields.String(required=True)
    source = fields.String(required=True)
    source_date = Day(required=True, allow_none=True)
    illustrative = fields.Boolean(required=True)


class PositionShape(Shape):
    """An opened position."""

    line = Matching(ID_PATTERN, required=True)
    line_number = fields.Integer(required=True)
    party = Matching(ID_PATTERN, required=True)
    side = Code(SIDES, required=True)
    version = fields.Integer(required=True)
    filed_at = Moment(required=True)
    late_round = fields.Boolean(required=True)
    position = fields.Nested(StatedShape, required=True)


class OptionHeadShape(Shape):
    """A published version of the balanced option."""

    number = fields.Integer(required=True)
    digest = fields.String(required=True)
    published_at = Moment(required=True)


class OptionHeadsShape(Shape):
    """Every published version, the first one first."""

    items = fields.List(fields.Nested(OptionHeadShape), required=True)


class OptionLineShape(Shape):
    """What the option says of one question: the figure, and the money asked for and granted."""

    number = fields.Integer(required=True)
    figure = FigureTold(required=True)
    claim = Money(required=True, allow_none=True)
    granted = Money(required=True, allow_none=True)
    rate = Share(required=True, allow_none=True)
    reason = fields.String(required=True)
    midpoint = FigureTold(required=True)


class OptionShape(OptionHeadShape):
    """A version of the option as it was published; `by_decision`: the committee voted another rule."""

    rule = fields.String(required=True)
    engine = fields.String(required=True)
    status = fields.String(required=True)
    rate = Share(required=True, allow_none=True)
    envelope = Money(required=True, allow_none=True)
    effective_envelope = Money(required=True, allow_none=True)
    undistributed = Money(required=True)
    midpoint_cost = Money(required=True, allow_none=True)
    by_decision = fields.Boolean(required=True)
    lines = fields.List(fields.Nested(OptionLineShape), required=True)


def line_written(line: Line) -> dict[str, Any]:
    """Write a question; nothing of its positions is in it."""
    text = line.text
    bases = ("base_government", "base_lsg", "approved_last_year", "executed", "documented_need")
    return {
        "id": line.id,
        "sitting": line.sitting,
        "number": line.number,
        **{name: named(getattr(text, name)) for name in ("title", "group", "legal_basis")},
        **{name: _base(getattr(text, name)) for name in bases},
        **{name: getattr(text, name) for name in _PLAIN},
        "measure": text.measure.value,
        "money_base": money(text.money_base),
        "floor": figure_told(text.floor),
        "cap": figure_told(text.cap),
        "opened_at": moment(line.opened_at),
    }


_PLAIN: Final = (
    *("kind", "territory", "year", "recurring", "budget_code", "protected", "illustrative"),
    *("lead_government", "lead_lsg"),
)


def opened_written(line: Line, side: str, opened: Opened) -> dict[str, Any]:
    """Write an opened position."""
    return {
        "line": line.id,
        "line_number": line.number,
        "party": opened.party,
        "side": side,
        "version": opened.version,
        "filed_at": moment(opened.filed_at),
        "late_round": opened.late_round,
        "position": stated_written(opened.position),
    }


def stated_written(position: Position) -> dict[str, Any]:
    """Write what a party states, without what only proves it."""
    plain = (*("timing", "recurring", "priority", "legal_basis"), *("vulnerable_text", "speaker", "source"))
    return {
        **{name: getattr(position, name) for name in plain},
        "figure": figure_told(position.figure),
        "rationale": words_told(position.rationale),
        "instrument": position.instrument.value if position.instrument else None,
        "vulnerable": position.vulnerable.value,
        "source_date": day(position.source_date),
        "illustrative": position.illustrative,
    }


def option_head_written(option: PublishedOption) -> dict[str, Any]:
    """Write which version of the option this is."""
    return {
        "number": option.number,
        "digest": option.digest,
        "published_at": moment(option.published_at),
    }


def option_written(option: PublishedOption) -> dict[str, Any]:
    """Write a version of the option."""
    amounts = ("envelope", "effective_envelope", "undistributed", "midpoint_cost")
    return {
        **option_head_written(option),
        "rule": option.rule,
        "engine": option.engine,
        "status": option.status,
        "rate": share(option.rate),
        **{name: money(getattr(option, name)) for name in amounts},
        "by_decision": option.vote is not None,
        "lines": [_award(option.awards[number]) for number in sorted(option.awards)],
    }


def _award(award: OptionLine) -> dict[str, Any]:
    return {
        "number": award.number,
        "figure": figure_told(award.figure),
        "claim": money(award.claim),
        "granted": money(award.granted),
        "rate": share(award.rate),
        "reason": award.reason,
        "midpoint": figure_told(award.midpoint),
    }


def _base(base: Base) -> dict[str, Any]:
    return {
        "figure": figure_told(base.figure),
        "source": base.source,
        "illustrative": base.illustrative,
        "as_of": day(base.as_of),
    }
