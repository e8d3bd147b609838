"""What programs are sent of a sitting, and how it is written."""

from typing import Any

from marshmallow import fields

from budgetproto.accounts.domain import SIDES, Party
from budgetproto.money import Unit
from budgetproto.sittings.domain import LsgFigure, Sitting, Source, Stage, TermsVersion
from budgetproto.sittings.kinds import SittingKind
from budgetproto.sittings.overview import Overview
from budgetproto.web.api.fields import ID_PATTERN, Code, Day, Matching, Moment, Money
from budgetproto.web.api.shapes import NamedShape, Shape
from budgetproto.web.api.writing import day, moment, money, named


class PartyShape(Shape):
    """A body that was invited."""

    id = Matching(ID_PATTERN, required=True)
    key = fields.String(required=True)
    side = Code(SIDES, required=True)
    name = fields.Nested(NamedShape, required=True)


class SourceShape(Shape):
    """One source of the envelope, with the side that asserts it."""

    name = fields.Nested(NamedShape, required=True)
    amount = Money(required=True)
    year = fields.Integer(required=True)
    document = fields.Nested(NamedShape, required=True)
    side = Code(SIDES, required=True, allow_none=True)
    illustrative = fields.Boolean(required=True)


class TermsShape(Shape):
    """The newest version of the terms; `fixed` when nothing moves them any more."""

    version = fields.Integer(required=True)
    digest = fields.String(required=True)
    fixed = fields.Boolean(required=True)
    proposed_at = Moment(required=True)
    rule = fields.String(required=True)
    envelope = Money(required=True, allow_none=True)
    quantum = Money(required=True)
    kappa = fields.Integer(required=True)
    lsg_figure = Code([each.value for each in LsgFigure], required=True)
    growth = fields.Integer(required=True, allow_none=True)
    sources = fields.List(fields.Nested(SourceShape), required=True)


class SittingShape(Shape):
    """A sitting and where it stands."""

    id = Matching(ID_PATTERN, required=True)
    number = fields.String(required=True)
    kind = Code([each.value for each in SittingKind], required=True)
    title = fields.Nested(NamedShape, required=True)
    budget_year = fields.Integer(required=True)
    draft_budget = fields.Nested(NamedShape, required=True)
    draft_reference = fields.String(required=True)
    draft_submitted = Day(required=True, allow_none=True)
    place = fields.Nested(NamedShape, required=True)
    held_on = Day(required=True, allow_none=True)
    stage = Code([each.value for each in Stage], required=True)
    deadline = Moment(required=True)
    opened_at = Moment(required=True, allow_none=True)
    started_at = Moment(required=True, allow_none=True)
    ended_at = Moment(required=True, allow_none=True)
    unit = Code([each.key for each in Unit], required=True)
    currency = fields.Nested(NamedShape, required=True)
    note = fields.Nested(NamedShape, required=True)
    illustrative = fields.Boolean(required=True)


class SittingCardShape(SittingShape):
    """A sitting with its parties and terms; `mine` are the parties the person behind the token speaks for."""

    parties = fields.List(fields.Nested(PartyShape), required=True)
    mine = fields.List(Matching(ID_PATTERN), required=True)
    terms = fields.Nested(TermsShape, required=True, allow_none=True)


def sitting_written(sitting: Sitting) -> dict[str, Any]:
    """Write a sitting."""
    return {
        "id": sitting.id,
        "number": sitting.number,
        "kind": sitting.kind.value,
        "title": named(sitting.title),
        "budget_year": sitting.budget_year,
        "draft_budget": named(sitting.draft_budget),
        "draft_reference": sitting.draft_reference,
        "draft_submitted": day(sitting.draft_submitted),
        "place": named(sitting.place),
        "held_on": day(sitting.held_on),
        "stage": sitting.stage.value,
        "deadline": moment(sitting.deadline),
        "opened_at": moment(sitting.opened_at),
        "started_at": moment(sitting.started_at),
        "ended_at": moment(sitting.ended_at),
        "unit": sitting.unit.key,
        "currency": named(sitting.currency),
        "note": named(sitting.note),
        "illustrative": sitting.illustrative,
    }


def card_written(found: Overview) -> dict[str, Any]:
    """Write a sitting as one reader sees it."""
    return {
        **sitting_written(found.sitting),
        "parties": [party_written(party) for party in found.parties],
        "mine": [party.id for party in found.place.parties],
        "terms": _terms(found.terms, fixed=found.fixed) if found.terms else None,
    }


def party_written(party: Party) -> dict[str, Any]:
    """Write a party."""
    return {"id": party.id, "key": party.key, "side": party.side, "name": named(party.name)}


def _terms(version: TermsVersion, *, fixed: bool) -> dict[str, Any]:
    terms = version.terms
    return {
        "version": version.version,
        "digest": version.digest,
        "fixed": fixed,
        "proposed_at": moment(version.proposed_at),
        "rule": terms.rule,
        "envelope": money(terms.envelope),
        "quantum": money(terms.quantum),
        "kappa": terms.kappa,
        "lsg_figure": terms.lsg_figure.value,
        "growth": terms.growth,
        "sources": [_source(each) for each in terms.sources],
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "name": named(source.name),
        "amount": money(source.amount),
        "year": source.year,
        "document": named(source.document),
        "side": source.side,
        "illustrative": source.illustrative,
    }
