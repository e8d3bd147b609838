"""Figures and texts on the wire: each figure says what it is, so that no program takes points for soms."""

from collections.abc import Mapping
from typing import Any, Final

from marshmallow import ValidationError, fields

from budgetproto.disputes.domain import Figure
from budgetproto.disputes.figures.wording import WRITTEN, stated_words
from budgetproto.disputes.positions.bounds import LONGEST
from budgetproto.disputes.positions.document import figure_written
from budgetproto.i18n import LANGUAGES, Named, Words
from budgetproto.i18n.languages import as_language
from budgetproto.money.som import LARGEST_POINTS
from budgetproto.web.api.fields import MONEY_PATTERN, Code, Text, Whole, YesNo, fault, money
from budgetproto.web.api.shapes import NamedShape, Shape

_POINTS: Final = {"type": "integer", "minimum": -LARGEST_POINTS, "maximum": LARGEST_POINTS}
_SHORTER: Final = {"maxLength": LONGEST["figure"]}
_SENT: Final = {"$ref": "#/components/schemas/WordsSent", "properties": {"ky": _SHORTER, "ru": _SHORTER}}
_TOLD: Final = {"$ref": "#/components/schemas/WordsTold"}


class WordsSent(Shape):
    """A text of a party in Kyrgyz, Russian or both; `language` says which of them is the original."""

    language = Code(WRITTEN, required=True)
    ky = Text(LONGEST["rationale"], long=True, paper=True, load_default="")
    ru = Text(LONGEST["rationale"], long=True, paper=True, load_default="")
    translation_confirmed = YesNo(load_default=False)
    translator = Text(LONGEST["translator"], paper=True, load_default="")


class WordsTold(Shape):
    """A text of a party: the original in `language`, the translations that its author confirmed."""

    language = Code(LANGUAGES, required=True)
    text = fields.Nested(NamedShape, required=True)
    confirmed = fields.List(Code(LANGUAGES), required=True)
    translator = fields.String(required=True)


class FigureSent(fields.Raw):
    """A figure that a party states: exactly one of amount, points, answer and wording, or null."""

    def __init__(self, **options: Any) -> None:
        options |= {"error_messages": {"required": "api.fault.required"}, "allow_none": True}
        super().__init__(metadata={"oneOf": _members(_SENT)}, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> Figure:
        del attr, data
        if not isinstance(value, dict) or len(value) != 1:
            raise ValidationError("api.fault.figure")
        ((kind, stated),) = value.items()
        try:
            return _figure(kind, stated)
        except ValidationError as wrong:
            raise ValidationError({kind: wrong.messages}) from wrong


class FigureTold(fields.Raw):
    """A figure as answers tell it; null is no figure, which is not zero."""

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata={"oneOf": _members(_TOLD)}, allow_none=True, **options)


def words_sent(sent: Mapping[str, Any] | None, name: str) -> Words | None:
    """Return a text that was sent; None when nothing was written, BadInput without its original."""
    if sent is None:
        return None
    return stated_words(
        name,
        Named(ky=sent["ky"], ru=sent["ru"]),
        as_language(sent["language"]),
        confirmed=sent["translation_confirmed"],
        translator=sent["translator"],
    )


def words_told(words: Words | None) -> dict[str, Any] | None:
    """Write a text."""
    if words is None:
        return None
    return {
        "language": words.language,
        "text": {"ky": words.text.ky, "ru": words.text.ru, "en": words.text.en},
        "confirmed": sorted(words.confirmed),
        "translator": words.translator,
    }


def figure_told(figure: Figure) -> dict[str, Any] | None:
    """Write a figure with its kind.

    >>> figure_told(3550), figure_told(None)
    ({'points': 3550}, None)
    """
    return {"wording": words_told(figure)} if isinstance(figure, Words) else figure_written(figure)


def _figure(kind: str, stated: object) -> Figure:
    match kind:
        case "amount":
            return money(stated)
        case "points":
            return Whole(-LARGEST_POINTS, LARGEST_POINTS).deserialize(stated)
        case "answer":
            return bool(YesNo().deserialize(stated))
        case "wording":
            return _wording(stated)
    raise fault("api.fault.unknown")


def _wording(stated: object) -> Words:
    found = words_sent(WordsSent().load(stated), "figure")  # type: ignore[arg-type]  # judged by the shape
    if found is None:
        raise fault("api.fault.required")
    if (longest := max(len(found.text.ky), len(found.text.ru))) > LONGEST["figure"]:
        raise fault("api.fault.length", least=0, most=LONGEST["figure"], typed=longest)
    return found


def _members(words: Mapping[str, Any]) -> list[dict[str, Any]]:
    shapes: dict[str, Mapping[str, Any]] = {
        "amount": {"type": "string", "pattern": MONEY_PATTERN},
        "points": _POINTS,
        "answer": {"type": "boolean"},
        "wording": words,
    }
    return [
        *(
            {"type": "object", "properties": {name: shape}, "required": [name], "additionalProperties": False}
            for name, shape in shapes.items()
        ),
        {"type": "null"},
    ]
