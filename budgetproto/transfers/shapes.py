"""What programs are sent of the reference data, and how it is written: amounts in som, days as days."""

from collections.abc import Mapping
from typing import Any, Final

from marshmallow import fields

from budgetproto.i18n import Named
from budgetproto.money import Som
from budgetproto.transfers.domain import (
    INDICATOR_KINDS,
    TERRITORY_KINDS,
    Change,
    Indicator,
    Territory,
    Transfer,
    TransferKind,
)
from budgetproto.transfers.service import TerritoryCard
from budgetproto.web.api.fields import Code, Day, Matching, Money, Text, Whole, YesNo
from budgetproto.web.api.shapes import Asked, NamedShape, Shape
from budgetproto.web.api.writing import day, money, named

SOATE: Final = r"^[0-9]{14}$"
_MONTH: Final = r"^[0-9]{4}-(0[1-9]|1[0-2])$"


class TerritoriesAsked(Asked):
    """Which territories: those that match every condition given."""

    words = Text(200, load_default="", metadata={"description": "Parts of the name or of the code"})
    level = Whole(1, 4, written=True)
    parent = Matching(SOATE, metadata={"description": "The code of the territory above"})
    self_governing = YesNo(written=True, metadata={"description": "Whether it has a budget of its own"})


class TransfersAsked(Asked):
    """Which transfers: those that match every condition given."""

    territory = Matching(SOATE)
    kind = Text(60, metadata={"description": "The code of a kind"})
    since = Matching(_MONTH, metadata={"description": "The first month, such as 2025-01"})
    until = Matching(_MONTH, metadata={"description": "The last month"})
    counted = YesNo(
        written=True,
        metadata={"description": "Whether a figure counts in the totals or repeats part of another"},
    )


class TerritoryShape(Shape):
    """A territory by its official code."""

    soate = Matching(SOATE, required=True)
    level = fields.Integer(required=True)
    kind = Code(TERRITORY_KINDS, required=True)
    name = fields.Nested(NamedShape, required=True)
    parent = Matching(SOATE, required=True, allow_none=True)
    self_governing = fields.Boolean(required=True)
    valid_from = Day(required=True, allow_none=True)
    valid_to = Day(required=True, allow_none=True)
    as_of = fields.String(required=True)


class ChangeShape(Shape):
    """What a territory came from or became: the change of the unit `soate`, be it itself or another."""

    soate = fields.String(required=True)
    kind = Code(("renamed", "merged", "split", "rank"), required=True)
    on = Day(required=True, allow_none=True)
    name = fields.Nested(NamedShape, required=True)
    successor = fields.String(required=True, allow_none=True)
    source = fields.String(required=True)


class IndicatorShape(Shape):
    """A dated value: residents and groups are counted, revenue is money; the other of the two is null."""

    kind = Code(INDICATOR_KINDS, required=True)
    people = fields.Integer(required=True, allow_none=True)
    amount = Money(required=True, allow_none=True)
    on = Day(required=True)
    source = fields.String(required=True)


class TerritoryCardShape(TerritoryShape):
    """A territory with what stands above and below it, what became of it, and its indicators."""

    above = fields.List(Matching(SOATE), required=True)
    below = fields.List(Matching(SOATE), required=True)
    changes = fields.List(fields.Nested(ChangeShape), required=True)
    indicators = fields.List(fields.Nested(IndicatorShape), required=True)


class KindShape(Shape):
    """A kind of transfers with its legal basis, and how far that is known."""

    code = fields.String(required=True)
    number = fields.String(required=True)
    part_of = fields.String(required=True, allow_none=True)
    name = fields.Nested(NamedShape, required=True)
    basis = fields.Nested(NamedShape, required=True)
    not_known = fields.Nested(NamedShape, required=True)
    status = Code(("read", "reported", "recalled"), required=True)
    sources = fields.List(fields.String(), required=True)
    valid_from = Day(required=True, allow_none=True)
    valid_to = Day(required=True, allow_none=True)


class KindsShape(Shape):
    """Every kind of transfers, in the order of the catalogue."""

    items = fields.List(fields.Nested(KindShape), required=True)


class TransferShape(Shape):
    """One figure of one source; null is not stated, which is not zero. No kind: the total of the source."""

    key = fields.String(required=True)
    territory = Matching(SOATE, required=True, allow_none=True)
    kind = fields.String(required=True, allow_none=True)
    words = fields.Nested(NamedShape, required=True)
    since = Matching(_MONTH, required=True)
    until = Matching(_MONTH, required=True)
    planned = Money(required=True, allow_none=True)
    approved = Money(required=True, allow_none=True)
    executed = Money(required=True, allow_none=True)
    counted = fields.Boolean(required=True)
    source = fields.String(required=True)


def territory_written(each: Territory) -> dict[str, Any]:
    """Write a territory."""
    return {
        "soate": each.soate,
        "level": each.level,
        "kind": each.kind,
        "name": named(each.name),
        "parent": each.parent,
        "self_governing": each.self_governing,
        "valid_from": day(each.valid_from),
        "valid_to": day(each.valid_to),
        "as_of": each.as_of,
    }


def card_written(card: TerritoryCard) -> dict[str, Any]:
    """Write a territory with everything known of it but its transfers, which are a list of their own."""
    return {
        **territory_written(card.territory),
        "above": [each.soate for each in card.above],
        "below": [each.soate for each in card.below],
        "changes": [_change(each) for each in card.changes],
        "indicators": [_indicator(each) for each in card.indicators],
    }


def kind_written(kind: TransferKind) -> dict[str, Any]:
    """Write a kind of transfers."""
    texts: Mapping[str, Named] = {"name": kind.name, "basis": kind.basis, "not_known": kind.unknown}
    return {
        "code": kind.code,
        "number": kind.number,
        "part_of": kind.part_of,
        **{name: named(text) for name, text in texts.items()},
        "status": kind.status,
        "sources": list(kind.sources),
        "valid_from": day(kind.valid_from),
        "valid_to": day(kind.valid_to),
    }


def transfer_written(transfer: Transfer) -> dict[str, Any]:
    """Write a transfer."""
    return {
        "key": transfer.key,
        "territory": transfer.territory,
        "kind": transfer.kind,
        "words": named(transfer.words),
        "since": transfer.period.start,
        "until": transfer.period.end,
        "planned": money(transfer.planned),
        "approved": money(transfer.approved),
        "executed": money(transfer.executed),
        "counted": transfer.counted,
        "source": transfer.source,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "soate": change.soate,
        "kind": change.kind,
        "on": day(change.on),
        "name": named(change.name),
        "successor": change.successor,
        "source": change.source,
    }


def _indicator(indicator: Indicator) -> dict[str, Any]:
    amount = indicator.value if isinstance(indicator.value, Som) else None
    people = indicator.value if isinstance(indicator.value, int) else None
    return {
        "kind": indicator.kind,
        "people": people,
        "amount": money(amount),
        "on": day(indicator.on),
        "source": indicator.source,
    }
