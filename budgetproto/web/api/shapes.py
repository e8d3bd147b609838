"""The bases of all shapes: nothing unknown is taken, and nothing is sent that the description lacks."""

from typing import Any, Final

from marshmallow import RAISE, Schema, fields

from budgetproto.web.api.fields import Text, Whole

_MOST: Final = 200
_USUAL: Final = 50
_LONGEST_CURSOR: Final = 300


class Shape(Schema):
    """What a program sends or is sent: these members and no others."""

    class Meta:
        """Refuse what the shape has no member for."""

        unknown = RAISE

    error_messages = {  # noqa: RUF012 - as marshmallow declares it
        "unknown": "api.fault.unknown",
        "type": "api.fault.object",
    }


class Asked(Shape):
    """What may be asked of a list: how many at once, and where to go on."""

    limit = Whole(1, _MOST, written=True, load_default=_USUAL, metadata={"description": "How many at once"})
    cursor = Text(
        _LONGEST_CURSOR,
        load_default="",
        metadata={"description": "Where to go on: `next` of the answer before"},
    )


class NamedShape(Shape):
    """A name or a text in Kyrgyz, Russian and English; one that is not known is empty."""

    ky = fields.String(required=True)
    ru = fields.String(required=True)
    en = fields.String(required=True)


class FaultShape(Shape):
    """One fault of what was sent, and where it stands."""

    key = fields.String(required=True)
    detail = fields.String(required=True)
    field = fields.String()
    row = fields.Integer()
    column = fields.String()
    file = fields.String()


class ProblemShape(Shape):
    """A refusal by RFC 9457, with the key of its sentence and the faults of what was sent."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    key = fields.String(required=True)
    problems = fields.List(fields.Nested(FaultShape))
    theirs = fields.Raw(metadata={"description": "What somebody else has saved meanwhile"})
    yours = fields.Raw(metadata={"description": "What was sent"})


def listing(item: type[Shape]) -> Schema:
    """Return the shape of a page of a list: its items, and where the next page begins, null on the last."""
    made: Any = type(
        f"{item.__name__.removesuffix('Shape')}List",
        (Shape,),
        {
            "__doc__": f"A page of a list of {item.__name__.removesuffix('Shape')}.",
            "items": fields.List(fields.Nested(item), required=True),
            "next": fields.String(required=True, allow_none=True),
        },
    )
    found: Schema = made()
    return found
