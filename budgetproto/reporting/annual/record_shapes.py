"""What programs are sent of the rows behind the computed indicators of a filed report."""

from typing import Any, Final

from marshmallow import fields

from budgetproto.reporting.annual.record import OF_SITTINGS, SAID, said_of, way_of
from budgetproto.reporting.annual.report import DraftFact, Record, SittingFact
from budgetproto.web.api.fields import Code
from budgetproto.web.api.shapes import Shape


class EnteredShape(Shape):
    """How many drafts of a year the register has in all."""

    year = fields.Integer(required=True)
    drafts = fields.Integer(required=True)


#: What the associations said on a draft and were answered.
SaidShape: Final = Shape.from_dict({key: fields.Integer(required=True) for key in SAID}, name="SaidShape")


class DraftFactShape(Shape):
    """A draft that touches communities, as the computed indicators count it."""

    year = fields.Integer(required=True)
    number = fields.Integer(required=True)
    way = Code(("bypassed", "coordinated", "open"), required=True)
    said = fields.Nested(SaidShape, required=True)
    illustrative = fields.Boolean(required=True)


class SittingFactShape(Shape):
    """The associations' part in a finished sitting, in pairs of a question and an association."""

    year = fields.Integer(required=True)
    sitting = fields.String(required=True)
    parts = fields.Integer(required=True)
    invited = fields.Integer(required=True)
    came = fields.Integer(required=True)
    spoke = fields.Integer(required=True)
    opinion = fields.Integer(required=True)
    illustrative = fields.Boolean(required=True)


class RecordShape(Shape):
    """The rows that the computed values are made of, beside the questions of `money`."""

    entered = fields.List(fields.Nested(EnteredShape), required=True)
    drafts = fields.List(fields.Nested(DraftFactShape), required=True)
    sittings = fields.List(fields.Nested(SittingFactShape), required=True)


def record_written(record: Record) -> dict[str, Any]:
    """Write the rows behind the computed values."""
    return {
        "entered": [{"year": year, "drafts": drafts} for year, drafts in record.entered],
        "drafts": [_draft(each) for each in record.drafts],
        "sittings": [_sitting(each) for each in record.sittings],
    }


def _draft(each: DraftFact) -> dict[str, Any]:
    return {
        "year": each.year,
        "number": each.number,
        "way": way_of(each),
        "said": {key: said_of(each, key) for key in SAID},
        "illustrative": each.illustrative,
    }


def _sitting(each: SittingFact) -> dict[str, Any]:
    counts = {key: getattr(each, key) for key in OF_SITTINGS}
    return {"year": each.year, "sitting": each.number, **counts, "illustrative": each.illustrative}
