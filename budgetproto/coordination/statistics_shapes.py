"""What programs are sent of the statistics of coordination."""

from collections.abc import Mapping
from typing import Any, Final

from marshmallow import fields

from budgetproto.coordination.domain import Level
from budgetproto.coordination.statistics import Drafts, OfAssociation, OfInitiator, Statistics, Words
from budgetproto.web.api.fields import ID_PATTERN, Code, Matching, Whole
from budgetproto.web.api.shapes import NamedShape, Shape
from budgetproto.web.api.writing import named
from budgetproto.web.forms import YEARS

_LEVELS: Final = [each.value for each in Level]
_COUNTS: Final = ("entered", "touching", "coordinated", "bypassed", "open", "adopted", "amended")
_DAYS: Final = ("average", "least", "most")
_SAID: Final = ("opinions", "late", "silent", "remarks", "accepted", "partly", "rejected", "unanswered")


class StatisticsAsked(Shape):
    """Of which year; every year where it is left out."""

    year = Whole(YEARS[0], YEARS[-1], written=True, load_default=None)


def _whole(names: tuple[str, ...], *, known: bool = True) -> dict[str, fields.Field[Any]]:
    return {name: fields.Integer(required=True, allow_none=not known) for name in names}


DraftsShape: Final = Shape.from_dict({**_whole(_COUNTS), **_whole(_DAYS, known=False)}, name="DraftsShape")
WordsShape: Final = Shape.from_dict(_whole(_SAID), name="WordsShape")


class InitiatorYearShape(Shape):
    """A year of an initiator: `days_…` from publication to adoption; null where none is known."""

    year = fields.Integer(required=True)
    level = Code(_LEVELS, required=True)
    body = fields.String(required=True)
    name = fields.Nested(NamedShape, required=True)
    drafts = fields.Nested(DraftsShape, required=True)
    words = fields.Nested(WordsShape, required=True)
    illustrative = fields.Boolean(required=True)


class AssociationYearShape(Shape):
    """A year of an association: on how many drafts it was asked, what it said, what it was answered."""

    year = fields.Integer(required=True)
    body = Matching(ID_PATTERN, required=True)
    name = fields.Nested(NamedShape, required=True)
    asked = fields.Integer(required=True)
    words = fields.Nested(WordsShape, required=True)


class TotalShape(Shape):
    """All initiators together."""

    drafts = fields.Nested(DraftsShape, required=True)
    words = fields.Nested(WordsShape, required=True)


class StatisticsShape(Shape):
    """What coordination came to, per year and body; days of different acts are averaged, never added.

    A draft whose bypass is on record is counted as bypassed, and not as coordinated, even if coordination was
    closed after it.
    """

    years = fields.List(fields.Integer(), required=True)
    initiators = fields.List(fields.Nested(InitiatorYearShape), required=True)
    associations = fields.List(fields.Nested(AssociationYearShape), required=True)
    total = fields.Nested(TotalShape, required=True)


def statistics_written(found: Statistics) -> dict[str, Any]:
    """Write the statistics."""
    return {
        "years": list(found.years),
        "initiators": [_initiator(each) for each in found.initiators],
        "associations": [_association(each) for each in found.associations],
        "total": {"drafts": _drafts(found.total.drafts), "words": _words(found.total.words)},
    }


def _initiator(each: OfInitiator) -> dict[str, Any]:
    return {
        "year": each.year,
        "level": each.level,
        "body": each.body,
        "name": named(each.name),
        "drafts": _drafts(each.drafts),
        "words": _words(each.words),
        "illustrative": each.illustrative,
    }


def _association(each: OfAssociation) -> dict[str, Any]:
    return {
        "year": each.year,
        "body": each.body,
        "name": named(each.name),
        "asked": each.asked,
        "words": _words(each.words),
    }


def _drafts(drafts: Drafts) -> dict[str, int | None]:
    return {name: getattr(drafts, name) for name in (*_COUNTS, *_DAYS)}


def _words(words: Words) -> Mapping[str, int]:
    return {name: getattr(words, name) for name in _SAID}
